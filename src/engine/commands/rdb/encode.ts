/** The primitives of Redis's RDB format. */
import type { Bytes } from '../../../lib/index.ts'

export function encodeString(value: Bytes): Bytes {
  return encodeLength(value.length) + value
}

/** 6 bits, 14 bits, or 32 or 64 bits big-endian. */
export function encodeLength(length: number | bigint): Bytes {
  if (length < 64) return String.fromCharCode(Number(length))
  if (length < 16384) return String.fromCharCode(64 | (Number(length) >> 8), Number(length) & 255)
  return length < 2 ** 32 ? `\x80${bigEndian(length, 4)}` : `\x81${bigEndian(length, 8)}`
}

export function bigEndian(value: number | bigint, size: number): Bytes {
  let rest = BigInt(value)
  let out = ''
  for (let i = 0; i < size; i++, rest >>= 8n) out = String.fromCharCode(Number(rest & 255n)) + out
  return out
}

/** The inverse of `bigEndian`. */
export function bigEndianOf(bytes: Bytes): bigint {
  let value = 0n
  for (let i = 0; i < bytes.length; i++) value = (value << 8n) | BigInt(bytes.charCodeAt(i))
  return value
}
