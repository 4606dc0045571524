/**
 * Journal entries → timeline, entry by entry. Appending n entries costs O(n), however long the timeline is. Housekeeping (`ack`, `pull`) is
 * kept as messages, for those who ask to see it, but makes no events.
 */
import type { Bytes } from '../../lib/index.ts'
import type { Reply, Resolution } from '../../engine/index.ts'
import type {
  CommandEntry,
  DeliverEntry,
  JournalEntry,
  LinkEntry,
  ReplyEntry,
  SendEntry,
  TickEntry,
} from '../../simulation/index.ts'
import type { ReplicaId } from '../../replication/index.ts'
import { writeOfDot, writesOfDots } from './causality.ts'
import { concurrentWrites, hasRival, noteWrite } from './rivals.ts'
import type { EventKind, Timeline, TimelineEvent } from './model.ts'
import { NEW_SESSION, quoteArgument as quoted, showReply } from '../../terminal/index.ts'
import { commandLine, shortReply, wholeReply } from './words.ts'

export function appendEntries(timeline: Timeline, entries: readonly JournalEntry[]): void {
  for (const entry of entries) appendEntry(timeline, entry)
  timeline.version++
}

function appendEntry(timeline: Timeline, entry: JournalEntry): void {
  switch (entry.kind) {
    case 'command':
      return appendCommand(timeline, entry)
    case 'tick':
      return appendTick(timeline, entry)
    case 'send':
      return appendSend(timeline, entry)
    case 'deliver':
      return appendDeliver(timeline, entry)
    case 'lost': {
      const message = timeline.messageById.get(entry.message)
      if (message) message.lostAt = entry.at
      return
    }
    case 'link':
      return appendLink(timeline, entry)
    case 'control':
      return appendControl(timeline, entry.at, entry.line, entry.ok, entry.text)
    case 'region':
      if (!timeline.lanes.some((lane) => lane.region === entry.region))
        timeline.lanes = [...timeline.lanes, { region: entry.region, name: entry.name }]
      return
    case 'reply':
      return appendReply(timeline, entry)
  }
}

function appendCommand(timeline: Timeline, entry: CommandEntry): void {
  const { argv, region, session } = entry
  const event = addEvent(timeline, entry, region, {
    kind: entry.dots ? 'write' : 'read',
    label: commandLine(argv),
    outcome: '',
    ...(entry.reply === undefined ? {} : answered(argv, entry.reply)),
  })
  if (entry.reply === undefined) pushTo(timeline.waiting, `${region}:${session}`, { event: event.id, argv })
}

/** A command that waited has its reply. Pushes answer none. */
function appendReply(timeline: Timeline, { region, session, reply, push }: ReplyEntry): void {
  if (push) return
  const waiting = timeline.waiting.get(`${region}:${session}`)?.shift()
  const event = waiting && timeline.events[waiting.event]
  if (event) timeline.events[event.id] = { ...event, ...answered(waiting.argv, reply) }
}

function answered(argv: readonly Bytes[], reply: Reply): Pick<TimelineEvent, 'reply' | 'outcome'> {
  const shown = showReply(NEW_SESSION, argv, reply)
  return { reply: wholeReply(shown), outcome: shortReply(shown) }
}

function appendTick(timeline: Timeline, entry: TickEntry): void {
  if (!entry.dots && entry.changes.length === 0) return
  const keys = entry.changes.map((change) => quoted(change.key))
  addEvent(timeline, entry, entry.region, { kind: 'expiry', label: `expired ${keys.join(' ')}`.trim() })
}

function appendSend(timeline: Timeline, entry: SendEntry): void {
  const cause = timeline.writes.get(entry.from)?.at(-1)
  const message = {
    id: entry.message,
    from: entry.from,
    to: entry.to,
    what: entry.what,
    dots: entry.dots,
    sentAt: entry.at,
    sentBy: cause && cause.at === entry.at && entry.what === 'effects' ? causeOf(timeline, entry, cause) : null,
    receivedBy: null,
    arrivedAt: null,
    lostAt: null,
  }
  timeline.messages.push(message)
  timeline.messageById.set(entry.message, message)
}

function causeOf(timeline: Timeline, entry: SendEntry, newest: TimelineEvent): number {
  if (!entry.dots) return newest.id
  return writesOfDots(timeline, entry.from, [entry.dots[1], entry.dots[1]])[0]?.id ?? newest.id
}

function appendDeliver(timeline: Timeline, entry: DeliverEntry): void {
  const message = timeline.messageById.get(entry.message)
  if (message) message.arrivedAt = entry.at
  const carriesData = entry.what === 'effects' || entry.what === 'snapshot'
  if (!carriesData || (entry.what === 'effects' && !entry.dots)) return
  const writes = entry.dots ? writesOfDots(timeline, entry.from, entry.dots) : []
  const resolutions = entry.resolutions.filter((resolution) => isConflict(timeline, entry, writes, resolution))
  const joined = resolutions.length === 0 ? joinBurst(timeline, entry) : undefined
  if (joined) {
    if (message) message.receivedBy = joined.id
    return
  }
  const event = addEvent(timeline, entry, entry.to, {
    kind: 'receive',
    label: arrivalLabel(entry, writes),
    outcome: keptLabel(timeline, resolutions),
    from: entry.from,
    resolutions,
    conflict: resolutions.length > 0,
  })
  if (message) message.receivedBy = event.id
  const deciding = new Set(resolutions.flatMap((resolution) => contenders(timeline, event, resolution)))
  for (const dot of deciding) pushTo(timeline.decisions, dot, event)
}

