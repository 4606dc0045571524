/** INFO's `crdt` section (R5). */
import type { Keyspace } from '../engine/index.ts'
import type { Stability } from './stability.ts'

export interface Counters {
  fullSyncs: number
  partialSyncs: number
  merges: number
  effects: number
  /** Effects that were not applied because they had been observed already. */
  filtered: number
}

export function newCounters(): Counters {
  return { fullSyncs: 0, partialSyncs: 0, merges: 0, effects: 0, filtered: 0 }
}

export function infoLines(
  counters: Counters,
  keyspace: Keyspace,
  stability: Stability,
  backlogBytes: number,
): readonly (readonly [string, string | number])[] {
  const { garbage, clock } = keyspace
  const members = stability.members
  const lines: [string, string | number][] = [
    ['crdt_config_version', members.length],
    ['crdt_slots', '0-16383'],
    ['crdt_replid', keyspace.self],
    ['crdt_clock', clock[keyspace.self] ?? 0],
    ['crdt_ovc', clockText(clock)],
    ['crdt_backlog_bytes', backlogBytes],
    ['crdt_sync_full', counters.fullSyncs],
    ['crdt_sync_partial_ok', counters.partialSyncs],
    ['crdt_sync_partial-err', 0],
    ['crdt_merge_reqs', counters.merges],
    ['crdt_effect_reqs', counters.effects],
    ['crdt_ovc_filtered_effect_reqs', counters.filtered],
    ['crdt_gc_pending', garbage.pending],
    ['crdt_gc_attempted', garbage.attempted],
    ['crdt_gc_collected', garbage.collected],
    ['crdt_gc_gvc_min', clockText(stability.stable)],
    ['crdt_stale_released_with_merge', 0],
  ]
  for (const member of members) {
    if (member === keyspace.self) continue
    lines.push([
      `crdt_peer_${member}`,
      `replid=${member},slots=0-16383,acknowledged=${clockText(stability.knownTo(member))}`,
    ])
  }
  return lines
}

function clockText(clock: readonly number[]): string {
  const parts: string[] = []
  for (let r = 1; r < clock.length; r++) if ((clock[r] ?? 0) > 0) parts.push(`${r}:${clock[r]}`)
  return parts.join(';')
}
