/** Events ordered by virtual time (whole ms), and at one instant by the order in which they were pushed: a binary heap. */
export interface QueuedEvent<T> {
  readonly at: number
  readonly order: number
  readonly item: T
}

export class EventQueue<T> {
  readonly #heap: QueuedEvent<T>[] = []
  #pushed = 0

  push(at: number, item: T): void {
    const heap = this.#heap
    const event = { at, order: this.#pushed++, item }
    let index = heap.length
    heap.push(event)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent]!
      if (!precedes(event, above)) break
      heap[index] = above
      index = parent
    }
    heap[index] = event
  }

  peek(): QueuedEvent<T> | undefined {
    return this.#heap[0]
  }

  pop(): QueuedEvent<T> | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (last === undefined || last === first) return first
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && precedes(heap[child + 1]!, heap[child]!)) child++
      if (!precedes(heap[child]!, last)) break
      heap[index] = heap[child]!
      index = child
    }
    heap[index] = last
    return first
  }
}

function precedes(a: QueuedEvent<unknown>, b: QueuedEvent<unknown>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}
