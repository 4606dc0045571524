import { beforeAll, describe, expect, test } from 'vitest'
import { loadParts } from '../../parts.ts'
import { Instance } from '../../instance.ts'
import { waitsForPause } from '../../pausing.ts'
import { error, isError, type Reply } from '../../reply.ts'
import type { Command } from '../command.ts'
import { seal } from '../rdb/dump-format.ts'
import { newInstance, START_MS } from '../../testing/run.ts'

beforeAll(() => loadParts())

function testing() {
  const instance = new Instance({ id: 1, name: 't', solo: true, seed: 1, testMode: true, replicationInfo: () => [] })
  let now = START_MS
  return {
    instance,
    call: (argv: string[]): Reply => instance.execute(1, argv, now),
    run: (line: string, session = 1): Reply => instance.execute(session, line.split(' '), now),
    /** Time passes; what was said since. */
    pass: (ms: number) => {
      now += ms
      instance.afterInput(now)
      return instance.take().replies.map(({ session, reply }) => [session, reply])
    },
  }
}

const textOf = (reply: Reply): string => (reply as { text: string }).text

const OK = { type: 'status', text: 'OK' }

describe('M4: test mode answers what Active-Active refuses', () => {
  const lines = [
    'FLUSHALL',
    'FLUSHDB',
    'SELECT 9',
    'DEBUG JMAP',
    'DEBUG RELOAD',
    'CONFIG RESETSTAT',
    'CONFIG REWRITE',
    'SAVE',
    'MEMORY PURGE',
  ]
  test.each(lines)('%s', (line) => {
    expect(testing().run(line)).toEqual(OK)
    expect(isError(newInstance().run(line))).toBe(true)
  })

  test('FLUSHALL removes every key', () => {
    const { run } = testing()
    run('MSET a 1 b 2')
    run('SADD s 1')
    run('FLUSHALL')
    expect(run('DBSIZE')).toBe(0)
  })

  test('FLUSHALL and FT.DROPINDEX remove search indexes, with DD their documents', () => {
    const { run } = testing()
    for (const how of ['FLUSHALL', 'FT.DROPINDEX idx']) {
      run('FT.CREATE idx SCHEMA t TEXT')
      expect(run(how)).toEqual(OK)
      expect(run('FT._LIST')).toMatchObject({ members: [] })
    }
    run('FT.CREATE idx SCHEMA t TEXT')
    run('HSET a t word')
    run('SET b word')
    expect(run('FT.DROPINDEX idx DD')).toEqual(OK)
    expect(run('EXISTS a b')).toBe(1)
  })

  test('SUBSTR reads as GETRANGE does; DEBUG ERROR answers with what it is told', () => {
    const { run } = testing()
    run('SET a word')
    expect(run('SUBSTR a 1 -2')).toBe('or')
    expect(run('DEBUG ERROR OOM')).toEqual(error('OOM'))
  })

  test('client-output-buffer-limit takes classes with two sizes and a time', () => {
    const { run, call } = testing()
    const set = (value: string) => call(['CONFIG', 'SET', 'client-output-buffer-limit', value])
    expect(set('replica 1mb 2kb 3')).toEqual(OK)
    expect(run('CONFIG GET client-output-buffer-limit')).toMatchObject({
      entries: ['client-output-buffer-limit', 'normal 0 0 0 slave 1048576 2048 3 pubsub 33554432 8388608 60'],
    })
    const refused = (why: string) =>
      error(
        `ERR CONFIG SET failed (possibly related to argument 'client-output-buffer-limit') - ${why} buffer limit configuration.`,
      )
    expect(set('normal 1 2')).toEqual(refused('Wrong number of arguments in'))
    expect(set('master 1 2 3')).toEqual(refused('Invalid client class specified in'))
    expect(set('normal 1mbs 2 3')).toEqual(refused('Error in hard, soft or soft_seconds setting in'))
  })

  test('C2, X3: limits are those of Redis', () => {
    const { run } = testing()
    run('SET n 9223372036854775806')
    expect(run('INCR n')).toBe(9223372036854775807n)
    expect(run('INCR n')).toEqual(error('ERR increment or decrement would overflow'))
    expect(run('PEXPIREAT n 9223372036854770000')).toBe(1)
    expect(run('PTTL n')).toBeGreaterThan(2 ** 52)
    expect(run('PEXPIRE n 9223372036854770000')).toEqual(error("ERR invalid expire time in 'pexpire' command"))
    expect(run('COPY n m DB 9')).toBe(1)
    expect(run('COPY n m DB 16')).toEqual(error('ERR DB index is out of range'))
  })

  test('without active expiry a key counts until it is touched', () => {
    const { run, pass } = testing()
    run('DEBUG SET-ACTIVE-EXPIRE 0')
    run('PSETEX k 100 v')
    pass(200)
    expect(run('DBSIZE')).toBe(1)
    expect(run('GET k')).toBeNull()
    expect(run('DBSIZE')).toBe(0)
    expect(run('INFO stats')).toMatchObject({ text: expect.stringContaining('expired_keys:1\r') as string })
  })

  test('RESTORE takes what DUMP gives, of every type', () => {
    const { run, call } = testing()
    for (const line of [
      'SET string v',
      'RPUSH list a 1',
      'SADD set a 1',
      'HSET hash f 1',
      'HEXPIRE hash 100 FIELDS 1 f',
      'ZADD zset 1.5 m',
      'PFADD hll a b',
      'XADD stream * f v',
      'XGROUP CREATE stream grp 0',
      'XREADGROUP GROUP grp me STREAMS stream >',
      'JSON.SET json $ {"a":[1,"x"]}',
    ])
      expect([line, isError(run(line))]).toEqual([line, false])
    for (const name of ['string', 'list', 'set', 'hash', 'zset', 'hll', 'stream', 'json']) {
      const payload = run(`DUMP ${name}`) as string
      expect([name, call(['RESTORE', 'copy', '0', payload, 'REPLACE'])]).toEqual([name, OK])
      expect([name, run('TYPE copy')]).toEqual([name, run(`TYPE ${name}`)])
      expect([name, run('DUMP copy')]).toEqual([name, payload])
    }
    expect(run('HTTL hash FIELDS 1 f')).toEqual([100])
  })

  test('RESTORE: times, and what it refuses', () => {
    const { run, call } = testing()
    run('SET k v')
    const payload = run('DUMP k') as string
    expect(call(['RESTORE', 'k', '0', payload])).toEqual(error('BUSYKEY Target key name already exists.'))
    expect(call(['RESTORE', 'k', '-1', payload, 'REPLACE'])).toEqual(error('ERR Invalid TTL value, must be >= 0'))
    const wrong = `${payload.slice(0, -1)}${payload.endsWith('x') ? 'y' : 'x'}`
    const refused = error('ERR DUMP payload version or checksum are wrong')
    expect(call(['RESTORE', 'k', '0', wrong, 'REPLACE'])).toEqual(refused)
    expect(call(['RESTORE', 'k', '0', seal('\x02\x02\x01a'), 'REPLACE'])).toEqual(error('ERR Bad data format'))
    expect(run('GET k')).toBe('v')
    expect(call(['RESTORE', 'm', '5000', payload])).toEqual(OK)
    expect(run('PTTL m')).toBe(5000)
    expect(call(['RESTORE', 'm', '1', payload, 'REPLACE', 'ABSTTL'])).toEqual(OK)
    expect(run('EXISTS m')).toBe(0)
  })

  test.each(['SAVE', 'SHUTDOWN'])('%s cannot be queued', (line) => {
    const { run } = testing()
    run('MULTI')
    expect(run(line)).toEqual(error('ERR Command not allowed inside a transaction'))
    expect(run('EXEC')).toEqual(error('EXECABORT Transaction discarded because of previous errors.'))
  })

  test('PFDEBUG', () => {
    const { run } = testing()
    run('PFADD h a')
    expect(run('PFDEBUG ENCODING h')).toEqual({ type: 'status', text: 'sparse' })
    expect(run('PFDEBUG DECODE h')).toMatch(/^Z:\d+ v:\d+,1 Z:\d+$/)
    expect(run('PFDEBUG TODENSE h')).toBe(1)
    expect(run('PFDEBUG ENCODING h')).toEqual({ type: 'status', text: 'dense' })
    expect((run('PFDEBUG GETREG h') as number[]).filter((value) => value > 0)).toHaveLength(1)
    expect(run('PFCOUNT h')).toBe(1)
  })

  test('OBJECT ENCODING names what Redis would choose', () => {
    const { run } = testing()
    run('SET n 12')
    run('SET t text')
    run(`SET long ${'x'.repeat(45)}`)
    run('SADD i 1 2')
    run('SADD m a 2')
    run('HSET h f v')
    expect(['n', 't', 'long', 'i', 'm', 'h', 'none'].map((key) => run(`OBJECT ENCODING ${key}`))).toEqual([
      'int',
      'embstr',
      'raw',
      'intset',
      'listpack',
      'listpack',
      null,
    ])
    run('CONFIG SET hash-max-ziplist-value 0')
    expect(run('OBJECT ENCODING h')).toBe('hashtable')
  })

  test.each([
    ['maxmemory-clients 200%', 'percentage argument must be less or equal to 100'],
    ['repl-backlog-size x', 'argument must be a memory value'],
    ['hz ten', "argument couldn't be parsed into an integer"],
    ['lazyfree-lazy-expire 1', "argument must be 'yes' or 'no'"],
    ['port 1', 'Unable to listen on this port. Check server logs.'],
  ])('CONFIG SET %s is refused, with all that stands beside it', (setting, problem) => {
    const [name = ''] = setting.split(' ')
    const { run } = testing()
    expect(run(`CONFIG SET maxmemory 1 ${setting}`)).toEqual(
      error(`ERR CONFIG SET failed (possibly related to argument '${name}') - ${problem}`),
    )
    expect(run('CONFIG GET maxmemory')).toMatchObject({ entries: ['maxmemory', '0'] })
  })

  test('CONFIG SET takes any setting and CONFIG GET returns it, under its old name too', () => {
    const { run } = testing()
    expect(run('CONFIG SET zset-max-ziplist-entries 7')).toEqual(OK)
    expect(run('CONFIG GET zset-max-listpack-entries')).toMatchObject({ entries: ['zset-max-listpack-entries', '7'] })
    expect(run('CONFIG SET no-such-thing x')).toEqual(OK)
    expect(run('CONFIG GET no-such-*')).toMatchObject({ entries: ['no-such-thing', 'x'] })
  })

  test('DEBUG DIGEST-VALUE depends on the content alone', () => {
    const { run } = testing()
    run('SADD a x y z')
    run('SADD b z y x')
    run('SADD c x y')
    const [a, b, c] = run('DEBUG DIGEST-VALUE a b c') as string[]
    expect(a).toBe(b)
    expect(a).not.toBe(c)
  })

  test('DEBUG SET-ACTIVE-EXPIRE 0 leaves expired keys hidden', () => {
    const { run, pass } = testing()
    run('DEBUG SET-ACTIVE-EXPIRE 0')
    run('SET k v PX 10')
    pass(20)
    expect(run('DBSIZE')).toBe(1)
    expect(run('EXISTS k')).toBe(0)
  })
})

