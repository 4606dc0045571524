import { expect, test } from 'vitest'
import { ByteReader, ByteWriter, bytesOfArray, DecodeError, type Amount } from './index.ts'

function roundTrip(amount: Amount): { readonly back: Amount; readonly length: number } {
  const writer = new ByteWriter()
  writer.amount(amount)
  const bytes = writer.take()
  return { back: new ByteReader(bytes).amount(), length: bytes.length }
}

test.each<Amount>([
  0,
  -1,
  31,
  -32,
  2 ** 50 - 1,
  1 - 2 ** 50,
  2 ** 50,
  -(2 ** 50),
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  { digits: 2n ** 64n, scale: 0 },
  { digits: -15n, scale: 1 },
  { digits: 1n, scale: 4932 },
])('an amount comes back as it was written: %o', (amount) => {
  expect(roundTrip(amount).back).toEqual(amount)
})

test('an amount between −32 and 31 takes one byte', () => {
  expect([-33, -32, 31, 32].map((amount) => roundTrip(amount).length)).toEqual([2, 1, 1, 2])
})

test('bytes become text from a place to another, however many', () => {
  const array = Uint8Array.from({ length: 10_000 }, (_, i) => i % 256)
  const text = bytesOfArray(array, 3, 9_999)
  expect(text).toHaveLength(9_996)
  expect([text.charCodeAt(0), text.charCodeAt(4096), text.charCodeAt(9_995)]).toEqual([3, 4099 % 256, 9_998 % 256])
})

test('a reader begins at a place, and reads nothing behind the end', () => {
  const reader = new ByteReader(Uint8Array.of(9, 2, 65, 66), 1)
  expect(reader.string()).toBe('AB')
  expect(reader.done).toBe(true)
  expect(() => new ByteReader(Uint8Array.of(2, 65)).string()).toThrow(DecodeError)
  expect(() => new ByteReader(Uint8Array.of(1)).skip(2)).toThrow(DecodeError)
})

test('a writer moves another to its end, and takes bytes as they are', () => {
  const [one, other] = [new ByteWriter(), new ByteWriter()]
  one.byte(1)
  other.string('x'.repeat(1000))
  one.append(other)
  one.raw(Uint8Array.of(8, 9))
  expect(other.length).toBe(0)
  const bytes = one.take()
  expect(bytes).toHaveLength(1 + 2 + 1000 + 2)
  expect([...bytes.subarray(-3)]).toEqual([120, 8, 9])
})
