import { describe, expect, it } from 'vitest'
import { Instance } from '../../instance.ts'
import { newInstance, START_MS } from '../../testing/run.ts'

function withFields() {
  const db = newInstance()
  db.run('HSET h a 1 b 2 c 3')
  db.instance.take()
  return db
}

describe('HEXPIRE and the like', () => {
  it('reply 1, −2 and 2, and hide fields whose time has come', () => {
    const db = withFields()
    expect(db.run('HEXPIRE h 10 FIELDS 2 a x')).toEqual([1, -2])
    expect(db.run('HPEXPIRE h 1500 FIELDS 1 b')).toEqual([1])
    expect(db.run('HTTL h FIELDS 4 a b c x')).toEqual([10, 2, -1, -2])
    expect(db.run('HPTTL h FIELDS 2 a b')).toEqual([10000, 1500])
    expect(db.run('HEXPIRETIME h FIELDS 2 a b')).toEqual([START_MS / 1000 + 10, START_MS / 1000 + 2])
    expect(db.run('HPEXPIRETIME h FIELDS 1 b')).toEqual([START_MS + 1500])
    db.at(START_MS + 1500)
    expect(db.run('HKEYS h')).toEqual(['a', 'c'])
    expect(db.run('HEXPIRE h 0 FIELDS 2 a a')).toEqual([2, -2])
    expect(db.run('HPEXPIREAT h 1 FIELDS 1 c')).toEqual([2])
    expect(db.instance.keyspace.size).toBe(0)
    expect(db.run('HEXPIREAT h 1 FIELDS 1 a')).toEqual([-2])
    expect(db.run('HTTL h FIELDS 1 a')).toEqual([-2])
  })

  it('know NX, XX, GT and LT; a field without expiry lives for ever', () => {
    const db = withFields()
    db.run('HEXPIRE h 100 FIELDS 1 a')
    expect(db.run('HEXPIRE h 200 NX FIELDS 2 a b')).toEqual([0, 1])
    expect(db.run('HEXPIRE h 300 XX FIELDS 2 a c')).toEqual([1, 0])
    expect(db.run('HEXPIRE h 300 GT FIELDS 2 a c')).toEqual([0, 0])
    expect(db.run('HEXPIRE h 400 gt FIELDS 1 a')).toEqual([1])
    expect(db.run('HEXPIRE h 400 LT FIELDS 2 a c')).toEqual([0, 1])
    expect(db.run('HEXPIRE h 0 XX FIELDS 1 a')).toEqual([2])
    expect(db.run('HTTL h FIELDS 3 a b c')).toEqual([-2, 200, 400])
  })

  it('HPERSIST takes an expiry away', () => {
    const db = withFields()
    db.run('HEXPIRE h 100 FIELDS 1 a')
    db.instance.take()
    expect(db.run('HPERSIST h FIELDS 4 a a b x')).toEqual([1, -1, -1, -2])
    expect(db.instance.take().changes.map((change) => change.event)).toEqual(['hpersist'])
    expect(db.run('HTTL h FIELDS 1 a')).toEqual([-1])
  })

  it.each([
    ['HEXPIRE h x FIELDS 1 a', 'ERR value is not an integer or out of range'],
    ['HEXPIRE h -1 FIELDS 1 a', 'ERR invalid expire time, must be >= 0'],
    ['HEXPIRE h 562949953421312 FIELDS 1 a', "ERR invalid expire time in 'hexpire' command"],
    ['HPEXPIREAT h 562949953421313 FIELDS 1 a', "ERR invalid expire time in 'hpexpireat' command"],
    ['HEXPIRE h 1 NX XX FIELDS 1 a', 'ERR Mandatory argument FIELDS is missing or not at the right position'],
    ['HEXPIRE h 1 FELDS 1 a', 'ERR Mandatory argument FIELDS is missing or not at the right position'],
    ['HEXPIRE h 1 FIELDS 0 a', 'ERR Parameter `numFields` should be greater than 0'],
    ['HEXPIRE h 1 FIELDS 2 a', 'ERR The `numfields` parameter must match the number of arguments'],
    ['HEXPIRE h 1 FIELDS 1 a b', 'ERR The `numfields` parameter must match the number of arguments'],
    ['HEXPIRE h 1 FIELDS 1', "ERR wrong number of arguments for 'hexpire' command"],
    ['HTTL h FELDS 1 a', 'ERR Mandatory argument FIELDS is missing or not at the right position'],
    ['HTTL h FIELDS x a', 'ERR Number of fields must be a positive integer'],
    ['HPERSIST h FIELDS 2 a', 'ERR The `numfields` parameter must match the number of arguments'],
    ['HGETDEL h FIELDS 0 a', 'ERR Number of fields must be a positive integer'],
    ['HGETEX h EX 1 PERSIST FIELDS 1 a', 'ERR Mandatory argument FIELDS is missing or not at the right position'],
    ['HGETEX h EX 562949953421312 FIELDS 1 a', "ERR invalid expire time in 'hgetex' command"],
    ['HSETEX h EX 1 KEEPTTL FIELDS 1 a 1', 'ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified'],
    ['HSETEX h FNX FXX FIELDS 1 a 1', 'ERR Only one of FXX or FNX arguments can be specified'],
    ['HSETEX h NX FIELDS 1 a 1', 'ERR unknown argument: NX'],
    ['HSETEX h FIELDS 0 a 1', 'ERR invalid number of fields'],
    ['HSETEX h FIELDS 2 a 1', "ERR wrong number of arguments for 'hsetex' command"],
    ['HSETEX h EX -1 FIELDS 1 a 1', 'ERR invalid expire time, must be >= 0'],
  ])('%s is refused: %s', (line, text) => {
    const db = withFields()
    expect(db.run(line)).toEqual({ type: 'error', text })
    expect(db.instance.take().writes).toEqual([])
  })
})

