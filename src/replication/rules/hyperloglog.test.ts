import { describe, expect, test } from 'vitest'
import { Regions } from '../testing/regions.ts'

/** Three regions that all know a HyperLogLog of one element. */
function threeThatKnow(): Regions {
  const regions = new Regions([0, 0, 0])
  regions.run(1, 'PFADD h e1')
  regions.settle()
  return regions
}

function expectGone(regions: Regions): void {
  regions.settle()
  expect(regions.all('EXISTS h')).toEqual(['0', '0', '0'])
  expect(regions.all('PFCOUNT h')).toEqual(['0', '0', '0'])
  expect(regions.all('DBSIZE')).toEqual(['0', '0', '0'])
}

describe('P1: registers merge by maximum', () => {
  test('concurrent additions count together', () => {
    const regions = new Regions([0, 0, 0])
    regions.run(1, 'PFADD h x y')
    regions.run(2, 'PFADD h y z')
    expect(regions.run(3, 'PFADD h')).toBe('1')
    regions.sync()
    expect(regions.all('PFCOUNT h')).toEqual(['3', '3', '3'])
    const [first] = regions.all('GET h')
    expect(regions.all('GET h')).toEqual([first, first, first])
  })

  test('PFMERGE sends what it found here', () => {
    const regions = threeThatKnow()
    regions.run(1, 'PFADD other a b')
    regions.run(1, 'PFMERGE h other')
    regions.run(2, 'PFADD h c')
    regions.settle()
    expect(regions.all('PFCOUNT h')).toEqual(['4', '4', '4'])
    expect(regions.all('PFCOUNT other')).toEqual(['2', '2', '2'])
  })
})

describe('P1: DEL wins', () => {
  test.each(['PFADD h e2', 'PFMERGE h other', 'EXPIRE h 100', 'PERSIST h'])('over a concurrent %s', (line) => {
    const regions = threeThatKnow()
    regions.run(2, 'PFADD other e2')
    regions.run(2, line)
    regions.run(1, 'DEL h')
    regions.run(3, 'DEL other')
    regions.sync()
    regions.run(1, 'DEL other')
    expect(regions.all('TTL h')).toEqual(['-2', '-2', '-2'])
    expectGone(regions)
  })

  test.each([
    [1, 2, 3],
    [1, 3, 2],
    [2, 3, 1],
  ])('in whatever order a third region hears of it (%i, %i, %i)', (deleting, adding, third) => {
    const regions = threeThatKnow()
    regions.run(deleting, 'DEL h')
    regions.run(adding, 'PFADD h e2')
    regions.sync(deleting, third)
    expect(regions.run(third, 'EXISTS h')).toBe('0')
    regions.sync(adding, third)
    expect(regions.run(third, 'EXISTS h')).toBe('0')
    expectGone(regions)
  })

  test.each(['UNLINK h', 'RENAME h other', 'PEXPIREAT h 1'])('%s deletes too', (line) => {
    const regions = threeThatKnow()
    regions.run(1, line)
    regions.run(2, 'PFADD h e2')
    regions.sync()
    regions.run(3, 'DEL other')
    expect(regions.all('PFCOUNT h')).toEqual(['0', '0', '0'])
    expectGone(regions)
  })

  test('SET of a plain string deletes it too', () => {
    const regions = threeThatKnow()
    regions.run(1, 'SET h text')
    regions.run(2, 'PFADD h e2')
    regions.settle()
    expect(regions.all('GET h')).toEqual(['"text"', '"text"', '"text"'])
    regions.run(3, 'DEL h')
    expectGone(regions)
  })

  test('what is added after a deletion stays, whoever deleted and whoever adds', () => {
    const regions = threeThatKnow()
    regions.run(1, 'DEL h')
    regions.sync(1, 2)
    regions.run(2, 'PFADD h a b')
    regions.sync(2, 3)
    expect(regions.run(3, 'PFCOUNT h')).toBe('2')
    regions.settle()
    expect(regions.all('PFCOUNT h')).toEqual(['2', '2', '2'])
  })

  test('an EXPIRE that did not know of it leaves nothing to what comes after it', () => {
    for (const first of [1, 2]) {
      const regions = threeThatKnow()
      regions.run(1, 'DEL h')
      regions.run(1, 'PFADD h new')
      regions.run(2, 'EXPIRE h 100')
      regions.sync(first, 3)
      regions.settle()
      expect(regions.all('PFCOUNT h')).toEqual(['1', '1', '1'])
      expect(regions.all('TTL h')).toEqual(['-1', '-1', '-1'])
    }
  })

  test('an EXPIRE after it counts, and of concurrent ones the longest (X1)', () => {
    const regions = threeThatKnow()
    regions.run(1, 'DEL h')
    regions.run(1, 'PFADD h new')
    regions.sync()
    regions.run(2, 'EXPIRE h 100')
    regions.run(3, 'EXPIRE h 200')
    regions.sync()
    expect(regions.all('TTL h')).toEqual(['200', '200', '200'])
    regions.run(1, 'PERSIST h')
    regions.settle()
    expect(regions.all('TTL h')).toEqual(['-1', '-1', '-1'])
  })

  test('a string that is there too is not concerned by it, nor a HyperLogLog by the deletion of a string (G10)', () => {
    const regions = new Regions([0, 0, 0])
    regions.run(1, 'SET h text')
    regions.run(2, 'PFADD h a')
    regions.sync(1, 3)
    regions.run(3, 'DEL h')
    regions.settle()
    expect(regions.all('PFCOUNT h')).toEqual(['1', '1', '1'])
  })

  test('R2: a region that was away knows it, whether it gets effects or a whole state', () => {
    for (const backlogBytes of [1_000_000, 30]) {
      const regions = new Regions([0, 0, 0], backlogBytes)
      regions.run(1, 'PFADD h e1')
      regions.settle()
      regions.cut(1, 3)
      regions.cut(2, 3)
      regions.run(1, 'DEL h')
      regions.sync()
      regions.run(2, 'PFADD h a b c')
      regions.run(3, 'PFADD h d')
      regions.sync()
      regions.heal(1, 3)
      regions.heal(2, 3)
      regions.settle()
      expect(regions.all('PFCOUNT h')).toEqual(['3', '3', '3'])
      regions.run(3, 'DEL h')
      expectGone(regions)
    }
  })
})

test('P2: SET of a HyperLogLog replaces what it knew, and a concurrent PFADD loses against it', () => {
  const regions = threeThatKnow()
  const other = new Regions([0, 0])
  other.run(1, 'PFADD k x y')
  regions.run(1, `SET h ${other.run(1, 'GET k').slice(1, -1)}`)
  regions.run(2, 'PFADD h e2')
  regions.settle()
  expect(regions.all('PFCOUNT h')).toEqual(['2', '2', '2'])
})
