import { describe, expect, it, test } from 'vitest'
import { error, NO_REPLY, NULL_ARRAY, OK } from '../../reply.ts'
import { newInstance, START_MS, type TestInstance } from '../../testing/run.ts'

const WRONG_TYPE = error('WRONGTYPE Operation against a key holding the wrong kind of value')

function withList(values = 'a b c b d'): TestInstance {
  const db = newInstance()
  db.run(`RPUSH l ${values}`)
  db.run('SET s text')
  db.instance.take()
  return db
}

const all = (db: TestInstance, key = 'l') => db.run(`LRANGE ${key} 0 -1`)
const events = (db: TestInstance) => db.instance.take().changes.map(({ event, key }) => `${event} ${key}`)

describe('one list', () => {
  it('grows at both ends, in the order of the pushes', () => {
    const db = newInstance()
    expect(db.run('RPUSH l a b')).toBe(2)
    expect(db.run('LPUSH l x y')).toBe(4)
    expect(all(db)).toEqual(['y', 'x', 'a', 'b'])
    expect([db.run('LPUSHX none a'), db.run('RPUSHX none a'), db.run('EXISTS none')]).toEqual([0, 0, 0])
    expect([db.run('LPUSHX l p q'), db.run('RPUSHX l r')]).toEqual([6, 7])
    expect(all(db)).toEqual(['q', 'p', 'y', 'x', 'a', 'b', 'r'])
    expect(db.run('LLEN l')).toBe(7)
  })

  test.each([
    ['0 1', ['a', 'b']],
    ['-2 -1', ['b', 'd']],
    ['-100 0', ['a']],
    ['4 100', ['d']],
    ['3 2', []],
    ['5 9', []],
    ['0 -100', []],
  ])('LRANGE l %s', (range, reply) => {
    expect(withList().run(`LRANGE l ${range}`)).toEqual(reply)
  })

  test.each([
    ['b', 1],
    ['b RANK 2', 3],
    ['b RANK -1', 3],
    ['b RANK 3', null],
    ['b COUNT 0', [1, 3]],
    ['b COUNT 1 RANK -1', [3]],
    ['b COUNT 0 RANK -1', [3, 1]],
    ['b MAXLEN 1', null],
    ['b COUNT 0 MAXLEN 3', [1]],
    ['q COUNT 2', []],
    [
      'b RANK 0',
      error(
        "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list",
      ),
    ],
    ['b COUNT -1', error("ERR COUNT can't be negative")],
    ['b MAXLEN x', error("ERR MAXLEN can't be negative")],
    ['b RANK', error('ERR syntax error')],
    [
      'b RANK -9223372036854775808',
      error('ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807'),
    ],
  ])('LPOS l %s', (args, reply) => {
    expect(withList().run(`LPOS l ${args}`)).toEqual(reply)
  })

  it('is read and assigned by index, from either end', () => {
    const db = withList()
    expect([db.run('LINDEX l 0'), db.run('LINDEX l -1'), db.run('LINDEX l 5'), db.run('LINDEX l -6')]).toEqual([
      'a',
      'd',
      null,
      null,
    ])
    expect([db.run('LSET l 1 x'), db.run('LSET l -1 y')]).toEqual([OK, OK])
    expect(all(db)).toEqual(['a', 'x', 'c', 'b', 'y'])
    expect(db.run('LSET l 5 z')).toEqual(error('ERR index out of range'))
    expect(db.run('LSET none x z')).toEqual(error('ERR no such key'))
    expect(db.run('LINDEX none x')).toBeNull()
  })

  it('takes insertions beside the first element that matches', () => {
    const db = withList()
    expect([db.run('LINSERT l BEFORE b x'), db.run('LINSERT l after b y')]).toEqual([6, 7])
    expect(all(db)).toEqual(['a', 'x', 'b', 'y', 'c', 'b', 'd'])
    expect([db.run('LINSERT l BEFORE none x'), db.run('LINSERT none BEFORE b x')]).toEqual([-1, 0])
    expect(db.run('LINSERT none BESIDE b x')).toEqual(error('ERR syntax error'))
  })

  test.each([
    ['LREM l 0 b', 2, ['a', 'c', 'd']],
    ['LREM l 1 b', 1, ['a', 'c', 'b', 'd']],
    ['LREM l -1 b', 1, ['a', 'b', 'c', 'd']],
    ['LREM l 5 q', 0, ['a', 'b', 'c', 'b', 'd']],
    ['LTRIM l 1 -2', OK, ['b', 'c', 'b']],
    ['LTRIM l 0 -1', OK, ['a', 'b', 'c', 'b', 'd']],
    ['LTRIM l 3 1', OK, []],
    ['LPOP l 2', ['a', 'b'], ['c', 'b', 'd']],
    ['RPOP l 2', ['d', 'b'], ['a', 'b', 'c']],
    ['LPOP l 0', [], ['a', 'b', 'c', 'b', 'd']],
    ['LMPOP 2 none l RIGHT COUNT 2', ['l', ['d', 'b']], ['a', 'b', 'c']],
    ['LMOVE l l LEFT RIGHT', 'a', ['b', 'c', 'b', 'd', 'a']],
    ['RPOPLPUSH l l', 'd', ['d', 'a', 'b', 'c', 'b']],
  ])('%s', (line, reply, left) => {
    const db = withList()
    expect(db.run(line)).toEqual(reply)
    expect(all(db)).toEqual(left)
  })

  it('goes when it is emptied, and says so (G10)', () => {
    const db = withList('a')
    db.run('LMOVE l other LEFT LEFT')
    expect(events(db)).toEqual(['lpush other', 'lpop l', 'del l'])
    db.run('RPOP other')
    expect(events(db)).toEqual(['rpop other', 'del other'])
    expect(db.run('EXISTS l other')).toBe(0)
  })

  it('keeps its expiry when it is moved within itself', () => {
    const db = withList('a')
    db.run('EXPIRE l 100')
    expect(db.run('LMOVE l l LEFT RIGHT')).toBe('a')
    expect(db.run('TTL l')).toBe(100)
  })

  it('is copied, renamed and sorted into another', () => {
    const db = withList('3 1 2')
    db.run('COPY l m')
    db.run('RENAME m n')
    expect(all(db, 'n')).toEqual(['3', '1', '2'])
    expect(db.run('SORT l STORE sorted')).toBe(3)
    expect(all(db, 'sorted')).toEqual(['1', '2', '3'])
    expect(db.run('SORT l BY nosort DESC')).toEqual(['2', '1', '3'])
    expect(db.run('SORT l GET w_* STORE sorted')).toBe(3)
    expect(all(db, 'sorted')).toEqual(['', '', ''])
    expect(db.run('SORT none STORE sorted')).toBe(0)
    expect(db.run('EXISTS sorted')).toBe(0)
  })
})

