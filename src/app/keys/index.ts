export {
  KEYS_PER_PAGE,
  MOST_PARTS,
  createKeysView,
  type KeysPage,
  type KeysRegion,
  type KeysState,
  type KeysView,
  type OpenKey,
} from './keys-view.ts'
export type { Change } from './changes.ts'
export type { KeyLine, Reading, Verdict } from './lines.ts'
export { clockText, momentText, type Reason } from './why.ts'
