/**
 * How much memory an instance's keys take, kept up to date cheaply: the first question measures every key, later ones only the keys touched since, and of these
 * the large ones only now and then: measuring takes time with the number of elements. Nobody pays who never asks.
 */
import type { Bytes } from '../lib/index.ts'
import type { Key } from './keyspace/key.ts'
import type { Keyspace } from './keyspace/keyspace.ts'
import { elementsOfKey, memoryOfKey } from './keyspace/memory.ts'

/** A key is measured anew once this part of its elements came, went or could have changed. */
const TOLERANCE = 1 / 64

/** So many names may wait to be measured, and as many as there are keys. */
const MOST_TOUCHED = 1000

interface Measured {
  readonly bytes: number
  readonly elements: number
  touches: number
}

export class MemoryMeter {
  readonly #keyspace: Keyspace
  /** Of each key when it was last measured; null before the first question. */
  #sizes: Map<Bytes, Measured> | null = null
  readonly #touched = new Set<Bytes>()
  #sum = 0
  /** The most that was ever measured. */
  peak = 0

  constructor(keyspace: Keyspace) {
    this.#keyspace = keyspace
  }

  touched(key: Bytes): void {
    if (this.#sizes === null) return
    this.#touched.add(key)
    // Names that come and go must not pile up while nobody asks.
    if (this.#touched.size > MOST_TOUCHED + this.#sizes.size) this.used()
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
      for (const name of this.#touched) this.#update(this.#sizes, name)
      this.#touched.clear()
    }
    return this.#sum
  }

  #update(sizes: Map<Bytes, Measured>, name: Bytes): void {
    const known = sizes.get(name)
    const key = this.#keyspace.keys.get(name)
    if (known !== undefined && key !== undefined && isCloseTo(known, key)) known.touches++
    else this.#measure(sizes, name)
  }

  #measure(sizes: Map<Bytes, Measured>, name: Bytes): void {
    const key = this.#keyspace.keys.get(name)
    const bytes = key === undefined ? 0 : memoryOfKey(key)
    this.#sum += bytes - (sizes.get(name)?.bytes ?? 0)
    if (key === undefined) sizes.delete(name)
    else sizes.set(name, { bytes, elements: elementsOfKey(key), touches: 1 })
  }
}

function isCloseTo({ elements, touches }: Measured, key: Key): boolean {
  const few = elements * TOLERANCE
  return touches < few && Math.abs(elementsOfKey(key) - elements) < few
}
