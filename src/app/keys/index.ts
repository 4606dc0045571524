export {
  KEYS_PER_PAGE,
  createKeysView,
  type KeysPage,
  type KeysRegion,
  type KeysState,
  type KeysView,
  type OpenKey,
} from './keys-view.ts'
export type { Change } from './changes.ts'
export type { KeyLine, Reading, Verdict } from './lines.ts'
export { clockText, type Reason } from './why.ts'
