/**
 * Who could have known of whom. Exact, from the observed clocks in the journal: a write was observed by every event whose clock covers its
 * dots; anything else of a region was observed wherever that region's next write was.
 */
import type { DotRange, ReplicaId } from '../../replication/index.ts'
import type { Timeline, TimelineEvent } from './model.ts'

export type Relation = 'self' | 'past' | 'future' | 'concurrent'

/** Whether `a` belongs to what `b` had seen (or is earlier in the same region). */
export function precedes(a: TimelineEvent, b: TimelineEvent): boolean {
  if (a.region === b.region) return a.id < b.id
  const seen = b.clock[a.region] ?? 0
  const wrote = (a.kind === 'write' || a.kind === 'expiry') && a.dots !== null
  return wrote ? seen >= (a.dots?.[1] ?? 0) : seen > (a.clock[a.region] ?? 0)
}

/** Where `other` stands as seen from `selected`. */
export function relation(selected: TimelineEvent, other: TimelineEvent): Relation {
  if (selected.id === other.id) return 'self'
  if (precedes(other, selected)) return 'past'
  return precedes(selected, other) ? 'future' : 'concurrent'
}

export interface RelationCounts {
  readonly past: number
  readonly future: number
  readonly concurrent: number
}

export function countRelations(timeline: Timeline, selected: TimelineEvent): RelationCounts {
  const counts = { self: 0, past: 0, future: 0, concurrent: 0 }
  for (const event of timeline.events) counts[relation(selected, event)]++
  return { past: counts.past, future: counts.future, concurrent: counts.concurrent }
}

/** The event that made write `n` of a region, or undefined when it is not on the timeline. */
export function writeOfDot(timeline: Timeline, replica: ReplicaId, n: number): TimelineEvent | undefined {
  const writes = timeline.writes.get(replica) ?? []
  let low = 0
  let high = writes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((writes[middle]?.dots?.[1] ?? 0) < n) low = middle + 1
    else high = middle
  }
  const found = writes[low]
  return found?.dots && found.dots[0] <= n ? found : undefined
}

/** The events that made the writes of a range, in order. */
export function writesOfDots(timeline: Timeline, replica: ReplicaId, dots: DotRange): TimelineEvent[] {
  const out: TimelineEvent[] = []
  for (let n = dots[0]; n <= dots[1];) {
    const event = writeOfDot(timeline, replica, n)
    if (event) out.push(event)
    n = (event?.dots?.[1] ?? n) + 1
  }
  return out
}
