/**
 * Messages on their way and what they brought. What a delivery brought is the difference that it made to what its receiver had observed: so a write that
 * comes twice, from its author and passed on by another (R3), arrives once, and one that had to wait for others arrives with the last of them.
 */
import type { Resolution } from '../../engine/index.ts'
import type { DeliverEntry, SendEntry } from '../../simulation/index.ts'
import type { Relayed } from '../../replication/index.ts'
import { quoteArgument as quoted } from '../../terminal/index.ts'
import { addEvent, keysOf, pushTo } from './append.ts'
import { writeOfDot, writesOfDots } from './causality.ts'
import type { Timeline, TimelineEvent, TimelineMessage } from './model.ts'
import { concurrentWrites, hasRival } from './rivals.ts'
import { bytesText } from './words.ts'

/** It goes on hearing this from each of the others; once is news. */
const EXPELLED = 'told of its removal'

export function appendSend(timeline: Timeline, entry: SendEntry): void {
  const { message: id, from, to, what, dots, relayed = [], bytes, at: sentAt } = entry
  const message = {
    id,
    from,
    to,
    what,
    dots,
    relayed,
    bytes,
    sentAt,
    sentBy: what === 'effects' ? causeOf(timeline, entry) : null,
    receivedBy: null,
    arrivedAt: null,
    lostAt: null,
  }
  timeline.messages.push(message)
  timeline.messageById.set(id, message)
}

/** The write that a message carries, or the arrival of what it passes on, if that was at the same instant. */
function causeOf(timeline: Timeline, { from, at, dots, relayed }: SendEntry): number | null {
  if (dots === null && relayed !== undefined) {
    const last = timeline.events.at(-1)
    return last?.kind === 'receive' && last.region === from && last.at === at ? last.id : null
  }
  const newest = timeline.writes.get(from)?.at(-1)
  if (newest?.at !== at) return null
  return (dots && writeOfDot(timeline, from, dots[1])?.id) ?? newest.id
}

export function appendDeliver(timeline: Timeline, entry: DeliverEntry): void {
  const { what, from, to, at, clock } = entry
  const message = timeline.messageById.get(entry.message)
  if (message) message.arrivedAt ??= at
  const arrived = arrivals(timeline.clocks.get(to), entry)
  timeline.clocks.set(to, clock)
  if (what === 'expelled') {
    const known = timeline.events.findLast((event) => event.region === to && event.label === EXPELLED)
    const event = known ?? addEvent(timeline, entry, to, { kind: 'region', label: EXPELLED })
    if (message && !known) message.receivedBy = event.id
    return
  }
  const waits = what === 'effects' && arrived.length === 0 && carried(entry).some((part) => !covers(clock, part))
  if (what !== 'snapshot' && arrived.length === 0 && !waits) return
  const writes = arrived.flatMap(({ origin, dots }) => writesOfDots(timeline, origin, dots))
  const resolutions = entry.resolutions.filter((resolution) => isConflict(timeline, entry, writes, resolution))
  const joined = what === 'effects' && resolutions.length === 0 ? joinBurst(timeline, entry, arrived) : undefined
  if (joined) {
    if (message) message.receivedBy = joined.id
    return
  }
  const event = addEvent(timeline, entry, to, {
    kind: 'receive',
    label: waits ? 'effects that wait for others (R3)' : arrivalLabel(entry, writes, message?.bytes ?? 0),
    outcome: keptLabel(timeline, resolutions),
    from,
    arrived,
    fullSyncBytes: what === 'snapshot' ? (message?.bytes ?? 0) : null,
    resolutions,
    conflict: resolutions.length > 0,
  })
  if (message) message.receivedBy = event.id
  const deciding = new Set(resolutions.flatMap((resolution) => contenders(timeline, event, resolution)))
  for (const dot of deciding) pushTo(timeline.decisions, dot, event)
}

type Cargo = Pick<DeliverEntry, 'from' | 'dots' | 'relayed'>

/** The sender's own writes that a message carries, and those that it passes on. */
function carried({ from, dots, relayed = [] }: Cargo): readonly Relayed[] {
  return dots ? [{ origin: from, dots }, ...relayed] : relayed
}