describe('HGETDEL, HGETEX and HSETEX', () => {
  it('HGETDEL replies with values once, and takes the key away with the last field', () => {
    const db = withFields()
    expect(db.run('HGETDEL h FIELDS 3 a a x')).toEqual(['1', null, null])
    expect(db.run('HGETDEL h FIELDS 2 b c')).toEqual(['2', '3'])
    expect(db.instance.keyspace.size).toBe(0)
    expect(db.run('HGETDEL h FIELDS 1 a')).toEqual([null])
  })

  it('HGETEX reads, and sets, takes away or leaves the expiry', () => {
    const db = withFields()
    expect(db.run('HGETEX h PX 2500 FIELDS 2 a x')).toEqual(['1', null])
    expect(db.run('HGETEX h FIELDS 1 a')).toEqual(['1'])
    expect(db.run('HPTTL h FIELDS 1 a')).toEqual([2500])
    expect(db.run('HGETEX h PERSIST FIELDS 1 a')).toEqual(['1'])
    expect(db.run('HPTTL h FIELDS 1 a')).toEqual([-1])
    expect(db.run('HGETEX h EXAT 1 FIELDS 1 a')).toEqual(['1'])
    expect(db.run('HKEYS h')).toEqual(['b', 'c'])
  })

  it('HSETEX sets values with an expiry, keeps one with KEEPTTL, and clears it otherwise', () => {
    const db = newInstance()
    expect(db.run('HSETEX h EX 10 FIELDS 2 a 1 b 2')).toBe(1)
    expect(db.instance.take().changes.map((change) => change.event)).toEqual(['hset', 'hexpire'])
    expect(db.run('HSETEX h KEEPTTL FIELDS 1 a 3')).toBe(1)
    expect(db.run('HSETEX h FIELDS 1 b 4')).toBe(1)
    expect(db.run('HTTL h FIELDS 2 a b')).toEqual([10, -1])
    expect(db.run('HMGET h a b')).toEqual(['3', '4'])
  })

  it('HSETEX holds its conditions against all of the fields', () => {
    const db = newInstance()
    expect(db.run('HSETEX h FXX FIELDS 1 a 1')).toBe(0)
    expect(db.run('HSETEX h FNX FIELDS 1 a 1')).toBe(1)
    expect(db.run('HSETEX h FNX FIELDS 2 a 2 b 2')).toBe(0)
    expect(db.run('HSETEX h FXX FIELDS 2 a 2 b 2')).toBe(0)
    expect(db.run('HSETEX h EX 5 FXX FIELDS 1 a 3')).toBe(1)
    expect(db.run('HGETALL h')).toEqual({ type: 'map', entries: ['a', '3'] })
  })

  it('HSETEX with a time that has passed leaves the fields removed', () => {
    const db = withFields()
    expect(db.run('HSETEX h PXAT 1 FIELDS 2 a 9 x 9')).toBe(1)
    expect(db.run('HKEYS h')).toEqual(['b', 'c'])
    expect(db.run('HSETEX new PXAT 1 FIELDS 1 a 9')).toBe(1)
    expect(db.run('HLEN new')).toBe(0)
  })
})

