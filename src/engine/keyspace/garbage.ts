/**
 * Tombstones waiting for collection (R4): one queue per author, in the order of its writes. A tombstone may go once the write that left it, and all that
 * write had observed, is known to every member.
 */
import type { Bytes, ByteReader, ByteWriter } from '../../lib/index.ts'
import { covers, type Clock } from '../causality/clock.ts'

interface Entry {
  readonly n: number
  readonly key: Bytes
  /** Type code, or −1 for the key's own removal or expiry. */
  readonly type: number
  readonly element: Bytes
}

export class Garbage {
  /** Indexed by replica id. */
  readonly #queues: { entries: Entry[]; head: number }[] = []
  attempted = 0
  collected = 0

  get pending(): number {
    let count = 0
    for (const queue of this.#queues) if (queue !== undefined) count += queue.entries.length - queue.head
    return count
  }

  leave(origin: number, n: number, key: Bytes, type: number, element: Bytes): void {
    let queue = this.#queues[origin]
    if (queue === undefined) this.#queues[origin] = queue = { entries: [], head: 0 }
    queue.entries.push({ n, key, type, element })
  }

  /** Hands over what is due; `collect` says false when an entry must still wait. */
  collect(stable: Clock, collect: (key: Bytes, type: number, element: Bytes) => boolean): void {
    this.#queues.forEach((queue, origin) => {
      for (;;) {
        const entry = queue.entries[queue.head]
        if (entry === undefined || !covers(stable, origin, entry.n)) break
        this.attempted++
        if (!collect(entry.key, entry.type, entry.element)) break
        this.collected++
        queue.head++
      }
      if (queue.head > 1024 && queue.head * 2 > queue.entries.length) {
        queue.entries.splice(0, queue.head)
        queue.head = 0
      } else if (queue.head === queue.entries.length) {
        queue.entries = []
        queue.head = 0
      }
    })
  }

  encode(writer: ByteWriter): void {
    writer.uint(this.pending)
    this.#queues.forEach((queue, origin) => {
      for (let i = queue.head; i < queue.entries.length; i++) {
        const entry = queue.entries[i] as Entry
        writer.byte(origin)
        writer.uint(entry.n)
        writer.string(entry.key)
        writer.byte(entry.type + 1)
        writer.string(entry.element)
      }
    })
  }

  /** Adds another replica's pending entries; collecting one twice does no harm. */
  merge(pending: readonly (Entry & { readonly origin: number })[]): void {
    const touched = new Set<number>()
    for (const { origin, n, key, type, element } of pending) {
      this.leave(origin, n, key, type, element)
      touched.add(origin)
    }
    for (const origin of touched) {
      const queue = this.#queues[origin]
      if (queue === undefined) continue
      queue.entries = queue.entries.slice(queue.head).sort((a, b) => a.n - b.n)
      queue.head = 0
    }
  }
}

/** What `encode` wrote. */
export function decodePending(reader: ByteReader): (Entry & { readonly origin: number })[] {
  const out: (Entry & { readonly origin: number })[] = []
  for (let count = reader.uint(); count > 0; count--) {
    const origin = reader.byte()
    out.push({ origin, n: reader.uint(), key: reader.string(), type: reader.byte() - 1, element: reader.string() })
  }
  return out
}
