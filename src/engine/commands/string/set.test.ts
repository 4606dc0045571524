import { describe, expect, test } from 'vitest'
import { error, OK } from '../../reply.ts'
import { newInstance, START_MS } from '../../testing/run.ts'

const SYNTAX = error('ERR syntax error')
const WRONG_TYPE = error('WRONGTYPE Operation against a key holding the wrong kind of value')

describe('SET', () => {
  test('assigns over any type', () => {
    const db = newInstance()
    db.run('SADD k a')
    expect(db.run('SET k v')).toEqual(OK)
    expect(db.run('GET k')).toBe('v')
  })

  test('NX and XX look at presence', () => {
    const db = newInstance()
    expect(db.run('SET k v XX')).toBeNull()
    expect(db.run('SET k v NX')).toEqual(OK)
    expect(db.run('SET k w NX')).toBeNull()
    expect(db.run('SET k w XX')).toEqual(OK)
    expect(db.run('SET k w NX XX')).toEqual(SYNTAX)
  })

  test('GET replies with the old value, whether or not the condition holds', () => {
    const db = newInstance()
    expect(db.run('SET k a GET')).toBeNull()
    expect(db.run('SET k b NX GET')).toBe('a')
    expect(db.run('SET k c GET')).toBe('a')
    db.run('SADD s x')
    expect(db.run('SET s c GET')).toEqual(WRONG_TYPE)
  })

  test('IFEQ and IFNE compare the value; a missing key equals nothing', () => {
    const db = newInstance()
    expect(db.run('SET k a IFEQ a')).toBeNull()
    expect(db.run('SET k a IFNE a')).toEqual(OK)
    expect(db.run('SET k b IFEQ x')).toBeNull()
    expect(db.run('SET k b IFEQ a')).toEqual(OK)
    expect(db.run('SET k c IFNE b')).toBeNull()
    expect(db.run('SET k c IFEQ b NX')).toEqual(SYNTAX)
    db.run('SADD s x')
    expect(db.run('SET s c IFEQ x')).toEqual(WRONG_TYPE)
  })

  test('IFDEQ and IFDNE compare the digest', () => {
    const db = newInstance()
    db.run('SET k a')
    const digest = db.run('DIGEST k') as string
    expect(db.run(`SET k b IFDNE ${digest}`)).toBeNull()
    expect(db.run(`SET k b IFDEQ ${digest.toUpperCase()}`)).toEqual(OK)
    expect(db.run(`SET k c IFDEQ ${digest}`)).toBeNull()
    expect(db.run('SET k c IFDEQ abc')).toEqual(error('ERR must be exactly 16 hexadecimal characters'))
  })

  test('expiry options, in any order, but only one of them', () => {
    const db = newInstance()
    expect(db.run('SET k v EX 10 XX GET NX')).toEqual(SYNTAX)
    db.run('SET k v px 1500 nx')
    expect(db.run('PTTL k')).toBe(1500)
    db.run(`SET k v EXAT ${START_MS / 1000 + 5}`)
    expect(db.run('TTL k')).toBe(5)
    db.run('SET k v KEEPTTL')
    expect(db.run('TTL k')).toBe(5)
    db.run('SET k v')
    expect(db.run('TTL k')).toBe(-1)
    expect(db.run('SET k v EX 1 PX 1')).toEqual(SYNTAX)
    expect(db.run('SET k v EX 1 KEEPTTL')).toEqual(SYNTAX)
    expect(db.run('SET k v EX')).toEqual(SYNTAX)
  })

  test('a badly written line is a syntax error before its time is read', () => {
    const db = newInstance()
    expect(db.run('SET k v EX abc FOO')).toEqual(SYNTAX)
    expect(db.run('SET k v EX abc')).toEqual(error('ERR value is not an integer or out of range'))
    expect(db.run('SET k v EX 0')).toEqual(error("ERR invalid expire time in 'set' command"))
    expect(db.run('SET k v PX 9223372036854775807')).toEqual(error("ERR invalid expire time in 'set' command"))
    expect(db.run('EXISTS k')).toBe(0)
  })

  test('announces set, and expire with a time', () => {
    const db = newInstance()
    db.run('SET k v EX 10')
    expect(db.instance.take().changes).toEqual([
      { key: 'k', event: 'set' },
      { key: 'k', event: 'expire' },
    ])
  })
})

test('SETNX, SETEX and PSETEX', () => {
  const db = newInstance()
  expect(db.run('SETNX k a')).toBe(1)
  expect(db.run('SETNX k b')).toBe(0)
  expect(db.run('SETEX k 7 c')).toEqual(OK)
  expect(db.run('TTL k')).toBe(7)
  expect(db.run('PSETEX k 1200 d')).toEqual(OK)
  expect(db.run('PTTL k')).toBe(1200)
  expect(db.run('SETEX k 0 c')).toEqual(error("ERR invalid expire time in 'setex' command"))
  expect(db.run('PSETEX k -1 c')).toEqual(error("ERR invalid expire time in 'psetex' command"))
  expect(db.run('SETEX k x c')).toEqual(error('ERR value is not an integer or out of range'))
  expect(db.run('GET k')).toBe('d')
})
