/**
 * The serialized form of a value that DUMP replies with: Redis's RDB encoding of it, then the RDB version (two bytes, little-endian) and a CRC-64 of all before
 * (eight bytes, little-endian). Plain encodings of version 10, which every Redis since 7.0 restores; hashes with fields that expire need version 12, of Redis 7.4.
 */
import type { Bytes } from '../../../lib/index.ts'
import { crc64 } from './crc64.ts'
import { bigEndian, encodeLength, encodeString } from './encode.ts'
import { JSON_MODULE } from './json-module.ts'
import { bytesOf } from './listpack.ts'
import { encodeStream } from './stream-payload.ts'
import { formatJson } from '../json/format.ts'
import { JsonState } from '../../crdt/json/json.ts'
import { rootSlot, valueAt } from '../../crdt/json/read.ts'
import { StreamState } from '../../crdt/stream/state.ts'
import { fieldAt, fieldExpiry, HashState } from '../../crdt/hash/hash.ts'
import { HyperLogLogState, hyllOf } from '../../crdt/hyperloglog/hyperloglog.ts'
import { valueOf } from '../../crdt/parts/cell.ts'
import { ListState, textOf } from '../../crdt/list/list.ts'
import { SetState } from '../../crdt/set/set.ts'
import { StringState } from '../../crdt/string/string.ts'
import type { State } from '../../crdt/type.ts'
import { ZSetState } from '../../crdt/zset/zset.ts'

const VERSION = 10
const FIELDS_EXPIRE = 12
/** Of Redis 8. */
const NEWEST_VERSION = 13
const STRING = '\x00'
const LIST = '\x01'
const SET = '\x02'
const HASH = '\x04'
/** Redis 7.4: times to live before fields and values. */
const HASH_METADATA = '\x18'
const STREAM = '\x13'
/** A value of a module, and what stands around its one string. */
const MODULE = '\x07'
const MODULE_STRING = '\x05'
const MODULE_END = '\x00'
/** Scores as eight bytes, little-endian. */
const ZSET = '\x05'

/** The payload of a value's content at `now`. The key's expiry time is not part of it. */
export function dumpPayload(state: State, now: number, self: number): Bytes {
  const content = encode(state, now, self)
  return seal(content, content.startsWith(HASH_METADATA) ? FIELDS_EXPIRE : VERSION)
}

/** Adds version and checksum. */
export function seal(content: Bytes, version = VERSION): Bytes {
  const body = content + bytesOf(BigInt(version), 2)
  return body + bytesOf(crc64(body), 8)
}

/** What `seal` was given; undefined when the payload is not such a thing, or newer than what is known here. */
export function unseal(payload: Bytes): Bytes | undefined {
  const end = payload.length - 10
  if (end < 0 || bytesOf(crc64(payload.slice(0, -8)), 8) !== payload.slice(-8)) return undefined
  const version = payload.charCodeAt(end) | (payload.charCodeAt(end + 1) << 8)
  return version > NEWEST_VERSION ? undefined : payload.slice(0, end)
}

function encode(state: State, now: number, self: number): Bytes {
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
  if (state instanceof StreamState) return STREAM + encodeStream(state, self)
  if (state instanceof JsonState) {
    const text = formatJson(valueAt(state, rootSlot(state)))
    return `${MODULE}\x81${bigEndian(JSON_MODULE, 8)}${MODULE_STRING}${encodeString(text)}${MODULE_END}`
  }
  return encodeHash(state as HashState, now)
}

function encodeHash(state: HashState, now: number): Bytes {
  const fields = [...state.cells.keys()].flatMap((field) => {
    const cell = fieldAt(state, field, now)
    return cell === undefined ? [] : [{ field, value: valueOf(cell), at: fieldExpiry(state, field) ?? 0 }]
  })
  const times = fields.map(({ at }) => at).filter((at) => at > 0)
  const plain = fields.map(({ field, value }) => encodeString(field) + encodeString(value))
  if (times.length === 0) return HASH + encodeLength(fields.length) + plain.join('')
  const least = times.reduce((a, b) => Math.min(a, b))
  // Counted from the least time, so that 0 can mean none.
  const parts = fields.map(({ at }, i) => encodeLength(at === 0 ? 0 : at - least + 1) + (plain[i] ?? ''))
  return HASH_METADATA + bytesOf(BigInt(least), 8) + encodeLength(fields.length) + parts.join('')
}

function encodeDouble(value: number): Bytes {
  return String.fromCharCode(...new Uint8Array(new Float64Array([value]).buffer))
}
