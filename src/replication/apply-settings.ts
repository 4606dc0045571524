/** Puts settings into force. */
import { configure, type Instance } from '../engine/index.ts'
import type { Disk } from './disk.ts'
import type { Outbox } from './outbox.ts'
import { backlogLimit, type ReplicaSettings } from './settings.ts'
import { wholeState, type Whole } from './whole-state.ts'

/** What a replica consists of. */
export interface Parts extends Whole {
  readonly instance: Instance
  readonly outbox: Outbox
  readonly disk: Disk
}

export function applySettings(settings: ReplicaSettings, { instance, outbox }: Parts): void {
  const { xaddId, causal, compression, memoryBytes, eviction, oomThresholdPercent, sharding } = settings
  instance.context.xaddId = xaddId
  instance.sharding = sharding
  if (memoryBytes > 0 || instance.limit.bytes > 0) {
    configure(instance, 'maxmemory', String(memoryBytes))
    configure(instance, 'maxmemory-policy', eviction)
    instance.limit = { ...instance.limit, oomThresholdPercent }
  }
  if (!causal) outbox.forgetOthers()
  outbox.backlogLimit = backlogLimit(settings)
  outbox.compression = compression
}

/** Once what the disk holds has been taken in: a log that is given up is gone. */
export function applyPersistence({ persistence }: ReplicaSettings, parts: Parts): void {
  parts.disk.setPersistence(persistence, parts.instance.keyspace.clock, () => wholeState(parts))
}

/** Drops what every member is known to have: tombstones, and what was kept for peers that reconnect (R2, R4). */
export function collectStable({ instance, stability, outbox }: Parts): void {
  const stable = stability.collectable(instance.keyspace.clock)
  instance.keyspace.collect(stable, (name) => instance.memory.touched(name))
  outbox.dropUpTo(stable)
}
