/** Streams between regions (E1–E9). */
import { describe, expect, test } from 'vitest'
import { Regions } from '../testing/regions.ts'

const ids = (reply: string) => [...reply.matchAll(/"(\d+-\d+)"/g)].map(([, id]) => id)

function open(count: number, mode: 'strict' | 'semi-strict' | 'liberal' = 'semi-strict'): Regions {
  return new Regions(Array<number>(count).fill(0), 1_000_000, mode)
}

const NIL = '{"type":"nullArray"}'

describe('entries', () => {
  test('E1, E3: regions’ logs merge by ID, and generated IDs never meet', () => {
    const regions = open(2, 'strict')
    expect(regions.run(1, 'XADD x 110 f 1')).toBe('"110-1"')
    expect(regions.run(2, 'XADD x 110 f 2')).toBe('"110-2"')
    regions.run(2, 'XADD x 105 f 3')
    regions.run(2, 'XADD y 105 f 3')
    regions.sync()
    expect(regions.all('XRANGE x - +').map(ids)).toEqual(Array(2).fill(['110-1', '110-2']))
    expect(regions.all('XADD x 110 f v')).toEqual(['"110-17"', '"110-18"'])
  })

  test('E2, E7: two entries of one ID; XDEL removes both', () => {
    const regions = open(2)
    regions.run(1, 'XADD x 100-1 f one')
    regions.run(2, 'XADD x 100-1 f two')
    regions.sync()
    expect(regions.all('XRANGE x - +')).toEqual(Array(2).fill('[["100-1" ["f" "one"]] ["100-1" ["f" "two"]]]'))
    expect(regions.all('XLEN x')).toEqual(['2', '2'])
    regions.run(2, 'XDEL x 100-1')
    regions.sync()
    expect(regions.all('XLEN x')).toEqual(['0', '0'])
    expect(regions.all('EXISTS x')).toEqual(['1', '1'])
  })

  test('E1: XDEL and XTRIM spare what they had not seen, whatever the order of arrival', () => {
    const regions = open(3)
    regions.run(1, 'XADD x 100-1 f a')
    regions.sync(1, 2)
    regions.run(2, 'XDEL x 100-1')
    regions.run(1, 'XADD x 101-1 f b')
    regions.sync(1, 2)
    regions.run(2, 'XADD x MAXLEN 1 102-1 f c')
    regions.run(1, 'XADD x 101-2 f late')
    // Region 3 hears of the removals before it hears of what they removed.
    regions.sync(2, 3)
    expect(ids(regions.run(3, 'XRANGE x - +'))).toEqual(['102-1'])
    regions.sync()
    expect(regions.all('XRANGE x - +').map(ids)).toEqual(Array(3).fill(['101-2', '102-1']))
    regions.settle()
    expect(regions.all('XRANGE x - +').map(ids)).toEqual(Array(3).fill(['101-2', '102-1']))
  })

  test('E8: DEL keeps entries that it had not observed', () => {
    const regions = open(2, 'strict')
    regions.run(1, 'XADD x 100 f v')
    regions.sync()
    regions.run(1, 'DEL x')
    regions.run(2, 'XADD x 200 f v')
    regions.sync()
    expect(regions.all('XRANGE x - +').map(ids)).toEqual(Array(2).fill(['200-2']))
  })

  test('E9: an emptied stream exists everywhere and keeps its last ID; DEL of it is heard by all', () => {
    const regions = open(2)
    regions.run(1, 'XADD x 500-1 f v')
    regions.run(1, 'XDEL x 500-1')
    regions.sync()
    expect(regions.all('EXISTS x')).toEqual(['1', '1'])
    expect(regions.run(2, 'XADD x 400-1 f v')).toMatch(/equal or smaller/)
    regions.run(2, 'DEL x')
    regions.settle()
    expect(regions.all('EXISTS x')).toEqual(['0', '0'])
    expect(regions.all('DBSIZE')).toEqual(['0', '0'])
    expect(regions.run(1, 'XADD x 400-1 f v')).toBe('"400-1"')
  })

  test('E7: XSETID travels, and no region goes back behind it', () => {
    const regions = open(2)
    regions.run(1, 'XADD x 100-1 f v')
    regions.sync()
    regions.run(1, 'XSETID x 300-0')
    regions.sync()
    expect(regions.run(2, 'XADD x 200-1 f v')).toMatch(/equal or smaller/)
    expect(regions.run(2, 'XSETID x 299-0')).toMatch(/smaller than the target stream top item/)
  })

  test('R4: after everyone has seen it, a trimmed stream leaves no tombstone', () => {
    const regions = open(3)
    for (let i = 1; i <= 20; i++) regions.run(1, `XADD x MAXLEN 2 ${i}-1 f v`)
    regions.run(2, 'XADD y 1-1 f v')
    regions.run(2, 'XDEL y 1-1')
    regions.settle()
    for (const text of regions.all('CRDT.DEBUG ENCODING x')) expect(text).not.toMatch(/trimmed/)
    for (const text of regions.all('CRDT.DEBUG ENCODING y')) expect(text).toContain('0 tombstones')
  })
})

