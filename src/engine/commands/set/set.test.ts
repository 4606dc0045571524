import { describe, expect, it } from 'vitest'
import { error, set, type Reply, type SetReply } from '../../reply.ts'
import { newInstance, START_MS, type TestInstance } from '../../testing/run.ts'

const WRONG_TYPE = error('WRONGTYPE Operation against a key holding the wrong kind of value')

function three(): TestInstance {
  const db = newInstance()
  db.run('SADD a 1 2 3 4')
  db.run('SADD b 3 4 5')
  db.run('SADD c 4 5 6')
  db.run('SET s text')
  db.instance.take()
  return db
}

function events(db: TestInstance): string[] {
  return db.instance.take().changes.map((change) => `${change.event} ${change.key}`)
}

function membersOf(reply: Reply): string[] {
  return [...((reply as SetReply).members as string[])]
}

function members(db: TestInstance, key: string): string[] {
  return membersOf(db.run(`SMEMBERS ${key}`)).sort()
}

describe('one set', () => {
  it('adds, counts, finds and removes members', () => {
    const db = newInstance()
    expect(db.run('SADD k x y x')).toBe(2)
    expect(db.run('SADD k x z')).toBe(1)
    expect(db.run('SCARD k')).toBe(3)
    expect([db.run('SISMEMBER k x'), db.run('SISMEMBER k q'), db.run('SISMEMBER none x')]).toEqual([1, 0, 0])
    expect(db.run('SMISMEMBER k q x')).toEqual([0, 1])
    expect(db.run('SMISMEMBER none q x')).toEqual([0, 0])
    expect(db.run('SREM k x x q')).toBe(1)
    expect(members(db, 'k')).toEqual(['y', 'z'])
    expect(db.run('SCARD none')).toBe(0)
  })

  it('goes away with its last member', () => {
    const db = newInstance()
    db.run('SADD k x')
    db.instance.take()
    expect(db.run('SREM k x')).toBe(1)
    expect(events(db)).toEqual(['srem k', 'del k'])
    expect(db.instance.keyspace.size).toBe(0)
  })

  it.each([
    'SADD s x',
    'SREM s x',
    'SCARD s',
    'SISMEMBER s x',
    'SMISMEMBER s x',
    'SMEMBERS s',
    'SMOVE s a x',
    'SMOVE a s q',
    'SPOP s',
    'SPOP s 0',
    'SRANDMEMBER s 0',
    'SSCAN s 0 NONSENSE',
    'SINTER none s',
    'SUNION a s',
    'SDIFF none s',
    'SINTERCARD 2 none s',
    'SUNIONSTORE d a s',
  ])('%s refuses a string', (line) => {
    const db = three()
    expect(db.run(line)).toEqual(WRONG_TYPE)
    expect(db.instance.take().writes).toEqual([])
  })
})

describe('SMOVE', () => {
  it('T2: is one write that removes here and adds there', () => {
    const db = three()
    expect(db.run('SMOVE a c 1')).toBe(1)
    const { writes } = db.instance.take()
    expect(writes).toMatchObject([{ effects: [{ key: 'a' }, { key: 'c' }] }])
    expect(members(db, 'a')).toEqual(['2', '3', '4'])
    expect(members(db, 'c')).toEqual(['1', '4', '5', '6'])
  })

  it('does nothing without the member, or onto itself', () => {
    const db = three()
    expect(db.run('SMOVE a b 9')).toBe(0)
    expect(db.run('SMOVE none s 9')).toBe(0)
    expect(db.run('SMOVE a a 1')).toBe(1)
    expect(db.run('SMOVE a a 9')).toBe(0)
    expect(db.instance.take().writes).toEqual([])
  })
})

describe('set algebra', () => {
  it.each([
    ['SINTER a b c', ['4']],
    ['SINTER a none', []],
    ['SUNION a b c none', ['1', '2', '3', '4', '5', '6']],
    ['SDIFF a b c', ['1', '2']],
    ['SDIFF none a', []],
  ])('%s', (line, expected) => {
    const reply = three().run(line)
    expect(reply).toMatchObject({ type: 'set' })
    expect(membersOf(reply).sort()).toEqual(expected)
  })

  it('T3: STORE forms replace the destination, its type and expiry included', () => {
    const db = three()
    db.run('SET d text EX 100')
    db.instance.take()
    expect(db.run('SUNIONSTORE d a b')).toBe(5)
    expect(events(db)).toEqual(['sunionstore d'])
    expect(members(db, 'd')).toEqual(['1', '2', '3', '4', '5'])
    db.at(START_MS + 200_000)
    expect(db.run('SDIFFSTORE d d b')).toBe(2)
    expect(members(db, 'd')).toEqual(['1', '2'])
    expect(db.run('SINTERSTORE d a c')).toBe(1)
    expect(members(db, 'd')).toEqual(['4'])
  })

  it('an empty result deletes the destination', () => {
    const db = three()
    expect(db.run('SINTERSTORE s a none')).toBe(0)
    expect(events(db)).toEqual(['del s'])
    expect(db.run('SDIFFSTORE none a a')).toBe(0)
    expect(db.instance.take().writes).toEqual([])
  })

  it.each([
    ['SINTERCARD 2 a b', 2],
    ['SINTERCARD 2 a b LIMIT 1', 1],
    ['SINTERCARD 2 a b LIMIT 0', 2],
    ['SINTERCARD 1 none', 0],
    ['SINTERCARD 0 a', error('ERR numkeys should be greater than 0')],
    ['SINTERCARD x a', error('ERR numkeys should be greater than 0')],
    ['SINTERCARD 3 a b', error("ERR Number of keys can't be greater than number of args")],
    ['SINTERCARD 1 a LIMIT -1', error("ERR LIMIT can't be negative")],
    ['SINTERCARD 1 a LIMIT x', error("ERR LIMIT can't be negative")],
    ['SINTERCARD 1 a NONSENSE', error('ERR syntax error')],
  ])('%s', (line, expected) => {
    expect(three().run(line)).toEqual(expected)
  })
})

