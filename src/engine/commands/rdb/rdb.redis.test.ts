/** What DUMP gives here is restored by a real redis-server, and the other way round. */
import { expect, test } from 'vitest'
import { Instance } from '../../instance.ts'
import { toResp2 } from '../../resp2.ts'
import { installedRedis, startRedis } from '../../testing/redis/server.ts'
import { START_MS } from '../../testing/run.ts'

const FILL: readonly (readonly string[])[] = [
  ['SET', 'string', 'abc\x00\xff'],
  ['SET', 'number', '-123456'],
  ['SET', 'long', 'abcdefgh'.repeat(3000)],
  ['RPUSH', 'list', '1', '-5', '5000', '-70000', '9000000000', 'x'.repeat(100), 'y'.repeat(5000), ''],
  ['SADD', 'intset', '1', '70000', '-9000000000'],
  ['SADD', 'set', 'a', 'b', '7'],
  ['HSET', 'hash', 'f', '1', 'g', 'two'],
  ['HSET', 'hashtable', 'f', 'z'.repeat(1000), '', '-1'],
  ['ZADD', 'zset', '1.5', 'a', '-inf', 'b', 'inf', 'c', '3', 'd'],
  ['PFADD', 'hll', 'a', 'b', 'c'],
  ['XADD', 'stream', '5-1', 'f', 'v', 'g', '12'],
  ['XADD', 'stream', '5-3', 'f', 'w', 'g', '13'],
  ['XADD', 'stream', '7-0', 'other', 'x'],
  ['XADD', 'stream', '18446744073709551615-1', 'f', 'y', 'g', ''],
  ['XDEL', 'stream', '5-3'],
  ['XGROUP', 'CREATE', 'stream', 'grp', '0'],
  ['XGROUP', 'CREATECONSUMER', 'stream', 'grp', 'idle'],
  ['XREADGROUP', 'GROUP', 'grp', 'me', 'COUNT', '2', 'STREAMS', 'stream', '>'],
]

const READ: readonly (readonly string[])[] = [
  ['GET', 'string'],
  ['GET', 'number'],
  ['GET', 'long'],
  ['LRANGE', 'list', '0', '-1'],
  ['SMEMBERS', 'intset'],
  ['SMEMBERS', 'set'],
  ['HGETALL', 'hash'],
  ['HGETALL', 'hashtable'],
  ['ZRANGE', 'zset', '0', '-1', 'WITHSCORES'],
  ['PFCOUNT', 'hll'],
  ['XRANGE', 'stream', '-', '+'],
  ['XPENDING', 'stream', 'grp'],
  ['XREADGROUP', 'GROUP', 'grp', 'me', 'STREAMS', 'stream', '>'],
]

/** Replies in comparable form: of unordered ones the order does not count. */
function plain(command: string, reply: unknown): string {
  const items = command === 'SMEMBERS' ? [...(reply as string[])].sort() : reply
  const text = JSON.stringify(items, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))
  return command === 'HGETALL' ? text.split('').sort().join('') : text
}

test.skipIf(installedRedis() === undefined)(
  'DUMP and RESTORE agree with a real server, in both directions',
  async () => {
    const server = await startRedis()
    const call = (argv: readonly string[]) => server.client.call(argv)
    const ours = new Instance({ id: 1, name: 't', solo: true, seed: 1, testMode: true, replicationInfo: () => [] })
    ours.context.xaddId = 'liberal'
    const run = (argv: readonly string[]) => toResp2(ours.execute(1, argv, START_MS))
    try {
      for (const argv of FILL) {
        run(argv)
        await call(argv)
      }
      for (const key of new Set(
        FILL.map((argv) => (argv[0]?.startsWith('XG') || argv[0] === 'XREADGROUP' ? 'stream' : (argv[1] ?? ''))),
      )) {
        const theirDump = (await call(['DUMP', key])) as string
        const ourDump = run(['DUMP', key]) as string
        expect([key, await call(['RESTORE', key, '0', ourDump, 'REPLACE'])]).toEqual([
          key,
          { type: 'status', text: 'OK' },
        ])
        expect([key, run(['RESTORE', key, '0', theirDump, 'REPLACE'])]).toEqual([key, { type: 'status', text: 'OK' }])
      }
      for (const argv of READ) {
        expect([argv, plain(argv[0] ?? '', run(argv))]).toEqual([argv, plain(argv[0] ?? '', await call(argv))])
      }
    } finally {
      server.stop()
    }
  },
)
