/** What each field of INFO's crdt section says, in one line. Beside `info.ts`, so that the two do not drift apart: a test asks both for every field. */

/** Fields that come once for each peer, or each backlog, end in a number that is left out here. */
export const INFO_FIELDS: Readonly<Record<string, string>> = {
  crdt_config_version: 'How often the membership of the database has changed, as this region knows it.',
  crdt_slots: 'Hash slots that this region holds: all of them, since it is one shard.',
  crdt_replid: "This region's replica id: unique in the database for ever.",
  crdt_clock: 'Writes that this region has made.',
  crdt_ovc: 'Observed vector clock: of each region (id:n), how many of its writes have been observed here.',
  crdt_stale: '1 after a restart, until every other region has told what was missed (R7).',
  crdt_standing:
    'member; joining: reads only, until the first sync; expelled: removed by force; inconsistent: ran out of memory.',
  crdt_backlog_size: 'Bytes of its own latest effects that this region keeps for peers that reconnect (R2).',
  crdt_backlog_bytes: 'Bytes that the backlog holds now.',
  crdt_log_bytes: 'Bytes in the append-only log on disk, from which the region recovers after a restart.',
  crdt_sync_full: 'Full syncs received: the whole state of a peer, merged, because its backlog did not reach back.',
  crdt_sync_partial_ok: "Partial syncs received: what was missed came from the peer's backlog.",
  'crdt_sync_partial-err': 'Partial syncs asked for in vain; a full sync followed each.',
  crdt_merge_reqs: 'Whole states merged into this one.',
  crdt_effect_reqs: 'Effects of others that were received.',
  crdt_ovc_filtered_effect_reqs: 'Effects received again that had been observed already, and so changed nothing.',
  crdt_effects_waiting: 'Effects received that wait until what their author had observed is here too (R3).',
  crdt_effects_relayed: 'Effects of others that were passed on to the rest, for causal consistency (R3).',
  crdt_effects_dropped: 'Effects that came while there was no memory for them (R8).',
  crdt_rejected_reqs: 'Messages from regions that are members no more (R6).',
  crdt_sent_bytes: 'Bytes sent to other regions, compressed as set.',
  crdt_received_bytes: 'Bytes received from other regions.',
  crdt_gc_pending: 'Tombstones that wait until every region has observed the removal (R4).',
  crdt_gc_attempted: 'Times that the garbage collector looked at a tombstone.',
  crdt_gc_collected: 'Tombstones collected.',
  crdt_gc_gvc_min:
    'What every region is known to have observed: the least of all their clocks. Removals below it are collected.',
  crdt_stale_released_with_merge: 'Restarts after which only a full sync ended the staleness.',
  peer: 'A peer: whether its answer to the last sync request has come, and what it is known to have observed.',
  backlog: 'A backlog: whose effects it holds, how full it is and how large it may be.',
  remote_replica:
    'A remote replica: configuration, shards and slots, and how many writes of this region it has yet to observe, most and least.',
}

/** What a field says; undefined for one that is not known. */
export function explainInfoField(field: string): string | undefined {
  return INFO_FIELDS[field] ?? INFO_FIELDS[field.replace(/\d+$/, '')]
}
