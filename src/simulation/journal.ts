/**
 * The growing journal. Entries are never changed once their call is over; only the entry of a control line is written twice: its place is taken
 * when the line starts, so that it precedes what it causes, and its answer is filled in when the line is done.
 */
import { assert } from '../lib/index.ts'
import { Digest } from './digest.ts'
import type { ControlEntry, JournalEntry } from './journal-types.ts'

/** An entry as its author writes it; the journal adds the position. */
export type NewEntry = JournalEntry extends infer E ? (E extends JournalEntry ? Omit<E, 'seq'> : never) : never

export class Journal {
  /** False where nobody will ever read it: then nothing is kept, and authors need not write. */
  readonly kept: boolean
  readonly #entries: JournalEntry[] = []
  readonly #digest = new Digest()
  #digested = 0

  constructor(kept = true) {
    this.kept = kept
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries
  }

  add(entry: NewEntry): void {
    if (this.kept) this.#entries.push({ seq: this.#entries.length, ...entry })
  }

  /** Takes the place of a control line; the returned function fills in its answer. */
  openControl(at: number, line: string): (ok: boolean, text: string) => void {
    if (!this.kept) return () => {}
    const seq = this.#entries.length
    const open: ControlEntry = { seq, at, kind: 'control', line, ok: true, text: '' }
    this.#entries.push(open)
    return (ok, text) => {
      assert(this.#digested <= seq, 'a journal is digested between control lines only')
      this.#entries[seq] = { ...open, ok, text }
    }
  }

  digest(): string {
    for (; this.#digested < this.#entries.length; this.#digested++) this.#digest.add(this.#entries[this.#digested])
    return this.#digest.hex()
  }
}
