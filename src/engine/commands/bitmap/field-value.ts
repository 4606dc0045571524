/** Whole numbers packed into a bitmap: reading, writing and overflow of BITFIELD. Exact up to 64 bits, hence bigints. */
import type { Bytes } from '../../../lib/index.ts'

export interface Encoding {
  readonly signed: boolean
  readonly bits: number
}
export type Overflow = 'wrap' | 'sat' | 'fail'

/** `i1` … `i64`, `u1` … `u63`; undefined for anything else. */
export function parseEncoding(text: Bytes): Encoding | undefined {
  const match = /^([iu])([1-9]\d?)$/.exec(text)
  if (match === null) return undefined
  const signed = match[1] === 'i'
  const bits = Number(match[2])
  return bits <= (signed ? 64 : 63) ? { signed, bits } : undefined
}

/** The number at a bit offset; bytes beyond the end count as zero. */
export function readField(bytes: Uint8Array, offset: number, { signed, bits }: Encoding): bigint {
  const last = Math.floor((offset + bits - 1) / 8)
  let value = 0n
  for (let at = Math.floor(offset / 8); at <= last; at++) value = (value << 8n) | BigInt(bytes[at] ?? 0)
  value >>= BigInt(last * 8 + 8 - offset - bits)
  return signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)
}

/** Puts the lowest bits of a number at a bit offset that lies within the array. */
export function writeField(bytes: Uint8Array, offset: number, bits: number, value: bigint): void {
  const first = Math.floor(offset / 8)
  const last = Math.floor((offset + bits - 1) / 8)
  const shift = BigInt(last * 8 + 8 - offset - bits)
  let mask = ((1n << BigInt(bits)) - 1n) << shift
  let field = BigInt.asUintN(bits, value) << shift
  for (let at = last; at >= first; at--) {
    bytes[at] = ((bytes[at] as number) & ~Number(mask & 255n)) | Number(field & 255n)
    mask >>= 8n
    field >>= 8n
  }
}

/** What a number becomes in a field: itself when it fits, else by the overflow rule; undefined when that is FAIL. */
export function fit(value: bigint, { signed, bits }: Encoding, overflow: Overflow): bigint | undefined {
  const wrapped = signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)
  if (wrapped === value) return value
  if (overflow === 'fail') return undefined
  if (overflow === 'wrap') return wrapped
  const max = (1n << BigInt(signed ? bits - 1 : bits)) - 1n
  return value > max ? max : signed ? -max - 1n : 0n
}
