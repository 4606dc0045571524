/**
 * XXH3, 64 bits, seed 0 (xxHash specification 0.8): what DIGEST and the conditions IFDEQ and IFDNE compare. Not a hot path, so 64-bit
 * words are bigints, kept below 2^64 by `wrap`.
 */
import { arrayOfBytes, type Bytes } from './bytes.ts'

const PRIME32_1 = 0x9e3779b1n
const PRIME32_2 = 0x85ebca77n
const PRIME32_3 = 0xc2b2ae3dn
const PRIME64_1 = 0x9e3779b185ebca87n
const PRIME64_2 = 0xc2b2ae3d27d4eb4fn
const PRIME64_3 = 0x165667b19e3779f9n
const PRIME64_4 = 0x85ebca77c2b2ae63n
const PRIME64_5 = 0x27d4eb2f165667c5n
const MIX_1 = 0x165667919e3779f9n
const MIX_2 = 0x9fb21c651e98df25n

/** The specification's default secret, 192 bytes. */
const SECRET = viewOf(
  Uint8Array.from(
    (
      'b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221b8084674f743248e' +
      'e03590e6813a264c3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8a8fa763fe39c343ff9dcbbc7c70b4f1d8a' +
      '51e04bcdb45931c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e2b16be587d47a1fc8f' +
      'f8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e'
    ).match(/../g) ?? [],
    (pair) => parseInt(pair, 16),
  ),
)
const SECRET_LENGTH = 192
const STRIPE = 64
const STRIPES_PER_BLOCK = (SECRET_LENGTH - STRIPE) / 8

function viewOf(array: Uint8Array): DataView {
  return new DataView(array.buffer, array.byteOffset, array.byteLength)
}

const wrap = (value: bigint) => BigInt.asUintN(64, value)
const word = (view: DataView, at: number) => view.getBigUint64(at, true)
const rotate = (value: bigint, by: bigint) => wrap(value << by) | (value >> (64n - by))

/** Both halves of the 128-bit product, folded into one. */
function fold(a: bigint, b: bigint): bigint {
  const product = a * b
  return wrap(product) ^ (product >> 64n)
}

function avalanche(hash: bigint): bigint {
  hash = wrap((hash ^ (hash >> 37n)) * MIX_1)
  return hash ^ (hash >> 32n)
}

/** The older finish (XXH64's), which the shortest inputs use. */
function avalanche64(hash: bigint): bigint {
  hash = wrap((hash ^ (hash >> 33n)) * PRIME64_2)
  hash = wrap((hash ^ (hash >> 29n)) * PRIME64_3)
  return hash ^ (hash >> 32n)
}

/** The hash of a byte string, 0 … 2^64−1. */
export function xxh3(bytes: Bytes): bigint {
  const input = viewOf(arrayOfBytes(bytes))
  const length = bytes.length
  if (length <= 3) return upTo3(input, length)
  if (length <= 8) return upTo8(input, length)
  if (length <= 16) return upTo16(input, length)
  if (length <= 128) return upTo128(input, length)
  return length <= 240 ? upTo240(input, length) : beyond240(input, length)
}

/** As 16 lower-case hexadecimal digits. */
export function hexOfDigest(digest: bigint): Bytes {
  return digest.toString(16).padStart(16, '0')
}

function upTo3(input: DataView, length: number): bigint {
  if (length === 0) return avalanche64(word(SECRET, 56) ^ word(SECRET, 64))
  const first = input.getUint8(0)
  const middle = input.getUint8(length >> 1)
  const last = input.getUint8(length - 1)
  const combined = ((first << 16) | (middle << 24) | last | (length << 8)) >>> 0
  return avalanche64(BigInt(combined) ^ BigInt((SECRET.getUint32(0, true) ^ SECRET.getUint32(4, true)) >>> 0))
}

