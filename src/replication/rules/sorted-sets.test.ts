/** Sorted sets between regions (Z1–Z4, C3, G5). */
import { describe, expect, test } from 'vitest'
import { Regions } from '../testing/regions.ts'

const score = (value: number | string): string => `{"type":"double","value":${value}}`
const twice = <T>(value: T): T[] => [value, value]

describe('members', () => {
  test('Z1: members of all regions unite, in the order of their scores', () => {
    const regions = new Regions([0, 0])
    regions.run(1, 'ZADD z 1.1 x')
    regions.sync()
    regions.run(2, 'ZADD z 1.2 y')
    regions.run(1, 'ZADD z 1.15 w')
    regions.sync()
    expect(regions.all('ZRANGE z 0 -1')).toEqual(twice('["x" "w" "y"]'))
  })

  test('Z1: ZADD of a member that has this score already replies 0 and still spares it from a concurrent ZREM', () => {
    const regions = new Regions([0, 0])
    regions.run(1, 'ZADD z 1 x 2 y')
    regions.sync()
    expect(regions.run(1, 'ZREM z x y')).toBe('2')
    expect(regions.run(2, 'ZADD z 1 x')).toBe('0')
    regions.sync()
    expect(regions.all('ZRANGE z 0 -1')).toEqual(twice('["x"]'))
  })

  test('Z1: DEL removes what it had observed; a member added meanwhile stays', () => {
    const regions = new Regions([0, 0])
    regions.run(1, 'ZADD z 1 x')
    regions.sync()
    regions.run(1, 'DEL z')
    regions.run(2, 'ZADD z 2 y')
    regions.sync()
    expect(regions.all('ZRANGE z 0 -1')).toEqual(twice('["y"]'))
  })

  test('Z1, T2: a pop travels as the removal of the member that it took', () => {
    const regions = new Regions([0, 0])
    regions.run(1, 'ZADD z 1 x 2 y')
    regions.sync()
    expect(regions.run(1, 'ZPOPMIN z')).toBe(`["x" ${score(1)}]`)
    regions.run(2, 'ZADD z 0 w')
    regions.sync()
    expect(regions.all('ZRANGE z 0 -1')).toEqual(twice('["w" "y"]'))
  })

  test('R4: what ZREM and a counter leave behind is collected', () => {
    const regions = new Regions([0, 0, 0])
    regions.run(1, 'ZADD z 1 x')
    regions.run(2, 'ZINCRBY z 1 x')
    regions.sync()
    regions.run(3, 'ZREM z x')
    expect(regions.run(3, 'DBSIZE')).toBe('1')
    regions.settle()
    expect(regions.all('DBSIZE')).toEqual(['0', '0', '0'])
  })
})

