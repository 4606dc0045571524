/**
 * A seeded generator (xoshiro128**, seeded by splitmix32). Chance is handed in everywhere: nothing below the entrances may call
 * Math.random. Same seed, same sequence, on every machine.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #d: number

  constructor(seed: number) {
    let state = seed >>> 0
    const next = () => {
      state = (state + 0x9e3779b9) >>> 0
      let z = state
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
      return (z ^ (z >>> 15)) >>> 0
    }
    this.#a = next()
    this.#b = next()
    this.#c = next()
    this.#d = next()
  }

  /** A whole number in 0 … 2^32−1. */
  uint32(): number {
    const x = Math.imul(this.#b, 5)
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0
    const t = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= t
    this.#d = (this.#d << 11) | (this.#d >>> 21)
    return result
  }

  /** A real number in [0, 1). */
  unit(): number {
    return this.uint32() / 4294967296
  }

  /** A whole number in 0 … limit−1, for 1 ≤ limit ≤ 2^53. */
  below(limit: number): number {
    if (limit <= 4294967296) return Math.floor(this.unit() * limit)
    return Math.floor((((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992) * limit)
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.unit() < probability
  }

  /** One of a non-empty list. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }
}
