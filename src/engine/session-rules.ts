/** What a session may do in its present state, and how MONITOR shows what it does. */
import type { Bytes } from '../lib/index.ts'
import { addressOf, type Session } from './session.ts'

export function listens({ subscriptions: { channel, pattern, shard } }: Session): boolean {
  return channel.size > 0 || pattern.size > 0 || shard.size > 0
}

/** All that a RESP2 connection may say while it listens, since anything it gets may be a message. */
export const WHILE_LISTENING: ReadonlySet<string> = new Set([
  'SUBSCRIBE',
  'UNSUBSCRIBE',
  'PSUBSCRIBE',
  'PUNSUBSCRIBE',
  'SSUBSCRIBE',
  'SUNSUBSCRIBE',
  'PING',
  'QUIT',
  'RESET',
])

export function listening(fullName: string): string {
  return `ERR Can't execute '${fullName}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`
}

/** Not shown by MONITOR: they carry secrets, or are about watching itself. */
export const UNSHOWN: ReadonlySet<string> = new Set(['AUTH', 'HELLO', 'MONITOR', 'EXEC'])

/** `1339518083.107412 [0 127.0.0.1:60866] "get" "key"`. */
export function monitorLine(session: Session, argv: readonly Bytes[], now: number): string {
  const seconds = Math.floor(now / 1000)
  const micros = String(Math.round((now - seconds * 1000) * 1000)).padStart(6, '0')
  return `${seconds}.${micros} [0 ${addressOf(session)}] ${argv.map(represented).join(' ')}`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\x07': '\\a',
  '\b': '\\b',
}

/** A byte string in double quotes, as Redis shows it in MONITOR and in logs. */
export function represented(bytes: Bytes): string {
  const shown = bytes.replace(
    /["\\]|[^ -~]/g,
    (c) => ESCAPES[c] ?? `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
  return `"${shown}"`
}