describe('CLIENT PAUSE', () => {
  test('what clients send waits and runs when the pause is over', () => {
    const { run, pass } = testing()
    run('CLIENT PAUSE 100')
    run('SET k v', 2)
    run('GET k', 2)
    expect(pass(99)).toEqual([])
    expect(pass(1)).toEqual([
      [2, OK],
      [2, 'v'],
    ])
  })

  test('WRITE lets reads through, and UNPAUSE ends it', () => {
    const { run, pass } = testing()
    run('CLIENT PAUSE 100000 WRITE')
    expect(run('GET k')).toBe(null)
    run('SET k v', 2)
    expect(run('GET k')).toBe(null)
    run('CLIENT UNPAUSE')
    expect(pass(0)).toEqual([[2, OK]])
    expect(run('GET k')).toBe('v')
  })
})

describe('blocked and paused commands', () => {
  test('one that ends in an error counts as failed', () => {
    const { run, pass } = testing()
    run('BLPOP l 0', 2)
    run('CLIENT UNBLOCK 2 ERROR')
    expect(pass(1)).toContainEqual([2, { type: 'error', text: 'UNBLOCKED client unblocked via CLIENT UNBLOCK' }])
    expect(textOf(run('INFO commandstats'))).toMatch(/cmdstat_blpop:calls=1,.*failed_calls=1/)
    expect(textOf(run('INFO errorstats'))).toContain('errorstat_UNBLOCKED:count=1')
  })

  test('SLOWLOG has it when it ends, and EXEC never', () => {
    const { run } = testing()
    run('BLPOP l 0', 2)
    run('CONFIG SET slowlog-log-slower-than 0')
    for (const line of ['MULTI', 'RPUSH l a', 'SLOWLOG RESET', 'EXEC']) run(line)
    expect((run('SLOWLOG GET') as Reply[][]).map((entry) => entry[3])).toEqual([['SLOWLOG', 'RESET']])
  })

  test('CLIENT PAUSE WRITE holds back writes and expiry', () => {
    const { run, pass } = testing()
    run('SET k v PX 5')
    run('CLIENT PAUSE 100 WRITE')
    pass(10)
    expect(run('GET k')).toBeNull()
    expect(textOf(run('INFO stats'))).toContain('expired_keys:0')
    run('SET a b', 3)
    expect(textOf(run('INFO clients'))).toContain('blocked_clients:1')
    run('CLIENT UNPAUSE')
    run('GET k')
    expect(textOf(run('INFO stats'))).toContain('expired_keys:1')
  })
})

test.each([
  ['return 1', true],
  ['#!lua\nreturn 1', true],
  ['#!lua flags=allow-oom,no-writes\nreturn 1', false],
])('CLIENT PAUSE WRITE: EVAL %j waits: %s', (script, waits) => {
  const { instance, run } = testing()
  run('CLIENT PAUSE 100 WRITE')
  const argv = ['EVAL', script, '0']
  const command = instance.table.lookup(argv) as Command
  expect(waitsForPause(instance, instance.session(1, START_MS), command, argv, START_MS)).toBe(waits)
})

test('LATENCY tells how long DEBUG SLEEP took', () => {
  const { run, pass } = testing()
  run('CONFIG SET latency-monitor-threshold 200')
  run('DEBUG SLEEP 0.1')
  pass(100)
  run('DEBUG SLEEP 0.3')
  pass(300)
  const at = Math.floor((START_MS + 400) / 1000)
  expect(run('LATENCY HISTORY command')).toEqual([[at, 300]])
  expect(run('LATENCY LATEST')).toEqual([['command', at, 300, 300]])
  expect(run('LATENCY RESET')).toBe(1)
  expect(run('LATENCY LATEST')).toEqual([])
})
