import { expect, test } from 'vitest'
import { boolean, double, error, map, NULL_ARRAY, OK, set, verbatim, type Reply } from './reply.ts'
import { formatDouble, toResp2 } from './resp2.ts'

const push: Reply = { type: 'push', items: ['message', 'c', double(1)] }

test.each<[string, Reply, Reply]>([
  ['a bulk string', 'a', 'a'],
  ['an integer', 7, 7],
  ['a null', null, null],
  ['a null array', NULL_ARRAY, NULL_ARRAY],
  ['a status', OK, OK],
  ['an error', error('ERR x'), error('ERR x')],
  ['a map: a flat array', map(['a', 1, 'b', double(2.5)]), ['a', 1, 'b', '2.5']],
  ['a set: an array', set(['a', boolean(true)]), ['a', 1]],
  ['a boolean: 1 or 0', boolean(false), 0],
  ['a verbatim string: a bulk string', verbatim('text'), 'text'],
  ['a push: an array', push, ['message', 'c', '1']],
  ['nested', [1, [map(['k', set(['m'])])]], [1, [['k', ['m']]]]],
])('%s', (_what, reply, expected) => {
  expect(toResp2(reply)).toEqual(expected)
})

test.each([
  [0, '0'],
  [-0, '-0'],
  [3, '3'],
  [-3, '-3'],
  [1e15, '1000000000000000'],
  [0.1, '0.1'],
  [-1.5, '-1.5'],
  [1e-5, '0.00001'],
  [1e-7, '1e-7'],
  [1.5e-10, '1.5e-10'],
  [123.456, '123.456'],
  [1e17, '1e+17'],
  [123456789012345680, '123456789012345680'],
  [1e20, '1e+20'],
  [1.7976931348623157e308, '1.7976931348623157e+308'],
  [Infinity, 'inf'],
  [-Infinity, '-inf'],
  [13.361389338970184, '13.361389338970184'],
])('the double %d is shown as %s', (value, text) => {
  expect(formatDouble(value)).toBe(text)
  expect(Number(text.replace('inf', 'Infinity'))).toBe(value)
})
