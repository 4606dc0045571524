/**
 * Which writes of a key did not know of each other, told from the observed clocks alone. The database names the rule that decided, but not
 * always the writes that it decided between.
 */
import type { Resolution } from '../../engine/index.ts'
import { quoteArgument as quoted } from '../../terminal/index.ts'
import type { ReplicaId } from '../../replication/index.ts'
import { writesOfDots } from './causality.ts'
import type { Timeline, TimelineEvent } from './model.ts'

/** Per key (as quoted on the timeline), each region's writes of it in order. */
export type WritesByKey = Map<string, Map<ReplicaId, TimelineEvent[]>>

export function noteWrite(writes: WritesByKey, event: TimelineEvent): void {
  for (const key of event.keys) {
    const regions = writes.get(key) ?? new Map<ReplicaId, TimelineEvent[]>()
    writes.set(key, regions)
    const list = regions.get(event.region)
    if (list) list.push(event)
    else regions.set(event.region, [event])
  }
}

/** The writes of `key` that the receiver had (its clock: `received`) and that the author of `write` had not seen. */
export function rivalsOf(
  timeline: Timeline,
  write: TimelineEvent,
  received: readonly number[],
  key: string,
): readonly TimelineEvent[] {
  const rivals: TimelineEvent[] = []
  for (const [region, list] of timeline.writesByKey.get(key) ?? []) {
    if (region === write.region) continue
    const seen = write.clock[region] ?? 0
    for (let i = lastWithin(list, received[region] ?? 0); i >= 0; i--) {
      const rival = list[i]
      if (!rival || (rival.dots?.[1] ?? 0) <= seen) break
      rivals.push(rival)
    }
  }
  return rivals.sort((a, b) => a.id - b.id)
}

/** The writes between which a resolution of a `receive` event decided: those that arrived, and their rivals, oldest first. */
export function concurrentWrites(
  timeline: Timeline,
  receive: TimelineEvent,
  { key }: Resolution,
): readonly TimelineEvent[] {
  const name = quoted(key)
  const arrived = receive.arrived.flatMap(({ origin, dots }) => writesOfDots(timeline, origin, dots))
  const found = new Set<TimelineEvent>()
  for (const write of arrived.filter((each) => each.keys.includes(name))) {
    const rivals = rivalsOf(timeline, write, receive.clock, name)
    if (rivals.length > 0) found.add(write)
    for (const rival of rivals) found.add(rival)
  }
  return [...found].sort((a, b) => a.id - b.id)
}

/** Whether there is any rival at all: the newest write of each other region tells. */
export function hasRival(timeline: Timeline, write: TimelineEvent, received: readonly number[], key: string): boolean {
  for (const [region, list] of timeline.writesByKey.get(key) ?? []) {
    if (region === write.region) continue
    const newest = list[lastWithin(list, received[region] ?? 0)]
    if (newest && (newest.dots?.[1] ?? 0) > (write.clock[region] ?? 0)) return true
  }
  return false
}

/** Index of the last write that a clock component covers; −1 when none. */
function lastWithin(list: readonly TimelineEvent[], observed: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.dots?.[1] ?? 0) <= observed) low = middle + 1
    else high = middle
  }
  return low - 1
}
