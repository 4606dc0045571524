/** How commands and times are worded on the timeline. */
import type { Bytes } from '../../lib/index.ts'
import { quoteArgument, quoteCommand } from '../../terminal/index.ts'

/** A command as one would type it again, its name in capitals; control characters are escaped. */
export function commandLine(argv: readonly Bytes[]): string {
  const [name, ...rest] = argv
  return name === undefined ? '' : [safeName(name), quoteCommand(rest)].join(' ').trim()
}

const safeName = (name: Bytes) => (/^[a-z.]+$/i.test(name) ? name.toUpperCase() : quoteArgument(name))

const SHORT_REPLY_CHARS = 40

/** A reply as redis-cli prints it, on one line, where it says more than OK. */
export function shortReply(reply: string): string {
  const lines = reply.split('\n')
  if (lines[0] === 'OK' || lines[0] === 'QUEUED') return ''
  const text = lines.map((line) => line.replace(/^\s*\d+\) |^\(integer\) /, '')).join(' ')
  return text.length > SHORT_REPLY_CHARS ? `${text.slice(0, SHORT_REPLY_CHARS)}…` : text
}

/** Virtual time as people read it: `0.35 s`, `12.0 s`, `3:05.2`. */
export function timeText(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 10) return `${seconds.toFixed(2)} s`
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const minutes = Math.floor(seconds / 60)
  return `${minutes}:${(seconds - minutes * 60).toFixed(1).padStart(4, '0')}`
}
