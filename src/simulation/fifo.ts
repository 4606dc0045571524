/** A queue whose both ends cost the same however long it is (`Array.shift` moves every element of a long array). */
export class Fifo<T> {
  #items: T[] = []
  #head = 0

  get size(): number {
    return this.#items.length - this.#head
  }

  get first(): T | undefined {
    return this.#items[this.#head]
  }

  get last(): T | undefined {
    return this.size === 0 ? undefined : this.#items.at(-1)
  }

  push(item: T): void {
    this.#items.push(item)
  }

  shift(): T | undefined {
    if (this.size === 0) return undefined
    const item = this.#items[this.#head++]
    if (this.#head > 32 && this.#head * 2 > this.#items.length) this.#dropTaken()
    return item
  }

  /** All that wait, oldest first. */
  values(): readonly T[] {
    this.#dropTaken()
    return this.#items
  }

  /** Takes everything out. */
  clear(): readonly T[] {
    const items = this.values()
    this.#items = []
    return items
  }

  #dropTaken(): void {
    if (this.#head === 0) return
    this.#items = this.#items.slice(this.#head)
    this.#head = 0
  }
}
