/** How regions relate: local writes, order, catching up (G1, G6, G9, M5, R1–R4). */
import { expect, test } from 'vitest'
import { Regions } from '../testing/regions.ts'

test('G1: while every link is broken, each region reads and writes at once; after the heal all is everywhere', () => {
  const regions = new Regions([0, 0])
  regions.cut(1, 2)
  expect(regions.run(1, 'SADD s one')).toBe('1')
  expect(regions.run(2, 'SADD s two')).toBe('1')
  expect(regions.run(1, 'SMEMBERS s')).toBe('{"one"}')
  regions.sync()
  expect(regions.run(2, 'SMEMBERS s')).toBe('{"two"}')
  regions.heal(1, 2)
  regions.sync()
  expect(regions.all('SMEMBERS s')).toEqual(['{"one" "two"}', '{"one" "two"}'])
})

test('G6: three writes whose causes and clocks go in a circle end with one value, whatever arrives first', () => {
  // `two` has seen `one`. By the clock one > three > two.
  for (const [first, second] of [
    [1, 2],
    [2, 1],
  ] as const) {
    const regions = new Regions([0, -3_600_000, -1_800_000])
    regions.run(1, 'SET k one')
    regions.sync(1, 2)
    regions.run(2, 'SET k two')
    regions.run(3, 'SET k three')
    regions.sync(first, 3)
    regions.sync(second, 3)
    regions.sync()
    expect(regions.all('GET k')).toEqual(['"three"', '"three"', '"three"'])
  }
})

test('G9: configuration stays in its region', () => {
  const regions = new Regions([0, 0])
  const before = regions.run(2, 'CONFIG GET slowlog-max-len')
  expect(regions.run(1, 'CONFIG SET slowlog-max-len 7')).toBe('OK')
  regions.settle()
  expect(regions.run(1, 'CONFIG GET slowlog-max-len')).toContain('"7"')
  expect(regions.run(2, 'CONFIG GET slowlog-max-len')).toBe(before)
})

test('M5: UNLINK removes what this region had observed, at once, like DEL', () => {
  const regions = new Regions([0, 0])
  regions.run(1, 'SADD s a')
  regions.sync()
  expect(regions.run(1, 'UNLINK s none')).toBe('1')
  expect(regions.run(1, 'EXISTS s')).toBe('0')
  regions.run(2, 'SADD s b')
  regions.sync()
  expect(regions.all('SMEMBERS s')).toEqual(['{"b"}', '{"b"}'])
})

test('M5: commands over several keys work whatever their slots, since the database has one shard', () => {
  const regions = new Regions([0, 0])
  expect(regions.run(1, 'MSET a 1 b 2 c 3')).toBe('OK')
  expect(regions.run(1, 'RENAME a z')).toBe('OK')
  regions.sync()
  expect(regions.all('MGET z b c')).toEqual(['["1" "2" "3"]', '["1" "2" "3"]'])
})

test('R1: what was lost with a connection and is sent again counts once', () => {
  const regions = new Regions([0, 0])
  for (let i = 0; i < 5; i++) regions.run(1, 'INCR n')
  regions.sync()
  for (let i = 0; i < 5; i++) regions.run(1, 'INCR n')
  regions.cut(1, 2)
  regions.heal(1, 2)
  regions.run(1, 'INCR n')
  regions.sync()
  expect(regions.all('GET n')).toEqual(['"11"', '"11"'])
})

const infoOf = (regions: Regions, id: number, field: string): string =>
  new RegExp(`${field}:(\\d+)`).exec(regions.run(id, 'INFO crdt'))?.[1] ?? 'absent'

test('R2: within the backlog a partial sync, beyond it a full one; both end with the same data', () => {
  for (const [backlogBytes, full] of [
    [1_000_000, '0'],
    [40, '1'],
  ] as const) {
    const regions = new Regions([0, 0], backlogBytes)
    regions.run(1, 'SADD s before')
    regions.run(1, 'SET gone x')
    regions.settle()
    regions.cut(1, 2)
    regions.run(1, 'DEL gone')
    for (let i = 0; i < 20; i++) regions.run(1, `SADD s member-${i}`)
    regions.run(2, 'SADD s meanwhile')
    regions.heal(1, 2)
    regions.sync()
    expect(regions.all('SCARD s')).toEqual(['22', '22'])
    expect(regions.all('EXISTS gone')).toEqual(['0', '0'])
    expect(infoOf(regions, 2, 'crdt_sync_full')).toBe(full)
  }
})

test('R3: without causal consistency a third region may see the answer before the question', () => {
  const regions = new Regions([0, 0, 0])
  regions.run(1, 'SET question why')
  regions.sync(1, 2)
  regions.run(2, 'SET answer because')
  regions.sync(2, 3)
  expect(regions.run(3, 'MGET question answer')).toBe('[null "because"]')
  regions.sync()
  expect(regions.run(3, 'MGET question answer')).toBe('["why" "because"]')
})

test('R4: a tombstone stays while one region is out of reach, and is collected afterwards', () => {
  const regions = new Regions([0, 0, 0])
  regions.run(1, 'SET k v')
  regions.settle()
  regions.cut(1, 3)
  regions.cut(2, 3)
  regions.run(1, 'DEL k')
  regions.settle()
  expect(regions.all('DBSIZE')).toEqual(['1', '1', '1'])
  regions.heal(1, 3)
  regions.heal(2, 3)
  regions.settle()
  expect(regions.all('DBSIZE')).toEqual(['0', '0', '0'])
})
