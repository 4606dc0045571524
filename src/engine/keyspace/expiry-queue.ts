/**
 * When to look at which key or field for expiry: a binary heap by time. Entries are hints: whoever takes one checks the expiry that is in force now.
 */
import type { Bytes } from '../../lib/index.ts'

export interface ExpiryHint {
  readonly at: number
  readonly key: Bytes
  /** Hash field, or null for the key itself. */
  readonly field: Bytes | null
}

export class ExpiryQueue {
  readonly #heap: ExpiryHint[] = []

  /** Earliest time waiting; Infinity when none. */
  next = Infinity
  /** Every hint up to this time has been handed out. */
  #handedOut = -Infinity

  add(at: number, key: Bytes, field: Bytes | null): void {
    const heap = this.#heap
    const hint = { at, key, field }
    let i = heap.push(hint) - 1
    while (i > 0) {
      const parent = (i - 1) >> 1
      const above = heap[parent] as ExpiryHint
      if (above.at <= at) break
      heap[i] = above
      i = parent
    }
    heap[i] = hint
    this.next = (heap[0] as ExpiryHint).at
  }

  /** Like `add`, where the hint was added before: only if it has been handed out already, when there was nothing to expire. */
  addIfOverdue(at: number, key: Bytes, field: Bytes | null): void {
    if (at <= this.#handedOut) this.add(at, key, field)
  }

  /** The earliest hint at or before `now`, taken out; undefined when none is due. */
  takeDue(now: number): ExpiryHint | undefined {
    if (this.next > now) {
      this.#handedOut = Math.max(this.#handedOut, now)
      return undefined
    }
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined) return undefined
    if (heap.length > 0) {
      let i = 0
      for (;;) {
        let child = i * 2 + 1
        if (child >= heap.length) break
        const right = heap[child + 1]
        if (right !== undefined && right.at < (heap[child] as ExpiryHint).at) child++
        const below = heap[child] as ExpiryHint
        if (below.at >= last.at) break
        heap[i] = below
        i = child
      }
      heap[i] = last
    }
    this.next = heap[0]?.at ?? Infinity
    return first
  }
}
