import { describe, expect, test } from 'vitest'
import { boolean, double, error, map, NULL_ARRAY, OK, type Reply, set, status, verbatim } from '../engine/index.ts'
import { formatRawText, formatReply, rawReply, showsRawText } from './reply-format.ts'

describe('a reply is shown as redis-cli shows it', () => {
  const cases: readonly (readonly [string, Reply, string])[] = [
    ['bulk string', 'hello', '"hello"'],
    ['empty string', '', '""'],
    ['bytes beyond ASCII', '\xc3\xa9', String.raw`"\xc3\xa9"`],
    ['integer', 3, '(integer) 3'],
    ['64-bit integer', 9223372036854775807n, '(integer) 9223372036854775807'],
    ['nil', null, '(nil)'],
    ['null array', NULL_ARRAY, '(nil)'],
    ['status', OK, 'OK'],
    ['error', error('ERR no'), '(error) ERR no'],
    ['empty array', [], '(empty array)'],
    ['empty map', map([]), '(empty hash)'],
    ['empty set', set([]), '(empty set)'],
    ['double', double(1.5), '(double) 1.5'],
    ['infinite double', double(-Infinity), '(double) -inf'],
    ['true', boolean(true), '(true)'],
    ['false', boolean(false), '(false)'],
    ['verbatim', verbatim('a\nb'), 'a\nb'],
    ['array', ['a', 1, null], '1) "a"\n2) (integer) 1\n3) (nil)'],
    ['nested array', [['a', 'b'], ['c']], '1) 1) "a"\n   2) "b"\n2) 1) "c"'],
    ['map', map(['a', 1, 'b', ['x', 'y']]), '1# "a" => (integer) 1\n2# "b" => \n   1) "x"\n   2) "y"'],
    [
      'map of small collections',
      map(['a', ['x'], 'b', map(['k', 1])]),
      '1# "a" => 1) "x"\n2# "b" => 1# "k" => (integer) 1',
    ],
    ['set', set(['a', 'b']), '1~ "a"\n2~ "b"'],
    ['push', { type: 'push', items: ['message', 'c', 'm'] }, '1) "message"\n2) "c"\n3) "m"'],
  ]
  test.each(cases)('%s', (_, reply, shown) => {
    expect(formatReply(reply)).toBe(shown)
  })

  test('numbers are right-aligned to the widest, and nested items stand below their first', () => {
    const shown = formatReply([...Array.from({ length: 9 }, () => 0), ['x', ['y', 'z']]]).split('\n')
    expect(shown[0]).toBe(' 1) (integer) 0')
    expect(shown.slice(9)).toEqual(['10) 1) "x"', '    2) 1) "y"', '       2) "z"'])
  })
})

test('control characters in statuses, errors and verbatim text are escaped', () => {
  expect(formatReply(status('a\x1b[2Jb'))).toBe('a\\x1b[2Jb')
  expect(formatReply(error('ERR \r\n\x07'))).toBe('(error) ERR \\r\\n\\a')
  expect(formatReply(verbatim('a\x1bb\nc'))).toBe('a\\x1bb\nc')
})

test('INFO and its like are shown as lines of text', () => {
  expect(showsRawText(['info'])).toBe(true)
  expect(showsRawText(['CLIENT', 'list', 'ID', '1'])).toBe(true)
  expect(showsRawText(['CLIENT', 'GETNAME'])).toBe(false)
  expect(showsRawText(['CLUSTER', 'INFO', 'x'])).toBe(false)
  expect(formatRawText('# Server\r\nredis_version:7\r\n')).toBe('# Server\nredis_version:7')
})

test('raw replies are the bytes themselves', () => {
  expect(rawReply(['a\x00', 1, null, ['b', double(2.5)]])).toBe('a\x00\n1\n\nb\n2.5')
  expect(rawReply(map(['a', 1, 'b', 2]))).toBe('a 1\nb 2')
  expect(rawReply(boolean(true))).toBe('(true)')
})
