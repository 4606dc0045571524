/** What INFO counts of the replication (R5). */
export interface Counters {
  fullSyncs: number
  partialSyncs: number
  /** Partial syncs asked for and not had: the backlog did not reach back. */
  partialErrors: number
  merges: number
  effects: number
  /** Effects that were not applied because they had been observed already. */
  filtered: number
  /** Messages from who is no member (R6). */
  rejected: number
  /** Effects that came while the region was inconsistent (R8). */
  dropped: number
  /** Effects of others that were passed on (R3). */
  relayed: number
  /** Times that a restarted region stopped being stale by a full sync. */
  staleReleasedWithMerge: number
  sentBytes: number
  receivedBytes: number
}

export function newCounters(): Counters {
  return {
    fullSyncs: 0,
    partialSyncs: 0,
    partialErrors: 0,
    merges: 0,
    effects: 0,
    filtered: 0,
    rejected: 0,
    dropped: 0,
    relayed: 0,
    staleReleasedWithMerge: 0,
    sentBytes: 0,
    receivedBytes: 0,
  }
}
