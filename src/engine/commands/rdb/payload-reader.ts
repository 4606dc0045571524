/** Reads the primitives of Redis's RDB format: lengths, strings in all their forms, numbers. Throws `Malformed` at the end of the bytes. */
import type { Bytes } from '../../../lib/index.ts'
import { bigEndianOf } from './encode.ts'
import { decompress } from './lzf.ts'
import { integerOf } from './listpack.ts'
import { Malformed } from './malformed.ts'

export class PayloadReader {
  readonly #bytes: Bytes
  #at = 0

  constructor(bytes: Bytes) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  raw(size: number): Bytes {
    if (!(size >= 0 && size <= this.left)) throw new Malformed()
    return this.#bytes.slice(this.#at, (this.#at += size))
  }

  byte(): number {
    return this.raw(1).charCodeAt(0)
  }

  /** A length of 6, 14, 32 or 64 bits. */
  wide(): bigint {
    const head = this.byte()
    const length = this.#length(head)
    if (length === undefined) throw new Malformed()
    return length
  }

  /** A length that is exact as a number. */
  length(): number {
    const wide = this.wide()
    if (wide > Number.MAX_SAFE_INTEGER) throw new Malformed()
    return Number(wide)
  }

  /** How many things follow, each of at least one byte. */
  count(): number {
    const count = this.length()
    if (count > this.left) throw new Malformed()
    return count
  }

  #length(head: number): bigint | undefined {
    if (head < 0x40) return BigInt(head)
    if (head < 0x80) return BigInt(((head & 63) << 8) | this.byte())
    if (head === 0x80) return this.bigEndian(4)
    if (head === 0x81) return this.bigEndian(8)
    return undefined
  }

  string(): Bytes {
    const head = this.byte()
    const length = this.#length(head)
    if (length !== undefined) return this.raw(Number(length))
    switch (head) {
      case 0xc0:
        return String(this.signed(1))
      case 0xc1:
        return String(this.signed(2))
      case 0xc2:
        return String(this.signed(4))
      case 0xc3: {
        const packed = this.length()
        const size = this.length()
        return decompress(this.raw(packed), size)
      }
      default:
        throw new Malformed()
    }
  }

  /** Little-endian, two's complement. */
  signed(size: number): bigint {
    return integerOf(this.raw(size))
  }

  bigEndian(size: number): bigint {
    return bigEndianOf(this.raw(size))
  }

  double(): number {
    const value = doubleOf(this.raw(8))
    if (Number.isNaN(value)) throw new Malformed()
    return value
  }
}

function doubleOf(bytes: Bytes): number {
  return new Float64Array(Uint8Array.from(bytes, (char) => char.charCodeAt(0)).buffer)[0] ?? 0
}
