/** Expiry between regions whose clocks disagree (X1–X4, H3). */
import { describe, expect, test } from 'vitest'
import { Regions } from '../testing/regions.ts'

/** The same rules for a key and for a field of a hash. */
const KINDS = [
  {
    kind: 'key',
    make: 'SET k v',
    expire: (ms: number) => `PEXPIRE k ${ms}`,
    at: (ms: number) => `PEXPIREAT k ${ms}`,
    persist: 'PERSIST k',
    ttl: 'PTTL k',
    exists: 'EXISTS k',
    time: (ms: number) => String(ms),
  },
  {
    kind: 'field',
    make: 'HSET k f v g w',
    expire: (ms: number) => `HPEXPIRE k ${ms} FIELDS 1 f`,
    at: (ms: number) => `HPEXPIREAT k ${ms} FIELDS 1 f`,
    persist: 'HPERSIST k FIELDS 1 f',
    ttl: 'HPTTL k FIELDS 1 f',
    exists: 'HEXISTS k f',
    time: (ms: number) => `[${ms}]`,
  },
] as const

function regionsWith(make: string, skewMs: readonly number[] = [0, -3000, 3000]): Regions {
  const regions = new Regions(skewMs)
  regions.run(1, make)
  regions.settle()
  return regions
}

describe.each(KINDS)('expiry of a $kind', ({ make, expire, at, persist, ttl, exists, time }) => {
  test('X1: of concurrent times the longest wins, whatever the clocks say', () => {
    const regions = regionsWith(make)
    const now = regions.now
    regions.run(1, at(now + 60_000))
    regions.run(2, at(now + 90_000))
    regions.run(3, at(now + 30_000))
    regions.sync()
    // Each region reads the time that is left on its own clock.
    expect(regions.all(ttl)).toEqual([time(90_000), time(93_000), time(87_000)])
  })

  test('X1: PERSIST is the longest of all', () => {
    const regions = regionsWith(make)
    regions.run(1, expire(50_000))
    regions.sync()
    regions.run(1, expire(80_000))
    regions.run(2, persist)
    regions.sync()
    expect(regions.all(ttl)).toEqual([time(-1), time(-1), time(-1)])
  })

  test('X1: a shorter time set by a region that knew of the longer one replaces it', () => {
    const regions = regionsWith(make)
    const now = regions.now
    regions.run(3, at(now + 90_000))
    regions.sync()
    regions.run(2, at(now + 30_000))
    regions.sync()
    expect(regions.all(ttl)).toEqual([time(30_000), time(33_000), time(27_000)])
  })

  test('X2: the owner removes it and that travels; until then the others only hide it', () => {
    const regions = regionsWith(make, [0, 0])
    regions.run(2, expire(1000))
    regions.sync()
    regions.pass(1001)
    expect(regions.all(exists)).toEqual(['0', '0'])
    // Region 1 hides it still when PERSIST would come too late: no such thing is there.
    expect(regions.run(1, persist)).toMatch(/^(0|\[-2\])$/)
    regions.settle()
    expect(regions.all(exists)).toEqual(['0', '0'])
  })

  test('X2: a region that is ahead hides it, deletes it before its own write, and the new value stays', () => {
    const regions = regionsWith(make, [0, 5000])
    regions.run(1, at(regions.now + 3000))
    regions.sync()
    expect(regions.all(exists)).toEqual(['1', '0'])
    regions.run(2, make)
    expect(regions.run(2, ttl)).toBe(time(-1))
    regions.sync()
    expect(regions.all(ttl)).toEqual([time(-1), time(-1)])
    regions.pass(10_000)
    regions.settle()
    expect(regions.all(exists)).toEqual(['1', '1'])
  })

  test('X4: assigning anew clears the time that was known; a concurrent EXPIRE survives', () => {
    const regions = regionsWith(make, [0, 0])
    regions.run(1, expire(50_000))
    regions.sync()
    regions.run(1, make)
    regions.sync()
    expect(regions.all(ttl)).toEqual([time(-1), time(-1)])
    regions.run(1, make)
    regions.run(2, expire(70_000))
    regions.sync()
    expect(regions.all(ttl)).toEqual([time(70_000), time(70_000)])
  })
})

test('X3: times end at 2^49 ms, and what is beyond changes nothing', () => {
  const regions = regionsWith('SET k v', [0, 0])
  const most = 2 ** 49
  expect(regions.run(1, `PEXPIREAT k ${most}`)).toBe('1')
  expect(regions.run(1, `PEXPIREAT k ${most + 1}`)).toBe("error ERR invalid expire time in 'pexpireat' command")
  expect(regions.run(1, `SET k w PXAT ${most + 1}`)).toBe("error ERR invalid expire time in 'set' command")
  regions.run(1, 'HSET h f v')
  expect(regions.run(1, `HPEXPIREAT h ${most} FIELDS 1 f`)).toBe('[1]')
  expect(regions.run(1, `HPEXPIREAT h ${most + 1} FIELDS 1 f`)).toMatch(/^error ERR invalid expire time/)
  regions.sync()
  expect(regions.all('PEXPIRETIME k')).toEqual([String(most), String(most)])
  expect(regions.all('GET k')).toEqual(['"v"', '"v"'])
  expect(regions.all('HPEXPIRETIME h FIELDS 1 f')).toEqual([`[${most}]`, `[${most}]`])
})

test('X4: SET … KEEPTTL keeps the time, in every region', () => {
  const regions = regionsWith('SET k v PX 50000', [0, 0])
  regions.run(2, 'SET k w KEEPTTL')
  regions.sync()
  // Settling took four rounds of 1.5 s.
  expect(regions.all('PTTL k')).toEqual(['44000', '44000'])
  expect(regions.all('GET k')).toEqual(['"w"', '"w"'])
})

test('X1: GETEX follows the rule of EXPIRE, GETEX … PERSIST that of PERSIST', () => {
  const regions = regionsWith('SET k v', [0, 0])
  regions.run(1, 'GETEX k PX 20000')
  regions.run(2, 'GETEX k PX 60000')
  regions.sync()
  expect(regions.all('PTTL k')).toEqual(['60000', '60000'])
  regions.run(1, 'GETEX k PERSIST')
  regions.run(2, 'PEXPIRE k 90000')
  regions.sync()
  expect(regions.all('PTTL k')).toEqual(['-1', '-1'])
})

test('X2: EXPIRE of a key that this region sees as expired finds nothing', () => {
  const regions = regionsWith('SET k v', [0, 5000])
  regions.run(1, `PEXPIREAT k ${regions.now + 3000}`)
  regions.sync()
  expect(regions.run(2, 'PEXPIRE k 60000')).toBe('0')
  regions.pass(4000)
  regions.settle()
  expect(regions.all('EXISTS k')).toEqual(['0', '0'])
  expect(regions.all('DBSIZE')).toEqual(['0', '0'])
})

test('H3: fields expire one by one; the last one takes the key along', () => {
  const regions = regionsWith('HSET k f v g w', [0, 0])
  regions.run(1, 'HPEXPIRE k 1000 FIELDS 1 f')
  regions.run(2, 'HPEXPIRE k 4000 FIELDS 1 g')
  regions.sync()
  regions.pass(2000)
  expect(regions.all('HGETALL k')).toEqual(['{"g"="w"}', '{"g"="w"}'])
  regions.pass(3000)
  regions.settle()
  expect(regions.all('EXISTS k')).toEqual(['0', '0'])
  expect(regions.all('DBSIZE')).toEqual(['0', '0'])
})