function upTo8(input: DataView, length: number): bigint {
  const low = BigInt(input.getUint32(length - 4, true))
  const high = BigInt(input.getUint32(0, true))
  let hash = (low + (high << 32n)) ^ word(SECRET, 8) ^ word(SECRET, 16)
  hash ^= rotate(hash, 49n) ^ rotate(hash, 24n)
  hash = wrap(hash * MIX_2)
  hash ^= (hash >> 35n) + BigInt(length)
  hash = wrap(hash * MIX_2)
  return hash ^ (hash >> 28n)
}

function upTo16(input: DataView, length: number): bigint {
  const low = word(input, 0) ^ word(SECRET, 24) ^ word(SECRET, 32)
  const high = word(input, length - 8) ^ word(SECRET, 40) ^ word(SECRET, 48)
  return avalanche(wrap(BigInt(length) + swapBytes(low) + high + fold(low, high)))
}

function swapBytes(value: bigint): bigint {
  const scratch = new DataView(new ArrayBuffer(8))
  scratch.setBigUint64(0, value, true)
  return scratch.getBigUint64(0, false)
}

function mix16(input: DataView, at: number, secretAt: number): bigint {
  return fold(word(input, at) ^ word(SECRET, secretAt), word(input, at + 8) ^ word(SECRET, secretAt + 8))
}

/** Pairs of 16 bytes from both ends towards the middle. */
function upTo128(input: DataView, length: number): bigint {
  let hash = BigInt(length) * PRIME64_1
  for (let pair = 0; pair * 32 < length; pair++) {
    hash += mix16(input, pair * 16, pair * 32) + mix16(input, length - (pair + 1) * 16, pair * 32 + 16)
  }
  return avalanche(wrap(hash))
}

function upTo240(input: DataView, length: number): bigint {
  let hash = BigInt(length) * PRIME64_1
  for (let at = 0; at < 128; at += 16) hash += mix16(input, at, at)
  hash = avalanche(wrap(hash))
  for (let at = 128; at + 16 <= length; at += 16) hash += mix16(input, at, at - 128 + 3)
  return avalanche(wrap(hash + mix16(input, length - 16, 136 - 17)))
}

/** Stripes of 64 bytes into eight lanes, scrambled after every block of 1024 bytes; the last stripe ends with the input. */
function beyond240(input: DataView, length: number): bigint {
  const lanes = BigUint64Array.of(
    PRIME32_3,
    PRIME64_1,
    PRIME64_2,
    PRIME64_3,
    PRIME64_4,
    PRIME32_2,
    PRIME64_5,
    PRIME32_1,
  )
  const stripes = Math.floor((length - 1) / STRIPE)
  for (let stripe = 0; stripe < stripes; stripe++) {
    const inBlock = stripe % STRIPES_PER_BLOCK
    accumulate(lanes, input, stripe * STRIPE, inBlock * 8)
    if (inBlock === STRIPES_PER_BLOCK - 1) scramble(lanes)
  }
  accumulate(lanes, input, length - STRIPE, SECRET_LENGTH - STRIPE - 7)
  let hash = BigInt(length) * PRIME64_1
  for (let i = 0; i < 8; i += 2) {
    hash += fold(
      (lanes[i] as bigint) ^ word(SECRET, 11 + i * 8),
      (lanes[i + 1] as bigint) ^ word(SECRET, 11 + i * 8 + 8),
    )
  }
  return avalanche(wrap(hash))
}

function accumulate(lanes: BigUint64Array, input: DataView, at: number, secretAt: number): void {
  for (let i = 0; i < 8; i++) {
    const data = word(input, at + i * 8)
    const keyed = data ^ word(SECRET, secretAt + i * 8)
    lanes[i ^ 1] = (lanes[i ^ 1] as bigint) + data
    lanes[i] = (lanes[i] as bigint) + (keyed & 0xffffffffn) * (keyed >> 32n)
  }
}

function scramble(lanes: BigUint64Array): void {
  for (let i = 0; i < 8; i++) {
    const lane = lanes[i] as bigint
    lanes[i] = (lane ^ (lane >> 47n) ^ word(SECRET, SECRET_LENGTH - STRIPE + i * 8)) * PRIME32_1
  }
}
