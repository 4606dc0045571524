/**
 * Which keys may differ between regions: those of writes that one has observed and another has not. Regions that have observed the same writes of a key
 * hold the same (G2), so no other key need be compared, and the journal knows them without asking anybody.
 */
import { bytesOfText, type Bytes } from '../../lib/index.ts'
import type { ReplicaId } from '../../replication/index.ts'
import { tokenize } from '../../terminal/index.ts'
import type { Timeline, TimelineEvent } from '../timeline/index.ts'

export type Clocks = ReadonlyMap<ReplicaId, readonly number[]>

/** So many keys are gone through. */
const MOST_GONE_THROUGH = 20_000

/** Those that are `wanted`, of the newest writes first; at most so many, and whether there are more. */
export function unsettledKeys(
  timeline: Timeline,
  clocks: Clocks,
  wanted: (name: Bytes) => boolean,
  most: number,
): { names: Bytes[]; more: boolean } {
  const labels = new Set<string>()
  const names: Bytes[] = []
  for (const [author, events] of timeline.writes) {
    const observed = [...clocks.values()].map((clock) => clock[author] ?? 0)
    const [least, greatest] = [Math.min(...observed), Math.max(...observed)]
    for (let i = events.length - 1; i >= 0; i--) {
      const { dots, keys } = events[i] as TimelineEvent
      if (dots === null || dots[1] <= least) break
      // What nobody has who is there is lost with its region.
      if (dots[0] > greatest) continue
      for (const key of keys) {
        if (labels.has(key)) continue
        if (names.length === most || labels.size === MOST_GONE_THROUGH) return { names, more: true }
        labels.add(key)
        const name = bytesOfLabel(key)
        if (wanted(name)) names.push(name)
      }
    }
  }
  return { names, more: false }
}

/** Whether one key is among them. */
export function isUnsettled(timeline: Timeline, label: string, clocks: Clocks): boolean {
  for (const region of clocks.keys()) if (missingIn(timeline, label, region, clocks).length > 0) return true
  return false
}

/** Writes of a key that a region has not observed, though another that is there has. */
export function missingIn(timeline: Timeline, label: string, region: ReplicaId, clocks: Clocks): TimelineEvent[] {
  const missing: TimelineEvent[] = []
  for (const [author, events] of timeline.writesByKey.get(label) ?? []) {
    const observed = clocks.get(region)?.[author] ?? 0
    const greatest = Math.max(...[...clocks.values()].map((clock) => clock[author] ?? 0))
    for (let i = events.length - 1; i >= 0; i--) {
      const event = events[i] as TimelineEvent
      if (event.dots === null || event.dots[1] <= observed) break
      if (event.dots[0] <= greatest) missing.push(event)
    }
  }
  return missing.sort((a, b) => a.id - b.id)
}

/** Whether a region observed writes of a key, made by others, between two looks. */
export function cameIn(
  timeline: Timeline,
  label: string,
  region: ReplicaId,
  before: readonly number[],
  after: readonly number[],
): boolean {
  for (const [author, events] of timeline.writesByKey.get(label) ?? []) {
    if (author === region) continue
    const [from, to] = [before[author] ?? 0, after[author] ?? 0]
    for (let i = events.length - 1; i >= 0; i--) {
      const [first, last] = (events[i] as TimelineEvent).dots ?? [0, 0]
      if (last <= from) break
      if (first <= to) return true
    }
  }
  return false
}

const PLAIN = /^[!#-&(-~]+$/

/** The bytes of a name as the timeline quotes it. */
export function bytesOfLabel(label: string): Bytes {
  if (PLAIN.test(label)) return label
  const tokens = tokenize(label)
  return 'argv' in tokens ? (tokens.argv[0] ?? '') : bytesOfText(label)
}
