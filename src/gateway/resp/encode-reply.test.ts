import { expect, test } from 'vitest'
import {
  boolean,
  double,
  error,
  map,
  NULL_ARRAY,
  OK,
  type Reply,
  set,
  status,
  toResp2,
  verbatim,
} from '../../engine/index.ts'
import { encodeReply } from './encode-reply.ts'

const CASES: readonly (readonly [reply: Reply, resp2: string, resp3: string])[] = [
  ['a\r\n\xff', '$4\r\na\r\n\xff\r\n', '$4\r\na\r\n\xff\r\n'],
  ['', '$0\r\n\r\n', '$0\r\n\r\n'],
  [-5, ':-5\r\n', ':-5\r\n'],
  [2n ** 58n, ':288230376151711744\r\n', ':288230376151711744\r\n'],
  [null, '$-1\r\n', '_\r\n'],
  [NULL_ARRAY, '*-1\r\n', '_\r\n'],
  [OK, '+OK\r\n', '+OK\r\n'],
  [error('ERR a\r\nb'), '-ERR a  b\r\n', '-ERR a  b\r\n'],
  [status('‘a’'), '+\xe2\x80\x98a\xe2\x80\x99\r\n', '+\xe2\x80\x98a\xe2\x80\x99\r\n'],
  [[], '*0\r\n', '*0\r\n'],
  [[1, ['a', null]], '*2\r\n:1\r\n*2\r\n$1\r\na\r\n$-1\r\n', '*2\r\n:1\r\n*2\r\n$1\r\na\r\n_\r\n'],
  [map(['a', 1]), '*2\r\n$1\r\na\r\n:1\r\n', '%1\r\n$1\r\na\r\n:1\r\n'],
  [set(['a']), '*1\r\n$1\r\na\r\n', '~1\r\n$1\r\na\r\n'],
  [double(1.5), '$3\r\n1.5\r\n', ',1.5\r\n'],
  [double(Infinity), '$3\r\ninf\r\n', ',inf\r\n'],
  [boolean(true), ':1\r\n', '#t\r\n'],
  [boolean(false), ':0\r\n', '#f\r\n'],
  [verbatim('ab'), '$2\r\nab\r\n', '=6\r\ntxt:ab\r\n'],
  [{ type: 'push', items: ['message', 1] }, '*2\r\n$7\r\nmessage\r\n:1\r\n', '>2\r\n$7\r\nmessage\r\n:1\r\n'],
]

test.each(CASES.map(([reply, resp2, resp3]) => ({ reply, resp2, resp3 })))('$resp3', ({ reply, resp2, resp3 }) => {
  expect(encodeReply(reply, 2)).toBe(resp2)
  expect(encodeReply(reply, 3)).toBe(resp3)
  // The RESP2 form is the one that everything else uses.
  expect(encodeReply(toResp2(reply), 2)).toBe(resp2)
})