test.each([
  ['LPUSH s a', WRONG_TYPE],
  ['LINDEX s x', WRONG_TYPE],
  ['LMOVE l s LEFT LEFT', WRONG_TYPE],
  ['BLPOP s 0', WRONG_TYPE],
  ['LPOP l -1', error('ERR value is out of range, must be positive')],
  ['LPOP l 1 2', error("ERR wrong number of arguments for 'lpop' command")],
  ['LPOP none 1', NULL_ARRAY],
  ['LPOP none', null],
  ['LMPOP 0 l LEFT', error('ERR numkeys should be greater than 0')],
  ['LMPOP 1 l LEFT COUNT 0', error('ERR count should be greater than 0')],
  ['LMPOP 1 l LEFT COUNT 1 COUNT 1', error('ERR syntax error')],
  ['BLMPOP x 0 l LEFT', error('ERR numkeys should be greater than 0')],
  ['BLPOP l -1', error('ERR timeout is negative')],
  ['BLPOP l x', error('ERR timeout is not a float or out of range')],
  ['BLPOP l 1e400', error('ERR timeout is out of range')],
  ['LRANGE none a 1', error('ERR value is not an integer or out of range')],
])('%s is answered as Redis does, and changes nothing', (line, reply) => {
  const db = withList()
  expect(db.run(line)).toEqual(reply)
  expect(db.instance.take().writes).toEqual([])
})

describe('waiting for an element', () => {
  const served = (db: TestInstance, at = START_MS) => {
    db.instance.afterInput(at)
    return db.instance.take().replies.map(({ session, reply }) => ({ session, reply }))
  }

  test.each([
    ['BLPOP none l 0', ['l', 'a']],
    ['BRPOP none l 0', ['l', 'd']],
    ['BLMPOP 0 2 none l LEFT COUNT 2', ['l', ['a', 'b']]],
    ['BLMOVE l m RIGHT LEFT 0', 'd'],
    ['BRPOPLPUSH l m 0', 'd'],
  ])('%s is served at once when there is one', (line, reply) => {
    expect(withList().run(line)).toEqual(reply)
  })

  test.each([
    ['BLPOP k none 0', ['k', 'x']],
    ['BRPOP k none 0', ['k', 'z']],
    ['BLMPOP 0 1 k RIGHT COUNT 5', ['k', ['z', 'y', 'x']]],
    ['BLMOVE k m LEFT LEFT 0', 'x'],
    ['BRPOPLPUSH k m 0', 'z'],
  ])('%s is served by a push, all of which is there by then', (line, reply) => {
    const db = newInstance()
    expect(db.run(line, 2)).toBe(NO_REPLY)
    expect(db.run('RPUSH k x y z')).toBe(3)
    expect(served(db)).toEqual([{ session: 2, reply }])
  })

  it('a move that is served serves those who wait for its destination', () => {
    const db = newInstance()
    db.run('BLPOP m 0', 2)
    db.run('BLMOVE k m LEFT LEFT 0', 3)
    db.run('RPUSH k x')
    expect(served(db)).toEqual([
      { session: 3, reply: 'x' },
      { session: 2, reply: ['m', 'x'] },
    ])
  })

  it('a key that becomes of another type is passed over', () => {
    const db = newInstance()
    db.run('BLPOP k 0', 2)
    db.run('SET k text')
    expect(served(db)).toEqual([])
    db.run('DEL k')
    db.run('RPUSH k x')
    expect(served(db)).toEqual([{ session: 2, reply: ['k', 'x'] }])
  })

  it('time runs out with a null array', () => {
    const db = newInstance()
    for (const [session, line] of ['BLPOP k 0.5', 'BLMOVE k m LEFT LEFT 0.5', 'BLMPOP 0.5 1 k LEFT'].entries()) {
      db.run(line, session + 2)
    }
    expect(served(db, START_MS + 499)).toEqual([])
    expect(served(db, START_MS + 500).map(({ reply }) => reply)).toEqual([NULL_ARRAY, NULL_ARRAY, NULL_ARRAY])
  })

  it('nothing waits in a transaction', () => {
    const db = newInstance()
    for (const line of ['MULTI', 'BLPOP k 0', 'BLMOVE k m LEFT LEFT 0', 'BLMPOP 0 1 k LEFT']) db.run(line)
    expect(db.run('EXEC')).toEqual([NULL_ARRAY, null, NULL_ARRAY])
  })
})
