/** Everything worth telling about one selected event: what it had seen, what was decided about it, and by which rule. */
import { groupOfRule, ruleOf, type Dot, type Resolution } from '../../engine/index.ts'
import type { ReplicaId } from '../../replication/index.ts'
import { countRelations, writeOfDot, writesOfDots, type RelationCounts } from './causality.ts'
import type { Timeline, TimelineEvent } from './model.ts'
import { missedBy } from './patterns.ts'
import { concurrentWrites } from './rivals.ts'
import { quoteArgument as quoted } from '../../terminal/index.ts'

/** A write that took part in a decision. `event` is undefined where the write is not on the timeline. */
export interface Contender {
  readonly region: ReplicaId
  readonly n: number
  readonly event: TimelineEvent | undefined
  /** How many writes of each other region its author had observed when it made it; empty where the write is not on the timeline. */
  readonly seen: readonly SeenWrites[]
}

/** How many writes of a region had been observed. */
export interface SeenWrites {
  readonly region: ReplicaId
  readonly writes: number
}

export interface Decision {
  readonly rule: string
  readonly title: string
  readonly explanation: string
  /** Redis's own documentation of the subject; null for a rule that is not listed. */
  readonly documentation: string | null
  readonly key: string
  readonly element: string | null
  readonly kept: readonly Contender[]
  readonly lost: readonly Contender[]
  /** The concurrent writes, where the rule joined them or the database does not say which it kept. */
  readonly between: readonly Contender[]
  /** The regions in which this was decided, in order. */
  readonly regions: readonly ReplicaId[]
}

export interface EventDetails {
  readonly event: TimelineEvent
  /** The writes that arrived, for a `receive`. */
  readonly arrived: readonly TimelineEvent[]
  /** How many writes of each region had been observed, the own ones included. */
  readonly seen: readonly SeenWrites[]
  readonly decisions: readonly Decision[]
  /** Where else this write is known, and since when; empty for anything but a write. */
  readonly knownIn: readonly { readonly region: ReplicaId; readonly at: number }[]
  /** Members in which this write is not known yet; empty for anything but a write. */
  readonly unseenIn: readonly ReplicaId[]
  /** For a read: writes of its keys that had been made elsewhere by then and that it missed. */
  readonly missed: readonly TimelineEvent[]
  readonly counts: RelationCounts
}

export function eventDetails(timeline: Timeline, event: TimelineEvent): EventDetails {
  const known = knownIn(timeline, event)
  return {
    event,
    arrived: event.arrived.flatMap(({ origin, dots: range }) => writesOfDots(timeline, origin, range)),
    seen: seenBy(timeline, event),
    decisions: decisionsAbout(timeline, event),
    knownIn: known,
    unseenIn: unseenIn(timeline, event, known),
    missed: missedBy(timeline, event),
    counts: countRelations(timeline, event),
  }
}

/** Of regions that are gone only where something of theirs was seen. */
function seenBy(timeline: Timeline, event: TimelineEvent): SeenWrites[] {
  return timeline.lanes
    .map(({ region, to }) => ({ region, writes: event.clock[region] ?? 0, gone: to !== null }))
    .filter(({ writes, gone }) => writes > 0 || !gone)
    .map(({ region, writes }) => ({ region, writes }))
}

function decisionsAbout(timeline: Timeline, event: TimelineEvent): Decision[] {
  const found = new Map<string, Decision>()
  for (const receive of decidedAt(timeline, event)) {
    for (const resolution of receive.resolutions) {
      const made = decision(timeline, receive, resolution)
      const sides = [...made.kept, ...made.lost, ...made.between]
      if (event.kind !== 'receive' && !sides.some((side) => side.event === event)) continue
      const id = JSON.stringify([made.rule, made.key, made.element, [made.kept, made.lost, made.between].map(dots)])
      const before = found.get(id)
      const regions = [...new Set([...(before?.regions ?? []), receive.region])].sort((a, b) => a - b)
      found.set(id, { ...made, regions })
    }
  }
  return [...found.values()]
}

/** The arrivals at which something was decided about a write; a `receive` event itself. */
function decidedAt(timeline: Timeline, event: TimelineEvent): readonly TimelineEvent[] {
  if (event.kind === 'receive') return [event]
  const found = new Set<TimelineEvent>()
  const [first, last] = event.dots ?? [1, 0]
  for (let n = first; n <= last; n++) {
    for (const receive of timeline.decisions.get(`${event.region}:${n}`) ?? []) found.add(receive)
  }
  return [...found]
}

const dots = (side: readonly Contender[]) => side.map(({ region, n }) => `${region}:${n}`).sort()

function decision(timeline: Timeline, receive: TimelineEvent, resolution: Resolution): Decision {
  const rule = ruleOf(resolution.rule)
  const contender = (region: ReplicaId, n: number, event: TimelineEvent | undefined): Contender => ({
    region,
    n,
    event,
    seen: event ? seenBy(timeline, event).filter((seen) => seen.region !== region) : [],
  })
  const named = ({ replica, n }: Dot) => contender(replica, n, writeOfDot(timeline, replica, n))
  const kept = (resolution.kept ?? []).map(named)
  const lost = (resolution.lost ?? []).map(named)
  const joined = kept.length + lost.length > 0 ? [] : concurrentWrites(timeline, receive, resolution)
  return {
    rule: resolution.rule,
    title: rule?.title ?? 'Rule',
    explanation: rule?.explanation ?? '',
    documentation: groupOfRule(resolution.rule)?.documentation ?? null,
    key: quoted(resolution.key),
    element: resolution.element === undefined ? null : quoted(resolution.element),
    kept,
    lost,
    between: joined.map((event) => contender(event.region, event.dots?.[1] ?? 0, event)),
    regions: [receive.region],
  }
}

function knownIn(timeline: Timeline, event: TimelineEvent): { region: ReplicaId; at: number }[] {
  if (event.kind === 'receive' || !event.dots) return []
  const needed = event.dots[1]
  const first = new Map<ReplicaId, number>()
  for (let id = event.id + 1; id < timeline.events.length && first.size < timeline.lanes.length - 1; id++) {
    const other = timeline.events[id]
    if (!other || other.region === event.region || first.has(other.region)) continue
    if ((other.clock[event.region] ?? 0) >= needed) first.set(other.region, other.at)
  }
  return [...first].map(([region, at]) => ({ region, at })).sort((a, b) => a.region - b.region)
}

function unseenIn(timeline: Timeline, event: TimelineEvent, known: EventDetails['knownIn']): ReplicaId[] {
  if (event.kind === 'receive' || !event.dots) return []
  const others = timeline.lanes.filter(({ region, to }) => to === null && region !== event.region)
  return others.map(({ region }) => region).filter((region) => !known.some((each) => each.region === region))
}