describe('walking and choosing', () => {
  function large(): TestInstance {
    const db = newInstance()
    db.call(['SADD', 'k', ...Array.from({ length: 100 }, (_, i) => `m${i}`)])
    return db
  }

  it('SSCAN returns every member exactly once, also while others come and go', () => {
    const db = large()
    const seen: string[] = []
    let cursor = '0'
    do {
      const [next, names] = db.run(`SSCAN k ${cursor} COUNT 7`) as [string, string[]]
      seen.push(...names.filter((name) => name.startsWith('m')))
      db.run(`SADD k x${seen.length}`)
      cursor = next
    } while (cursor !== '0')
    expect(seen.length).toBe(100)
    expect(new Set(seen).size).toBe(100)
    expect(db.run('SSCAN k 0 MATCH m[7]? COUNT 1000')).toEqual(['0', expect.arrayContaining(['m70', 'm79'])])
  })

  it('SRANDMEMBER chooses different members, or repeats them for a negative count', () => {
    const db = large()
    expect(db.run('SRANDMEMBER k')).toMatch(/^m\d+$/)
    for (const count of [10, 90]) expect(new Set(db.run(`SRANDMEMBER k ${count}`) as string[]).size).toBe(count)
    expect((db.run('SRANDMEMBER k 1000') as string[]).length).toBe(100)
    expect((db.run('SRANDMEMBER k -1000') as string[]).length).toBe(1000)
    expect(db.run('SRANDMEMBER k 0')).toEqual([])
    expect([db.run('SRANDMEMBER none'), db.run('SRANDMEMBER none 2')]).toEqual([null, []])
    expect(db.run('SCARD k')).toBe(100)
  })

  it('chooses every member about equally often', () => {
    const db = newInstance()
    db.run('SADD k a b c d')
    const times = new Map<string, number>()
    for (const name of db.run('SRANDMEMBER k -4000') as string[]) times.set(name, (times.get(name) ?? 0) + 1)
    // 1000 each, give or take: 150 is more than five standard deviations (27).
    for (const name of ['a', 'b', 'c', 'd']) expect(Math.abs((times.get(name) ?? 0) - 1000)).toBeLessThan(150)
  })

  it('T2: SPOP travels as the removal of the members it chose', () => {
    const db = large()
    db.instance.take()
    const one = db.run('SPOP k') as string
    expect(db.run(`SISMEMBER k ${one}`)).toBe(0)
    const { writes, changes } = db.instance.take()
    expect(changes).toEqual([{ key: 'k', event: 'spop' }])
    expect(writes[0]?.effects[0]).toMatchObject({ op: { kind: 'remove', members: [one] } })
    const some = db.run('SPOP k 10')
    expect(some).toMatchObject({ type: 'set' })
    expect([new Set(membersOf(some)).size, db.run('SCARD k')]).toEqual([10, 89])
    db.instance.take()
    expect(membersOf(db.run('SPOP k 1000')).length).toBe(89)
    expect(events(db)).toEqual(['spop k', 'del k'])
    expect([db.run('SPOP k'), db.run('SPOP k 2')]).toEqual([null, set([])])
  })

  it.each([
    ['SPOP k -1', 'ERR value is out of range, must be positive'],
    ['SPOP k x', 'ERR value is out of range, must be positive'],
    ['SPOP k 1 2', 'ERR syntax error'],
    ['SRANDMEMBER k x', 'ERR value is not an integer or out of range'],
    [
      'SRANDMEMBER k -9223372036854775808',
      'ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807',
    ],
    ['SSCAN k x', 'ERR invalid cursor'],
    ['SPOP k x y', 'ERR syntax error'],
    ['SRANDMEMBER k x y', 'ERR syntax error'],
    ['SSCAN k 0 COUNT 0', 'ERR syntax error'],
    ['SSCAN k 0 NOVALUES', 'ERR syntax error'],
  ])('%s is refused: %s', (line, text) => {
    expect(large().run(line)).toEqual(error(text))
  })
})
