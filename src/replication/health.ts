import type { Instance } from '../engine/index.ts'
import type { Parts } from './apply-settings.ts'
import type { Syncs } from './syncs.ts'
import type { ReplicaHealth } from './types.ts'

/** How a running replica stands. */
export function healthOf({ instance, inbox, outbox, disk }: Parts, syncs: Syncs): ReplicaHealth {
  return {
    standing: instance.standing,
    stale: syncs.isStale,
    pulling: syncs.asked,
    waiting: inbox.waiting,
    backlogBytes: outbox.backlogBytes,
    backlogLimit: outbox.backlogLimit,
    logBytes: disk.bytes,
    logIsComplete: disk.isComplete,
  }
}

/** Whether effects can be taken in (R8). */
export function hasRoom({ limit, memory, options }: Instance): boolean {
  return limit.bytes === 0 || options.testMode === true || memory.used() < limit.bytes
}
