/**
 * The slow log. Virtual time stands still while a command runs, so only DEBUG SLEEP takes any; with a threshold of 0 every command is logged, as in
 * Redis.
 */
import type { Bytes } from '../lib/index.ts'
import type { Session } from './session.ts'

export interface SlowEntry {
  readonly id: number
  /** Seconds since 1970. */
  readonly at: number
  /** Microseconds. */
  readonly duration: number
  readonly argv: readonly Bytes[]
  readonly address: string
  readonly name: Bytes
}

const MOST_ARGUMENTS = 32
const LONGEST_ARGUMENT = 128

export class Slowlog {
  /** Newest first. */
  entries: SlowEntry[] = []
  /** Microseconds; negative: nothing is logged. */
  threshold = 10_000
  mostEntries = 128
  #nextId = 0

  /** `duration` in microseconds. */
  note(session: Session, argv: readonly Bytes[], now: number, duration: number): void {
    if (this.threshold < 0 || duration < this.threshold) return
    const entry = {
      id: this.#nextId++,
      at: Math.floor(now / 1000),
      duration,
      argv: shortened(argv),
      address: session.address,
      name: session.name,
    }
    this.entries = [entry, ...this.entries].slice(0, this.mostEntries)
  }
}

/** Long lines and long words are cut, and say by how much. */
function shortened(argv: readonly Bytes[]): Bytes[] {
  const shown = argv.length > MOST_ARGUMENTS ? argv.slice(0, MOST_ARGUMENTS - 1) : argv
  const words = shown.map((word) =>
    word.length > LONGEST_ARGUMENT
      ? `${word.slice(0, LONGEST_ARGUMENT)}... (${word.length - LONGEST_ARGUMENT} more bytes)`
      : word,
  )
  if (shown.length < argv.length) words.push(`... (${argv.length - shown.length} more arguments)`)
  return words
}
