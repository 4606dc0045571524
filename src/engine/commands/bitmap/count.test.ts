import { describe, expect, test } from 'vitest'
import { error } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

const SYNTAX = error('ERR syntax error')
const NOT_AN_INTEGER = error('ERR value is not an integer or out of range')

describe('BITCOUNT', () => {
  // foobar: f 4, o 6, o 6, b 3, a 3, r 4 bits.
  test.each([
    ['', 26],
    [' 0 0', 4],
    [' 1 1', 6],
    [' 1 1 BYTE', 6],
    [' -2 -1', 7],
    [' 5 30 BIT', 17],
    [' 3 3 BIT', 0],
    [' -1 -3', 0],
    [' 4 2', 0],
    [' 100 200', 0],
  ])('BITCOUNT k%s', (range, count) => {
    const db = newInstance()
    db.run('SET k foobar')
    expect(db.run(`BITCOUNT k${range}`)).toBe(count)
  })

  test('needs both ends, and looks at them before the key', () => {
    const db = newInstance()
    expect(db.run('BITCOUNT none')).toBe(0)
    expect(db.run('BITCOUNT none 0')).toEqual(SYNTAX)
    expect(db.run('BITCOUNT none x')).toEqual(SYNTAX)
    expect(db.run('BITCOUNT none x 1')).toEqual(NOT_AN_INTEGER)
    expect(db.run('BITCOUNT none 0 1 FOO')).toEqual(SYNTAX)
  })
})

describe('BITPOS', () => {
  test.each([
    ['"\\xff\\xf0\\x00"', '0', 12],
    ['"\\x00\\xff\\xf0"', '1 0', 8],
    ['"\\x00\\xff\\xf0"', '1 2', 16],
    ['"\\x00\\xff\\xf0"', '1 2 -1 BYTE', 16],
    ['"\\x00\\xff\\xf0"', '1 7 15 BIT', 8],
    ['"\\x00\\xff\\xf0"', '1 7 -3 BIT', 8],
    ['"\\x00\\x00\\x00"', '1', -1],
    ['"\\xff\\xff"', '0', 16],
    ['"\\xff\\xff"', '0 1', 16],
    ['"\\xff\\xff"', '0 0 -1', -1],
    ['"\\xff\\xff"', '0 5', -1],
  ])('in %s BITPOS k %s', (value, rest, position) => {
    const db = newInstance()
    db.run(`SET k ${value}`)
    expect(db.run(`BITPOS k ${rest}`)).toBe(position)
  })

  test('a missing key is full of zeros; the bit is 0 or 1', () => {
    const db = newInstance()
    expect(db.run('BITPOS none 0')).toBe(0)
    expect(db.run('BITPOS none 1')).toBe(-1)
    expect(db.run('BITPOS none 2 x')).toEqual(error('ERR The bit argument must be 1 or 0.'))
    expect(db.run('BITPOS none x')).toEqual(NOT_AN_INTEGER)
    expect(db.run('BITPOS none 1 0 1 FOO')).toEqual(SYNTAX)
    expect(db.run('BITPOS none 1 0 x FOO')).toEqual(SYNTAX)
    expect(db.run('BITPOS none 1 x 1 BIT more')).toEqual(SYNTAX)
    expect(db.run('BITCOUNT none x 1 BIT more')).toEqual(SYNTAX)
  })
})
