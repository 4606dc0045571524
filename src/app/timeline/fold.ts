/**
 * Journal entries → timeline, entry by entry. Appending n entries costs O(n), however long the timeline is. Housekeeping (`ack`, `pull`) is
 * kept as messages, for those who ask to see it, but makes no events.
 */
import type { Bytes } from '../../lib/index.ts'
import type { Reply } from '../../engine/index.ts'
import type { CommandEntry, JournalEntry, ReplyEntry, TickEntry } from '../../simulation/index.ts'
import { NEW_SESSION, quoteArgument as quoted, showReply } from '../../terminal/index.ts'
import { addEvent, closeSpan, newRow, openSpan, pushTo } from './append.ts'
import { appendDeliver, appendSend } from './deliveries.ts'
import { appendLink, appendRegion } from './membership.ts'
import type { Timeline, TimelineEvent } from './model.ts'
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
      return appendRegion(timeline, entry)
    case 'reply':
      return appendReply(timeline, entry)
  }
}

function appendCommand(timeline: Timeline, entry: CommandEntry): void {
  const { argv, region, session } = entry
  timeline.clocks.set(region, entry.clock)
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
  timeline.clocks.set(entry.region, entry.clock)
  if (!entry.dots && entry.changes.length === 0) return
  const keys = entry.changes.map((change) => quoted(change.key))
  addEvent(timeline, entry, entry.region, { kind: 'expiry', label: `expired ${keys.join(' ')}`.trim() })
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
