/**
 * An order over the names in a map that does not move when names come and go: by hash. It gives SCAN cursors that need no server state (a name that is
 * present throughout a scan is returned, exactly once) and random choices. Built on first use; kept up to date lazily: new names are appended and
 * merged when next needed, gone names are skipped.
 */
import { hashBytes, type Bytes, type Random } from '../../../lib/index.ts'

/** So many names may wait to be merged, whatever the size of the map. */
const LEAST_TIDY = 1000

export class NameIndex {
  readonly #map: ReadonlyMap<Bytes, unknown>
  /** Sorted by (hash, name); may still hold names that are gone. */
  #names: Bytes[]
  #added: Bytes[] = []

  constructor(map: ReadonlyMap<Bytes, unknown>) {
    this.#map = map
    this.#names = [...map.keys()].sort(byHash)
  }

  added(name: Bytes): void {
    this.#added.push(name)
    // Names that come and go must not pile up.
    if (this.#added.length > LEAST_TIDY + 2 * this.#map.size) this.#tidy()
  }

  /** How many names are present. */
  get size(): number {
    return this.#map.size
  }

  /** One present name, uniformly; undefined when there is none. */
  random(random: Random): Bytes | undefined {
    if (this.#map.size === 0) return undefined
    for (let tries = 0; ; tries++) {
      if (tries === 16) this.#tidy()
      const at = random.below(this.#names.length + this.#added.length)
      const name = at < this.#names.length ? this.#names[at] : this.#added[at - this.#names.length]
      if (name !== undefined && this.#map.has(name)) return name
    }
  }

  /** All present names, in index order. */
  all(): readonly Bytes[] {
    this.#tidy()
    return this.#names
  }

  /**
   * The next names after a cursor (0 starts) and the cursor to go on with (0: done). At least `count` names unless the end is near; names whose
   * hashes are equal come together.
   */
  scan(cursor: number, count: number): { next: number; names: Bytes[] } {
    if (this.#added.length > 0) this.#tidy()
    const all = this.#names
    let at = cursor === 0 ? 0 : lowerBound(all, cursor - 1)
    const names: Bytes[] = []
    let last = -1
    for (; at < all.length; at++) {
      const name = all[at] as Bytes
      const hash = hashBytes(name)
      if (names.length >= count && hash !== last) return { next: hash + 1, names }
      last = hash
      if (this.#map.has(name)) names.push(name)
    }
    return { next: 0, names }
  }

  #tidy(): void {
    const present = new Set<Bytes>()
    for (const name of this.#names) if (this.#map.has(name)) present.add(name)
    const old = present.size
    for (const name of this.#added) if (this.#map.has(name)) present.add(name)
    this.#names = [...present]
    if (present.size > old) this.#names.sort(byHash)
    this.#added = []
  }
}

function byHash(a: Bytes, b: Bytes): number {
  return hashBytes(a) - hashBytes(b) || (a < b ? -1 : a > b ? 1 : 0)
}

function lowerBound(names: readonly Bytes[], hash: number): number {
  let low = 0
  let high = names.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (hashBytes(names[middle] as Bytes) < hash) low = middle + 1
    else high = middle
  }
  return low
}
