import { expect, test } from 'vitest'
import { error } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

const BAD_OFFSET = error('ERR bit offset is not an integer or out of range')

test('SETBIT replies with the bit that was there and grows the string', () => {
  const db = newInstance()
  expect(db.run('SETBIT k 1 1')).toBe(0)
  expect(db.run('GET k')).toBe('@')
  expect(db.run('SETBIT k 17 1')).toBe(0)
  expect(db.run('GET k')).toBe('@\0@')
  expect(db.run('SETBIT k 1 0')).toBe(1)
  expect(db.run('GET k')).toBe('\0\0@')
  expect(db.run('GETBIT k 17')).toBe(1)
  expect(db.run('GETBIT k 1000')).toBe(0)
  expect(db.run('GETBIT none 0')).toBe(0)
})

test('S1: SETBIT assigns the whole value and keeps the expiry', () => {
  const db = newInstance()
  db.run('SET k a EX 10')
  db.instance.take()
  db.run('SETBIT k 6 1')
  expect(db.run('TTL k')).toBe(10)
  const { writes, changes } = db.instance.take()
  expect(writes[0]?.effects[0]).toMatchObject({ op: { kind: 'assign', value: 'c' } })
  expect(changes).toEqual([{ key: 'k', event: 'setbit' }])
})

test('offsets are below 2^32, bits are 0 or 1, strings are strings', () => {
  const db = newInstance()
  expect(db.run('SETBIT k -1 1')).toEqual(BAD_OFFSET)
  expect(db.run('SETBIT k 4294967296 1')).toEqual(BAD_OFFSET)
  expect(db.run('GETBIT k x')).toEqual(BAD_OFFSET)
  expect(db.run('SETBIT k 0 2')).toEqual(error('ERR bit is not an integer or out of range'))
  db.run('SADD s x')
  expect(db.run('SETBIT s x 2')).toEqual(BAD_OFFSET)
  expect(db.run('SETBIT s 0 1')).toEqual(error('WRONGTYPE Operation against a key holding the wrong kind of value'))
})
