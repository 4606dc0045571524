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