/**
 * Arrivals of one instant from one sender, without a conflict among them, are one event: a paste of 200 lines is one arrival elsewhere. Gives
 * the event that took this one in, or undefined.
 */
function joinBurst(timeline: Timeline, entry: DeliverEntry): TimelineEvent | undefined {
  const last = timeline.events.at(-1)
  const continues =
    last?.kind === 'receive' &&
    !last.conflict &&
    last.region === entry.to &&
    last.from === entry.from &&
    last.at === entry.at &&
    last.dots !== null &&
    last.dots[1] + 1 === entry.dots?.[0]
  if (!continues || !last.dots || !entry.dots) return undefined
  const dots = [last.dots[0], entry.dots[1]] as const
  const first = writeOfDot(timeline, entry.from, dots[0])
  const keys = [...new Set([...last.keys, ...keysOf(entry)])]
  const label = `${first?.label ?? 'effects'} and ${dots[1] - dots[0]} more`
  const event: TimelineEvent = { ...last, dots, keys, clock: entry.clock, label }
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

function arrivalLabel(entry: DeliverEntry, writes: readonly TimelineEvent[]): string {
  if (entry.what === 'snapshot') return 'full sync'
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

function appendLink(timeline: Timeline, entry: LinkEntry): void {
  const a = Math.min(entry.a, entry.b)
  const b = Math.max(entry.a, entry.b)
  const open = timeline.spans.findLast(
    (span) => span.kind === 'cut' && span.a === a && span.b === b && span.to === null,
  )
  if (entry.up && open) closeSpan(timeline, open, entry.at)
  if (!entry.up && !open) openSpan(timeline, 'cut', a, b, entry.at)
}

/** Lines that only set the pace say nothing about the database and leave no mark. */
const SILENT = /^\s*(speed|pause|step|wait|expect|help)\b/i

function appendControl(timeline: Timeline, at: number, line: string, ok: boolean, text: string): void {
  if (SILENT.test(line)) return
  const row = newRow(timeline, at)
  timeline.lastRow = null
  timeline.notes.push({ id: timeline.notes.length, row, at, line, ok, text })
  if (!ok) return
  const paused = timeline.spans.findLast((span) => span.kind === 'paused' && span.to === null)
  if (/^\s*hold\s+all\b/i.test(line) && !paused) openSpan(timeline, 'paused', 0, 0, at)
  if (/^\s*release\s+all\b/i.test(line) && paused) closeSpan(timeline, paused, at)
}

function openSpan(timeline: Timeline, kind: 'cut' | 'paused', a: ReplicaId, b: ReplicaId, at: number): void {
  timeline.spans.push({ kind, a, b, from: at, fromRow: lastRowIndex(timeline), to: null, toRow: null })
}

function closeSpan(timeline: Timeline, span: Timeline['spans'][number], at: number): void {
  span.to = at
  span.toRow = lastRowIndex(timeline)
}

const lastRowIndex = (timeline: Timeline) => Math.max(0, timeline.rows.length - 1)

interface Specific {
  readonly kind: EventKind
  readonly label: string
  readonly outcome?: string
  readonly reply?: TimelineEvent['reply']
  readonly from?: ReplicaId
  readonly resolutions?: TimelineEvent['resolutions']
  readonly conflict?: boolean
}

function addEvent(
  timeline: Timeline,
  entry: CommandEntry | DeliverEntry | TickEntry,
  region: ReplicaId,
  specific: Specific,
): TimelineEvent {
  const resolutions = specific.resolutions ?? []
  const event: TimelineEvent = {
    id: timeline.events.length,
    row: rowFor(timeline, region, entry.at),
    at: entry.at,
    region,
    kind: specific.kind,
    label: specific.label,
    outcome: specific.outcome ?? '',
    reply: specific.reply,
    dots: entry.dots,
    from: specific.from ?? null,
    clock: entry.clock,
    keys: keysOf(entry),
    resolutions,
    conflict: specific.conflict ?? false,
  }
  timeline.events.push(event)
  if ((event.kind === 'write' || event.kind === 'expiry') && event.dots) {
    pushTo(timeline.writes, region, event)
    noteWrite(timeline.writesByKey, event)
  }
  return event
}

function keysOf(entry: CommandEntry | DeliverEntry | TickEntry): string[] {
  return [...new Set(entry.changes.map((change) => quoted(change.key)))]
}

/** Events of one instant in different regions share a row; a second one in the same region moves on to the next. */
function rowFor(timeline: Timeline, region: ReplicaId, at: number): number {
  const joins = timeline.lastRow && timeline.rows.at(-1) === at && !timeline.lastRow.has(region)
  if (!joins) newRow(timeline, at)
  timeline.lastRow?.add(region)
  return lastRowIndex(timeline)
}

function newRow(timeline: Timeline, at: number): number {
  timeline.rows.push(at)
  timeline.lastRow = new Set()
  return lastRowIndex(timeline)
}

function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
