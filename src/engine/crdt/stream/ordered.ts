/**
 * Items in the order of their IDs, then of their dots (replica, number): in chunks, so that adding at the end and taking from the front cost O(1) and
 * everything else O(log n) plus one chunk.
 */
import { replicaOf, type PackedDot } from '../../causality/clock.ts'
import { compareIds, type Id } from './id.ts'

export interface Item extends Id {
  /** 0 where an ID is enough. */
  readonly dot: PackedDot
}

const MOST = 512

export function compareItems(a: Item, b: Item): number {
  return compareIds(a, b) || (a.dot === b.dot ? 0 : replicaOf(a.dot) - replicaOf(b.dot) || a.dot - b.dot)
}

export class Ordered<T extends Item> {
  /** None is empty. */
  #chunks: T[][] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  get first(): T | undefined {
    return this.#chunks[0]?.[0]
  }

  get last(): T | undefined {
    return this.#chunks.at(-1)?.at(-1)
  }

  /** Items equal in ID and dot may be there several times. */
  add(item: T): void {
    this.#size++
    const chunks = this.#chunks
    const end = chunks[chunks.length - 1]
    const last = end?.[end.length - 1]
    if (end === undefined || last === undefined) {
      chunks.push([item])
      return
    }
    if (compareItems(last, item) <= 0) {
      if (end.length < MOST) end.push(item)
      else chunks.push([item])
      return
    }
    const c = this.#chunkOf(item)
    const chunk = chunks[c] as T[]
    chunk.splice(lowerBound(chunk, item), 0, item)
    if (chunk.length > 2 * MOST) chunks.splice(c, 1, chunk.slice(0, MOST), chunk.slice(MOST))
  }

  /** The first item with exactly this ID. */
  get(id: Id): T | undefined {
    const [item] = this.range(id, id, 1)
    return item
  }

  /** Items from `from` to `to`, both included, at most `count`; `reverse`: the last first. */
  range(from: Id, to: Id, count = Infinity, reverse = false): T[] {
    const out: T[] = []
    if (reverse) {
      for (let c = this.#lastChunkUpTo(to); c >= 0; c--) {
        const chunk = this.#chunks[c] as T[]
        for (let i = chunk.length - 1; i >= 0; i--) {
          const item = chunk[i] as T
          if (compareIds(item, from) < 0 || out.length >= count) return out
          if (compareIds(item, to) <= 0) out.push(item)
        }
      }
      return out
    }
    const start: Item = { ms: from.ms, seq: from.seq, dot: 0 }
    for (let c = this.#chunkOf(start), at = -1; c < this.#chunks.length; c++) {
      const chunk = this.#chunks[c] as T[]
      at = at < 0 ? lowerBound(chunk, start) : 0
      for (let i = at; i < chunk.length; i++) {
        const item = chunk[i] as T
        if (out.length >= count || compareIds(item, to) > 0) return out
        out.push(item)
      }
    }
    return out
  }

  /** Takes out this very item. */
  remove(item: T): void {
    for (let c = this.#chunkOf(item); c < this.#chunks.length; c++) {
      const chunk = this.#chunks[c] as T[]
      for (let i = lowerBound(chunk, item); i < chunk.length; i++) {
        const found = chunk[i] as T
        if (found !== item) {
          if (compareItems(found, item) > 0) return
          continue
        }
        if (i === 0) chunk.shift()
        else chunk.splice(i, 1)
        if (chunk.length === 0) this.#chunks.splice(c, 1)
        this.#size--
        return
      }
    }
  }

  /** The first items, as many as `stop` does not hold for and at most `most`; all that is looked at is in order. */
  head(stop: (item: T, taken: number) => boolean, most = Infinity): T[] {
    const out: T[] = []
    for (const chunk of this.#chunks) {
      for (const item of chunk) {
        if (out.length >= most || stop(item, out.length)) return out
        out.push(item)
      }
    }
    return out
  }

  /** Takes out all items up to `last` for which `gone` holds; gives them, in order. */
  removeUpTo(last: Item, gone: (item: T) => boolean): T[] {
    const out: T[] = []
    let c = 0
    const kept: T[][] = []
    for (; c < this.#chunks.length; c++) {
      const chunk = this.#chunks[c] as T[]
      if (compareItems(chunk[0] as T, last) > 0) break
      const rest = chunk.filter((item) => {
        if (compareItems(item, last) > 0 || !gone(item)) return true
        out.push(item)
        return false
      })
      if (rest.length > 0) kept.push(rest)
    }
    this.#chunks.splice(0, c, ...kept)
    this.#size -= out.length
    return out
  }

  /** Keeps only the items for which `keep` holds. */
  retain(keep: (item: T) => boolean): void {
    const chunks: T[][] = []
    this.#size = 0
    for (const chunk of this.#chunks) {
      const rest = chunk.filter(keep)
      this.#size += rest.length
      if (rest.length > 0) chunks.push(rest)
    }
    this.#chunks = chunks
  }

  clear(): void {
    this.#chunks = []
    this.#size = 0
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const chunk of this.#chunks) yield* chunk
  }

  /** The first chunk that may hold `item`: the first whose last item is not smaller. */
  #chunkOf(item: Item): number {
    let low = 0
    let high = this.#chunks.length
    while (low < high) {
      const mid = (low + high) >> 1
      const chunk = this.#chunks[mid] as T[]
      if (compareItems(chunk[chunk.length - 1] as T, item) < 0) low = mid + 1
      else high = mid
    }
    return low
  }

  /** The last chunk that begins at or before `id`; −1 when there is none. */
  #lastChunkUpTo(id: Id): number {
    let low = 0
    let high = this.#chunks.length
    while (low < high) {
      const mid = (low + high) >> 1
      if (compareIds((this.#chunks[mid] as T[])[0] as T, id) <= 0) low = mid + 1
      else high = mid
    }
    return low - 1
  }
}

function lowerBound(chunk: readonly Item[], item: Item): number {
  let low = 0
  let high = chunk.length
  while (low < high) {
    const mid = (low + high) >> 1
    if (compareItems(chunk[mid] as Item, item) < 0) low = mid + 1
    else high = mid
  }
  return low
}
