/** When and how often keys were accessed: what the eviction policies LRU and LFU go by. Local to a region, and not data. */
import type { Random } from '../lib/index.ts'
import type { Key } from './keyspace/key.ts'

/** How often a key was accessed, on a logarithmic scale: what a new one begins with, so that it is not the first to go. */
const FIRST_FREQUENCY = 5
const MOST_FREQUENT = 255
/** Redis's `lfu-log-factor` and `lfu-decay-time`. */
const LOG_FACTOR = 10
const DECAY_MS = 60_000

export interface Use {
  /** Wall clock of the last access, ms since 1970. */
  at: number
  frequency: number
  /** Up to when `frequency` has decayed. */
  decayedAt: number
}

export class Usage {
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  /** `counts`: an LFU policy is chosen. */
  accessed(key: Key, now: number, counts: boolean): void {
    const { use } = key
    if (use === null) {
      key.use = { at: now, frequency: FIRST_FREQUENCY, decayedAt: now }
      return
    }
    use.at = now
    if (!counts) return
    decay(use, now)
    const chance = 1 / (Math.max(0, use.frequency - FIRST_FREQUENCY) * LOG_FACTOR + 1)
    if (use.frequency < MOST_FREQUENT && this.#random.chance(chance)) use.frequency++
  }

  /** Milliseconds since the last access. */
  idle(key: Key, now: number): number {
    return now - (key.use?.at ?? now)
  }

  frequency(key: Key, now: number): number {
    const { use } = key
    if (use === null) return FIRST_FREQUENCY
    decay(use, now)
    return use.frequency
  }

  set(key: Key, now: number, idleMs: number, frequency = FIRST_FREQUENCY): void {
    key.use = { at: now - idleMs, frequency, decayedAt: now }
  }

  forget(key: Key): void {
    key.use = null
  }
}

function decay(use: Use, now: number): void {
  const periods = Math.floor((now - use.decayedAt) / DECAY_MS)
  if (periods <= 0) return
  use.frequency = Math.max(0, use.frequency - periods)
  use.decayedAt += periods * DECAY_MS
}