describe('scores', () => {
  test('Z2: of concurrent scores the later stays', () => {
    const regions = new Regions([0, 0])
    regions.run(1, 'ZADD z 1.1 x')
    regions.pass(1)
    regions.run(2, 'ZADD z 2.1 x')
    expect(regions.all('ZSCORE z x')).toEqual([score(1.1), score(2.1)])
    regions.sync()
    expect(regions.all('ZSCORE z x')).toEqual(twice(score(2.1)))
  })

  test('Z2, G5: at the very same time region 1 wins', () => {
    const regions = new Regions([0, 0])
    regions.run(1, 'ZADD z 1.1 x')
    regions.run(2, 'ZADD z 2.1 x')
    regions.sync()
    expect(regions.all('ZSCORE z x')).toEqual(twice(score(1.1)))
  })

  test('Z3: concurrent increments add up', () => {
    const regions = new Regions([0, 0])
    regions.run(1, 'ZADD z 1.1 x')
    regions.sync()
    regions.run(1, 'ZINCRBY z 1.0 x')
    regions.run(2, 'ZADD z INCR 1.0 x')
    regions.sync()
    expect(regions.all('ZSCORE z x')).toEqual(twice(score(3.1)))
  })

  test('C3: ZREM takes away the score that it had observed, a concurrent increment is left', () => {
    const regions = new Regions([0, 0])
    regions.run(1, 'ZADD z 4.1 x')
    regions.sync()
    regions.run(1, 'ZREM z x')
    regions.run(2, 'ZINCRBY z 2.0 x')
    expect(regions.all('ZSCORE z x')).toEqual(['null', score(6.1)])
    regions.sync()
    expect(regions.all('ZSCORE z x')).toEqual(twice(score(2)))
  })

  test('C3: ZREM takes away the increments that it had observed, to the last digit', () => {
    const regions = new Regions([0, 0])
    regions.run(2, 'ZINCRBY z 4.1 x')
    regions.sync()
    regions.run(1, 'ZREM z x')
    regions.run(2, 'ZINCRBY z 2.0 x')
    regions.sync()
    // As doubles, 6.1 − 4.1 would be 1.9999999999999996.
    expect(regions.all('ZSCORE z x')).toEqual(twice(score(2)))
  })

  test('C3: ZADD takes away what it had observed, a concurrent increment goes on top', () => {
    const regions = new Regions([0, 0])
    regions.run(1, 'ZINCRBY z 5 x')
    regions.sync()
    regions.run(1, 'ZADD z 10 x')
    regions.run(2, 'ZINCRBY z 2 x')
    regions.sync()
    expect(regions.all('ZSCORE z x')).toEqual(twice(score(12)))
  })

  test('Z3: the same bits everywhere, whatever came in which order', () => {
    const regions = new Regions([0, 0, 0])
    regions.run(1, 'ZINCRBY z 0.1 x')
    regions.run(2, 'ZINCRBY z 1e16 x')
    regions.run(3, 'ZINCRBY z 0.2 x')
    regions.sync(2, 3)
    regions.sync(1, 2)
    regions.sync(3, 1)
    regions.sync()
    regions.run(1, 'ZINCRBY z -1e16 x')
    regions.sync()
    expect(new Set(regions.all('ZSCORE z x')).size).toBe(1)
  })

  test('Z3: an infinite increment is a score of its own, and two that meet never make NaN', () => {
    const regions = new Regions([0, 0])
    regions.run(1, 'ZINCRBY z inf x')
    regions.run(2, 'ZINCRBY z -inf x')
    regions.run(2, 'ZINCRBY z 5 x')
    regions.sync()
    // Region 1’s assignment wins (G5); infinity and 5 are infinity.
    expect(regions.all('ZRANGE z inf inf BYSCORE')).toEqual(twice('["x"]'))
    expect(regions.run(1, 'ZINCRBY z -inf x')).toBe('error ERR resulting score is not a number (NaN)')
  })

  test('Z4: a place is a score: the later of two concurrent ones stays', () => {
    const regions = new Regions([0, 0])
    regions.run(1, 'GEOADD g 13.361389 38.115556 Palermo')
    regions.pass(1)
    regions.run(2, 'GEOADD g 15.087269 37.502669 Palermo')
    regions.sync()
    expect(regions.all('GEOHASH g Palermo')).toEqual(twice('["sqdtr74hyu0"]'))
    expect(regions.all('TYPE g')).toEqual(twice('zset'))
  })
})

test('T3: a stored union travels as members and scores, not as a command', () => {
  const regions = new Regions([0, 0])
  regions.run(1, 'ZADD a 1 x')
  regions.sync()
  regions.run(2, 'ZADD a 7 y')
  regions.run(1, 'ZUNIONSTORE d 1 a WEIGHTS 2')
  regions.sync()
  expect(regions.all('ZRANGE d 0 -1 WITHSCORES')).toEqual(twice(`["x" ${score(2)}]`))
})

test('a pop that waits is served by a write of another region', () => {
  const regions = new Regions([0, 0])
  regions.run(1, 'BZPOPMIN z 0')
  regions.run(2, 'ZADD z 1 x')
  regions.sync()
  regions.sync()
  expect(regions.all('EXISTS z')).toEqual(twice('0'))
})
