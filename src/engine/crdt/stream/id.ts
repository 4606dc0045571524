/**
 * Entry IDs: two unsigned 64-bit numbers, milliseconds and sequence. A number while it is exact (below 2^53), a bigint beyond; JavaScript compares the two
 * kinds exactly with < and >, and since there is one form for each value, === works too.
 */
import type { Bytes, ByteReader, ByteWriter } from '../../../lib/index.ts'

export type U64 = number | bigint

export interface Id {
  readonly ms: U64
  readonly seq: U64
}

const MAX = 18446744073709551615n
export const LEAST: Id = { ms: 0, seq: 0 }
export const GREATEST: Id = { ms: MAX, seq: MAX }

export function compareIds(a: Id, b: Id): number {
  if (a.ms !== b.ms) return a.ms < b.ms ? -1 : 1
  return a.seq === b.seq ? 0 : a.seq < b.seq ? -1 : 1
}

export function isZero(id: Id): boolean {
  return id.ms === 0 && id.seq === 0
}

export function formatId(id: Id): Bytes {
  return `${id.ms}-${id.seq}`
}

/** A number where it is exact. */
export function canonical(value: bigint): U64 {
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
}

/** value + by, or undefined beyond 64 bits. */
export function plus(value: U64, by: number): U64 | undefined {
  if (typeof value === 'number' && value + by <= Number.MAX_SAFE_INTEGER) return value + by
  const sum = BigInt(value) + BigInt(by)
  return sum > MAX ? undefined : canonical(sum)
}

/** The least ID after this one; undefined when there is none. */
export function after(id: Id): Id | undefined {
  const seq = plus(id.seq, 1)
  if (seq !== undefined) return { ms: id.ms, seq }
  const ms = plus(id.ms, 1)
  return ms === undefined ? undefined : { ms, seq: 0 }
}

/** The greatest ID before this one; undefined when there is none. */
export function before(id: Id): Id | undefined {
  if (id.seq !== 0) return { ms: id.ms, seq: canonical(BigInt(id.seq) - 1n) }
  return id.ms === 0 ? undefined : { ms: canonical(BigInt(id.ms) - 1n), seq: MAX }
}

/**
 * An unsigned 64-bit number as Redis reads it: what C's `strtoull` takes, up to the first zero byte, but no canonical negative number. Undefined for
 * anything else.
 */
export function parseU64(text: Bytes): U64 | undefined {
  if (text.length > 0 && text.length < 16) {
    let value = 0
    let i = 0
    for (; i < text.length; i++) {
      const digit = text.charCodeAt(i) - 48
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    if (i === text.length) return value
  }
  const [, sign, digits] = /^[ \t\n\v\f\r]*([+-]?)(\d+)$/.exec(text) ?? []
  if (digits === undefined || /^-[1-9]/.test(text)) return undefined
  const value = BigInt(digits)
  if (value > MAX) return undefined
  return canonical(sign === '-' && value > 0n ? MAX + 1n - value : value)
}

/** `ms-seq`, or `ms` alone, whose sequence is then `missingSeq`; undefined for anything else. */
export function parseId(text: Bytes, missingSeq: U64): Id | undefined {
  if (text.length > 127) return undefined
  const end = text.indexOf('\0')
  const word = end < 0 ? text : text.slice(0, end)
  const dash = word.indexOf('-')
  const ms = parseU64(dash < 0 ? word : word.slice(0, dash))
  if (ms === undefined) return undefined
  const seq = dash < 0 ? missingSeq : parseU64(word.slice(dash + 1))
  return seq === undefined ? undefined : { ms, seq }
}

/** The sequence that stands for "as large as there is". */
export const MAX_SEQ: U64 = MAX

export function encodeU64(writer: ByteWriter, value: U64): void {
  if (typeof value === 'number' && value < 2 ** 52) {
    writer.uint(value * 2)
    return
  }
  writer.uint(1)
  writer.string(String(value))
}

export function decodeU64(reader: ByteReader): U64 {
  const head = reader.uint()
  return head === 1 ? (parseU64(reader.string()) ?? 0) : Math.floor(head / 2)
}

export function encodeId(writer: ByteWriter, id: Id): void {
  encodeU64(writer, id.ms)
  encodeU64(writer, id.seq)
}

export function decodeId(reader: ByteReader): Id {
  return { ms: decodeU64(reader), seq: decodeU64(reader) }
}
