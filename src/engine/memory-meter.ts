/**
 * How much memory an instance's keys take, kept up to date cheaply: the first question measures every key, later ones only the keys touched since. Nobody
 * pays who never asks.
 */
import type { Bytes } from '../lib/index.ts'
import type { Keyspace } from './keyspace/keyspace.ts'
import { memoryOfKey } from './keyspace/memory.ts'

export class MemoryMeter {
  readonly #keyspace: Keyspace
  /** Of each key when it was last measured; null before the first question. */
  #sizes: Map<Bytes, number> | null = null
  readonly #touched = new Set<Bytes>()
  #sum = 0
  /** The most that was ever measured. */
  peak = 0

  constructor(keyspace: Keyspace) {
    this.#keyspace = keyspace
  }

  touched(key: Bytes): void {
    if (this.#sizes !== null) this.#touched.add(key)
  }

  /** Bytes that the keys take now, tombstones included. */
  used(): number {
    const sum = this.measured()
    this.peak = Math.max(this.peak, sum)
    return sum
  }

  /** The same, for onlookers: leaves no trace. */
  measured(): number {
    if (this.#sizes === null) {
      this.#sizes = new Map()
      for (const name of this.#keyspace.keys.keys()) this.#measure(this.#sizes, name)
    } else {
      for (const name of this.#touched) this.#measure(this.#sizes, name)
      this.#touched.clear()
    }
    return this.#sum
  }

  #measure(sizes: Map<Bytes, number>, name: Bytes): void {
    const key = this.#keyspace.keys.get(name)
    const size = key === undefined ? 0 : memoryOfKey(key)
    this.#sum += size - (sizes.get(name) ?? 0)
    if (key === undefined) sizes.delete(name)
    else sizes.set(name, size)
  }
}
