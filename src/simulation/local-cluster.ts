import { catalogue, loadParts } from '../engine/index.ts'
import { createReplica } from '../replication/index.ts'
import { Cluster } from './cluster.ts'
import { inProcessHosts } from './host.ts'
import type { SessionSettings } from './journal-types.ts'
import type { LiveOptions } from './live.ts'

/** A cluster of real replicas in the caller's thread: for tests and for Node. Everything is loaded at first, because connections are served at once. */
export async function openLocalCluster(settings: SessionSettings, live?: LiveOptions): Promise<Cluster> {
  await loadParts()
  return Cluster.open(settings, inProcessHosts(createReplica, catalogue), live)
}