describe('reading', () => {
  test('E4: XREAD passes over what arrives late, XREADGROUP does not', () => {
    const regions = open(2, 'strict')
    regions.run(1, 'XADD x 110 f v')
    regions.run(1, 'XADD x 130 f v')
    regions.run(1, 'XGROUP CREATE x g 0')
    regions.run(2, 'XADD x 115 f v')
    expect(ids(regions.run(1, 'XREADGROUP GROUP g alice STREAMS x >'))).toEqual(['110-1', '130-1'])
    regions.sync()
    expect(regions.run(1, 'XREAD STREAMS x 130-1')).toBe(NIL)
    expect(ids(regions.run(1, 'XREADGROUP GROUP g alice STREAMS x >'))).toEqual(['115-2'])
    expect(regions.run(1, 'XREADGROUP GROUP g alice STREAMS x >')).toBe(NIL)
  })

  test('E4: a group made at $ elsewhere delivers what its maker had not seen', () => {
    const regions = open(2, 'strict')
    regions.run(1, 'XADD x 110 f v')
    regions.sync()
    regions.run(2, 'XADD x 115 f v')
    regions.run(1, 'XADD x 120 f v')
    regions.run(1, 'XGROUP CREATE x g $')
    regions.sync()
    regions.run(1, 'XADD x 130 f v')
    regions.sync()
    for (const reply of regions.all('XREADGROUP GROUP g alice STREAMS x >'))
      expect(ids(reply)).toEqual(['115-2', '130-1'])
  })

  test('a blocked XREAD is served by another region’s XADD', () => {
    const regions = open(2, 'strict')
    regions.run(1, 'XREAD BLOCK 0 STREAMS x $', 7)
    regions.run(2, 'XADD x 115 f v')
    regions.sync()
    expect(regions.late(1, 7)).toEqual(['[["x" [["115-2" ["f" "v"]]]]]'])
  })
})

