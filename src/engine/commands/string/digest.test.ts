import { expect, test } from 'vitest'
import { error } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

test('DIGEST is the XXH3 hash of what the key shows', () => {
  const db = newInstance()
  db.run('SET empty ""')
  // The specification's hash of no bytes.
  expect(db.run('DIGEST empty')).toBe('2d06800538d394c2')
  db.run('SET a 5')
  db.run('INCRBY b 5')
  expect(db.run('DIGEST a')).toBe(db.run('DIGEST b'))
  expect(db.run('DIGEST none')).toBeNull()
  db.run('SADD s x')
  expect(db.run('DIGEST s')).toEqual(error('WRONGTYPE Operation against a key holding the wrong kind of value'))
})

test('DELEX deletes when the condition holds', () => {
  const db = newInstance()
  db.run('SET k a')
  expect(db.run('DELEX k IFEQ b')).toBe(0)
  expect(db.run('DELEX k IFNE a')).toBe(0)
  expect(db.run(`DELEX k IFDNE ${db.run('DIGEST k') as string}`)).toBe(0)
  expect(db.run('DELEX k IFDEQ zzzzzzzzzzzzzzzz')).toBe(0)
  expect(db.run('DELEX k ifeq a')).toBe(1)
  expect(db.run('EXISTS k')).toBe(0)
  db.run('SADD s x')
  expect(db.run('DELEX s')).toBe(1)
})

test('DELEX looks for the key before it looks at the condition', () => {
  const db = newInstance()
  expect(db.run('DELEX none FOO a')).toBe(0)
  expect(db.run('DELEX none IFEQ')).toEqual(error("ERR wrong number of arguments for 'delex' command"))
  db.run('SET k a')
  db.run('SADD s x')
  expect(db.run('DELEX s FOO a')).toEqual(error('ERR Key should be of string type if conditions are specified'))
  expect(db.run('DELEX k FOO a')).toEqual(error('ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE'))
  expect(db.run('DELEX k IFDEQ abc')).toEqual(error('ERR must be exactly 16 hexadecimal characters'))
  expect(db.run('GET k')).toBe('a')
})
