/** The timeline as lines of a table, with the same content as the diagram. */
import { ruleOf } from '../../engine/index.ts'
import type { Timeline, TimelineEvent, TimelineMessage } from './model.ts'
import { timeText } from './words.ts'

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

/** In order of time. `housekeeping` adds acknowledgements and requests. */
export function tableRows(timeline: Timeline, housekeeping: boolean): readonly TableRow[] {
  const nameOf = (region: number) => timeline.lanes.find((lane) => lane.region === region)?.name ?? `Region ${region}`
  const rows: TableRow[] = timeline.events.map((event) => ({
    ...base(`e${event.id}`, event.at),
    region: event.region,
    where: nameOf(event.region),
    kind:
      event.kind === 'receive' ? `received from ${nameOf(event.from ?? 0)}` : event.kind === 'expiry' ? 'expiry' : '',
    what: event.label,
    outcome: outcomeOf(event),
  }))
  for (const message of timeline.messages) {
    const carriesData = message.what === 'effects' || message.what === 'snapshot'
    if ((carriesData && message.receivedBy !== null) || (!carriesData && !housekeeping)) continue
    rows.push({
      ...base(`m${message.id}`, message.sentAt),
      region: message.from,
      where: `${nameOf(message.from)} → ${nameOf(message.to)}`,
      kind: `sent ${message.what}`,
      what: '',
      outcome: fate(message),
    })
  }
  for (const note of timeline.notes) {
    const row = { ...base(`n${note.id}`, note.at), region: null, where: 'All', kind: 'control', what: note.line }
    rows.push({ ...row, outcome: note.ok ? note.text : `refused: ${note.text}` })
  }
  timeline.spans.forEach((span, i) => {
    const until = span.to === null ? 'still so' : `until ${timeText(span.to)}`
    const where = span.kind === 'cut' ? `${nameOf(span.a)} – ${nameOf(span.b)}` : 'All'
    const kind = span.kind === 'cut' ? 'link cut' : 'sync paused'
    rows.push({ ...base(`s${i}`, span.from), region: null, where, kind, what: '', outcome: until })
  })
  return rows.sort((a, b) => a.at - b.at)
}

const base = (key: string, at: number) => ({ key, at, time: timeText(at) })

function outcomeOf(event: TimelineEvent): string {
  if (event.kind !== 'receive') return event.reply ?? ''
  const rules = [...new Set(event.resolutions.map((resolution) => resolution.rule))]
  return rules.map((rule) => `${rule} ${ruleOf(rule)?.title ?? ''}`.trim()).join(', ')
}

function fate(message: TimelineMessage): string {
  if (message.arrivedAt !== null) return `arrived at ${timeText(message.arrivedAt)}`
  return message.lostAt === null ? 'on its way' : `lost at ${timeText(message.lostAt)} when the link broke`
}
