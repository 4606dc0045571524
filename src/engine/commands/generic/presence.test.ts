import { expect, test } from 'vitest'
import { error, status } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

test('DEL, UNLINK, EXISTS and TOUCH count keys', () => {
  const db = newInstance()
  db.run('MSET a 1 b 2')
  expect(db.run('EXISTS a a b none')).toBe(3)
  expect(db.run('TOUCH a none')).toBe(1)
  expect(db.run('DEL a a none')).toBe(1)
  expect(db.run('UNLINK b')).toBe(1)
  expect(db.run('EXISTS a b')).toBe(0)
})

test('S3: TYPE says string of a counter too', () => {
  const db = newInstance()
  db.run('INCR n')
  db.run('SADD s x')
  expect(db.run('TYPE n')).toEqual(status('string'))
  expect(db.run('TYPE s')).toEqual(status('set'))
  expect(db.run('TYPE none')).toEqual(status('none'))
})

test('OBJECT', () => {
  const db = newInstance()
  db.run('SET k v')
  expect(db.run('OBJECT REFCOUNT k')).toBe(1)
  expect(db.run('OBJECT IDLETIME k')).toBe(0)
  expect(db.run('object freq none')).toBeNull()
  expect(db.run('OBJECT FREQ k')).toMatchObject({ type: 'error' })
  expect(db.run('OBJECT REFCOUNT none')).toBeNull()
  expect(db.run('OBJECT FOO k')).toEqual(error("ERR unknown subcommand 'FOO'. Try OBJECT HELP."))
})

test('WAITAOF: every write is in the log at once', () => {
  const db = newInstance()
  expect(db.run('WAITAOF 1 0 0')).toEqual([1, 0])
  expect(db.run('WAITAOF 2 0 0')).toEqual(error('ERR value is out of range, must be between 0 and 1'))
  expect(db.run('WAITAOF 1 -1 0')).toEqual(error('ERR value is out of range, must be positive'))
  expect(db.run('WAITAOF 1 0 -1')).toEqual(error('ERR timeout is negative'))
  expect(db.run('WAITAOF 1 0 x')).toEqual(error('ERR timeout is not an integer or out of range'))
})