const covers = (clock: readonly number[], { origin, dots }: Relayed) => (clock[origin] ?? 0) >= dots[1]

/** What the receiver observed by a delivery. `before` is undefined where that is not known, right after a restart: then it is what the message carries. */
function arrivals(before: readonly number[] | undefined, entry: DeliverEntry): readonly Relayed[] {
  const { clock, to, what } = entry
  if (what !== 'effects' && what !== 'snapshot') return []
  if (before === undefined && what === 'effects') return carried(entry).filter((part) => covers(clock, part))
  return clock.flatMap((last, origin) => {
    const first = (before?.[origin] ?? 0) + 1
    return origin === to || !(last >= first) ? [] : [{ origin, dots: [first, last] as const }]
  })
}

/**
 * Arrivals of one instant from one sender, without a conflict among them, are one event: a paste of 200 lines is one arrival elsewhere. Gives
 * the event that took this one in, or undefined.
 */
function joinBurst(timeline: Timeline, entry: DeliverEntry, arrived: readonly Relayed[]): TimelineEvent | undefined {
  const last = timeline.events.at(-1)
  const [before] = last?.arrived ?? []
  const [next] = arrived
  const continues =
    last?.kind === 'receive' &&
    !last.conflict &&
    last.region === entry.to &&
    last.from === entry.from &&
    last.at === entry.at &&
    last.arrived.length === 1 &&
    arrived.length === 1 &&
    last.fullSyncBytes === null &&
    before?.origin === next?.origin &&
    before !== undefined &&
    before.dots[1] + 1 === next?.dots[0]
  if (!continues || !before || !next) return undefined
  const dots = [before.dots[0], next.dots[1]] as const
  const first = writeOfDot(timeline, before.origin, dots[0])
  const keys = [...new Set([...last.keys, ...keysOf(entry.changes)])]
  const label = `${first?.label ?? 'effects'} and ${dots[1] - dots[0]} more`
  const event = { ...last, arrived: [{ origin: before.origin, dots }], keys, clock: entry.clock, label }
  timeline.events[last.id] = event
  return event
}

/** A rule that merely let a later write follow an earlier one (G3) has nothing to tell. */
function isConflict(
  timeline: Timeline,
  entry: DeliverEntry,
  writes: readonly TimelineEvent[],
  { key, rule, kept = [], lost = [] }: Resolution,
): boolean {
  if (kept.length + lost.length > 1) return true
  return rule !== 'G3' && writes.some((write) => hasRival(timeline, write, entry.clock, quoted(key)))
}

/** The dots (`replica:n`) of all writes that a resolution is about. */
function contenders(timeline: Timeline, event: TimelineEvent, resolution: Resolution): string[] {
  const { kept = [], lost = [] } = resolution
  const named = [...kept, ...lost].map((dot) => `${dot.replica}:${dot.n}`)
  if (named.length > 0) return named
  return concurrentWrites(timeline, event, resolution).map((write) => `${write.region}:${write.dots?.[1]}`)
}

function arrivalLabel({ what }: DeliverEntry, writes: readonly TimelineEvent[], bytes: number): string {
  return what === 'snapshot' ? `full sync, ${bytesText(bytes)}` : writesLabel(writes)
}

/** What a message carries, in the words of the commands that wrote it; empty for housekeeping. */
export function messageLabel(timeline: Timeline, message: TimelineMessage): string {
  if (message.what !== 'effects') return ''
  return writesLabel(carried(message).flatMap(({ origin, dots }) => writesOfDots(timeline, origin, dots)))
}

function writesLabel(writes: readonly TimelineEvent[]): string {
  const first = writes[0]
  if (!first) return 'effects'
  return writes.length === 1 ? first.label : `${first.label} and ${writes.length - 1} more`
}

/** The write that the first decision kept, where it kept one. */
function keptLabel(timeline: Timeline, resolutions: readonly Resolution[]): string {
  const kept = resolutions[0]?.kept ?? []
  const [first] = kept
  return (first && kept.length === 1 && writeOfDot(timeline, first.replica, first.n)?.label) || ''
}
