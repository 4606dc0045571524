/** SHA-256, for the passwords of test mode's users: ACL GETUSER shows digests. */
import type { Bytes } from '../lib/index.ts'

/** The first 32 bits of the fractional part of a root of each of the first primes. */
function fractions(count: number, root: number): number[] {
  const out: number[] = []
  for (let n = 2; out.length < count; n++) {
    let prime = true
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false
    if (prime) out.push(((n ** (1 / root) % 1) * 2 ** 32) | 0)
  }
  return out
}

const START = fractions(8, 2)
const ROUNDS = fractions(64, 3)

const rotated = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

/** 64 hexadecimal digits. */
export function sha256Hex(message: Bytes): string {
  const words = new Int32Array(((message.length + 72) >> 6) << 4)
  for (let i = 0; i < message.length; i++) words[i >> 2]! |= message.charCodeAt(i) << (24 - (i % 4) * 8)
  words[message.length >> 2]! |= 0x80 << (24 - (message.length % 4) * 8)
  words[words.length - 1] = message.length * 8
  const hash = Int32Array.from(START)
  const w = new Int32Array(64)
  for (let block = 0; block < words.length; block += 16) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) {
        w[i] = words[block + i]!
        continue
      }
      const [a, b] = [w[i - 15]!, w[i - 2]!]
      const s0 = rotated(a, 7) ^ rotated(a, 18) ^ (a >>> 3)
      const s1 = rotated(b, 17) ^ rotated(b, 19) ^ (b >>> 10)
      w[i] = w[i - 16]! + s0 + w[i - 7]! + s1
    }
    let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const t1 = (h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i]! + w[i]!) | 0
      const t2 = ((rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0]
    }
    ;[a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] = hash[i]! + word))
  }
  return [...hash].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}
