import { expect, test } from 'vitest'
import { error, OK, set } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

test('RENAME moves content and expiry, over any type', () => {
  const db = newInstance()
  db.run('SADD s a b')
  db.run('EXPIRE s 10')
  db.run('SET t v')
  expect(db.run('RENAME s t')).toEqual(OK)
  expect(db.run('EXISTS s')).toBe(0)
  expect(db.run('SMEMBERS t')).toEqual(set(['a', 'b']))
  expect(db.run('TTL t')).toBe(10)
})

test("the target's own expiry and content go", () => {
  const db = newInstance()
  db.run('SET a 1')
  db.run('SET b 2 EX 10')
  db.run('RENAME a b')
  expect([db.run('GET b'), db.run('TTL b')]).toEqual(['1', -1])
  db.run('SADD s x')
  db.run('SADD u y')
  db.run('RENAME s u')
  expect(db.run('SMEMBERS u')).toEqual(set(['x']))
})

test('a counter becomes its value and counts on', () => {
  const db = newInstance()
  db.run('INCRBY n 7')
  db.run('RENAME n m')
  expect(db.run('GET m')).toBe('7')
  expect(db.run('INCR m')).toBe(8)
})

test('RENAME announces both names; to itself it does nothing', () => {
  const db = newInstance()
  db.run('SET a 1')
  db.instance.take()
  expect(db.run('RENAME a a')).toEqual(OK)
  expect(db.instance.take().writes).toEqual([])
  db.run('RENAME a b')
  expect(db.instance.take().changes).toEqual([
    { key: 'a', event: 'rename_from' },
    { key: 'b', event: 'rename_to' },
  ])
  expect(db.run('RENAME a b')).toEqual(error('ERR no such key'))
})

test('RENAMENX leaves an existing target alone', () => {
  const db = newInstance()
  db.run('MSET a 1 b 2')
  expect(db.run('RENAMENX a b')).toBe(0)
  expect(db.run('RENAMENX a a')).toBe(0)
  expect(db.run('RENAMENX a c')).toBe(1)
  expect(db.run('MGET a b c')).toEqual([null, '2', '1'])
  expect(db.run('RENAMENX a c')).toEqual(error('ERR no such key'))
})

test('COPY copies content and expiry', () => {
  const db = newInstance()
  db.run('SET a 1 EX 10')
  expect(db.run('COPY a b')).toBe(1)
  expect([db.run('GET a'), db.run('GET b'), db.run('TTL b')]).toEqual(['1', '1', 10])
  db.run('SET a 2')
  expect(db.run('COPY a b DB 0')).toBe(0)
  expect(db.run('COPY a b REPLACE')).toBe(1)
  expect([db.run('GET b'), db.run('TTL b')]).toEqual(['2', -1])
  expect(db.run('COPY none b REPLACE')).toBe(0)
})

test('COPY names what is wrong', () => {
  const db = newInstance()
  expect(db.run('COPY a a')).toEqual(error('ERR source and destination objects are the same'))
  expect(db.run('COPY a b DB 1 FOO')).toEqual(error('ERR DB index is out of range'))
  expect(db.run('COPY a b DB x')).toEqual(error('ERR value is not an integer or out of range'))
  expect(db.run('COPY a b FOO')).toEqual(error('ERR syntax error'))
})
