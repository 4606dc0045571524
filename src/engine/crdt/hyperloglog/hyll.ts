/**
 * Redis's string form of a HyperLogLog: "HYLL", the encoding, three unused bytes, a cached count (always marked as not computed here), then the registers:
 * six bits each, or run lengths while these take little room.
 */
import { bytesOfArray, type Bytes } from '../../../lib/index.ts'
import { indexOf, packRegister, REGISTERS, registerValue, type PackedRegister } from './registers.ts'

const MAGIC = 'HYLL'
const FIRST_LETTER = MAGIC.charCodeAt(0)
const HEADER_LENGTH = 16
const DENSE_LENGTH = HEADER_LENGTH + (REGISTERS * 6) / 8
const DENSE = 0
const SPARSE = 1
/** Redis's default `hll-sparse-max-bytes`, header included. */
const SPARSE_MAX_LENGTH = 3000
const SPARSE_MAX_VALUE = 32

/** `dense` asks for six bits a register even where runs would do. */
export function encodeHyll(packed: readonly PackedRegister[], dense: boolean): Bytes {
  const runs = dense ? undefined : encodeRuns(packed)
  if (runs !== undefined) return header(SPARSE) + runs
  const bytes = new Uint8Array(DENSE_LENGTH - HEADER_LENGTH)
  for (const one of packed) {
    const bit = indexOf(one) * 6
    const shifted = registerValue(one) << (bit & 7)
    bytes[bit >> 3] = (bytes[bit >> 3] as number) | (shifted & 255)
    if (shifted > 255) bytes[(bit >> 3) + 1] = (bytes[(bit >> 3) + 1] as number) | (shifted >> 8)
  }
  return header(DENSE) + bytesOfArray(bytes)
}

function header(encoding: number): Bytes {
  return `${MAGIC}${String.fromCharCode(encoding)}\0\0\0\0\0\0\0\0\0\0\x80`
}

/** Undefined when the registers need the dense form. */
function encodeRuns(packed: readonly PackedRegister[]): Bytes | undefined {
  let out = ''
  let next = 0
  for (let i = 0; i < packed.length;) {
    const first = packed[i] as PackedRegister
    const value = registerValue(first)
    if (value > SPARSE_MAX_VALUE) return undefined
    let length = 1
    while (length < 4 && packed[i + length] === packRegister(indexOf(first) + length, value)) length++
    out += zeros(indexOf(first) - next) + String.fromCharCode(0x80 | ((value - 1) << 2) | (length - 1))
    next = indexOf(first) + length
    i += length
    if (out.length > SPARSE_MAX_LENGTH) return undefined
  }
  out += zeros(REGISTERS - next)
  return HEADER_LENGTH + out.length > SPARSE_MAX_LENGTH ? undefined : out
}

function zeros(count: number): Bytes {
  if (count === 0) return ''
  if (count <= 64) return String.fromCharCode(count - 1)
  return String.fromCharCode(0x40 | ((count - 1) >> 8), (count - 1) & 255)
}

/** A string that Redis takes for a HyperLogLog at first sight: whether its registers are sound is another matter. */
export function looksLikeHyll(value: Bytes): boolean {
  // Every string that is written is asked: most are told by their first letter.
  if (value.charCodeAt(0) !== FIRST_LETTER || !value.startsWith(MAGIC) || value.length < HEADER_LENGTH) return false
  const encoding = value.charCodeAt(MAGIC.length)
  return encoding === SPARSE || (encoding === DENSE && value.length === DENSE_LENGTH)
}

/** Of a HyperLogLog string: six bits a register? */
export function isDense(hyll: Bytes): boolean {
  return hyll.charCodeAt(MAGIC.length) === DENSE
}

/** The non-zero registers of a sound HyperLogLog string, and its encoding; undefined for any other string. */
export function decodeHyll(value: Bytes): { packed: PackedRegister[]; dense: boolean } | undefined {
  if (!looksLikeHyll(value)) return undefined
  if (isDense(value)) return { packed: decodeDense(value), dense: true }
  const packed = decodeRuns(value)
  return packed === undefined ? undefined : { packed, dense: false }
}

function decodeDense(value: Bytes): PackedRegister[] {
  const packed: PackedRegister[] = []
  for (let index = 0; index < REGISTERS; index++) {
    const bit = index * 6
    const at = HEADER_LENGTH + (bit >> 3)
    const pair = value.charCodeAt(at) | ((at + 1 < value.length ? value.charCodeAt(at + 1) : 0) << 8)
    const register = (pair >> (bit & 7)) & 63
    if (register > 0) packed.push(packRegister(index, register))
  }
  return packed
}

function decodeRuns(value: Bytes): PackedRegister[] | undefined {
  const packed: PackedRegister[] = []
  let index = 0
  for (let at = HEADER_LENGTH; at < value.length; at++) {
    const byte = value.charCodeAt(at)
    if (byte < 0x40) index += byte + 1
    else if (byte < 0x80) {
      if (++at === value.length) return undefined
      index += (((byte & 63) << 8) | value.charCodeAt(at)) + 1
    } else {
      for (let run = (byte & 3) + 1; run > 0; run--) packed.push(packRegister(index++, ((byte >> 2) & 31) + 1))
    }
    if (index > REGISTERS) return undefined
  }
  return index === REGISTERS ? packed : undefined
}

/** The runs of a sparse HyperLogLog string as PFDEBUG shows them: `z:` and `Z:` how many zeros, `v:` a value and how often. */
export function describeRuns(hyll: Bytes): string {
  const runs: string[] = []
  for (let at = HEADER_LENGTH; at < hyll.length; at++) {
    const byte = hyll.charCodeAt(at)
    if (byte < 0x40) runs.push(`z:${byte + 1}`)
    else if (byte < 0x80) runs.push(`Z:${(((byte & 63) << 8) | hyll.charCodeAt(++at)) + 1}`)
    else runs.push(`v:${((byte >> 2) & 31) + 1},${(byte & 3) + 1}`)
  }
  return runs.join(' ')
}
