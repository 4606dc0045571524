/** SHA-1, as scripts are named by it. Not for security. */
import type { Bytes } from '../../lib/index.ts'

/** 40 lower-case hexadecimal digits. */
export function sha1Hex(text: Bytes): string {
  const blocks = ((text.length + 8) >> 6) + 1
  const words = new Uint32Array(blocks * 16)
  for (let i = 0; i < text.length; i++) {
    words[i >> 2] = (words[i >> 2] as number) | (text.charCodeAt(i) << (24 - (i & 3) * 8))
  }
  words[text.length >> 2] = (words[text.length >> 2] as number) | (0x80 << (24 - (text.length & 3) * 8))
  words[blocks * 16 - 2] = Math.floor(text.length / 2 ** 29)
  words[blocks * 16 - 1] = text.length * 8
  const hash = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  const schedule = new Int32Array(80)
  for (let block = 0; block < blocks; block++) addBlock(hash, schedule, words.subarray(block * 16, block * 16 + 16))
  return hash.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

function addBlock(hash: number[], w: Int32Array, words: Uint32Array): void {
  for (let i = 0; i < 80; i++) {
    w[i] =
      i < 16
        ? (words[i] as number)
        : rotate((w[i - 3] as number) ^ (w[i - 8] as number) ^ (w[i - 14] as number) ^ (w[i - 16] as number), 1)
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = hash
  for (let i = 0; i < 80; i++) {
    const [mix, key] =
      i < 20
        ? [(b & c) | (~b & d), 0x5a827999]
        : i < 40
          ? [b ^ c ^ d, 0x6ed9eba1]
          : i < 60
            ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
            : [b ^ c ^ d, 0xca62c1d6]
    const next = (rotate(a, 5) + mix + e + key + (w[i] as number)) | 0
    e = d
    d = c
    c = rotate(b, 30)
    b = a
    a = next
  }
  ;[a, b, c, d, e].forEach((word, i) => (hash[i] = ((hash[i] as number) + word) | 0))
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}
