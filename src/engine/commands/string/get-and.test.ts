import { describe, expect, test } from 'vitest'
import { error, OK } from '../../reply.ts'
import { newInstance, START_MS } from '../../testing/run.ts'

const WRONG_TYPE = error('WRONGTYPE Operation against a key holding the wrong kind of value')

test('GETSET replies with the old value and forgets the expiry', () => {
  const db = newInstance()
  expect(db.run('GETSET k a')).toBeNull()
  db.run('EXPIRE k 10')
  expect(db.run('GETSET k b')).toBe('a')
  expect(db.run('TTL k')).toBe(-1)
  db.run('SADD s x')
  expect(db.run('GETSET s b')).toEqual(WRONG_TYPE)
})

test('GETDEL deletes a string only', () => {
  const db = newInstance()
  db.run('INCRBY k 3')
  expect(db.run('GETDEL k')).toBe('3')
  expect(db.run('GETDEL k')).toBeNull()
  db.run('SADD s x')
  expect(db.run('GETDEL s')).toEqual(WRONG_TYPE)
  expect(db.run('EXISTS s')).toBe(1)
})

describe('GETEX', () => {
  test('changes the expiry and replies with the value', () => {
    const db = newInstance()
    expect(db.run('SET k v')).toEqual(OK)
    expect(db.run('GETEX k EX 10')).toBe('v')
    expect(db.run('TTL k')).toBe(10)
    expect(db.run('GETEX k')).toBe('v')
    expect(db.run('TTL k')).toBe(10)
    expect(db.run(`GETEX k PXAT ${START_MS + 2500}`)).toBe('v')
    expect(db.run('PTTL k')).toBe(2500)
    expect(db.run('GETEX k PERSIST')).toBe('v')
    expect(db.run('TTL k')).toBe(-1)
  })

  test('a time that has passed deletes the key', () => {
    const db = newInstance()
    db.run('SET k v')
    expect(db.run('GETEX k EXAT 1')).toBe('v')
    expect(db.run('EXISTS k')).toBe(0)
  })

  test('the time is looked at only when the key is there, the syntax always', () => {
    const db = newInstance()
    expect(db.run('GETEX k EX 0')).toBeNull()
    expect(db.run('GETEX k EX 1 PERSIST')).toEqual(error('ERR syntax error'))
    expect(db.run('GETEX k KEEPTTL')).toEqual(error('ERR syntax error'))
    db.run('SET k v')
    expect(db.run('GETEX k EX 0')).toEqual(error("ERR invalid expire time in 'getex' command"))
    expect(db.run('GETEX k PX x')).toEqual(error('ERR value is not an integer or out of range'))
  })
})
