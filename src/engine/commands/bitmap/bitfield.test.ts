import { describe, expect, test } from 'vitest'
import { error } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

const BAD_TYPE = error(
  'ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.',
)
const BAD_OFFSET = error('ERR bit offset is not an integer or out of range')

describe('BITFIELD', () => {
  test('SET replies with the old number, INCRBY with the new, GET with the present', () => {
    const db = newInstance()
    expect(db.run('BITFIELD k SET u8 0 255 SET u8 #1 7 GET u16 0 INCRBY i5 100 1 GET u4 0')).toEqual([
      0, 0, 0xff07, 1, 15,
    ])
    // i5 at bit 100 ends with bit 104, in the fourteenth byte.
    expect(db.run('STRLEN k')).toBe(14)
    expect(db.run('BITFIELD k GET i8 0 GET u8 1000')).toEqual([-1, 0])
  })

  test('i64 and u63 are exact', () => {
    const db = newInstance()
    expect(db.run('BITFIELD k SET i64 3 -9223372036854775807 GET i64 3')).toEqual([0, -9223372036854775807n])
    expect(db.run('BITFIELD n SET u63 1 9223372036854775807 GET u63 1')).toEqual([0, 9223372036854775807n])
  })

  test('OVERFLOW rules what follows it', () => {
    const db = newInstance()
    db.run('BITFIELD k SET u8 0 250 SET i8 8 -120')
    expect(db.run('BITFIELD k OVERFLOW FAIL INCRBY u8 0 10 OVERFLOW SAT INCRBY i8 8 -10 INCRBY u8 0 10')).toEqual([
      null,
      -128,
      255,
    ])
    expect(db.run('BITFIELD k INCRBY u8 0 1 INCRBY i8 8 -1')).toEqual([0, 127])
    expect(db.run('BITFIELD k OVERFLOW SAT SET u8 0 -1 GET u8 0 OVERFLOW FAIL SET i8 8 128 GET i8 8')).toEqual([
      0,
      255,
      null,
      127,
    ])
  })

  test('reading creates nothing; a failed write still grows the string, as in Redis', () => {
    const db = newInstance()
    expect(db.run('BITFIELD k GET u8 0')).toEqual([0])
    expect(db.run('BITFIELD k')).toEqual([])
    expect(db.run('EXISTS k')).toBe(0)
    expect(db.run('BITFIELD k OVERFLOW FAIL SET u1 7 2')).toEqual([null])
    expect(db.run('GET k')).toBe('\0')
  })

  test.each([
    ['GET u64 0', BAD_TYPE],
    ['GET i65 0', BAD_TYPE],
    ['GET u0 0', BAD_TYPE],
    ['GET U8 0', BAD_TYPE],
    ['GET u8 -1', BAD_OFFSET],
    ['GET u8 #x', BAD_OFFSET],
    ['SET u8 4294967296 1', BAD_OFFSET],
    ['SET u8 0 1.5', error('ERR value is not an integer or out of range')],
    ['OVERFLOW MAYBE', error('ERR Invalid OVERFLOW type specified')],
    ['GET bad', error('ERR syntax error')],
    ['FOO u8 0', error('ERR syntax error')],
  ])('BITFIELD k %s', (line, reply) => {
    const db = newInstance()
    expect(db.run(`BITFIELD k SET u8 0 1 ${line}`)).toEqual(reply)
    expect(db.run('EXISTS k')).toBe(0)
  })
})

test('BITFIELD_RO knows GET only', () => {
  const db = newInstance()
  db.run('SET k A')
  expect(db.run('BITFIELD_RO k GET u8 0 GET u4 #1')).toEqual([65, 1])
  expect(db.run('BITFIELD_RO k GET u8 0 SET u8 0 1')).toEqual(error('ERR BITFIELD_RO only supports the GET subcommand'))
})
