import { beforeAll, expect, test } from 'vitest'
import { loadParts } from '../../engine/index.ts'
import { Regions } from '../testing/regions.ts'

beforeAll(() => loadParts(['search', 'json']))

/** Three regions with an index each. */
function threeThatSearch(backlogBytes?: number): Regions {
  const regions = new Regions([0, 0, 0], backlogBytes)
  regions.all('FT.CREATE idx SCHEMA t TEXT n NUMERIC')
  return regions
}

const FIND = 'FT.SEARCH idx word NOCONTENT'
const thrice = <T>(value: T): T[] => [value, value, value]

test('G9: an index is made in each region, and covers what has arrived there', () => {
  const regions = threeThatSearch()
  regions.run(1, 'HSET a t word')
  expect(regions.all(FIND)).toEqual(['[1 "a"]', '[0]', '[0]'])
  regions.sync(1, 2)
  expect(regions.all(FIND)).toEqual(['[1 "a"]', '[1 "a"]', '[0]'])
  regions.sync()
  expect(regions.all(FIND)).toEqual(thrice('[1 "a"]'))
  expect(regions.all('FT._LIST')).toEqual(thrice('{"idx"}'))
})

test('H1: fields written in different regions are found together; a remote HDEL, DEL and RENAME take out', () => {
  const regions = threeThatSearch()
  regions.run(1, 'HSET a t word')
  regions.run(2, 'HSET a n 5')
  regions.sync()
  const both = 'FT.SEARCH idx word NOCONTENT FILTER n 5 5'
  expect(regions.all(both)).toEqual(thrice('[1 "a"]'))
  regions.run(3, 'HDEL a n')
  regions.sync()
  expect(regions.all(both)).toEqual(thrice('[0]'))
  regions.run(1, 'RENAME a b')
  regions.sync()
  expect(regions.all(FIND)).toEqual(thrice('[1 "b"]'))
  regions.run(2, 'DEL b')
  regions.sync()
  expect(regions.all(FIND)).toEqual(thrice('[0]'))
})

test('X2: an expired hash is not found, also where another region owns the expiry and nothing has arrived', () => {
  const regions = threeThatSearch()
  regions.run(1, 'HSET a t word')
  regions.run(1, 'PEXPIRE a 500')
  regions.sync()
  expect(regions.all(FIND)).toEqual(thrice('[1 "a"]'))
  regions.now += 600
  expect(regions.all(FIND)).toEqual(thrice('[0]'))
})

test('R2: what a full sync brings is indexed too', () => {
  const regions = threeThatSearch(30)
  regions.cut(1, 3)
  regions.cut(2, 3)
  for (const key of ['a', 'b', 'c']) regions.run(1, `HSET ${key} t word`)
  regions.run(1, 'DEL b')
  regions.sync()
  expect(regions.run(3, FIND)).toBe('[0]')
  regions.heal(1, 3)
  regions.heal(2, 3)
  regions.sync()
  expect(regions.run(3, `${FIND} SORTBY t`)).toMatch(/^\[2 "[ac]" "[ac]"\]$/)
})
