/**
 * Compact binary encoding: what effects, clocks and snapshots are made of on the wire. Whole numbers are LEB128 varints up to 2^53; a byte
 * string is its length and its bytes. A reader trusts nothing: running past the end or an impossible number throws `DecodeError`.
 */
import type { Amount } from './amount.ts'
import { bytesOfArray, type Bytes } from './bytes.ts'
import type { NameTable } from './name-table.ts'

export class DecodeError extends Error {
  override name = 'DecodeError'
}

export class ByteWriter {
  #buffer = new Uint8Array(256)
  #length = 0
  /** When set, names that repeat are written as references into it. */
  names: NameTable | null = null

  get length(): number {
    return this.#length
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#buffer.length) return
    const grown = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + more))
    grown.set(this.#buffer.subarray(0, this.#length))
    this.#buffer = grown
  }

  byte(value: number): void {
    this.#reserve(1)
    this.#buffer[this.#length++] = value
  }

  /** A whole number, 0 … 2^53−1. */
  uint(value: number): void {
    this.#reserve(8)
    const buffer = this.#buffer
    let at = this.#length
    while (value > 0x7fffffff) {
      buffer[at++] = (value % 128) | 128
      value = Math.floor(value / 128)
    }
    while (value > 127) {
      buffer[at++] = (value & 127) | 128
      value >>>= 7
    }
    buffer[at++] = value
    this.#length = at
  }

  /** A whole number of either sign, |value| < 2^52. */
  int(value: number): void {
    this.uint(zigzag(value))
  }

  string(value: Bytes): void {
    this.uint(value.length)
    this.characters(value)
  }

  /** A string whose length stands elsewhere. */
  characters(value: Bytes): void {
    const length = value.length
    this.#reserve(length)
    const buffer = this.#buffer
    const at = this.#length
    for (let i = 0; i < length; i++) buffer[at + i] = value.charCodeAt(i)
    this.#length = at + length
  }

  /** A string that is likely to come again: a key, a field, a member. Read with `ByteReader.name` and an equal table. */
  name(value: Bytes): void {
    const place = this.names === null ? -1 : this.names.placeOf(value)
    if (place >= 0) {
      this.uint(place * 2)
      return
    }
    this.uint(value.length * 2 + 1)
    this.characters(value)
  }

  /** Moves all that another writer holds to the end of this one; the other is empty afterwards. */
  append(other: ByteWriter): void {
    this.#copy(other.#buffer, other.#length)
    other.#length = 0
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.#copy(bytes, bytes.length)
  }

  /** Mostly a few dozen bytes: one by one is faster than a view of them. */
  #copy(bytes: Uint8Array, length: number): void {
    this.#reserve(length)
    const buffer = this.#buffer
    const at = this.#length
    for (let i = 0; i < length; i++) buffer[at + i] = bytes[i] as number
    this.#length = at + length
  }

  amount(value: Amount): void {
    if (typeof value === 'number') {
      if (Math.abs(value) < 2 ** 50) {
        this.uint(zigzag(value) * 2)
        return
      }
      value = { digits: BigInt(value), scale: 0 }
    }
    this.uint(value.scale * 2 + 1)
    this.string(value.digits.toString())
  }

  /** A copy of what was written; the writer is empty afterwards. */
  take(): Uint8Array {
    const out = this.#buffer.slice(0, this.#length)
    this.#length = 0
    return out
  }
}

/** Numbers near 0, of either sign, as small ones without: 0, −1, 1, −2 … */
const zigzag = (value: number): number => (value < 0 ? -value * 2 - 1 : value * 2)
const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2)

export class ByteReader {
  readonly #bytes: Uint8Array
  #at: number
  /** Must equal the writer's. */
  names: NameTable | null = null

  /** From a place on. */
  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes
    this.#at = at
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length
  }

  /** Where the next byte is read, counted from the first. */
  get at(): number {
    return this.#at
  }

  /** A copy of what was read from a place up to here. */
  readSince(at: number): Uint8Array {
    return this.#bytes.slice(at, this.#at)
  }

  /** A copy of what has yet to be read. */
  rest(): Uint8Array {
    return this.#bytes.slice(this.#at)
  }

  byte(): number {
    const value = this.#bytes[this.#at++]
    if (value === undefined) throw new DecodeError('unexpected end')
    return value
  }

  uint(): number {
    let byte = this.byte()
    if (byte < 128) return byte
    let value = byte & 127
    let unit = 128
    do {
      byte = this.byte()
      value += (byte & 127) * unit
      unit *= 128
      if (unit > 2 ** 63) throw new DecodeError('number too long')
    } while (byte >= 128)
    return value
  }

  int(): number {
    return unzigzag(this.uint())
  }

  string(): Bytes {
    return this.characters(this.uint())
  }

  name(): Bytes {
    const head = this.uint()
    if (head % 2 === 0) {
      const known = this.names?.at(head / 2)
      if (known === undefined) throw new DecodeError('reference to an unknown name')
      return known
    }
    const name = this.characters((head - 1) / 2)
    this.names?.placeOf(name)
    return name
  }

  skip(length: number): void {
    this.#passed(length)
  }

  /** Moves on; the place where it was. */
  #passed(length: number): number {
    const from = this.#at
    if (from + length > this.#bytes.length) throw new DecodeError('unexpected end')
    this.#at = from + length
    return from
  }

  /** A string whose length was read elsewhere. */
  characters(length: number): Bytes {
    const from = this.#passed(length)
    return bytesOfArray(this.#bytes, from, this.#at)
  }

  amount(): Amount {
    const head = this.uint()
    if (head % 2 === 0) return unzigzag(head / 2)
    const scale = (head - 1) / 2
    const text = this.string()
    if (!/^-?\d+$/.test(text)) throw new DecodeError('not a number')
    const digits = BigInt(text)
    const small = Number(digits)
    return scale === 0 && Number.isSafeInteger(small) ? small : { digits, scale }
  }
}
