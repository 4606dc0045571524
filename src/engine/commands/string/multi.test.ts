import { expect, test } from 'vitest'
import { error, OK } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

test('MSET and MGET; what is not a string reads as null', () => {
  const db = newInstance()
  expect(db.run('MSET a 1 b 2 a 3')).toEqual(OK)
  db.run('SADD s x')
  expect(db.run('MGET a b s none')).toEqual(['3', '2', null, null])
  expect(db.run('MSET a 1 b')).toEqual(error("ERR wrong number of arguments for 'mset' command"))
  expect(db.run('MSET s 1')).toEqual(OK)
  expect(db.run('GET s')).toBe('1')
})

test('MSET is one write', () => {
  const db = newInstance()
  db.run('MSET a 1 b 2')
  expect(db.instance.take().writes.map((write) => write.effects.length)).toEqual([2])
})

test('MSETNX sets all or nothing', () => {
  const db = newInstance()
  expect(db.run('MSETNX a 1 b 2')).toBe(1)
  expect(db.run('MSETNX c 3 b 4')).toBe(0)
  expect(db.run('MGET a b c')).toEqual(['1', '2', null])
})

test('MSETEX sets all with one expiry, when its condition holds for all', () => {
  const db = newInstance()
  expect(db.run('MSETEX 2 a 1 b 2 EX 10')).toBe(1)
  expect(db.run('TTL b')).toBe(10)
  expect(db.run('MSETEX 2 a x c y NX')).toBe(0)
  expect(db.run('MSETEX 2 a x c y XX')).toBe(0)
  expect(db.run('MSETEX 2 a x b y XX KEEPTTL')).toBe(1)
  expect(db.run('MGET a b c')).toEqual(['x', 'y', null])
  expect(db.run('TTL a')).toBe(10)
})

test('MSETEX names what is wrong with its count', () => {
  const db = newInstance()
  expect(db.run('MSETEX key1 val1 ex 10')).toEqual(error('ERR invalid numkeys value'))
  expect(db.run('MSETEX 0 a 1')).toEqual(error('ERR invalid numkeys value'))
  expect(db.run('MSETEX 2147483648 a 1')).toEqual(error('ERR invalid numkeys value'))
  expect(db.run('MSETEX 2147483647 a 1')).toEqual(error('ERR wrong number of key-value pairs'))
  expect(db.run('MSETEX 2 a 1 b')).toEqual(error('ERR wrong number of key-value pairs'))
  expect(db.run('MSETEX 1 a 1 foo')).toEqual(error('ERR syntax error'))
  expect(db.run('MSETEX 1 a 1 EX 1 PX 1')).toEqual(error('ERR syntax error'))
})
