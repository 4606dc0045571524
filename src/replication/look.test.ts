/** What an onlooker sees of keys (`engine/keyspace/look.ts`): every data type's inside, limits, and that looking changes nothing. */
import { beforeAll, describe, expect, test } from 'vitest'
import { loadParts, type Part, type SectionKind } from '../engine/index.ts'
import { Regions, START_MS } from './testing/regions.ts'

const dots = (part: Part) => part.by.map(({ replica, n }) => `${replica}.${n}`).join(' ')

/** A part on a line: indented by its depth, what it is, name and value, its writes, its note. */
function lineOf(part: Part): string {
  const words = [part.role, part.name, part.value, `@${dots(part)}`, part.note && `(${part.note})`]
  return '  '.repeat(part.depth) + words.filter((word) => word !== '').join(' ')
}

function inside(regions: Regions, id: number, key: string, most = 100) {
  const { opened } = regions.look(id, { open: { key, most } })
  expect(opened).not.toBeNull()
  return opened!
}

/** The parts of one section; sections of that kind are joined. */
function section(regions: Regions, id: number, key: string, kind: SectionKind): string[] {
  const { sections } = inside(regions, id, key)
  return sections.filter((each) => each.kind === kind).flatMap(({ parts }) => parts.map(lineOf))
}

const row = (regions: Regions, id: number, key: string) => regions.look(id, { rows: [key] }).rows[0]

/** Three regions, the third cut off, so that nothing is collected. */
const three = () => new Regions([0, 0, 0])

beforeAll(() => loadParts())

