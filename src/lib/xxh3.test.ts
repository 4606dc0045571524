import { describe, expect, test } from 'vitest'
import { hexOfDigest, xxh3 } from './xxh3.ts'

/** Hashes of byte i = (7i + 3) mod 256, made with another implementation (hash-wasm 4, the reference C code): every class of length and its edges. */
const VECTORS: readonly (readonly [length: number, hash: string])[] = [
  [0, '2d06800538d394c2'],
  [1, '13e608bc156defed'],
  [3, 'a9088dda485b481c'],
  [4, '6d9253b16c8b1ed3'],
  [8, '60539db630471163'],
  [9, 'feff668361d723a8'],
  [16, 'b8c859b0f030b585'],
  [17, '714a04408e79b80f'],
  [64, '287eb1fa9e4be2c1'],
  [128, '67425a03650261bf'],
  [129, 'c664bf3311c6abc4'],
  [240, '64556dc6b462a6cf'],
  [241, '8beadd3a8874fe17'],
  [1024, '9b81661c641c72b1'],
  [1025, '806c2072ed713576'],
  [2500, '3911477e37ac3c0f'],
]

describe('XXH3, 64 bits', () => {
  test.each(VECTORS)('%i bytes', (length, hash) => {
    const bytes = Array.from({ length }, (_, i) => String.fromCharCode((i * 7 + 3) % 256)).join('')
    expect(hexOfDigest(xxh3(bytes))).toBe(hash)
  })

  test('a digest keeps its leading zeros', () => {
    expect(hexOfDigest(255n)).toBe('00000000000000ff')
  })
})
