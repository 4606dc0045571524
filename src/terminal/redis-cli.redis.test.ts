/** The terminal beside the real redis-cli: the same reply, shown by both. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bytes, bytesOfText } from '../lib/index.ts'
import { rawReply } from './reply-format.ts'
import { type RealRedis, REDIS_PRESENT, startRedis } from './testing/real-redis.ts'
import { NEW_SESSION, showReply } from './terminal-session.ts'
import { INVALID_ARGUMENTS, tokenize } from './tokenizer.ts'

if (!REDIS_PRESENT) {
  console.warn('redis-server, redis-cli or script is not installed: replies were NOT compared with the real redis-cli.')
}

const NESTED = "return {1,{2,'a',{'x',{'y','z'},{}}},'b',false,{ok='fine'},{err='ERR no'},{{{'deep'}}}}"
const ELEVEN = "local t = {} for i = 1, 11 do t[i] = {i, {'a', 'b'}} end return t"
const TYPED_MAPS = 'redis.setresp(3) return {map={a={map={b=1}}}}'
const COMMANDS: readonly (readonly Bytes[])[] = [
  ['PING'],
  ['ECHO', 'plain'],
  ['ECHO', ''],
  ['ECHO', 'q"\\\n\r\t\x07\b\x01\x1b[31m\x7f'],
  ['ECHO', bytesOfText('é日本')],
  ['GET', 'missing'],
  ['NOSUCH', 'a'],
  ['STRLEN', 'text'],
  ['LRANGE', 'missing', '0', '-1'],
  ['LRANGE', 'list', '0', '-1'],
  ['HGETALL', 'hash'],
  ['HGETALL', 'missing'],
  ['SMEMBERS', 'set'],
  ['SMEMBERS', 'missing'],
  ['ZRANGE', 'zset', '0', '-1', 'WITHSCORES'],
  ['ZSCORE', 'zset', 'b'],
  ['ZADD', 'zset', 'INCR', '0', 'inf'],
  ['XRANGE', 'stream', '-', '+'],
  ['XINFO', 'STREAM', 'stream'],
  ['BLPOP', 'missing', '0.01'],
  ['EVAL', NESTED, '0'],
  ['EVAL', ELEVEN, '0'],
  ['EVAL', TYPED_MAPS, '0'],
  ['COMMAND', 'DOCS', 'SET', 'XADD'],
  ['COMMAND', 'INFO', 'GET', 'nosuch'],
  ['CONFIG', 'GET', 'max*'],
  ['INFO', 'replication'],
  ['MEMORY', 'DOCTOR'],
  ['LATENCY', 'DOCTOR'],
  ['DEBUG', 'PROTOCOL', 'map'],
  ['DEBUG', 'PROTOCOL', 'set'],
  ['DEBUG', 'PROTOCOL', 'double'],
  ['DEBUG', 'PROTOCOL', 'true'],
  ['DEBUG', 'PROTOCOL', 'verbatim'],
]

const LINES: readonly string[] = [
  'a b',
  ' a\t b ',
  '"a b" \'c d\'',
  String.raw`"\x41\n\t\\\"\q" 'it\'s \n'`,
  String.raw`"\xg1\x4"`,
  String.raw`a\b"c d"`,
  `"" '' "'" '"'`,
  '"a"b',
  "'a'b",
  '"a',
  "'a",
  '"a\\',
  '"a""b"',
  'é "é"',
]

describe.runIf(REDIS_PRESENT)('beside the real redis-cli', () => {
  let redis: RealRedis

  beforeAll(async () => {
    redis = await startRedis()
    for (const line of [
      'SET text hello',
      'RPUSH list a b c d e f g h i j k',
      'HSET hash field value',
      'SADD set one',
      'ZADD zset 1.5 a 3 b inf inf',
      'XADD stream 1-1 field value',
      'XADD stream 2-1 field value other x',
    ]) {
      await redis.call(2, line.split(' '))
    }
  })

  afterAll(() => redis.stop())

  describe.each([2, 3] as const)('RESP%i', (protocol) => {
    test.each(COMMANDS)('%s %s %s', async (...argv) => {
      const reply = await redis.call(protocol, argv)
      expect(showReply({ ...NEW_SESSION, protocol }, argv, reply)).toBe(redis.shown(protocol, argv).replace(/\n$/, ''))
      expect(rawReply(reply).replace(/\n$/, '')).toBe(redis.raw(protocol, argv).replace(/\n$/, ''))
    })
  })

  test.each(LINES)('the line %j has the same arguments', (line) => {
    const prefix = `EVAL "return table.concat(ARGV, '|')" 0 `
    const tokens = tokenize(prefix + line)
    const expected = 'error' in tokens ? INVALID_ARGUMENTS : tokens.argv.slice(3).join('|')
    expect(redis.typed([prefix + line])).toBe(`${expected}\n`)
  })
})
