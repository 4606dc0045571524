import { describe, expect, test } from 'vitest'
import { bytesOfText } from '../lib/index.ts'
import { type Reply, error, map, NULL_ARRAY, OK, set } from '../engine/index.ts'
import { matchesExpectation } from './expectation.ts'

const matches = (command: string, reply: Reply, expected: string) =>
  matchesExpectation(reply, expected, command.split(' '))

const STREAM: Reply = [
  ['110-1', ['a', '1']],
  ['115-2', ['b', '2']],
]

describe('met expectations', () => {
  test.each<[string, Reply, string]>([
    ['GET k', 'abc', '"abc"'],
    ['GET k', 'abc', 'abc'],
    ['GET k', 'abc', '“abc”'],
    ['GET k', 'a b', 'a b'],
    ['GET k', '', '""'],
    ['GET k', 'say "hi"\n', '"say \\"hi\\"\\n"'],
    ['GET k', '\x00', '"\\x00"'],
    ['GET k', bytesOfText('für'), 'für'],
    ['GET k', '7', '"7"'],
    ['GET k', '7', '7'],
    ['INCR k', 7, '(integer) 7'],
    ['INCR k', 7, '7'],
    ['INCR k', 2n ** 57n, '144115188075855872'],
    ['GET k', null, '(nil)'],
    ['GET k', null, 'nil'],
    ['EXEC', NULL_ARRAY, '(nil)'],
    ['SET k v', OK, 'OK'],
    ['JSON.GET d', '{"a":[1,2]}', '{"a":[1,2]}'],
    ['GET k', error('WRONGTYPE Operation against a key'), 'error'],
    ['GET k', error('WRONGTYPE Operation against a key'), '(error)'],
    ['GET k', error('WRONGTYPE Operation against a key'), '(error) WRONGTYPE'],
    ['GET k', error('WRONGTYPE Operation against a key'), '(error) WRONGTYPE Operation against a key'],
    ['LRANGE l 0 -1', ['a', 'b'], '1) "a"\n2) "b"'],
    ['LRANGE l 0 -1', ['a', 'b'], '[a, b]'],
    ['LRANGE l 0 -1', ['a', 'b'], 'a b'],
    ['LRANGE l 0 -1', ['a b', 'c,d'], '["a b", "c,d"]'],
    ['LRANGE l 0 -1', ['a'], 'a'],
    ['LRANGE l 0 -1', [], '(empty array)'],
    ['LRANGE l 0 -1', [], '(empty list or set)'],
    ['LRANGE l 0 -1', [], '[]'],
    ['MGET a b', ['x', null], 'x (nil)'],
    ['SMEMBERS s', ['b', 'a'], '[a, b]'],
    ['smembers s', ['b', 'a'], '1) "a"\n2) "b"'],
    ['SMEMBERS s', set(['b', 'a']), '{a, b}'],
    ['HGETALL h', ['f', '1', 'e', '2'], 'e 2 f 1'],
    ['HGETALL h', map(['f', '1', 'e', '2']), '1# "e" => "2"\n2# "f" => "1"'],
    ['HGETALL h', ['f', '1', 'e', '2'], '1) "e"\n2) "2"\n3) "f"\n4) "1"'],
    ['XRANGE x - +', STREAM, '[110-1, 115-2]'],
    ['XRANGE x - +', STREAM, '110-1 115-2'],
    ['XRANGE x - +', STREAM, '<ms>-1 <ms>-2'],
    ['XREAD STREAMS x 0', [['x', STREAM]], '[110-1, 115-2]'],
    ['XRANGE x - +', STREAM, '1) 1) "110-1"\n   2) 1) "a"\n      2) "1"\n2) 1) "115-2"\n   2) 1) "b"\n      2) "2"'],
    ['XINFO GROUPS x', [map(['name', 'g1', 'pending', 0]), map(['name', 'g2', 'pending', 0])], '[g1, g2]'],
    ['XINFO GROUPS x', [], '[]'],
    ['XPENDING x g - + 2', [['110-1', 'alice', 5, 1]], '[110-1]'],
    ['XADD x * a 1', '1700000000000-1', '<ms>-1'],
    ['XADD x * a 1', '1700000000000-1', '"<ms>-1"'],
    ['TTL k', 8, 'about 10'],
    ['TTL k', 10, '(integer) about 10'],
    ['PTTL k', 8200, 'about 10000'],
  ])('%s: %o is %j', (command, reply, expected) => {
    expect(matches(command, reply, expected)).toBe(true)
  })
})

describe('failed expectations', () => {
  test.each<[string, Reply, string]>([
    ['GET k', 'abc', '"abd"'],
    ['GET k', 'abc', 'ab'],
    ['GET k', 'abc', '(nil)'],
    ['GET k', null, '"(nil)x"'],
    ['INCR k', 7, '8'],
    ['INCR k', 7, '"7"'],
    ['GET k', '7', '(integer) 7'],
    ['GET k', 'a', 'error'],
    ['GET k', error('ERR syntax error'), '(error) WRONGTYPE'],
    ['GET k', error('ERR syntax error'), 'OK'],
    ['GET k', ['a'], 'error'],
    ['LRANGE l 0 -1', ['b', 'a'], '[a, b]'],
    ['LRANGE l 0 -1', ['a', 'b'], '[a]'],
    ['LRANGE l 0 -1', ['a', 'b'], '[a, b, c]'],
    ['LRANGE l 0 -1', ['a'], '(empty array)'],
    ['SMEMBERS s', ['a', 'a'], '[a, b]'],
    ['HGETALL h', ['f', '1', 'e', '2'], 'f 2 e 1'],
    ['XRANGE x - +', STREAM, '[115-2, 110-1]'],
    ['XRANGE x - +', STREAM, '[110-1]'],
    ['XADD x * a 1', '1700000000000-2', '<ms>-1'],
    ['TTL k', 13, 'about 10'],
    ['TTL k', -1, 'about 10'],
    ['PTTL k', 7900, 'about 10000'],
  ])('%s: %o is not %j', (command, reply, expected) => {
    expect(matches(command, reply, expected)).toBe(false)
  })
})
