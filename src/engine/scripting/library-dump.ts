/** What FUNCTION DUMP replies with: each library as in an RDB file, then version and checksum as after any dump. */
import type { Bytes } from '../../lib/index.ts'
import { encodeString, seal, unseal } from '../commands/generic/dump-format.ts'
import { fail } from '../commands/errors.ts'

const FUNCTION = '\xf5'

export function dumpLibraries(codes: readonly Bytes[]): Bytes {
  return seal(codes.map((code) => FUNCTION + encodeString(code)).join(''))
}

/** The code of each library. */
export function readLibraries(payload: Bytes): Bytes[] {
  const body = unseal(payload) ?? fail('ERR DUMP payload version or checksum are wrong')
  const codes: Bytes[] = []
  for (let at = 0; at < body.length;) {
    if (body[at] !== FUNCTION) fail('ERR given type is not a function')
    const read = readString(body, at + 1) ?? fail('ERR Failed loading library code')
    codes.push(read.value)
    at = read.end
  }
  return codes
}

interface Read<T> {
  readonly value: T
  readonly end: number
}

/** A string as RDB files have it: plain, or compressed by LZF. */
function readString(body: Bytes, at: number): Read<Bytes> | undefined {
  if (body.charCodeAt(at) === COMPRESSED) {
    const packed = readLength(body, at + 1)
    const whole = packed && readLength(body, packed.end)
    if (packed === undefined || whole === undefined) return undefined
    const end = whole.end + packed.value
    const value = unpackLzf(body.slice(whole.end, end), whole.value)
    return value === undefined ? undefined : { value, end }
  }
  const length = readLength(body, at)
  if (length === undefined || length.end + length.value > body.length) return undefined
  const end = length.end + length.value
  return { value: body.slice(length.end, end), end }
}

const COMPRESSED = 0xc3

function readLength(body: Bytes, at: number): Read<number> | undefined {
  const first = body.charCodeAt(at)
  if (first < 64) return { value: first, end: at + 1 }
  if (first < 128) return { value: ((first & 63) << 8) | body.charCodeAt(at + 1), end: at + 2 }
  if (first !== 0x80 || at + 5 > body.length) return undefined
  let value = 0
  for (let i = 1; i <= 4; i++) value = value * 256 + body.charCodeAt(at + i)
  return { value, end: at + 5 }
}

/** Runs of literal bytes, and references to what was already unpacked. */
function unpackLzf(packed: Bytes, length: number): Bytes | undefined {
  let out = ''
  for (let at = 0; at < packed.length && out.length <= length;) {
    const control = packed.charCodeAt(at++)
    if (control < 32) {
      out += packed.slice(at, at + control + 1)
      at += control + 1
      continue
    }
    let count = control >> 5
    if (count === 7) count += packed.charCodeAt(at++)
    const from = out.length - (((control & 31) << 8) | packed.charCodeAt(at++)) - 1
    if (!(from >= 0)) return undefined
    for (let i = 0; i < count + 2; i++) out += out[from + i]
  }
  return out.length === length ? out : undefined
}
