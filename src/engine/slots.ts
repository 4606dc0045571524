/** Hash slots: where a key lives when the database is sharded (M5, the OSS cluster specification). */
import type { Bytes } from '../lib/index.ts'

const SLOTS = 16_384

/** 0 … 16383. Of a key with a hash tag, `{…}`, only that counts. */
export function slotOf(key: Bytes): number {
  const open = key.indexOf('{')
  const close = open === -1 ? -1 : key.indexOf('}', open + 1)
  return crc16(close > open + 1 ? key.slice(open + 1, close) : key) % SLOTS
}

/** CRC-16/XMODEM: polynomial 0x1021, starting from 0. */
function crc16(bytes: Bytes): number {
  let crc = 0
  for (let i = 0; i < bytes.length; i++) {
    crc ^= bytes.charCodeAt(i) << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021
  }
  return crc & 0xffff
}
