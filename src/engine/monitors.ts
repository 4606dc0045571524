/** MONITOR: the sessions that are shown every command that the region runs, and the line they see. */
import type { Bytes } from '../lib/index.ts'
import type { Session } from './session.ts'

/** Not shown: they carry secrets, or are about watching itself. */
const UNSHOWN: ReadonlySet<string> = new Set(['AUTH', 'HELLO', 'MONITOR', 'EXEC', 'RESET'])

export class Monitors {
  readonly #sessions = new Set<Session>()

  add(session: Session): void {
    session.monitoring = true
    this.#sessions.add(session)
  }

  leave(session: Session): void {
    session.monitoring = false
    this.#sessions.delete(session)
  }

  /** Who is to be shown a command; nobody, mostly. */
  watching(name: string): ReadonlySet<Session> | undefined {
    return this.#sessions.size === 0 || UNSHOWN.has(name) ? undefined : this.#sessions
  }
}

/** `1339518083.107412 [0 127.0.0.1:60866] "get" "key"`. */
export function monitorLine(session: Session, argv: readonly Bytes[], now: number): string {
  const seconds = Math.floor(now / 1000)
  const micros = String(Math.round((now - seconds * 1000) * 1000)).padStart(6, '0')
  return `${seconds}.${micros} [0 ${session.address}] ${argv.map(represented).join(' ')}`
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
function represented(bytes: Bytes): string {
  const shown = bytes.replace(
    /["\\]|[^ -~]/g,
    (c) => ESCAPES[c] ?? `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
  return `"${shown}"`
}
