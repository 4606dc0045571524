/** The timeline as lines of a table, with the same content as the diagram. */
import { ruleOf } from '../../engine/index.ts'
import { laneName, type Timeline, type TimelineEvent, type TimelineMessage, type TimelineSpan } from './model.ts'
import type { TimelineView } from './view.ts'
import { bytesText, timeText } from './words.ts'

export interface TableRow {
  readonly key: string
  readonly at: number
  readonly time: string
  /** The region it is about, for its mark; null when it concerns several. */
  readonly region: number | null
  readonly where: string
  readonly kind: string
  readonly what: string
  readonly outcome: string
}

/**
 * In order of time: the events of `view`, a folded run as one line, and what else happened, unless that is of hidden regions only. `housekeeping` adds
 * acknowledgements and requests. Where only some events are asked for, messages that brought none are left out.
 */
export function tableRows(
  timeline: Timeline,
  { events, runs }: TimelineView,
  hidden: ReadonlySet<number>,
  housekeeping: boolean,
): readonly TableRow[] {
  const nameOf = (region: number) => laneName(timeline, region)
  const isNarrowed = events.length + runs.reduce((sum, { count }) => sum + count, 0) < timeline.events.length
  const rows: TableRow[] = runs.map(({ first, last, region, count }) => ({
    ...base(`r${first.id}`, first.at),
    region,
    where: nameOf(region),
    kind: `${count} commands, folded:`,
    what: `${first.label} … ${last.label}`,
    outcome: `until ${timeText(last.at)}`,
  }))
  const ofEvents = events.map((event) => ({
    ...base(`e${event.id}`, event.at),
    region: event.region,
    where: nameOf(event.region),
    kind: kindOf(event, nameOf),
    what: event.kind === 'region' ? '' : event.label,
    outcome: outcomeOf(event),
  }))
  rows.push(...ofEvents)
  for (const message of isNarrowed ? [] : timeline.messages) {
    if (message.receivedBy !== null || (!isTold(message) && !housekeeping)) continue
    rows.push({
      ...base(`m${message.id}`, message.sentAt),
      region: message.from,
      where: `${nameOf(message.from)} → ${nameOf(message.to)}`,
      kind: sentKind(message),
      what: '',
      outcome: fate(message),
    })
  }
  for (const note of timeline.notes) {
    const row = { ...base(`n${note.id}`, note.at), region: null, where: 'All', kind: 'control', what: note.line }
    rows.push({ ...row, outcome: note.ok ? note.text : `refused: ${note.text}` })
  }
  timeline.spans.forEach((span, i) => {
    if (hidden.has(span.a) || hidden.has(span.b)) return
    const until = span.to === null ? 'still so' : `until ${timeText(span.to)}`
    const where = spanPlace(span, nameOf)
    const kind = SPAN_KINDS[span.kind]
    rows.push({ ...base(`s${i}`, span.from), region: null, where, kind, what: '', outcome: until })
  })
  return rows.sort((a, b) => a.at - b.at)
}

const SPAN_KINDS: Record<TimelineSpan['kind'], string> = { cut: 'link cut', paused: 'sync paused', stopped: 'stopped' }

function spanPlace({ kind, a, b }: TimelineSpan, nameOf: (region: number) => string): string {
  if (kind === 'paused') return 'All'
  return kind === 'cut' ? `${nameOf(a)} – ${nameOf(b)}` : nameOf(a)
}

function kindOf({ kind, from, label }: TimelineEvent, nameOf: (region: number) => string): string {
  if (kind === 'region') return label
  if (kind === 'receive') return `received from ${nameOf(from ?? 0)}`
  return kind === 'expiry' ? 'expiry' : ''
}

/** Messages that say something about data or members; the others are housekeeping. */
export function isTold({ what }: TimelineMessage): boolean {
  return what === 'effects' || what === 'snapshot' || what === 'expelled'
}

function sentKind({ what, bytes }: TimelineMessage): string {
  return what === 'snapshot' ? `sent a full sync, ${bytesText(bytes)}` : `sent ${what}`
}

const base = (key: string, at: number) => ({ key, at, time: timeText(at) })

function outcomeOf(event: TimelineEvent): string {
  if (event.kind !== 'receive') return event.reply ?? ''
  if (event.resolutions.length === 0 && event.fullSyncBytes !== null) return `${countWrites(event)} new writes`
  const rules = [...new Set(event.resolutions.map((resolution) => resolution.rule))]
  return rules.map((rule) => `${rule} ${ruleOf(rule)?.title ?? ''}`.trim()).join(', ')
}

function countWrites({ arrived }: TimelineEvent): number {
  return arrived.reduce((sum, { dots }) => sum + dots[1] - dots[0] + 1, 0)
}

function fate(message: TimelineMessage): string {
  if (message.arrivedAt !== null) return `arrived at ${timeText(message.arrivedAt)}`
  return message.lostAt === null ? 'on its way' : `lost at ${timeText(message.lostAt)} when the link broke`
}