describe('the inside of each type', () => {
  test('S1: a string keeps concurrent assignments, the later first, with their times', () => {
    const regions = new Regions([0, 500])
    regions.run(1, 'SET k a')
    regions.run(2, 'SET k b')
    regions.sync()
    expect(section(regions, 1, 'k', 'register')).toEqual(['shown b @2.1', 'beside a @1.1'])
    const [register] = inside(regions, 1, 'k').sections
    expect(register?.parts.map(({ wall }) => wall)).toEqual([START_MS + 500, START_MS])
    expect(inside(regions, 1, 'k')).toMatchObject({
      row: { type: 'string', preview: 'b', state: 'visible', until: null },
    })
  })

  test('C3: a counter is its base and a part per region', () => {
    const regions = three()
    regions.run(1, 'SET k 10')
    regions.sync()
    regions.run(1, 'INCRBY k 5')
    regions.run(2, 'DECRBY k 2')
    regions.run(2, 'DECRBY k 1')
    regions.sync()
    expect(section(regions, 3, 'k', 'register')).toEqual(['shown 10 @1.1'])
    expect(section(regions, 3, 'k', 'counter')).toEqual(['adds 5 @1.2', 'adds -3 @2.1 2.2'])
    expect(row(regions, 3, 'k')?.preview).toBe('12')
  })

  test('H1, H2, H3: hash fields with what they are made of, their lifetimes, and removed ones', () => {
    const regions = three()
    regions.run(1, 'HSET h a x b y')
    regions.sync(1, 2)
    regions.run(1, 'HINCRBY h n 3')
    regions.run(2, 'HINCRBY h n 4')
    regions.run(1, 'HDEL h b')
    regions.run(1, `HPEXPIREAT h ${START_MS + 5000} FIELDS 1 a`)
    regions.sync(1, 2)
    expect(section(regions, 2, 'h', 'fields')).toEqual([
      'shown a x @1.1 (expires at 2025-01-01T00:00:05.000Z)',
      'shown n 7 @',
      '  adds 3 @1.2',
      '  adds 4 @2.1',
    ])
    expect(section(regions, 2, 'h', 'tombstones')).toEqual(['removed b @1.2 (removed by 1.3)'])
    expect(row(regions, 2, 'h')?.preview).toBe('{a: x, n: 7}')
    regions.pass(6000)
    expect(row(regions, 3, 'h')).toBeNull()
    expect(row(regions, 2, 'h')?.preview).toBe('{n: 7}')
  })

  test('T1: set members with their dots; a removal leaves a mark', () => {
    const regions = three()
    regions.run(1, 'SADD s one two')
    regions.run(2, 'SADD s one')
    regions.sync(1, 2)
    regions.run(1, 'SREM s two')
    regions.sync(1, 2)
    expect(section(regions, 2, 's', 'members')).toEqual(['shown one @1.1 2.1'])
    expect(section(regions, 2, 's', 'tombstones')).toEqual(['removed two @1.1'])
  })

  test('Z1, Z3: members by their scores, each with base and increments', () => {
    const regions = three()
    regions.run(1, 'ZADD z 9 last 1 m')
    regions.sync()
    regions.run(1, 'ZINCRBY z 2 m')
    regions.run(2, 'ZINCRBY z 0.5 m')
    regions.sync()
    expect(section(regions, 1, 'z', 'scores')).toEqual([
      'shown m 3.5 @',
      '  shown 1 @1.1',
      '  adds 2 @1.2',
      '  adds 0.5 @2.1',
      'shown last 9 @1.1',
    ])
    expect(row(regions, 1, 'z')?.preview).toBe('{m: 3.5, last: 9}')
  })

  test('L4, L5: list elements with their runs; what LSET assigned; removed ones', () => {
    const regions = three()
    regions.run(1, 'RPUSH l a b')
    regions.sync(1, 2)
    regions.run(2, 'RPUSH l c')
    regions.run(1, 'LSET l 0 A')
    regions.run(1, 'RPOP l')
    regions.sync(1, 2)
    const elements = section(regions, 2, 'l', 'elements')
    expect(elements).toHaveLength(3)
    expect(elements[0]).toBe('shown 0 A @1.1 (0 of run 1.1)')
    expect(elements[1]).toBe('  shown A @1.2')
    expect(elements[2]).toMatch(/^shown 1 c @2\.1 \(\d+ of run 2\.1\)$/)
    expect(section(regions, 2, 'l', 'tombstones')).toEqual(['removed @1.3 (removed 1 element)'])
    expect(row(regions, 2, 'l')?.preview).toBe('[A, c]')
  })

  test('E1, E5, E6: a log per region, entries, groups with what replicates and what is local, deletions', () => {
    const regions = three()
    regions.run(1, 'XADD x * a 1')
    regions.sync(1, 2)
    regions.run(2, 'XADD x * b 2')
    regions.run(1, 'XGROUP CREATE x g 0')
    regions.sync(1, 2)
    regions.run(1, 'XREADGROUP GROUP g me COUNT 1 STREAMS x >')
    const first = `${START_MS}-1`
    expect(section(regions, 1, 'x', 'logs')).toEqual([
      `shown ${first} 1 added @1.1`,
      `shown ${START_MS}-2 1 added @2.1`,
    ])
    expect(section(regions, 1, 'x', 'entries')).toEqual([`shown ${START_MS}-2 b 2 @2.1`, `shown ${first} a 1 @1.1`])
    expect(section(regions, 1, 'x', 'groups')).toEqual([
      'shown g @',
      '  shown 0-0 @1.2 (begins here)',
      `  local ${first} @ (read here; 1 pending, 1 consumer)`,
    ])
    regions.run(1, `XACK x g ${first}`)
    regions.run(1, `XDEL x ${first}`)
    regions.sync(1, 2)
    expect(section(regions, 2, 'x', 'groups')).toContain(`  shown ${first} @1.3 (acknowledged up to here)`)
    expect(section(regions, 2, 'x', 'tombstones')).toEqual([`removed ${first} @1.1`])
    regions.run(2, 'XGROUP DESTROY x g')
    regions.sync(1, 2)
    expect(section(regions, 1, 'x', 'groups')).toEqual(['removed g @2.2'])
  })

  test('P1: how many registers of a HyperLogLog hold how much, and who wrote', () => {
    const regions = three()
    regions.run(1, 'PFADD p a b')
    regions.run(2, 'PFADD p c')
    regions.sync()
    const { sections } = inside(regions, 3, 'p')
    const [registers] = sections
    expect(registers).toMatchObject({ kind: 'registers', type: 'string', total: 3 })
    expect(registers?.histogram?.[0]).toBe(16384 - 3)
    expect(registers?.histogram?.slice(1).reduce((sum, count) => sum + count)).toBe(3)
    expect(registers?.parts.map(dots)).toEqual(['1.1', '2.1'])
    expect(row(regions, 3, 'p')?.preview).toBe('about 3 elements')
  })

  test('J1, J5: the tree with the branches that lost, and what was added to numbers', () => {
    const regions = three()
    regions.run(1, 'JSON.SET d $ {"n":1,"x":[true]}')
    regions.sync(1, 2)
    regions.run(1, 'JSON.SET d $.v {"a":1}')
    regions.run(2, 'JSON.SET d $.v "text"')
    regions.run(2, 'JSON.NUMINCRBY d $.n 4')
    regions.run(1, 'JSON.DEL d $.x[0]')
    regions.sync(1, 2)
    const tree = ['shown $ { } @1.1', '  shown n 5 @1.1', '    adds 4 @2.2', '  shown x [ ] @1.1', '  shown v { } @1.2']
    const branches = ['    shown a 1 @1.2', '  beside v "text" @2.1']
    expect(section(regions, 1, 'd', 'tree')).toEqual([...tree, ...branches])
    expect(row(regions, 1, 'd')).toMatchObject({ type: 'ReJSON-RL', preview: '{n: 5, x: [], v: {a: 1}}' })
  })

  test('X1, X2: lifetimes that contend, the longest in force, and its owner', () => {
    const regions = three()
    regions.run(1, 'SET k v')
    regions.sync(1, 2)
    regions.run(1, `PEXPIREAT k ${START_MS + 1000}`)
    regions.run(2, `PEXPIREAT k ${START_MS + 3000}`)
    regions.sync(1, 2)
    expect(section(regions, 1, 'k', 'expiry')).toEqual([
      'shown 2025-01-01T00:00:03.000Z @2.1 (owner)',
      'beside 2025-01-01T00:00:01.000Z @1.2',
    ])
    expect(row(regions, 1, 'k')?.until).toBe(START_MS + 3000)
  })

  test('G10: a value of another type is shown as hidden', () => {
    const regions = three()
    regions.run(1, 'SADD k m')
    regions.run(2, 'SET k text')
    regions.sync()
    const { sections } = inside(regions, 2, 'k')
    expect(sections.map(({ kind, type, hidden }) => [kind, type, hidden])).toEqual([
      ['members', 'set', false],
      ['register', 'string', true],
    ])
  })

  test('R4: of a deleted key the marks are shown, and that nothing can be read', () => {
    const regions = three()
    regions.run(1, 'SET k v')
    regions.sync(1, 2)
    regions.run(2, 'DEL k')
    regions.sync(1, 2)
    expect(row(regions, 1, 'k')).toMatchObject({ state: 'removed', type: '', preview: '', print: '' })
    expect(section(regions, 1, 'k', 'tombstones')).toEqual(['removed @1.1 (the whole key, up to these writes)'])
    expect(row(regions, 3, 'k')).toBeNull()
  })
})

