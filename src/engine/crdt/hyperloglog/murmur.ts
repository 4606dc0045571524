/**
 * MurmurHash64A as Redis uses it for HyperLogLogs (P3). 64-bit words are pairs of 32-bit halves, since elements are added on a hot path.
 */
import type { Bytes } from '../../../lib/index.ts'
import { packRegister, REGISTERS, type PackedRegister } from './registers.ts'

const SEED = 0xadc83b19
const M_HIGH = 0xc6a4a793
const M_LOW = 0x5bd1e995

/** Halves of the word being worked on. */
let high = 0
let low = 0

/** (high, low) × m, modulo 2^64. */
function multiply(): void {
  const a = low >>> 16
  const b = low & 0xffff
  const c = M_LOW >>> 16
  const d = M_LOW & 0xffff
  const bd = b * d
  const ad = a * d + Math.floor(bd / 65536)
  const bc = b * c + (ad % 65536)
  const carried = a * c + Math.floor(ad / 65536) + Math.floor(bc / 65536)
  high = (carried + Math.imul(high, M_LOW) + Math.imul(low, M_HIGH)) >>> 0
  low = (((bc % 65536) << 16) | (bd & 0xffff)) >>> 0
}

/** word ^= word >> 47. */
function fold(): void {
  low = (low ^ (high >>> 15)) >>> 0
}

function littleEndian(bytes: Bytes, at: number, count: number): number {
  let word = 0
  for (let i = 0; i < count; i++) word |= bytes.charCodeAt(at + i) << (8 * i)
  return word
}

/** Leaves the hash in (high, low). */
function hash(bytes: Bytes): void {
  const { length } = bytes
  high = 0
  low = length
  multiply()
  let hashHigh = high
  let hashLow = low ^ SEED
  let at = 0
  for (; at + 8 <= length; at += 8) {
    low = littleEndian(bytes, at, 4)
    high = littleEndian(bytes, at + 4, 4)
    multiply()
    fold()
    multiply()
    high ^= hashHigh
    low ^= hashLow
    multiply()
    hashHigh = high
    hashLow = low
  }
  high = hashHigh
  low = hashLow
  const rest = length - at
  if (rest > 0) {
    low ^= littleEndian(bytes, at, Math.min(4, rest))
    high ^= littleEndian(bytes, at + 4, Math.max(0, rest - 4))
    multiply()
  }
  fold()
  multiply()
  fold()
}

const trailingZeros = (word: number): number => 31 - Math.clz32(word & -word)

/** The register that an element falls into, and the length of its run of zeros and the one after it: 1 … 51. */
export function registerOf(element: Bytes): PackedRegister {
  hash(element)
  const index = low & (REGISTERS - 1)
  const rest = low >>> 14
  const run = rest !== 0 ? trailingZeros(rest) : high !== 0 ? 18 + trailingZeros(high) : 50
  return packRegister(index, run + 1)
}
