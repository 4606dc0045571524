/** One key, two types (G10): whatever is done to the visible value, the hidden one never comes back. */
import { describe, expect, test } from 'vitest'
import { Regions } from '../testing/regions.ts'

const CREATE = { string: 'SET k text', hash: 'HSET k f v', set: 'SADD k m' } as const
const EMPTY = { string: 'GETDEL k', hash: 'HDEL k f', set: 'SREM k m' } as const
type Kind = keyof typeof CREATE

const PAIRS: readonly (readonly [Kind, Kind])[] = [
  ['string', 'hash'],
  ['string', 'set'],
  ['hash', 'string'],
  ['hash', 'set'],
  ['set', 'string'],
  ['set', 'hash'],
]

/** Region 1 made the first type, region 2 the second; both know. */
function conflict(first: Kind, second: Kind): Regions {
  const regions = new Regions([0, 0, 0])
  regions.run(1, CREATE[first])
  regions.run(2, CREATE[second])
  regions.sync()
  return regions
}

/** Three times, for three regions. */
const thrice = <T>(value: T): T[] => [value, value, value]

function expectNothing(regions: Regions, ...keys: string[]): void {
  regions.settle()
  for (const key of keys) {
    expect(regions.all(`EXISTS ${key}`)).toEqual(thrice('0'))
    expect(regions.all(`TYPE ${key}`)).toEqual(thrice('none'))
  }
  expect(regions.all('KEYS *')).toEqual(thrice('[]'))
  expect(regions.all('SCAN 0')).toEqual(thrice('["0" []]'))
  expect(regions.all('RANDOMKEY')).toEqual(thrice('null'))
  expect(regions.all('DBSIZE')).toEqual(thrice('0'))
}

describe.each(PAIRS)('G10: %s in region 1, %s in region 2', (first, second) => {
  test('every region shows the value of the smallest replica id, once, in every listing', () => {
    const regions = conflict(first, second)
    expect(regions.all('TYPE k')).toEqual(thrice(first))
    expect(regions.all('EXISTS k')).toEqual(thrice('1'))
    expect(regions.all('KEYS *')).toEqual(thrice('["k"]'))
    expect(regions.all('SCAN 0')).toEqual(thrice('["0" ["k"]]'))
    expect(regions.all(`SCAN 0 TYPE ${second}`)).toEqual(thrice('["0" []]'))
    expect(regions.all('RANDOMKEY')).toEqual(thrice('"k"'))
    expect(regions.all('DBSIZE')).toEqual(thrice('1'))
  })

  test.each([1, 2, 3])('DEL in region %i removes both values', (region) => {
    const regions = conflict(first, second)
    expect(regions.run(region, 'DEL k')).toBe('1')
    expectNothing(regions, 'k')
  })

  test('emptying the visible value removes the hidden one too', () => {
    const regions = conflict(first, second)
    regions.run(3, EMPTY[first])
    expect(regions.run(3, 'EXISTS k')).toBe('0')
    expectNothing(regions, 'k')
  })

  test('SET over the key leaves the new string only: nothing is behind it', () => {
    const regions = conflict(first, second)
    expect(regions.run(2, 'SET k new')).toBe('OK')
    regions.settle()
    expect(regions.all('GET k')).toEqual(thrice('"new"'))
    regions.run(1, 'DEL k')
    expectNothing(regions, 'k')
  })

  test('RENAME takes the visible value along and leaves nothing behind', () => {
    const regions = conflict(first, second)
    expect(regions.run(2, 'RENAME k other')).toBe('OK')
    regions.settle()
    expect(regions.all('TYPE other')).toEqual(thrice(first))
    expect(regions.all('EXISTS k')).toEqual(thrice('0'))
    regions.run(3, 'DEL other')
    expectNothing(regions, 'k', 'other')
  })

  test('COPY copies the visible value only, and over a conflicted key replaces both', () => {
    const regions = conflict(first, second)
    expect(regions.run(2, 'COPY k other')).toBe('1')
    regions.run(2, 'SADD plain x')
    expect(regions.run(2, 'COPY plain k REPLACE')).toBe('1')
    regions.settle()
    expect(regions.all('TYPE other')).toEqual(thrice(first))
    expect(regions.all('SMEMBERS k')).toEqual(thrice('{"x"}'))
    regions.run(1, 'DEL other plain')
    regions.run(1, 'SREM k x')
    expectNothing(regions, 'k', 'other', 'plain')
  })

  test('an expiry takes both values', () => {
    const regions = conflict(first, second)
    expect(regions.run(2, 'PEXPIRE k 500')).toBe('1')
    regions.sync()
    regions.pass(600)
    expectNothing(regions, 'k')
  })

  test('a value made again after DEL is alone', () => {
    const regions = conflict(first, second)
    regions.run(1, 'DEL k')
    regions.run(1, CREATE[second])
    regions.settle()
    expect(regions.all('TYPE k')).toEqual(thrice(second))
    regions.run(2, EMPTY[second])
    expectNothing(regions, 'k')
  })

  test('a write to the hidden type is WRONGTYPE and changes nothing', () => {
    const regions = conflict(first, second)
    const write = { string: 'APPEND k x', hash: 'HSET k g v', set: 'SADD k n' }[second]
    expect(regions.run(2, write)).toMatch(/^error WRONGTYPE/)
    regions.run(2, 'DEL k')
    expectNothing(regions, 'k')
  })
})
