/** The registers of a HyperLogLog: 2^14 numbers, 0 … 63, that only grow. Few non-zero ones are kept in a map, many in an array. */

export const REGISTERS = 1 << 14

/** A register and its value as one number, index × 64 + value: what writes carry. */
export type PackedRegister = number

export const packRegister = (index: number, value: number): PackedRegister => index * 64 + value
export const indexOf = (packed: PackedRegister): number => packed >> 6
export const registerValue = (packed: PackedRegister): number => packed & 63

/** A map with more entries than this takes more room than the array. */
const MOST_IN_MAP = 400

export class Registers {
  #few: Map<number, number> | null = new Map()
  #all: Uint8Array | null = null

  /** Values from 1 on are kept. */
  get(index: number): number {
    return (this.#all === null ? this.#few?.get(index) : this.#all[index]) ?? 0
  }

  /** Raises a register to at least this value; true when it was lower. */
  raise(index: number, value: number): boolean {
    if (value <= this.get(index)) return false
    if (this.#all !== null) this.#all[index] = value
    else if (this.#few !== null) {
      this.#few.set(index, value)
      if (this.#few.size > MOST_IN_MAP) this.#spread(this.#few)
    }
    return true
  }

  raiseAll(packed: Iterable<PackedRegister>): void {
    for (const one of packed) this.raise(indexOf(one), registerValue(one))
  }

  #spread(few: ReadonlyMap<number, number>): void {
    this.#all = new Uint8Array(REGISTERS)
    for (const [index, value] of few) this.#all[index] = value
    this.#few = null
  }

  /** The non-zero registers, by index. */
  packed(): PackedRegister[] {
    const out: PackedRegister[] = []
    if (this.#all !== null) {
      for (let i = 0; i < REGISTERS; i++) if (this.#all[i] !== 0) out.push(packRegister(i, this.#all[i] as number))
    } else {
      for (const [index, value] of this.#few ?? []) out.push(packRegister(index, value))
      out.sort((a, b) => a - b)
    }
    return out
  }

  /** Estimate of the memory that they take, in bytes. */
  get memory(): number {
    // A map takes so much before anything is in it.
    return this.#all === null ? 160 + 40 * (this.#few?.size ?? 0) : REGISTERS
  }
}
