import { expect, test } from 'vitest'
import { Random } from '../../../lib/index.ts'
import { estimate } from './estimate.ts'
import { decodeHyll, encodeHyll, looksLikeHyll } from './hyll.ts'
import { registerOf } from './murmur.ts'
import { indexOf, packRegister, Registers, registerValue } from './registers.ts'

const header = (encoding: string) => `HYLL${encoding}\0\0\0\0\0\0\0\0\0\0\x80`

function randomRegisters(random: Random, count: number, most: number): Registers {
  const registers = new Registers()
  for (let i = 0; i < count; i++) registers.raise(random.below(16384), 1 + random.below(most))
  return registers
}

test('P3: an element falls into the register that Redis finds for it', () => {
  // Read from redis-server 7.0.15: PFADD k element, then the runs of GET k.
  const found = ['', 'a', 'foo', 'hello world', '12345678', '\xff\0'].map(registerOf)
  expect(found.map((one) => [indexOf(one), registerValue(one)])).toEqual([
    [5938, 2],
    [12711, 2],
    [7348, 5],
    [9399, 4],
    [10579, 3],
    [290, 4],
  ])
})

test('P2: no registers at all are one run of zeros', () => {
  expect(encodeHyll([], false)).toBe(`${header('\x01')}\x7f\xff`)
  expect(encodeHyll([], true)).toBe(header('\0') + '\0'.repeat(12288))
})

test('P2: runs of zeros, of up to four equal values, and their borders', () => {
  const packed = [0, 64, 65, 66, 67, 68, 16383].map((index) => packRegister(index, 3))
  expect(encodeHyll(packed, false)).toBe(`${header('\x01')}\x88\x3e\x8b\x88\x7f\xb9\x88`)
})

test('P2: a value over 32, or more than 3000 bytes, need the dense form', () => {
  expect(encodeHyll([packRegister(7, 32)], false).charCodeAt(4)).toBe(1)
  expect(encodeHyll([packRegister(7, 33)], false).charCodeAt(4)).toBe(0)
  const alternating = Array.from({ length: 1492 }, (_, i) => packRegister(i * 2, 1))
  expect(encodeHyll(alternating.slice(1), false)).toHaveLength(3000)
  expect(encodeHyll(alternating, false).length).toBeGreaterThan(3000)
})

test('P2: both forms read back as they were, whatever the registers', () => {
  const random = new Random(5)
  for (let i = 0; i < 200; i++) {
    const packed = randomRegisters(random, random.below(2500), random.pick([2, 32, 63])).packed()
    for (const dense of [false, true]) {
      const hyll = encodeHyll(packed, dense)
      expect(decodeHyll(hyll)).toEqual({ packed, dense: hyll.charCodeAt(4) === 0 })
    }
  }
})

test.each([
  ['another magic', `HYLM${header('\x01').slice(4)}\x7f\xff`, false],
  ['too short', 'HYLL\x01', false],
  ['an unknown encoding', `${header('\x02')}\x7f\xff`, false],
  ['a dense form of another length', `${header('\0')}\0`, false],
  ['too few registers', `${header('\x01')}\x7f\xfe`, true],
  ['too many registers', `${header('\x01')}\x7f\xff\0`, true],
  ['half a run', `${header('\x01')}\x7f`, true],
])('P2: %s is no HyperLogLog', (_what, value, looks) => {
  expect(decodeHyll(value)).toBeUndefined()
  expect(looksLikeHyll(value)).toBe(looks)
})

test('P3: few registers or many, in any order, are the same registers', () => {
  const random = new Random(6)
  const packed = randomRegisters(random, 3000, 40).packed()
  const other = new Registers()
  other.raiseAll(packed.toReversed())
  other.raiseAll(packed)
  expect(other.packed()).toEqual(packed)
  for (const one of packed) expect(other.get(indexOf(one))).toBe(registerValue(one))
})

test('P3: the estimate is exact for few elements, and near for many', () => {
  const registers = new Registers()
  const add = (n: number) => registers.raiseAll([registerOf(`element ${n}`)])
  for (let n = 1; n <= 10; n++) {
    add(n)
    expect(estimate(registers.packed())).toBe(n)
  }
  for (let n = 11; n <= 100_000; n++) add(n)
  expect(Math.abs(Number(estimate(registers.packed())) - 100_000)).toBeLessThan(100_000 * 6 * (1.04 / 128))
  expect(estimate([])).toBe(0)
})

test('P3: registers that no elements could fill give what Redis gives', () => {
  const all = (value: number) => Array.from({ length: 16384 }, (_, i) => packRegister(i, value))
  expect(estimate(all(51))).toBe(-(2n ** 63n))
  expect(estimate(all(49))).toBe(6653256548922161152n)
})
