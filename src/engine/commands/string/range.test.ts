import { expect, test } from 'vitest'
import { error } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

const TOO_LONG = error('ERR string exceeds maximum allowed size (proto-max-bulk-len)')

test.each([
  ['0 3', 'This'],
  ['-3 -1', 'ing'],
  ['0 -1', 'This is a string'],
  ['10 100', 'string'],
  ['5 3', ''],
  ['-1 -5', ''],
  ['100 200', ''],
  ['0 -100', 'T'],
])('GETRANGE k %s', (range, part) => {
  const db = newInstance()
  db.run('SET k "This is a string"')
  expect(db.run(`GETRANGE k ${range}`)).toBe(part)
})

test('GETRANGE and STRLEN of a missing key, of a counter, and of bad positions', () => {
  const db = newInstance()
  expect(db.run('GETRANGE none 0 -1')).toBe('')
  expect(db.run('STRLEN none')).toBe(0)
  db.run('INCRBY n 1234')
  expect(db.run('STRLEN n')).toBe(4)
  expect(db.run('GETRANGE n 1 2')).toBe('23')
  expect(db.run('GETRANGE n a 2')).toEqual(error('ERR value is not an integer or out of range'))
})

test('APPEND keeps the expiry and turns a counter into a string', () => {
  const db = newInstance()
  expect(db.run('APPEND k ab')).toBe(2)
  db.run('EXPIRE k 10')
  expect(db.run('APPEND k cd')).toBe(4)
  expect(db.run('TTL k')).toBe(10)
  db.run('INCRBY n 12')
  expect(db.run('APPEND n 3')).toBe(3)
  expect(db.run('INCR n')).toBe(124)
})

test('SETRANGE pads with zero bytes and ignores an empty value', () => {
  const db = newInstance()
  expect(db.run('SETRANGE k 3 ab')).toBe(5)
  expect(db.run('GET k')).toBe('\0\0\0ab')
  expect(db.run('SETRANGE k 1 XY')).toBe(5)
  expect(db.run('GET k')).toBe('\0XYab')
  expect(db.run('SETRANGE none 10 ""')).toBe(0)
  expect(db.run('EXISTS none')).toBe(0)
  expect(db.run('SETRANGE k -1 a')).toEqual(error('ERR offset is out of range'))
})

test('strings are at most 512 MB', () => {
  const db = newInstance()
  db.run('SET k a')
  expect(db.run('SETRANGE k 536870912 a')).toEqual(TOO_LONG)
  expect(db.run('SETRANGE k 9007199254740991 a')).toEqual(TOO_LONG)
  expect(db.run('GET k')).toBe('a')
})
