/**
 * Names seen lately in a stream, so that a repeated key, field or member costs two bytes. Both ends of a stream keep one and change it in step: a name's
 * place is its hash, and a new name takes the place of whatever stood there.
 */
import { hashBytes } from './hash.ts'
import type { Bytes } from './bytes.ts'

const SLOTS = 4096

export class NameTable {
  readonly #slots: (Bytes | undefined)[] = Array.from({ length: SLOTS })
  #size = 0

  /** The name's place if it stands there; otherwise −1, and it stands there from now on. */
  placeOf(name: Bytes): number {
    const slot = hashBytes(name) % SLOTS
    const known = this.#slots[slot]
    if (known === name) return slot
    if (known === undefined) this.#size++
    this.#slots[slot] = name
    return -1
  }

  /** The name at a place; undefined when nothing stands there. */
  at(slot: number): Bytes | undefined {
    return this.#slots[slot]
  }

  /** All names, in any order: adding them to an empty table gives an equal one. */
  names(): Iterable<Bytes> {
    return this.#slots.filter((name) => name !== undefined)
  }

  get size(): number {
    return this.#size
  }
}
