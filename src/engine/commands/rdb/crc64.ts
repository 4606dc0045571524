import type { Bytes } from '../../../lib/index.ts'

/** CRC-64 "Jones", reflected, start 0: low and high halves of the table apart, to stay clear of bigints in the loop. */
const POLYNOMIAL_LOW = 0xac4bc9b5
const POLYNOMIAL_HIGH = 0x95ac9329

const TABLE_LOW = new Uint32Array(256)
const TABLE_HIGH = new Uint32Array(256)
for (let byte = 0; byte < 256; byte++) {
  let low = byte
  let high = 0
  for (let bit = 0; bit < 8; bit++) {
    const odd = low & 1
    low = (low >>> 1) | (high << 31)
    high >>>= 1
    if (odd === 1) {
      low ^= POLYNOMIAL_LOW
      high ^= POLYNOMIAL_HIGH
    }
  }
  TABLE_LOW[byte] = low
  TABLE_HIGH[byte] = high
}

/** Of `123456789` it is e9c6d914c4b8d9ca. */
export function crc64(bytes: Bytes): bigint {
  let low = 0
  let high = 0
  for (let i = 0; i < bytes.length; i++) {
    const at = (low ^ bytes.charCodeAt(i)) & 255
    low = (((low >>> 8) | (high << 24)) ^ (TABLE_LOW[at] as number)) >>> 0
    high = ((high >>> 8) ^ (TABLE_HIGH[at] as number)) >>> 0
  }
  return (BigInt(high) << 32n) | BigInt(low)
}
