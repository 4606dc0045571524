/** INFO's `crdt` section (R5). */
import type { Instance, Keyspace } from '../engine/index.ts'
import type { Counters } from './counters.ts'
import type { Stability } from './stability.ts'
import type { Inspection, ReplicaHealth } from './types.ts'

export function infoLines(
  counters: Counters,
  keyspace: Keyspace,
  stability: Stability,
  health: ReplicaHealth,
): readonly (readonly [string, string | number])[] {
  const { garbage, clock, self } = keyspace
  const { configVersion } = stability
  const others = stability.members.filter((member) => member !== self)
  const lines: [string, string | number][] = [
    ['crdt_config_version', configVersion],
    ['crdt_slots', '0-16383'],
    ['crdt_replid', self],
    ['crdt_clock', clock[self] ?? 0],
    ['crdt_ovc', clockText(clock)],
    ['crdt_stale', health.stale ? 1 : 0],
    ['crdt_standing', health.standing],
    ['crdt_backlog_size', health.backlogLimit],
    ['crdt_backlog_bytes', health.backlogBytes],
    ['crdt_log_bytes', health.logBytes],
    ['crdt_sync_full', counters.fullSyncs],
    ['crdt_sync_partial_ok', counters.partialSyncs],
    ['crdt_sync_partial-err', counters.partialErrors],
    ['crdt_merge_reqs', counters.merges],
    ['crdt_effect_reqs', counters.effects],
    ['crdt_ovc_filtered_effect_reqs', counters.filtered],
    ['crdt_effects_waiting', health.waiting],
    ['crdt_effects_relayed', counters.relayed],
    ['crdt_effects_dropped', counters.dropped],
    ['crdt_rejected_reqs', counters.rejected],
    ['crdt_sent_bytes', counters.sentBytes],
    ['crdt_received_bytes', counters.receivedBytes],
    ['crdt_gc_pending', garbage.pending],
    ['crdt_gc_attempted', garbage.attempted],
    ['crdt_gc_collected', garbage.collected],
    ['crdt_gc_gvc_min', clockText(stability.stable)],
    ['crdt_stale_released_with_merge', counters.staleReleasedWithMerge],
  ]
  others.forEach((peer, index) => {
    const syncing = health.pulling.includes(peer) ? 'syncing' : 'up'
    lines.push([`peer${index}`, `id=${peer},state=${syncing},acknowledged=${clockText(stability.knownTo(peer))}`])
  })
  lines.push(['backlog0', `id=${self},bytes=${health.backlogBytes},size=${health.backlogLimit}`])
  others.forEach((peer, index) => {
    const lag = (clock[self] ?? 0) - (stability.knownTo(peer)[self] ?? 0)
    lines.push([
      `remote_replica${index}`,
      `id=${peer},config_version=${configVersion},shards=1,slots=0-16383,slot_coverage=100,max_ops_lag=${lag},min_ops_lag=${lag}`,
    ])
  })
  return lines
}

export function inspectionOf({ options, memory }: Instance): Inspection {
  return { info: options.replicationInfo(), memoryBytes: memory.measured() }
}

function clockText(clock: readonly number[]): string {
  const parts: string[] = []
  for (let r = 1; r < clock.length; r++) if ((clock[r] ?? 0) > 0) parts.push(`${r}:${clock[r]}`)
  return parts.join(';')
}
