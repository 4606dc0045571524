import { expect, test } from 'vitest'
import { Instance } from '../../instance.ts'
import { error, NULL_ARRAY, OK, QUEUED, type ErrorReply } from '../../reply.ts'
import { newInstance, START_MS } from '../../testing/run.ts'

test('M3: EXEC runs what MULTI queued, each command as a write of its own, and writes nothing itself', () => {
  const db = newInstance()
  expect(db.run('MULTI')).toEqual(OK)
  expect(db.run('SET a 1')).toEqual(QUEUED)
  expect(db.run('INCR a')).toEqual(QUEUED)
  expect(db.run('GET a', 2)).toBeNull()
  expect(db.run('EXEC')).toEqual([OK, 2])
  expect(db.instance.take().writes.map((write) => write.n)).toEqual([1, 2])
  expect(db.run('SET b 1')).toEqual(OK)
  expect(db.instance.take().writes.map((write) => write.n)).toEqual([3])
})

test('a command that fails inside EXEC does not stop the others', () => {
  const db = newInstance()
  for (const line of ['SET s x', 'MULTI', 'INCR s', 'SET t 1']) db.run(line)
  expect(db.run('EXEC')).toEqual([error('ERR value is not an integer or out of range'), OK])
  expect(db.run('GET t')).toBe('1')
})

test('an empty transaction gives an empty array', () => {
  const db = newInstance()
  db.run('MULTI')
  expect(db.run('EXEC')).toEqual([])
})

test('the commands of a transaction in the wrong place', () => {
  const db = newInstance()
  expect(db.run('EXEC')).toEqual(error('ERR EXEC without MULTI'))
  expect(db.run('DISCARD')).toEqual(error('ERR DISCARD without MULTI'))
  db.run('MULTI')
  expect(db.run('MULTI')).toEqual(error('ERR MULTI calls can not be nested'))
  expect(db.run('WATCH a')).toEqual(error('ERR WATCH inside MULTI is not allowed'))
  expect(db.run('SET a 1')).toEqual(QUEUED)
  expect(db.run('EXEC')).toEqual([OK])
})

test.each([
  ['GET', "ERR wrong number of arguments for 'get' command"],
  ['NOSUCH a', "ERR unknown command 'NOSUCH', with args beginning with: 'a' "],
  ['FLUSHALL', /^ERR FLUSHALL is not supported/],
])('%s while queueing aborts the transaction', (line, text) => {
  const db = newInstance()
  db.run('MULTI')
  db.run('SET a 1')
  expect((db.run(line) as ErrorReply).text).toMatch(text)
  expect(db.run('EXEC')).toEqual(error('EXECABORT Transaction discarded because of previous errors.'))
  expect(db.run('GET a')).toBeNull()
  expect(db.run('EXEC')).toEqual(error('ERR EXEC without MULTI'))
})

test('EXEC with arguments ends the transaction', () => {
  const db = newInstance()
  db.run('MULTI')
  expect(db.run('EXEC a')).toEqual(
    error("EXECABORT Transaction discarded because of: wrong number of arguments for 'exec' command"),
  )
  expect(db.run('EXEC')).toEqual(error('ERR EXEC without MULTI'))
})

test('DISCARD drops the queue and the watches', () => {
  const db = newInstance()
  for (const line of ['WATCH a', 'MULTI', 'SET a 1']) db.run(line)
  expect(db.run('DISCARD')).toEqual(OK)
  expect(db.run('GET a')).toBeNull()
  db.run('SET a 2', 2)
  db.run('MULTI')
  expect(db.run('EXEC')).toEqual([])
})

test.each([
  ['a local write', 'SET a 1', true],
  ['a write of the same value', 'SET a 0', true],
  ['a deletion', 'DEL a', true],
  ['a read', 'GET a', false],
  ['a deletion of another key', 'DEL b', false],
])('M3: %s makes EXEC fail: %s (%s)', (_what, line, fails) => {
  const db = newInstance()
  for (const each of ['SET a 0', 'WATCH a']) db.run(each)
  db.run(line, 2)
  db.run('MULTI')
  expect(db.run('EXEC')).toEqual(fails ? NULL_ARRAY : [])
  db.run('MULTI')
  expect(db.run('EXEC')).toEqual([])
})

test("M3: a session's own write after WATCH makes EXEC fail too, and UNWATCH forgives", () => {
  const db = newInstance()
  for (const line of ['WATCH a', 'SET a 1', 'MULTI']) db.run(line)
  expect(db.run('EXEC')).toEqual(NULL_ARRAY)
  for (const line of ['WATCH a', 'SET a 1', 'UNWATCH', 'MULTI']) db.run(line)
  expect(db.run('EXEC')).toEqual([])
})

test('an aborted transaction is reported as aborted even when a watched key was touched', () => {
  const db = newInstance()
  for (const line of ['WATCH a', 'SET a 1', 'MULTI', 'GET']) db.run(line)
  expect(db.run('EXEC')).toEqual(error('EXECABORT Transaction discarded because of previous errors.'))
})

test('deleting a watched key that was never there changes nothing', () => {
  const db = newInstance()
  db.run('WATCH a')
  db.run('DEL a', 2)
  db.run('MULTI')
  expect(db.run('EXEC')).toEqual([])
})

/** Two replicas; effects of the first reach the second when told to. */
function newPair() {
  const make = (id: number) => new Instance({ id, name: `r${id}`, solo: false, seed: id, replicationInfo: () => [] })
  const [one, two] = [make(1), make(2)]
  const deliver = (wall: number) => {
    for (const { n, effects } of one.take().writes) two.applyRemote(1, n, wall, effects, [])
  }
  return { one, two, deliver }
}

test("M3: another region's effect on a watched key makes EXEC fail", () => {
  const { one, two, deliver } = newPair()
  two.execute(1, ['WATCH', 'a'], START_MS)
  one.execute(1, ['SET', 'a', '1'], START_MS)
  two.execute(1, ['MULTI'], START_MS)
  deliver(START_MS)
  expect(two.execute(1, ['EXEC'], START_MS)).toEqual(NULL_ARRAY)
})

test('X2: a watched key that expires makes EXEC fail also where another region owns the expiry', () => {
  const { one, two, deliver } = newPair()
  one.execute(1, ['SET', 'a', '1', 'PX', '100'], START_MS)
  deliver(START_MS)
  two.execute(1, ['WATCH', 'a'], START_MS)
  two.execute(1, ['MULTI'], START_MS + 200)
  expect(two.execute(1, ['EXEC'], START_MS + 200)).toEqual(NULL_ARRAY)
})

test('X2: the late DEL of a key that had expired before WATCH disturbs nobody', () => {
  const { one, two, deliver } = newPair()
  one.execute(1, ['SET', 'a', '1', 'PX', '100'], START_MS)
  deliver(START_MS)
  two.execute(1, ['WATCH', 'a'], START_MS + 200)
  one.expire(START_MS + 200)
  deliver(START_MS + 200)
  two.execute(1, ['MULTI'], START_MS + 200)
  expect(two.execute(1, ['EXEC'], START_MS + 200)).toEqual([])
})
