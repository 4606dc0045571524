import { expect, test } from 'vitest'
import { error } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

/** x = 1100 1010, y = 1010 1100, z = 1000 0001 and a second byte 1111 0000. */
function threeBitmaps() {
  const db = newInstance()
  db.run('MSET x "\\xca" y "\\xac" z "\\x81\\xf0"')
  return db
}

test.each([
  ['AND d x y', '\x88'],
  ['OR d x y', '\xee'],
  ['XOR d x y', '\x66'],
  ['NOT d x', '\x35'],
  ['not d z', '\x7e\x0f'],
  ['AND d x z', '\x80\x00'],
  ['OR d x z', '\xcb\xf0'],
  ['DIFF d x y z', '\x42\x00'],
  ['DIFF1 d x y z', '\x25\xf0'],
  ['ANDOR d x y z', '\x88\x00'],
  ['ONE d x y z', '\x67\xf0'],
  ['ONE d x x', '\x00'],
  ['OR d x none', '\xca'],
])('BITOP %s', (line, result) => {
  const db = threeBitmaps()
  expect(db.run(`BITOP ${line}`)).toBe(result.length)
  expect(db.run('GET d')).toBe(result)
})

test('an empty result deletes the destination; a result forgets its expiry', () => {
  const db = threeBitmaps()
  db.run('SET d v EX 10')
  db.run('BITOP OR d x y')
  expect(db.run('TTL d')).toBe(-1)
  expect(db.run('BITOP AND d none nothing')).toBe(0)
  expect(db.run('EXISTS d')).toBe(0)
})

test('BITOP names what is wrong', () => {
  const db = threeBitmaps()
  expect(db.run('BITOP FOO d x')).toEqual(error('ERR syntax error'))
  expect(db.run('BITOP NOT d x y')).toEqual(error('ERR BITOP NOT must be called with a single source key.'))
  expect(db.run('BITOP andor d x')).toEqual(error('ERR BITOP ANDOR must be called with at least two source keys.'))
  expect(db.run('BITOP AND d')).toEqual(error("ERR wrong number of arguments for 'bitop' command"))
  db.run('SADD s m')
  expect(db.run('BITOP OR d x s')).toEqual(error('WRONGTYPE Operation against a key holding the wrong kind of value'))
})
