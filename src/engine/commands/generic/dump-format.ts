/**
 * The serialized form of a value that DUMP replies with: Redis's RDB encoding of it, then the RDB version (two bytes, little-endian) and a CRC-64 of all before
 * (eight bytes, little-endian). Plain encodings only, of version 10, which every Redis since 7.0 restores.
 */
import type { Bytes } from '../../../lib/index.ts'
import { fieldAt, HashState } from '../../crdt/hash/hash.ts'
import { HyperLogLogState, hyllOf } from '../../crdt/hyperloglog/hyperloglog.ts'
import { valueOf } from '../../crdt/parts/cell.ts'
import { ListState, textOf } from '../../crdt/list/list.ts'
import { SetState } from '../../crdt/set/set.ts'
import { StringState } from '../../crdt/string/string.ts'
import type { State } from '../../crdt/type.ts'
import { ZSetState } from '../../crdt/zset/zset.ts'

const VERSION = '\x0a\x00'
/** Of Redis 8. */
const NEWEST_VERSION = 13
const STRING = '\x00'
const LIST = '\x01'
const SET = '\x02'
const HASH = '\x04'
/** Scores as eight bytes, little-endian. */
const ZSET = '\x05'

/** The payload of a value's content at `now`; undefined for a type that has no form here. Expiry times are not part of it. */
export function dumpPayload(state: State, now: number): Bytes | undefined {
  const content = encode(state, now)
  if (content === undefined) return undefined
  return seal(content)
}

/** Adds version and checksum. */
export function seal(content: Bytes): Bytes {
  const body = content + VERSION
  return body + littleEndian(crc64(body))
}

/** What `seal` was given; undefined when the payload is not such a thing, or newer than what is known here. */
export function unseal(payload: Bytes): Bytes | undefined {
  const end = payload.length - 10
  if (end < 0 || littleEndian(crc64(payload.slice(0, -8))) !== payload.slice(-8)) return undefined
  const version = payload.charCodeAt(end) | (payload.charCodeAt(end + 1) << 8)
  return version > NEWEST_VERSION ? undefined : payload.slice(0, end)
}

function encode(state: State, now: number): Bytes | undefined {
  if (state instanceof StringState) return STRING + encodeString(valueOf(state))
  if (state instanceof HyperLogLogState) return STRING + encodeString(hyllOf(state))
  if (state instanceof SetState) {
    return SET + encodeLength(state.members.size) + [...state.members.keys()].map(encodeString).join('')
  }
  if (state instanceof ListState) {
    const elements = [...state.sequence.order].map(({ value }) => encodeString(textOf(value)))
    return LIST + encodeLength(elements.length) + elements.join('')
  }
  if (state instanceof ZSetState) {
    // The greatest first, as Redis has it: RESTORE then adds each at the front.
    const entries = [...state.cells].sort((a, b) => b[1].score - a[1].score)
    const parts = entries.map(([name, { score }]) => encodeString(name) + encodeDouble(score))
    return ZSET + encodeLength(parts.length) + parts.join('')
  }
  if (!(state instanceof HashState)) return undefined
  const parts: Bytes[] = []
  for (const field of state.cells.keys()) {
    const cell = fieldAt(state, field, now)
    if (cell !== undefined) parts.push(encodeString(field) + encodeString(valueOf(cell)))
  }
  return HASH + encodeLength(parts.length) + parts.join('')
}

export function encodeString(value: Bytes): Bytes {
  return encodeLength(value.length) + value
}

/** 6 bits, 14 bits, or 32 bits big-endian. */
function encodeLength(length: number): Bytes {
  if (length < 64) return String.fromCharCode(length)
  if (length < 16384) return String.fromCharCode(64 | (length >> 8), length & 255)
  return '\x80' + String.fromCharCode(length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255)
}

function encodeDouble(value: number): Bytes {
  return String.fromCharCode(...new Uint8Array(new Float64Array([value]).buffer))
}

function littleEndian(value: bigint): Bytes {
  let out = ''
  for (let i = 0; i < 8; i++, value >>= 8n) out += String.fromCharCode(Number(value & 255n))
  return out
}

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
