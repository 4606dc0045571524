/** Lists between regions (L1–L5), and what they leave behind (R4). */
import { describe, expect, test } from 'vitest'
import { Regions } from '../testing/regions.ts'

const both = (reply: string) => [reply, reply]

test('L1: a pop, LREM, LTRIM or DEL removes what its region had seen; a concurrent push survives', () => {
  for (const removal of ['LPOP l', 'RPOP l 5', 'LREM l 0 a', 'LTRIM l 1 0', 'DEL l', 'LMOVE l other LEFT LEFT']) {
    const regions = new Regions([0, 0])
    regions.run(1, 'RPUSH l a')
    regions.sync()
    regions.run(1, 'RPUSH l b')
    regions.run(2, removal)
    regions.sync()
    expect([removal, ...regions.all('LRANGE l 0 -1')]).toEqual([removal, ...both('["b"]')])
  }
})

test('L1: an insertion beside an element survives its removal', () => {
  const regions = new Regions([0, 0])
  regions.run(1, 'RPUSH l a b c')
  regions.sync()
  regions.run(1, 'LINSERT l AFTER b x')
  regions.run(2, 'LREM l 0 b')
  regions.sync()
  expect(regions.all('LRANGE l 0 -1')).toEqual(both('["a" "x" "c"]'))
})

test('L1: a pop takes nothing that waits unseen for the place where it goes', () => {
  const regions = new Regions([0, 0, 0])
  regions.run(3, 'RPUSH l mine')
  regions.run(1, 'RPUSH l base')
  regions.sync(1, 2)
  regions.run(2, 'RPUSH l unseen')
  regions.sync(2, 3)
  expect(regions.run(3, 'LRANGE l 0 -1')).toBe('["mine"]')
  expect(regions.run(3, 'LPOP l')).toBe('"mine"')
  regions.sync()
  expect(regions.all('LRANGE l 0 -1')).toEqual(Array(3).fill('["base" "unseen"]'))
})

describe('L2: concurrent insertions at one place, the smaller replica id first', () => {
  test.each([1, 2])('after an element that region %i pushed', (owner) => {
    const regions = new Regions([0, 0])
    regions.run(owner, 'RPUSH l x z')
    regions.sync()
    regions.run(1, 'LINSERT l AFTER x y1')
    regions.run(2, 'LINSERT l AFTER x y2')
    regions.sync()
    expect(regions.all('LRANGE l 0 -1')).toEqual(both('["x" "y1" "y2" "z"]'))
  })

  test.each([1, 2])('at the end of a list that region %i began', (owner) => {
    const regions = new Regions([0, 0])
    regions.run(owner, 'RPUSH l x')
    regions.sync()
    regions.run(1, 'RPUSH l y1')
    regions.run(2, 'RPUSH l y2')
    regions.sync()
    expect(regions.all('LRANGE l 0 -1')).toEqual(both('["x" "y1" "y2"]'))
  })

  test('between neighbours one of which is removed meanwhile', () => {
    const regions = new Regions([0, 0])
    regions.run(1, 'RPUSH l a b c')
    regions.sync()
    regions.run(1, 'LREM l 1 b')
    regions.run(1, 'LINSERT l AFTER a x')
    regions.run(2, 'LPUSH l y')
    regions.run(2, 'LINSERT l AFTER a z')
    regions.sync()
    expect(regions.all('LRANGE l 0 -1')).toEqual(both('["y" "a" "x" "z" "c"]'))
  })
})

test('L2: what is kept of collected elements keeps the order of what comes later', () => {
  const regions = new Regions([0, 0, 0])
  regions.run(2, 'RPUSH l x')
  regions.sync()
  for (const [id, value] of [
    [1, 'p'],
    [3, 'q'],
    [1, 'r'],
    [3, 'w'],
  ] as const) {
    regions.run(id, `RPUSH l ${value}`)
    regions.sync()
  }
  for (const value of ['p', 'q', 'r']) regions.run(1, `LREM l 1 ${value}`)
  regions.settle()
  expect(regions.all('CRDT.DEBUG ENCODING l')[0]).toContain('2 elements, 0 tombstones, 2 runs')
  // The elements of region 3 still count as what region 1 had begun at x, so they come before what region 2 puts there.
  regions.run(2, 'RPOP l')
  regions.run(2, 'RPUSH l mine')
  regions.run(3, 'RPUSH l theirs')
  regions.sync()
  expect(regions.all('LRANGE l 0 -1')).toEqual(Array(3).fill('["x" "theirs" "mine"]'))
})

test('L3: two regions may pop the same element; both end without it', () => {
  const regions = new Regions([0, 0])
  regions.run(1, 'RPUSH l a b')
  regions.sync()
  expect(regions.all('LPOP l')).toEqual(both('"a"'))
  regions.sync()
  expect(regions.all('LRANGE l 0 -1')).toEqual(both('["b"]'))
})

