import { describe, expect, test } from 'vitest'
import { error, OK, status, type Reply } from '../../reply.ts'
import { newInstance, START_MS } from '../../testing/run.ts'

const WRONG_TYPE = error('WRONGTYPE Operation against a key holding the wrong kind of value')
const NOT_VALID = error('WRONGTYPE Key is not a valid HyperLogLog string value.')
const CORRUPT = error('INVALIDOBJ Corrupted HLL object detected')

/** What redis-server 7.0.15 replies to GET after PFADD k foo. */
const FOO = 'HYLL\x01\0\0\0\0\0\0\0\0\0\0\x80\x5c\xb3\x90\x63\x4a'
const NOTHING_DENSE = `HYLL${'\0'.repeat(11)}\x80${'\0'.repeat(12288)}`

describe('PFADD, PFCOUNT, PFMERGE', () => {
  test('P1: PFADD tells whether something changed; without elements it makes an empty one', () => {
    const db = newInstance()
    expect(['PFADD k', 'PFADD k', 'PFADD k a b', 'PFADD k b a', 'PFADD k c'].map((line) => db.run(line))).toEqual([
      1, 0, 1, 0, 1,
    ])
    expect([db.run('PFCOUNT k'), db.run('EXISTS k'), db.run('TYPE k')]).toEqual([3, 1, status('string')])
  })

  test('P1: PFCOUNT of several keys counts their union, missing ones are empty', () => {
    const db = newInstance()
    db.run('PFADD a 1 2 3')
    db.run('PFADD b 3 4')
    expect([db.run('PFCOUNT a b'), db.run('PFCOUNT a none b a'), db.run('PFCOUNT none')]).toEqual([4, 4, 0])
    expect(db.run('PFCOUNT a')).toBe(3)
  })

  test('P1: PFMERGE adds the sources to the destination, itself included, and makes it if need be', () => {
    const db = newInstance()
    db.run('PFADD a 1 2 3')
    db.run('PFADD b 3 4')
    expect([db.run('PFMERGE b a none'), db.run('PFCOUNT b'), db.run('PFCOUNT a')]).toEqual([OK, 4, 3])
    expect([db.run('PFMERGE made'), db.run('EXISTS made'), db.run('PFCOUNT made')]).toEqual([OK, 1, 0])
  })

  test('P1: they announce pfadd', () => {
    const db = newInstance()
    db.run('PFADD a 1')
    db.run('PFADD a 1')
    db.run('PFMERGE b a')
    expect(db.instance.take().changes).toEqual([
      { key: 'a', event: 'pfadd' },
      { key: 'b', event: 'pfadd' },
    ])
  })

  test('P1: the key keeps its expiry, and one that expired begins anew', () => {
    const db = newInstance()
    db.run('PFADD k 1 2')
    db.run('EXPIRE k 100')
    db.run('PFADD k 3')
    expect([db.run('TTL k'), db.run('PFCOUNT k')]).toEqual([100, 3])
    db.at(START_MS + 100_000)
    expect([db.run('PFADD k 4'), db.run('PFCOUNT k'), db.run('TTL k')]).toEqual([1, 1, -1])
  })

  test.each(['PFADD s x', 'PFCOUNT s', 'PFCOUNT k s', 'PFMERGE s k', 'PFMERGE k s'])(
    '%s: a plain string and another type are refused, and nothing changes',
    (line) => {
      const db = newInstance()
      db.run('SET s text')
      db.run('PFADD k 1')
      db.run('SADD set 1')
      expect(db.run(line)).toEqual(NOT_VALID)
      expect(db.run(line.replace(/\bs\b/, 'set'))).toEqual(WRONG_TYPE)
      expect([db.run('GET s'), db.run('PFCOUNT k')]).toEqual(['text', 1])
    },
  )
})

describe('P2: as a string', () => {
  const set = (value: string, ...more: Reply[]) => {
    const db = newInstance()
    expect(db.call(['SET', 'k', value, ...(more as string[])])).toEqual(OK)
    return db
  }

  test('GET shows the bytes that Redis shows, and SET of them makes the same HyperLogLog', () => {
    const db = newInstance()
    db.run('PFADD k foo')
    expect(db.run('GET k')).toBe(FOO)
    const other = set(FOO)
    expect([other.run('PFADD k foo'), other.run('PFCOUNT k'), other.run('GET k')]).toEqual([0, 1, FOO])
  })

  test('the dense form stays dense, also of what is merged with it', () => {
    const db = set(NOTHING_DENSE)
    expect([db.run('PFCOUNT k'), db.run('GET k')]).toEqual([0, NOTHING_DENSE])
    db.run('PFADD k foo')
    expect((db.run('GET k') as string).charCodeAt(4)).toBe(0)
    db.run('PFMERGE other k')
    expect(db.run('GET other')).toBe(db.run('GET k'))
  })

  test('whatever count is cached in a string, PFCOUNT counts', () => {
    expect(set(`${FOO.slice(0, 8)}\x07\0\0\0\0\0\0\0${FOO.slice(16)}`).run('PFCOUNT k')).toBe(1)
  })

  test('SET of anything else makes a plain string', () => {
    const db = set(FOO)
    db.run('SET k text')
    expect([db.run('APPEND k s'), db.run('PFADD k x')]).toEqual([5, NOT_VALID])
    expect(set(FOO.slice(0, -1)).run('PFCOUNT k')).toEqual(CORRUPT)
    const piecewise = set(FOO.slice(0, 17))
    piecewise.call(['APPEND', 'k', FOO.slice(17)])
    expect([piecewise.run('GET k'), piecewise.run('PFCOUNT k')]).toEqual([FOO, NOT_VALID])
  })

  test('SET with GET and conditions reads it too', () => {
    const db = set(FOO)
    expect(db.run('SET k text IFEQ other')).toBeNull()
    expect(db.run('SET k text GET')).toBe(FOO)
  })

  test.each([
    'APPEND k x',
    'STRLEN k',
    'GETRANGE k 0 1',
    'SETRANGE k 0 x',
    'GETSET k x',
    'GETDEL k',
    'GETEX k',
    'INCR k',
    'SETBIT k 1 1',
    'BITCOUNT k',
    'LCS k k',
  ])('%s is refused and changes nothing', (line) => {
    const db = set(FOO)
    const reply = db.run(line) as { text: string }
    expect(reply.text).toMatch(/^(WRONGTYPE|ERR The specified keys must contain string values)/)
    expect(db.run('GET k')).toBe(FOO)
  })

  test('RENAME and COPY take it along; DUMP gives it as a string', () => {
    const db = set(FOO, 'EX', '100')
    db.run('COPY k copy')
    db.run('RENAME k other')
    expect([db.run('PFCOUNT copy other'), db.run('PFADD other foo'), db.run('TTL other'), db.run('EXISTS k')]).toEqual([
      1, 0, 100, 0,
    ])
    expect((db.run('DUMP other') as string).slice(0, 2 + FOO.length)).toBe(`\0${String.fromCharCode(FOO.length)}${FOO}`)
  })

  test('CRDT.DEBUG ENCODING and MEMORY USAGE know it', () => {
    const db = set(FOO)
    expect(JSON.stringify(db.run('CRDT.DEBUG ENCODING k'))).toContain('HyperLogLog, 1 registers in use, sparse')
    expect(db.run('MEMORY USAGE k')).toBeGreaterThan(50)
  })
})
