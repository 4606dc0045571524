/**
 * How many different elements registers stand for: Ertl's estimator ("New cardinality estimation algorithms for HyperLogLog sketches",
 * arXiv:1702.01284), in the order of operations in which Redis computes it, so that every bit agrees (P3).
 */
import { REGISTERS, registerValue, type PackedRegister } from './registers.ts'

/** Bits of a hash that do not choose the register. */
const Q = 50
/** 0.5 / ln 2 */
const ALPHA = 0.7213475204444817

/** What C makes of a number too large for 64 bits: only registers that somebody made up come to that. */
const BEYOND_64_BITS = -(2n ** 63n)

/** `packed`: the non-zero registers, each once. */
export function estimate(packed: readonly PackedRegister[]): number | bigint {
  const histogram = Array.from({ length: 64 }, () => 0)
  histogram[0] = REGISTERS - packed.length
  for (const one of packed) histogram[registerValue(one)] = (histogram[registerValue(one)] as number) + 1
  let z = REGISTERS * tau((REGISTERS - (histogram[Q + 1] as number)) / REGISTERS)
  for (let value = Q; value >= 1; value--) {
    z += histogram[value] as number
    z *= 0.5
  }
  z += REGISTERS * sigma(histogram[0] / REGISTERS)
  const count = Math.round((ALPHA * REGISTERS * REGISTERS) / z)
  if (Number.isSafeInteger(count)) return count
  return count < 2 ** 63 ? BigInt(count) : BEYOND_64_BITS
}

function sigma(x: number): number {
  if (x === 1) return Infinity
  let before: number
  let y = 1
  let z = x
  do {
    x *= x
    before = z
    z += x * y
    y += y
  } while (before !== z)
  return z
}

function tau(x: number): number {
  if (x === 0 || x === 1) return 0
  let before: number
  let y = 1
  let z = 1 - x
  do {
    x = Math.sqrt(x)
    before = z
    y *= 0.5
    z -= (1 - x) * (1 - x) * y
  } while (before !== z)
  return z / 3
}