describe('rows', () => {
  test('G2: prints are equal where the same was observed, in whatever order it was written', () => {
    const regions = three()
    regions.run(1, 'SADD s b a')
    regions.run(2, 'SADD s c')
    const prints = () => [1, 2, 3].map((id) => row(regions, id, 's')?.print)
    expect(new Set(prints()).size).toBe(3)
    regions.sync()
    expect(new Set(prints()).size).toBe(1)
    expect([1, 2].map((id) => row(regions, id, 's')?.preview)).toEqual(['{a, b, c}', '{a, b, c}'])
  })

  test('X2: a key that has expired and whose owner has not removed it is there as expired, and a look leaves it there', () => {
    const regions = three()
    regions.run(1, 'SET k v PX 1000')
    regions.sync(1, 2)
    regions.now += 2000
    expect(row(regions, 2, 'k')).toMatchObject({ state: 'expired', preview: 'v', until: START_MS + 1000 })
    expect(row(regions, 2, 'k')).toMatchObject({ state: 'expired' })
    expect(regions.run(2, 'DBSIZE')).toBe('1')
  })

  test('what is too large to be compared in passing says so', () => {
    const regions = new Regions([0])
    regions.run(1, `SADD s ${Array.from({ length: 2001 }, (_, i) => `m${i}`).join(' ')}`)
    expect(row(regions, 1, 's')).toMatchObject({ print: null, parts: 2001 })
    expect(inside(regions, 1, 's', 10).sections).toMatchObject([{ total: 2001, parts: { length: 10 } }])
  })

  test('long values are cut, and by how much is told', () => {
    const regions = new Regions([0])
    regions.run(1, `SET k ${'x'.repeat(2500)}`)
    expect(inside(regions, 1, 'k').sections[0]?.parts[0]).toMatchObject({ cut: 500, value: 'x'.repeat(2000) })
    expect(row(regions, 1, 'k')?.preview).toBe(`${'x'.repeat(80)}...`)
    // Two bytes each: the eightieth would be half of one.
    regions.run(1, `SET k x${'\xc3\xa9'.repeat(60)}`)
    expect(row(regions, 1, 'k')?.preview).toBe(`x${'\xc3\xa9'.repeat(39)}...`)
  })
})

