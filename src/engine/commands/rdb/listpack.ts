/**
 * Listpacks, Redis's compact lists of strings and whole numbers: four bytes of length, two of the number of elements, the elements, 255. Each element
 * is followed by its own length, readable backwards, which is skipped here.
 */
import type { Bytes } from '../../../lib/index.ts'
import { Malformed } from './malformed.ts'

const HEADER_LENGTH = 6
const END = 0xff
/** So many elements or more: they have to be counted. */
const UNCOUNTED = 0xffff

/** Numbers go in as numbers, bytes as they are. */
export function encodeListpack(items: readonly (Bytes | number | bigint)[]): Bytes {
  let out = ''
  for (const item of items) {
    const element = typeof item === 'string' ? encodeBytes(item) : encodeInteger(BigInt(item))
    out += element + backwards(element.length)
  }
  const length = HEADER_LENGTH + out.length + 1
  return bytesOf(BigInt(length), 4) + bytesOf(BigInt(Math.min(items.length, UNCOUNTED)), 2) + out + '\xff'
}

function encodeBytes(bytes: Bytes): Bytes {
  const { length } = bytes
  if (length < 64) return String.fromCharCode(0x80 | length) + bytes
  if (length < 4096) return String.fromCharCode(0xe0 | (length >> 8), length & 255) + bytes
  return `\xf0${bytesOf(BigInt(length), 4)}${bytes}`
}

function encodeInteger(value: bigint): Bytes {
  if (value >= 0 && value < 128) return String.fromCharCode(Number(value))
  const size = [2, 3, 4, 8].find((bytes) => BigInt.asIntN(8 * bytes, value) === value) ?? 8
  return String.fromCharCode(0xf1 + [2, 3, 4, 8].indexOf(size)) + bytesOf(value, size)
}

/** Seven bits a byte, the most significant first; all but the first are marked. */
function backwards(length: number): Bytes {
  let out = String.fromCharCode(length & 127)
  for (let rest = length >> 7; rest > 0; rest >>= 7) {
    out = String.fromCharCode(rest & 127, out.charCodeAt(0) | 128) + out.slice(1)
  }
  return out
}

/** Little-endian, two's complement. */
export function bytesOf(value: bigint, size: number): Bytes {
  let out = ''
  for (let i = 0; i < size; i++, value >>= 8n) out += String.fromCharCode(Number(value & 255n))
  return out
}

/** The inverse of `bytesOf`, for signed numbers. */
export function integerOf(bytes: Bytes): bigint {
  let value = 0n
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes.charCodeAt(i))
  return BigInt.asIntN(8 * bytes.length, value)
}

/** All elements as bytes, numbers in decimal. */
export function decodeListpack(listpack: Bytes): Bytes[] {
  const items: Bytes[] = []
  const end = listpack.length - 1
  if (end < HEADER_LENGTH || integerOf(listpack.slice(0, 4)) !== BigInt(listpack.length)) throw new Malformed()
  let at = HEADER_LENGTH
  while (at < end) {
    const start = at
    const [head, size, isInteger] = shapeOf(listpack, at)
    at += head + size
    const content = listpack.slice(start + head, at)
    if (isInteger === 'packed') items.push(String(packedInteger(listpack, start)))
    else items.push(isInteger ? String(integerOf(content)) : content)
    at += backwards(at - start).length
  }
  if (at !== end || listpack.charCodeAt(end) !== END) throw new Malformed()
  const count = Number(integerOf(listpack.slice(4, HEADER_LENGTH))) & UNCOUNTED
  if (count !== UNCOUNTED && count !== items.length) throw new Malformed()
  return items
}

type Shape = readonly [head: number, content: number, integer: boolean | 'packed']

/** How many bytes the head of the element at `at` takes and how many its content; `packed`: the number is in the head. */
function shapeOf(listpack: Bytes, at: number): Shape {
  const byte = listpack.charCodeAt(at)
  if (byte < 0x80) return [1, 0, 'packed']
  if (byte < 0xc0) return [1, byte & 63, false]
  if (byte < 0xe0) return [2, 0, 'packed']
  if (byte < 0xf0) return [2, ((byte & 15) << 8) | listpack.charCodeAt(at + 1), false]
  if (byte === 0xf0) return [5, Number(integerOf(listpack.slice(at + 1, at + 5))), false]
  const size = [2, 3, 4, 8][byte - 0xf1]
  if (size === undefined) throw new Malformed()
  return [1, size, true]
}

function packedInteger(listpack: Bytes, at: number): number {
  const byte = listpack.charCodeAt(at)
  if (byte < 0x80) return byte
  const value = ((byte & 31) << 8) | listpack.charCodeAt(at + 1)
  return value < 4096 ? value : value - 8192
}
