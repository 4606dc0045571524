export type { OpenOptions, RunningCluster } from './client.ts'
export { openCluster } from './open-cluster.ts'