describe('finding', () => {
  test('names come in order, so many at a time, those that match; some may be left out', () => {
    const regions = new Regions([0])
    const names = Array.from({ length: 30 }, (_, i) => `key:${String((i * 7) % 30).padStart(2, '0')}`)
    for (const name of [...names, 'other']) regions.run(1, `SET ${name} x`)
    const find = { pattern: 'key:*', after: null, most: 3, except: ['key:01'] }
    expect(regions.look(1, { find })).toMatchObject({ found: ['key:00', 'key:02', 'key:03'], more: true, headers: 31 })
    expect(regions.look(1, { find: { ...find, after: 'key:27' } })).toMatchObject({
      found: ['key:28', 'key:29'],
      more: false,
    })
  })

  test('a hundred thousand keys take no more than a moment', () => {
    const regions = new Regions([0])
    const words = Array.from({ length: 100_000 }, (_, i) => `k${(i * 7919) % 100_000} v`)
    for (let i = 0; i < words.length; i += 1000) regions.run(1, `MSET ${words.slice(i, i + 1000).join(' ')}`)
    const begun = performance.now()
    const answer = regions.look(1, { find: { pattern: '*', after: 'k5', most: 50, except: [] } })
    expect(performance.now() - begun).toBeLessThan(500)
    expect(answer).toMatchObject({
      headers: 100_000,
      more: true,
      found: { 0: 'k50', 1: 'k500', 2: 'k5000', length: 50 },
    })
  })
})

test('memory is what MEMORY USAGE replies; looking at anything changes nothing', () => {
  const regions = three()
  const lines = ['SET a 1 PX 9000', 'INCR n', 'SADD s x y', 'HSET h f v', 'RPUSH l a b', 'ZADD z 1 m', 'PFADD p a']
  for (const line of [...lines, 'XADD x * f v', 'XGROUP CREATE x g 0', 'JSON.SET d $ {"b":1,"a":[2]}', 'SREM s y'])
    regions.run(1, line)
  const before = [regions.state(1), regions.run(1, 'OBJECT IDLETIME a'), regions.run(1, 'INFO crdt')]
  for (const key of ['a', 'n', 's', 'h', 'l', 'z', 'p', 'x', 'd']) {
    const { memoryBytes } = inside(regions, 1, key)
    expect(String(memoryBytes), key).toBe(regions.run(1, `MEMORY USAGE ${key}`))
  }
  regions.now += 10_000
  const find = { pattern: '*', after: null, most: 100, except: [] }
  const { found } = regions.look(1, { find })
  regions.look(1, { find, rows: found, open: { key: 'a', most: 100 } })
  regions.now -= 10_000
  expect([regions.state(1), regions.run(1, 'OBJECT IDLETIME a'), regions.run(1, 'INFO crdt')]).toEqual(before)
})