test('L4: what one region pushed in a row stays together, at either end, in one command or several', () => {
  for (const start of ['', 'RPUSH l k']) {
    for (const push of ['RPUSH', 'LPUSH']) {
      const regions = new Regions([0, 0])
      if (start !== '') regions.run(2, start)
      regions.sync()
      for (const value of ['a', 'b', 'c']) regions.run(1, `${push} l ${value}`)
      regions.run(2, `${push} l x y z`)
      regions.sync()
      const shown = regions.all('LRANGE l 0 -1').map((text) => text.replaceAll(/[^a-z]/g, ''))
      expect(shown[0]).toBe(shown[1])
      expect(shown[0]).toMatch(push === 'RPUSH' ? /^k?abcxyz$/ : /^(cbazyx|zyxcba)k?$/)
    }
  }
})

test('L5: of concurrent LSETs the last by the clock stays, in its place; a concurrent removal wins over it', () => {
  const regions = new Regions([0, 1000])
  regions.run(1, 'RPUSH l a b c')
  regions.sync()
  regions.run(2, 'LSET l 1 later')
  regions.run(1, 'LSET l 1 earlier')
  regions.sync()
  expect(regions.all('LRANGE l 0 -1')).toEqual(both('["a" "later" "c"]'))
  regions.run(1, 'LSET l 1 again')
  regions.run(2, 'LREM l 1 later')
  regions.sync()
  expect(regions.all('LRANGE l 0 -1')).toEqual(both('["a" "c"]'))
})

test('L5: an LSET that comes before its element is kept for it', () => {
  const regions = new Regions([0, 0, 0])
  regions.run(1, 'RPUSH l a b')
  regions.sync(1, 2)
  regions.run(2, 'LSET l 0 assigned')
  regions.sync(2, 3)
  expect(regions.run(3, 'EXISTS l')).toBe('0')
  regions.sync()
  expect(regions.all('LRANGE l 0 -1')).toEqual(Array(3).fill('["assigned" "b"]'))
})

test('R3: a removal that comes before its element still removes it', () => {
  const regions = new Regions([0, 0, 0])
  regions.run(1, 'RPUSH l a b c')
  regions.sync(1, 2)
  regions.run(2, 'LREM l 0 b')
  regions.sync(2, 3)
  regions.sync()
  expect(regions.all('LRANGE l 0 -1')).toEqual(Array(3).fill('["a" "c"]'))
})

const runsOf = (regions: Regions, id: number): number =>
  Number(/(\d+) runs/.exec(regions.run(id, 'CRDT.DEBUG ENCODING l'))?.[1] ?? 0)

test('R4: a queue that two regions fill in turn and that never runs empty keeps no more than it holds', () => {
  const regions = new Regions([0, 0])
  for (let i = 0; i < 600; i++) {
    regions.run(1 + (i % 2), `RPUSH l ${i}`)
    if (i >= 10) regions.run(1 + (i % 2), 'LPOP l')
    regions.sync()
    if (i % 50 === 49) regions.settle()
  }
  expect(regions.run(1, 'LLEN l')).toBe('10')
  for (const id of [1, 2]) expect(runsOf(regions, id)).toBeLessThanOrEqual(30)
  expect(regions.run(1, 'LRANGE l 0 -1')).toBe(regions.run(2, 'LRANGE l 0 -1'))
})

test('R4: adding and removing over and over leaves nothing', () => {
  const regions = new Regions([0, 0])
  for (let round = 0; round < 5; round++) {
    regions.run(1, `RPUSH l ${Array.from({ length: 200 }, (_, i) => i).join(' ')}`)
    for (let i = 0; i < 100; i++) regions.run(1, `LINSERT l BEFORE ${i} x${i}`)
    regions.sync()
    for (let i = 0; i < 300; i++) regions.run(2, i % 2 === 0 ? 'LPOP l' : 'RPOP l')
    regions.sync()
  }
  regions.settle()
  expect(regions.all('DBSIZE')).toEqual(both('0'))
})

test('R4: while a region is out of reach, removed elements stay as tombstones', () => {
  const regions = new Regions([0, 0, 0])
  regions.run(1, 'RPUSH l a b c')
  regions.settle()
  regions.cut(1, 3)
  regions.cut(2, 3)
  regions.run(1, 'LPOP l 2')
  regions.settle()
  expect(regions.run(2, 'CRDT.DEBUG ENCODING l')).toContain('1 elements, 2 tombstones')
  regions.heal(1, 3)
  regions.heal(2, 3)
  regions.settle()
  for (const text of regions.all('CRDT.DEBUG ENCODING l')) expect(text).toContain('1 elements, 0 tombstones')
})
