import { describe, expect, test } from 'vitest'
import { error } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

const NOT_AN_INTEGER = error('ERR value is not an integer or out of range')
const OVERFLOW = error('ERR increment or decrement would overflow')
const NOT_A_FLOAT = error('ERR value is not a valid float')
const INFINITE = error('ERR increment would produce NaN or Infinity')

describe('INCR, DECR, INCRBY, DECRBY', () => {
  test('S2: an assigned number goes on as a counter', () => {
    const db = newInstance()
    db.run('SET k 5')
    expect(db.run('INCR k')).toBe(6)
    expect(db.run('DECRBY k 8')).toBe(-2)
    expect(db.run('GET k')).toBe('-2')
  })

  test('C6: a counter of value 0 exists', () => {
    const db = newInstance()
    db.run('INCR k')
    expect(db.run('DECR k')).toBe(0)
    expect(db.run('EXISTS k')).toBe(1)
  })

  test('C2: 59 bits, every integer exact', () => {
    const db = newInstance()
    db.run('SET k 288230376151711742')
    expect(db.run('INCR k')).toBe(288230376151711743n)
    expect(db.run('INCR k')).toEqual(OVERFLOW)
    expect(db.run('GET k')).toBe('288230376151711743')
    db.run('SET k -288230376151711743')
    expect(db.run('DECR k')).toBe(-288230376151711744n)
    expect(db.run('DECR k')).toEqual(OVERFLOW)
    expect(db.run('DECRBY k -9223372036854775808')).toEqual(error('ERR decrement would overflow'))
  })

  test.each(['abc', '1.5', '05', '" 5"', '""', '9223372036854775808'])('refuses the string %s', (text) => {
    const db = newInstance()
    db.run(`SET k ${text}`)
    expect(db.run('INCR k')).toEqual(NOT_AN_INTEGER)
    expect(db.run('INCRBY n 1.5')).toEqual(NOT_AN_INTEGER)
  })

  test('a fraction that a float increment made, or took away', () => {
    const db = newInstance()
    db.run('SET k 1.5')
    db.run('INCRBYFLOAT k 0.25')
    expect(db.run('INCR k')).toEqual(NOT_AN_INTEGER)
    db.run('INCRBYFLOAT k 0.25')
    expect(db.run('INCR k')).toBe(3)
  })

  test('keep the expiry and announce incrby', () => {
    const db = newInstance()
    db.run('SET k 1 EX 10')
    db.instance.take()
    db.run('DECR k')
    expect(db.run('TTL k')).toBe(10)
    expect(db.instance.take().changes).toEqual([{ key: 'k', event: 'incrby' }])
  })
})

describe('INCRBYFLOAT', () => {
  test('C5: exact decimals, without trailing zeros', () => {
    const db = newInstance()
    expect(db.run('INCRBYFLOAT k 0.1')).toBe('0.1')
    expect(db.run('INCRBYFLOAT k 0.2')).toBe('0.3')
    expect(db.run('INCRBYFLOAT k -0.30')).toBe('0')
    db.run('SET k 10.50')
    expect(db.run('INCRBYFLOAT k 0.1')).toBe('10.6')
    db.run('SET k 5.0e3')
    expect(db.run('INCRBYFLOAT k 2.0e2')).toBe('5200')
    expect(db.run('INCRBYFLOAT k 0x1.8p1')).toBe('5203')
    db.run('SET k -0x.8p-1')
    expect(db.run('INCRBYFLOAT k 1')).toBe('0.75')
    expect(db.run('GET k')).toBe('0.75')
  })

  test('what it counted beyond 64 bits is no integer to INCR', () => {
    const db = newInstance()
    db.run('INCRBYFLOAT k 1e19')
    expect(db.run('INCR k')).toEqual(NOT_AN_INTEGER)
  })

  test('shows at most 17 decimals, and keeps more', () => {
    const db = newInstance()
    expect(db.run('INCRBYFLOAT k 0.000000000000000005')).toBe('0.00000000000000001')
    expect(db.run('INCRBYFLOAT k 0.000000000000000005')).toBe('0.00000000000000001')
  })

  test('looks at the type first, then at both numbers', () => {
    const db = newInstance()
    db.run('SADD s x')
    expect(db.run('INCRBYFLOAT s abc')).toEqual(
      error('WRONGTYPE Operation against a key holding the wrong kind of value'),
    )
    expect(db.run('INCRBYFLOAT k abc')).toEqual(NOT_A_FLOAT)
    expect(db.run('INCRBYFLOAT k "1 "')).toEqual(NOT_A_FLOAT)
    expect(db.run('INCRBYFLOAT k nan')).toEqual(NOT_A_FLOAT)
    expect(db.run('INCRBYFLOAT k inf')).toEqual(INFINITE)
    expect(db.run('EXISTS k')).toBe(0)
    db.run('SET k abc')
    expect(db.run('INCRBYFLOAT k 1')).toEqual(NOT_A_FLOAT)
  })

  test('C1: is an increment, not an assignment', () => {
    const db = newInstance()
    db.run('SET k 1')
    db.instance.take()
    db.run('INCRBYFLOAT k 0.5')
    expect(db.instance.take().writes[0]?.effects[0]).toMatchObject({ op: { kind: 'increment' } })
  })
})