describe('writes to fields with an expiry', () => {
  it('X4: HSET clears it, HINCRBY on a field that is there keeps it', () => {
    const db = withFields()
    db.run('HEXPIRE h 10 FIELDS 2 a b')
    db.run('HSET h a 5')
    db.run('HINCRBY h b 5')
    expect(db.run('HTTL h FIELDS 2 a b')).toEqual([-1, 10])
    expect(db.run('HGET h b')).toBe('7')
  })

  /** Replica 2 sees the fields expire but does not own their expiry: it holds and hides them. */
  function holder(fields: string) {
    const owner = new Instance({ id: 1, name: 'one', solo: false, seed: 1, replicationInfo: () => [] })
    const other = new Instance({ id: 2, name: 'two', solo: false, seed: 2, replicationInfo: () => [] })
    owner.execute(1, ['HSET', 'h', 'n', '5', 'm', '1'], START_MS)
    owner.execute(1, ['HINCRBY', 'h', 'n', '2'], START_MS)
    owner.execute(1, ['HPEXPIRE', 'h', '10', 'FIELDS', ...fields.split(' ')], START_MS)
    for (const write of owner.take().writes) other.applyRemote(1, write.n, START_MS, write.effects, [])
    return (line: string) => other.execute(1, line.split(' '), START_MS + 20)
  }

  it('X2: an expired field that is still held is removed before it counts anew, and has no expiry then', () => {
    const run = holder('1 n')
    expect(run('HGET h n')).toBeNull()
    expect(run('HLEN h')).toBe(1)
    expect(run('HSCAN h 0')).toEqual(['0', ['m', '1']])
    expect(run('HRANDFIELD h -2')).toEqual(['m', 'm'])
    expect(run('HINCRBY h n 1')).toBe(1)
    expect(run('HGET h n')).toBe('1')
    expect(run('HTTL h FIELDS 1 n')).toEqual([-1])
  })

  it('X2: a hash of which all fields have expired is no obstacle to another type', () => {
    const run = holder('2 n m')
    expect(run('HINCRBY h n 1')).toBe(1)
    expect(run('HGETALL h')).toEqual({ type: 'map', entries: ['n', '1'] })
    const again = holder('2 n m')
    expect(again('SADD h x')).toBe(1)
    expect(again('SMEMBERS h')).toEqual({ type: 'set', members: ['x'] })
  })

  it('X2: HSET counts an expired field as new and gives it no expiry', () => {
    const run = holder('1 n')
    expect(run('HSET h n 9')).toBe(1)
    expect(run('HTTL h FIELDS 1 n')).toEqual([-1])
  })
})
