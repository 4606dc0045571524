/**
 * Lua's table: an array part and a hash part that grow as Lua 5.1's do, so that `#t` gives the same border in a table with holes. Unlike Lua's, the hash part keeps its
 * keys in the order in which they came: iteration order is a function of the script alone.
 *
 * A key whose value was set to nil stays in the hash part until it next grows, so that a traversal may clear fields as it goes.
 */
import type { Value } from './value.ts'

/** What the interpreter has allocated since it last looked: estimated bytes. One script runs at a time in a thread. */
export const heap = { allocated: 0 }

export const TABLE_BYTES = 64
export const SLOT_BYTES = 8
export const ENTRY_BYTES = 40

export class Table {
  array: Value[] = []
  meta: Table | null = null
  /** A table of the sandbox: scripts cannot change it. */
  readonly = false
  #at: Map<Value, number> | null = null
  #keys: Value[] = []
  #values: Value[] = []
  /** How many keys the hash part takes before it is laid out anew: 0 or a power of two. */
  #capacity = 0

  constructor() {
    heap.allocated += TABLE_BYTES
  }

  /** Estimated bytes of the table itself. */
  get bytes(): number {
    return TABLE_BYTES + this.array.length * SLOT_BYTES + this.#capacity * ENTRY_BYTES
  }

  get(key: Value): Value {
    if (typeof key === 'number') return this.at(key)
    return this.field(key)
  }

  /** The value under a number. */
  at(index: number): Value {
    const { array } = this
    if (index > 0 && index <= array.length && Number.isInteger(index)) return array[index - 1]
    return this.field(index)
  }

  /** The value under a key of the hash part. */
  field(key: Value): Value {
    if (this.#at === null) return undefined
    const i = this.#at.get(key)
    return i === undefined ? undefined : this.#values[i]
  }

  /** `key` is neither nil nor NaN. */
  set(key: Value, value: Value): void {
    if (typeof key === 'number') {
      const { array } = this
      if (key > 0 && key <= array.length && Number.isInteger(key)) {
        array[key - 1] = value
        return
      }
    }
    const i = this.#at?.get(key)
    if (i !== undefined) this.#values[i] = value
    else if (value !== undefined) this.#insert(key, value)
  }

  #insert(key: Value, value: Value): void {
    if (this.#keys.length >= this.#capacity) {
      this.#layOut(key)
      this.set(key, value)
      return
    }
    this.#at ??= new Map()
    this.#at.set(key, this.#keys.length)
    this.#keys.push(key)
    this.#values.push(value)
  }

  /** Room for the items of a constructor. */
  reserve(slots: number): void {
    if (slots > this.array.length) this.#resize(slots, this.#capacity)
  }

  /** Chooses the sizes of both parts anew, with room for one more key (Lua's `rehash`). */
  #layOut(extra: Value): void {
    // counts[i]: how many whole-number keys k have 2^(i-1) < k <= 2^i.
    const counts: number[] = Array.from({ length: 27 }, () => 0)
    let numbers = 0
    let total = 1
    const count = (key: Value) => {
      if (typeof key !== 'number' || !Number.isInteger(key) || key < 1 || key > MAX_SLOTS) return
      const i = key === 1 ? 0 : 32 - Math.clz32(key - 1)
      counts[i] = (counts[i] as number) + 1
      numbers++
    }
    const { array } = this
    for (let i = 0; i < array.length; i++) {
      if (array[i] === undefined) continue
      total++
      count(i + 1)
    }
    for (let i = 0; i < this.#keys.length; i++) {
      if (this.#values[i] === undefined) continue
      total++
      count(this.#keys[i])
    }
    count(extra)
    let inArray = 0
    let size = 0
    for (let i = 0, power = 1, sum = 0; power / 2 < numbers; i++, power *= 2) {
      sum += counts[i] as number
      if (sum > power / 2) {
        size = power
        inArray = sum
      }
      if (sum === numbers) break
    }
    this.#resize(size, total - inArray)
  }

  #resize(slots: number, entries: number): void {
    let capacity = 0
    if (entries > 0) for (capacity = 1; capacity < entries;) capacity *= 2
    const { array } = this
    heap.allocated +=
      Math.max(0, slots - array.length) * SLOT_BYTES + Math.max(0, capacity - this.#capacity) * ENTRY_BYTES
    const [keys, values] = [this.#keys, this.#values]
    const beyond = array.length > slots ? array.splice(slots) : []
    while (array.length < slots) array.push(undefined)
    this.#at = capacity === 0 ? null : new Map()
    this.#keys = []
    this.#values = []
    this.#capacity = capacity
    for (let i = 0; i < beyond.length; i++) if (beyond[i] !== undefined) this.#insert(slots + i + 1, beyond[i])
    for (let i = 0; i < keys.length; i++) if (values[i] !== undefined) this.set(keys[i], values[i])
  }

  /** A border: a whole number n with t[n] not nil and t[n+1] nil, the one that Lua finds. */
  length(): number {
    const { array } = this
    let high = array.length
    if (high > 0 && array[high - 1] === undefined) {
      let low = 0
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if (array[middle - 1] === undefined) high = middle
        else low = middle
      }
      return low
    }
    if (this.#at === null) return high
    let low = high
    high++
    while (this.at(high) !== undefined) {
      low = high
      high *= 2
    }
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (this.at(middle) === undefined) high = middle
      else low = middle
    }
    return low
  }

  /** Where the entry after `key` is (the first for nil), for `keyAt` and `valueAt`; 0 at the end, -1 when there is no such key. */
  after(key: Value): number {
    const { array } = this
    let position = 0
    if (typeof key === 'number' && key > 0 && key <= array.length && Number.isInteger(key)) position = key
    else if (key !== undefined) {
      const i = this.#at?.get(key)
      if (i === undefined) return -1
      position = array.length + i + 1
    }
    for (; position < array.length; position++) if (array[position] !== undefined) return position + 1
    for (let i = position - array.length; i < this.#values.length; i++) {
      if (this.#values[i] !== undefined) return array.length + i + 1
    }
    return 0
  }

  keyAt(position: number): Value {
    return position <= this.array.length ? position : this.#keys[position - this.array.length - 1]
  }

  valueAt(position: number): Value {
    return position <= this.array.length ? this.array[position - 1] : this.#values[position - this.array.length - 1]
  }

  /** Shows every key and value to a visitor, who may give another string for an equal one. */
  visit(visitor: (value: Value) => Value): void {
    const { array } = this
    for (let i = 0; i < array.length; i++) array[i] = visitor(array[i])
    for (let i = 0; i < this.#keys.length; i++) {
      visitor(this.#keys[i])
      this.#values[i] = visitor(this.#values[i])
    }
  }

  /** Every entry, in order. */
  *entries(): Generator<readonly [Value, Value]> {
    for (let position = this.after(undefined); position > 0; position = this.after(this.keyAt(position))) {
      yield [this.keyAt(position), this.valueAt(position)]
    }
  }
}

const MAX_SLOTS = 2 ** 26
