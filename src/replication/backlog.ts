/** The latest envelopes of one author, kept for peers that reconnect (R2). Bounded in bytes: the oldest go first; what every member has goes at once. */
interface Kept {
  readonly first: number
  readonly last: number
  readonly bytes: Uint8Array
}

export class Backlog {
  #kept: Kept[] = []
  #head = 0
  #bytes = 0
  #limit: number

  constructor(limitBytes: number) {
    this.#limit = limitBytes
  }

  get limit(): number {
    return this.#limit
  }

  set limit(bytes: number) {
    this.#limit = bytes
    this.#shrink()
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Whole states bring dots that no envelope here has: what lies before such a gap no longer reaches. */
  append(first: number, last: number, bytes: Uint8Array): void {
    if (first > (this.#kept.at(-1)?.last ?? 0) + 1) this.dropUpTo(Infinity)
    this.#kept.push({ first, last, bytes })
    this.#bytes += bytes.length
    this.#shrink()
  }

  /** Every member has what was written up to dot n: nobody will ask for it again. */
  dropUpTo(n: number): void {
    for (
      let oldest = this.#kept[this.#head];
      oldest !== undefined && oldest.last <= n;
      oldest = this.#kept[this.#head]
    ) {
      this.#dropOldest()
    }
  }

  #shrink(): void {
    while (this.#bytes > this.#limit) this.#dropOldest()
  }

  #dropOldest(): void {
    this.#bytes -= (this.#kept[this.#head++] as Kept).bytes.length
    if (this.#head * 2 > this.#kept.length) {
      this.#kept = this.#kept.slice(this.#head)
      this.#head = 0
    }
  }

  /**
   * Every envelope after dot n, and their dots; undefined when some are no longer kept (then only a full sync helps). `latest` is the
   * author's last dot.
   */
  after(n: number, latest: number): { envelopes: Uint8Array[]; dots: readonly [number, number] | null } | undefined {
    if (n >= latest) return { envelopes: [], dots: null }
    const oldest = this.#kept[this.#head]
    const newest = this.#kept.at(-1)
    if (oldest === undefined || newest === undefined || oldest.first > n + 1 || newest.last < latest) return undefined
    let low = this.#head
    let high = this.#kept.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#kept[middle] as Kept).last <= n) low = middle + 1
      else high = middle
    }
    const rest = this.#kept.slice(low)
    return { envelopes: rest.map((kept) => kept.bytes), dots: [n + 1, latest] }
  }
}
