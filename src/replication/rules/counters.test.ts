/** Counters between regions (C1–C6), in strings and in hash fields (H2). */
import { describe, expect, test } from 'vitest'
import { Regions } from '../testing/regions.ts'

const MOST = '288230376151711743'
const LEAST = '-288230376151711744'
const OVERFLOW = 'error ERR increment or decrement would overflow'

const KINDS = [
  {
    kind: 'a string',
    set: (v: string) => `SET k ${v}`,
    by: 'INCRBY k',
    byFloat: 'INCRBYFLOAT k',
    get: 'GET k',
    del: 'DEL k',
  },
  {
    kind: 'a hash field (H2)',
    set: (v: string) => `HSET k f ${v}`,
    by: 'HINCRBY k f',
    byFloat: 'HINCRBYFLOAT k f',
    get: 'HGET k f',
    del: 'HDEL k f',
  },
] as const

describe.each(KINDS)('a counter in $kind', ({ set, by, byFloat, get, del }) => {
  test('C2: both ends of 59 bits are exact; a step beyond is an error that changes nothing', () => {
    const regions = new Regions([0, 0])
    regions.run(1, set('0'))
    expect(regions.run(1, `${by} ${MOST}`)).toBe(MOST)
    expect(regions.run(1, `${by} 1`)).toBe(OVERFLOW)
    expect(regions.run(1, `${by} -1`)).toBe('288230376151711742')
    expect(regions.run(1, `${by} ${LEAST}`)).toBe('-2')
    expect(regions.run(1, `${by} -288230376151711742`)).toBe(LEAST)
    expect(regions.run(1, `${by} -1`)).toBe(OVERFLOW)
    regions.sync()
    expect(regions.all(get)).toEqual([`"${LEAST}"`, `"${LEAST}"`])
  })

  test('C2: odd numbers beyond 2^53 from two regions add up exactly', () => {
    const regions = new Regions([0, 0])
    regions.run(1, `${by} 9007199254740993`)
    regions.run(2, `${by} 100000000000000001`)
    regions.sync()
    // 9007199254740993 + 100000000000000001
    expect(regions.all(get)).toEqual(['"109007199254740994"', '"109007199254740994"'])
  })

  test('C3: an assignment and a concurrent increment both count', () => {
    const regions = new Regions([0, 0])
    regions.run(1, set('10'))
    regions.run(2, `${by} 5`)
    regions.sync()
    expect(regions.all(get)).toEqual(['"15"', '"15"'])
  })

  test('C3: a removal takes away what it had observed; a concurrent increment stays', () => {
    const regions = new Regions([0, 0])
    regions.run(1, `${by} 3`)
    regions.sync()
    regions.run(1, del)
    regions.run(2, `${by} 2`)
    regions.sync()
    expect(regions.all(get)).toEqual(['"2"', '"2"'])
  })

  test('C4: text hides increments, and counting on is an error', () => {
    const regions = new Regions([0, 0])
    regions.run(1, set('abc'))
    regions.run(2, `${by} 5`)
    regions.sync()
    expect(regions.all(get)).toEqual(['"abc"', '"abc"'])
    expect(regions.run(2, `${by} 1`)).toMatch(/^error ERR .*not an integer/)
  })

  test('C5: decimals add up exactly, in any order of arrival', () => {
    const regions = new Regions([0, 0, 0])
    regions.run(1, `${byFloat} 0.1`)
    regions.run(2, `${byFloat} 1e15`)
    regions.run(3, `${byFloat} 0.2`)
    regions.sync(2, 3)
    regions.sync(1, 2)
    regions.sync(3, 1)
    regions.sync()
    expect(regions.all(get)).toEqual(Array(3).fill('"1000000000000000.3"'))
    regions.run(3, `${byFloat} -1e15`)
    regions.sync()
    // Doubles would have lost the tenths.
    expect(regions.all(get)).toEqual(Array(3).fill('"0.3"'))
  })

  test('C6: a counter that came back to 0 exists everywhere', () => {
    const regions = new Regions([0, 0])
    regions.run(1, `${by} 1`)
    regions.run(2, `${by} -1`)
    regions.sync()
    expect(regions.all(get)).toEqual(['"0"', '"0"'])
    expect(regions.all('EXISTS k')).toEqual(['1', '1'])
  })
})
