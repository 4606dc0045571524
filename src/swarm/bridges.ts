/**
 * With causal consistency on from the start, whoever receives something passes it on (R3): after a sync, regions that any chain of links connects know the same.
 * Only told of databases whose membership never changes.
 */
import type { JournalEntry } from '../simulation/index.ts'

export class Bridges {
  readonly #regions: readonly number[]
  /** By pair `a-b`, a < b. */
  readonly #down = new Set<string>()
  #causal = false
  #begun = false
  #off = false
  #synced = false

  constructor(regions: number) {
    this.#regions = Array.from({ length: regions }, (_, i) => i + 1)
  }

  /** Before an entry is looked at: what is wrong after the sync that has just ended, if one has. */
  faultBefore(entry: JournalEntry, clocks: ReadonlyMap<number, readonly number[]>): string | undefined {
    const ended = this.#synced && (entry.kind === 'control' || entry.kind === 'command')
    if (ended) this.#synced = false
    if (entry.kind === 'control') this.#controlled(entry.line)
    else if (entry.kind === 'link' && entry.up) this.#down.delete(pairOf(entry.a, entry.b))
    else if (entry.kind === 'link') this.#down.add(pairOf(entry.a, entry.b))
    else if (entry.kind === 'region') this.#off = true
    else if (entry.kind === 'command') this.#begun = true
    return ended ? this.#difference(clocks) : undefined
  }

  #controlled(line: string): void {
    if (line === 'causal on' && !this.#begun) this.#causal = true
    else if (line.startsWith('causal') || line.startsWith('memory')) this.#off = true
    this.#synced = line === 'sync'
  }

  #difference(clocks: ReadonlyMap<number, readonly number[]>): string | undefined {
    if (!this.#causal || this.#off) return undefined
    for (const region of this.#regions) {
      for (const other of this.#connectedTo(region)) {
        const [mine, theirs] = [clocks.get(region) ?? [], clocks.get(other) ?? []]
        const author = this.#regions.find((r) => (mine[r] ?? 0) > (theirs[r] ?? 0))
        if (author !== undefined)
          return `region ${other} was not passed on what region ${region} has: ${author}.${mine[author]}`
      }
    }
    return undefined
  }

  #connectedTo(region: number): readonly number[] {
    const found = [region]
    for (const at of found)
      for (const next of this.#regions)
        if (next !== at && !found.includes(next) && !this.#down.has(pairOf(at, next))) found.push(next)
    return found.slice(1)
  }
}

const pairOf = (a: number, b: number): string => `${Math.min(a, b)}-${Math.max(a, b)}`
