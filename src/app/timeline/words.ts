/** How commands and times are worded on the timeline. */
import type { Bytes } from '../../lib/index.ts'
import { quoteArgument } from '../../terminal/index.ts'
import type { TimelineEvent } from './model.ts'

/** More than that nobody reads on a timeline; a value of a megabyte would only make it slow. */
const LONGEST_ARGUMENT = 120
const LONGEST_LINE = 400
const LONGEST_REPLY = 10_000

/** A command as one would type it again, its name in capitals; control characters are escaped, and long values cut off. */
export function commandLine(argv: readonly Bytes[]): string {
  const [name, ...rest] = argv
  if (name === undefined) return ''
  const shown = rest.slice(0, LONGEST_LINE / 2).map(shortArgument)
  return cut([safeName(name), ...shown].join(' '), LONGEST_LINE)
}

/** Cut off while still bytes: the ellipsis is none. */
function shortArgument(argument: Bytes): string {
  if (argument.length <= LONGEST_ARGUMENT) return quoteArgument(argument)
  return `${quoteArgument(argument.slice(0, LONGEST_ARGUMENT))}…`
}

/** A reply as redis-cli prints it; of a very long one the beginning. */
export function wholeReply(reply: string): string {
  const left = reply.length - LONGEST_REPLY
  return left > 0 ? `${reply.slice(0, LONGEST_REPLY)}…\n(${left} more characters)` : reply
}

function cut(text: string, chars: number): string {
  return text.length > chars ? `${text.slice(0, chars)}…` : text
}

const safeName = (name: Bytes) => (/^[a-z.]+$/i.test(name) ? name.toUpperCase() : quoteArgument(name))

const SHORT_REPLY_CHARS = 40

/** A reply as redis-cli prints it, on one line, where it says more than OK. */
export function shortReply(reply: string): string {
  const lines = reply.split('\n')
  if (lines[0] === 'OK' || lines[0] === 'QUEUED') return ''
  const text = lines.map((line) => line.replace(/^\s*\d+\) |^\(integer\) /, '')).join(' ')
  return cut(text, SHORT_REPLY_CHARS)
}

/** Virtual time as people read it: `0.35 s`, `12.0 s`, `3:05.2`. */
export function timeText(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 10) return `${seconds.toFixed(2)} s`
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const minutes = Math.floor(seconds / 60)
  return `${minutes}:${(seconds - minutes * 60).toFixed(1).padStart(4, '0')}`
}

/** A size as people read it: `48 B`, `1.2 kB`, `3.4 MB` (in thousands). */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const kilobytes = bytes / 1000
  return kilobytes < 1000 ? `${kilobytes.toFixed(kilobytes < 10 ? 1 : 0)} kB` : `${(kilobytes / 1000).toFixed(1)} MB`
}

/** The name of the command that an event is; empty for arrivals and the like. */
export function commandOf({ kind, label }: TimelineEvent): string {
  if (kind !== 'write' && kind !== 'read') return ''
  const end = label.indexOf(' ')
  return end < 0 ? label : label.slice(0, end)
}

/** Reads that name several keys; of the others the first argument is the key. */
const READS_SEVERAL = /^(MGET|JSON\.MGET|EXISTS|TOUCH|[SZ](INTER|UNION|DIFF)(CARD)?|XREAD|PFCOUNT|LCS)$/

/** The keys that a read may have asked for, as written on the timeline. */
export function keysRead(event: TimelineEvent): readonly string[] {
  const words = event.label.match(/"(?:[^"\\]|\\.)*"|\S+/g)?.slice(1) ?? []
  return READS_SEVERAL.test(commandOf(event)) ? words : words.slice(0, 1)
}