describe('consumer groups', () => {
  const names = (reply: string) =>
    [...reply.matchAll(/"name"="(\w+)"/g)].map(([, name]) => name ?? '').toSorted((a, b) => (a < b ? -1 : 1))

  test('E5: groups of all regions unite', () => {
    const regions = open(2)
    regions.run(1, 'XADD x 1-1 f v')
    regions.sync()
    regions.run(1, 'XGROUP CREATE x g1 0')
    regions.run(2, 'XGROUP CREATE x g2 0')
    regions.sync()
    expect(regions.all('XINFO GROUPS x').map(names)).toEqual(Array(2).fill(['g1', 'g2']))
  })

  test('E5: XGROUP DESTROY wins over a concurrent CREATE of that name only, also where it is heard of later', () => {
    const regions = open(3)
    regions.run(1, 'XADD x 1-1 f v')
    regions.run(1, 'XGROUP CREATE x g1 0')
    regions.sync()
    regions.run(1, 'XGROUP DESTROY x g1')
    regions.run(2, 'XGROUP DESTROY x g1')
    regions.run(2, 'XGROUP CREATE x g1 0')
    regions.run(2, 'XGROUP CREATE x g2 0')
    regions.sync(2, 3)
    expect(names(regions.run(3, 'XINFO GROUPS x'))).toEqual(['g1', 'g2'])
    regions.sync()
    expect(regions.all('XINFO GROUPS x').map(names)).toEqual(Array(3).fill(['g2']))
  })

  test('E5, E8: DEL takes concurrent groups and spares concurrent entries', () => {
    const regions = open(2)
    regions.run(1, 'XADD x 1-1 f v')
    regions.run(1, 'XGROUP CREATE x g1 0')
    regions.sync()
    regions.run(1, 'DEL x')
    regions.run(2, 'XGROUP CREATE x g2 0')
    regions.run(2, 'XADD x 2-1 f v')
    regions.sync()
    expect(regions.all('XRANGE x - +').map(ids)).toEqual(Array(2).fill(['2-1']))
    expect(regions.all('XINFO GROUPS x')).toEqual(['[]', '[]'])
  })

  test('E5: a group made by someone who knew of the deletion lives, before and after collection', () => {
    const regions = open(3)
    for (let round = 0; round < 3; round++) {
      regions.run(1, 'XGROUP CREATE x g 0 MKSTREAM')
      regions.sync()
      regions.run(2, 'DEL x')
      regions.sync(1, 2)
      regions.run(1, 'XGROUP CREATE x g 0 MKSTREAM')
      regions.sync()
      expect(regions.all('XINFO GROUPS x').map(names)).toEqual(Array(3).fill(['g']))
      regions.settle()
      regions.run(3, 'XGROUP DESTROY x g')
      regions.sync()
      expect(regions.all('EXISTS x')).toEqual(['0', '0', '0'])
    }
    regions.settle()
    expect(regions.all('DBSIZE')).toEqual(['0', '0', '0'])
  })

  test('E6: consumers and pending lists are local, and survive a full sync', () => {
    const regions = new Regions([0, 0], 10, 'strict')
    regions.run(1, 'XADD x 110 f v')
    regions.run(1, 'XGROUP CREATE x g 0')
    regions.run(1, 'XREADGROUP GROUP g alice STREAMS x >')
    regions.sync()
    expect(regions.all('XPENDING x g')).toEqual(['[1 "110-1" "110-1" [["alice" "1"]]]', `[0 null null ${NIL}]`])
    regions.cut(1, 2)
    for (let i = 0; i < 5; i++) regions.run(2, `XADD x 20${i} f v`)
    regions.heal(1, 2)
    regions.sync()
    expect(regions.run(1, 'XPENDING x g')).toBe('[1 "110-1" "110-1" [["alice" "1"]]]')
    expect(ids(regions.run(1, 'XREADGROUP GROUP g bob COUNT 2 STREAMS x >'))).toEqual(['200-2', '201-2'])
  })

  test('E6: an acknowledgement travels once everything up to it is acknowledged', () => {
    const regions = open(2)
    for (const id of ['110-0', '120-0', '130-0']) regions.run(1, `XADD x ${id} f v`)
    regions.run(1, 'XGROUP CREATE x g 0')
    regions.run(1, 'XREADGROUP GROUP g alice STREAMS x >')
    regions.run(1, 'XACK x g 110-0')
    regions.sync()
    regions.run(1, 'XACK x g 130-0')
    regions.sync()
    // A second group would read all three; this one, were traffic to move now, the two that are not known to be done.
    expect(regions.run(2, 'XINFO GROUPS x')).toContain('"last-delivered-id"="110-0"')
    regions.run(1, 'XACK x g 120-0')
    regions.sync()
    expect(regions.run(2, 'XREADGROUP GROUP g bob STREAMS x >')).toBe(NIL)
  })

  test('E6: what is known to be done is not redelivered, what is not is', () => {
    const regions = open(2)
    for (const id of ['110-0', '120-0', '130-0']) regions.run(1, `XADD x ${id} f v`)
    regions.run(1, 'XGROUP CREATE x g 0')
    regions.run(1, 'XREADGROUP GROUP g alice STREAMS x >')
    regions.run(1, 'XACK x g 110-0 130-0')
    regions.sync()
    expect(ids(regions.run(2, 'XREADGROUP GROUP g bob STREAMS x >'))).toEqual(['120-0', '130-0'])
    regions.run(1, 'XACK x g 120-0')
    regions.sync()
    expect(regions.run(2, 'XPENDING x g')).toBe(`[0 null null ${NIL}]`)
  })

  test('E6: an acknowledgement does not cover a late entry that its region had not read', () => {
    const regions = open(2)
    regions.run(1, 'XADD x 110-0 f v')
    regions.run(1, 'XADD x 130-0 f v')
    regions.run(1, 'XGROUP CREATE x g 0')
    regions.run(1, 'XREADGROUP GROUP g alice STREAMS x >')
    regions.run(2, 'XADD x 120-0 f v')
    regions.run(1, 'XACK x g 110-0 130-0')
    regions.sync()
    expect(ids(regions.run(2, 'XREADGROUP GROUP g bob STREAMS x >'))).toEqual(['120-0'])
    expect(ids(regions.run(1, 'XREADGROUP GROUP g alice STREAMS x >'))).toEqual(['120-0'])
  })

  test('E6: XGROUP SETID is local', () => {
    const regions = open(2)
    regions.run(1, 'XADD x 110-0 f v')
    regions.run(1, 'XGROUP CREATE x g 0')
    regions.sync()
    regions.run(1, 'XGROUP SETID x g $')
    regions.sync()
    expect(regions.run(1, 'XREADGROUP GROUP g a STREAMS x >')).toBe(NIL)
    expect(ids(regions.run(2, 'XREADGROUP GROUP g a STREAMS x >'))).toEqual(['110-0'])
  })

  test('E7: a renamed stream has no groups anywhere', () => {
    const regions = open(2)
    regions.run(1, 'XADD x 1-1 f v')
    regions.run(1, 'XGROUP CREATE x g 0')
    regions.sync()
    regions.run(2, 'RENAME x y')
    regions.sync()
    expect(regions.all('XINFO GROUPS y')).toEqual(['[]', '[]'])
    expect(regions.all('XRANGE y - +').map(ids)).toEqual(Array(2).fill(['1-1']))
  })

  test('G10: destroying the last group of a visible MKSTREAM stream takes the hidden value too', () => {
    const regions = open(2)
    regions.run(1, 'XGROUP CREATE x g 0 MKSTREAM')
    regions.run(2, 'SADD x member')
    regions.sync()
    expect(regions.all('TYPE x')).toEqual(['stream', 'stream'])
    regions.run(1, 'XGROUP DESTROY x g')
    regions.sync()
    expect(regions.all('EXISTS x')).toEqual(['0', '0'])
  })
})
