export * from './cluster-types.ts'
export * from './journal-types.ts'
export * from './host.ts'
export { Cluster } from './cluster.ts'
export type { LiveOptions } from './live.ts'
export { pace, type Pacer, type RealTime } from './pacing.ts'
export { openLocalCluster } from './local-cluster.ts'
export {
  CHECK_SESSION,
  CONTROL_VERBS,
  type KnownRegions,
  parseControlLine,
  type Verb,
  type XaddIdMode,
} from './control/index.ts'
export { canonicalText, Digest } from './digest.ts'
export { matchesExpectation } from './expectation.ts'
