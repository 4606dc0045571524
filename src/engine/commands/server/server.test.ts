import { expect, test } from 'vitest'
import { bytesOfText, textOfBytes } from '../../../lib/index.ts'
import { Instance } from '../../instance.ts'
import { error, map, NULL_ARRAY, OK, set, status, type Reply } from '../../reply.ts'
import { toResp2 } from '../../resp2.ts'
import { newInstance, START_MS } from '../../testing/run.ts'

const textOf = (reply: Reply) => textOfBytes((reply as { text: string }).text)
const linesOf = (reply: Reply) => (reply as unknown as { text: string }[]).map((line) => line.text)

/** An array reply that begins so; what follows may grow. */
const containing = (entries: readonly unknown[]): unknown => expect.arrayContaining([...entries])

test('TIME shows the clock of the region in seconds and microseconds', () => {
  const db = newInstance()
  db.at(1767225600123)
  expect(db.run('TIME')).toEqual(['1767225600', '123000'])
})

test('G8: DBSIZE counts key headers, a deletion that others have not observed included', () => {
  const db = newInstance()
  db.run('SET a 1')
  db.run('SET b 1')
  db.run('DEL a')
  expect(db.run('DBSIZE')).toBe(1)
  const shared = new Instance({ id: 1, name: 'r', solo: false, seed: 1, replicationInfo: () => [] })
  for (const line of ['SET a 1', 'SET b 1', 'DEL a']) shared.execute(1, line.split(' '), START_MS)
  expect(shared.execute(1, ['DBSIZE'], START_MS)).toBe(2)
})

test('INFO gives sections, all or those asked for', () => {
  const instance = new Instance({
    id: 2,
    name: 'west',
    solo: true,
    seed: 1,
    replicationInfo: () => [['crdt_replid', 2]],
  })
  const run = (line: string, now = START_MS) => instance.execute(1, line.split(' '), now)
  run('SET a 1 PX 5000')
  run('SET b 1')
  const titles = (reply: Reply) => [...textOf(reply).matchAll(/^# (\w+)\r$/gm)].map((match) => match[1])
  const usual = [
    'Server',
    'Clients',
    'Memory',
    'Persistence',
    'Stats',
    'Replication',
    'CPU',
    'Modules',
    'CRDT',
    'Errorstats',
    'Cluster',
    'Keyspace',
  ]
  for (const line of ['INFO', 'INFO default']) expect(titles(run(line))).toEqual(usual)
  for (const line of ['INFO all', 'INFO everything']) expect(titles(run(line))).toEqual([...usual, 'Commandstats'])
  expect(titles(run('INFO keyspace server'))).toEqual(['Server', 'Keyspace'])
  expect(textOf(run('INFO nosuch'))).toBe('')
  expect(textOf(run('INFO crdt'))).toBe('# CRDT\r\ncrdt_replid:2\r\n')
  expect(textOf(run('INFO keyspace', START_MS + 1000))).toBe('# Keyspace\r\ndb0:keys=2,expires=1,avg_ttl=4000\r\n')
  expect(textOf(run('INFO server', START_MS + 90000))).toContain('uptime_in_seconds:90\r\n')
  expect(textOf(run('INFO replication'))).toContain('role:master\r\n')
})

test('INFO counts commands and errors', () => {
  const db = newInstance()
  for (const line of ['SET a x', 'INCR a', 'NOSUCH']) db.run(line)
  expect(textOf(db.run('INFO stats'))).toMatch(/total_commands_processed:2\r\n[^]*total_error_replies:2\r\n/)
})

test('MEMORY USAGE grows with the content', () => {
  const db = newInstance()
  const usage = (key: string) => db.run(`MEMORY USAGE ${key}`) as number
  db.run('SET a 1')
  const small = usage('a')
  db.run(`SET a ${'x'.repeat(1000)}`)
  expect(usage('a')).toBe(small + 999)
  db.run('SADD s one')
  const one = usage('s')
  db.run('SADD s two')
  expect(usage('s')).toBeGreaterThan(one)
  db.run('HSET h f v')
  const field = usage('h')
  db.run('HSET h g v')
  expect(usage('h')).toBeGreaterThan(field)
  expect(db.run('MEMORY USAGE none')).toBeNull()
  expect(db.run('MEMORY USAGE a SAMPLES 5')).toBe(usage('a'))
})

test.each([
  ['MEMORY USAGE a SAMPLES x', 'ERR value is not an integer or out of range'],
  ['MEMORY USAGE a SAMPLES -1', 'ERR syntax error'],
  ['MEMORY USAGE a SAMPLES', 'ERR syntax error'],
  ['MEMORY USAGE a foo', 'ERR syntax error'],
  ['SLOWLOG GET -2', 'ERR count should be greater than or equal to -1'],
  ['SLOWLOG GET x', 'ERR count should be greater than or equal to -1'],
  ['LOLWUT VERSION x', 'ERR value is not an integer or out of range'],
  ['DBSIZE a', "ERR wrong number of arguments for 'dbsize' command"],
  ['CONFIG', "ERR wrong number of arguments for 'config' command"],
  ['CONFIG FOO', "ERR unknown subcommand 'FOO'. Try CONFIG HELP."],
  ['CONFIG REWRITE', 'ERR The server is running without a config file'],
  ['CONFIG SET foo 1', "ERR Unknown option or number of arguments for CONFIG SET - 'foo'"],
  ['CONFIG SET maxmemory', "ERR wrong number of arguments for 'config|set' command"],
  [
    'CONFIG SET maxmemory a',
    "ERR CONFIG SET failed (possibly related to argument 'maxmemory') - argument must be a memory value",
  ],
  [
    'CONFIG SET maxmemory 1mb maxmemory 2mb',
    "ERR CONFIG SET failed (possibly related to argument 'maxmemory') - duplicate parameter",
  ],
  [
    'CONFIG SET maxmemory-policy foo',
    "ERR CONFIG SET failed (possibly related to argument 'maxmemory-policy') - argument(s) must be one of the following: volatile-lru, volatile-lfu, volatile-random, volatile-ttl, allkeys-lru, allkeys-lfu, allkeys-random, noeviction",
  ],
  [
    'CONFIG SET databases 2',
    "ERR CONFIG SET failed (possibly related to argument 'databases') - can't set immutable config",
  ],
  [
    'CONFIG SET appendonly x',
    "ERR CONFIG SET failed (possibly related to argument 'appendonly') - argument must be 'yes' or 'no'",
  ],
  [
    'CONFIG SET timeout -1',
    "ERR CONFIG SET failed (possibly related to argument 'timeout') - argument must be between 0 and 2147483647 inclusive",
  ],
  [
    'CONFIG SET timeout a',
    "ERR CONFIG SET failed (possibly related to argument 'timeout') - argument couldn't be parsed into an integer",
  ],
  ['CONFIG SET save "a b"', "ERR CONFIG SET failed (possibly related to argument 'save') - Invalid save parameters"],
  ['ACL CAT foo', "ERR Unknown category 'foo'"],
  ['ACL DRYRUN foo get a', "ERR User 'foo' not found"],
  ['ACL DRYRUN default foo a', "ERR Command 'foo' not found"],
  ['ACL DRYRUN default get', "ERR wrong number of arguments for 'get' command"],
  ['COMMAND GETKEYS foo a', 'ERR Invalid command specified'],
  ['COMMAND GETKEYS get', 'ERR Invalid number of arguments specified for command'],
  ['COMMAND GETKEYS ping', 'ERR The command has no key arguments'],
  ['COMMAND LIST FILTERBY foo a', 'ERR syntax error'],
])('%s is an error', (line, text) => {
  expect(newInstance().run(line)).toEqual(error(text))
})

test('CONFIG GET shows what CONFIG SET changed, in the form of Redis; patterns match names', () => {
  const db = newInstance()
  expect(db.run('CONFIG GET maxmemory proto-max-bulk-len')).toEqual(
    map(['maxmemory', '0', 'proto-max-bulk-len', '536870912']),
  )
  expect(db.run('CONFIG SET maxmemory 2kb MAXMEMORY-POLICY ALLKEYS-LRU notify-keyspace-events KEA')).toEqual(OK)
  expect(db.run('CONFIG GET maxmemory*')).toEqual(
    map(['maxmemory', '2048', 'maxmemory-policy', 'allkeys-lru', 'maxmemory-samples', '5']),
  )
  expect(db.run('CONFIG GET notify-*')).toEqual(map(['notify-keyspace-events', 'AKE']))
  expect(db.run('CONFIG GET nosuch')).toEqual(map([]))
})

test('CONFIG SET changes all or nothing', () => {
  const db = newInstance()
  db.run('CONFIG SET timeout 5 maxmemory x')
  expect(db.run('CONFIG GET timeout')).toEqual(map(['timeout', '0']))
})

test('COMMAND INFO derives arity, flags and key positions', () => {
  const db = newInstance()
  const short = (reply: Reply) => (reply as Reply[][]).map((entry) => [entry[0], entry[1], ...entry.slice(3, 6)])
  expect(short(db.run('COMMAND INFO get set del config|get'))).toEqual([
    ['get', 2, 1, 1, 1],
    ['set', -3, 1, 1, 1],
    ['del', -2, 1, -1, 1],
    ['config|get', -3, 0, 0, 0],
  ])
  expect(db.run('COMMAND INFO get nosuch')).toEqual(
    [
      [
        'get',
        2,
        set([status('readonly'), status('fast')]),
        1,
        1,
        1,
        set([status('@read'), status('@fast'), status('@string')]),
        set([]),
        set([]),
        set([]),
      ],
      NULL_ARRAY,
    ].map((entry) => (Array.isArray(entry) ? containing(entry.slice(0, 6)) : entry)),
  )
})

test('COMMAND INFO says how the keys of a line are found and used', () => {
  const db = newInstance()
  const specs = (name: string) => toResp2((db.run(`COMMAND INFO ${name}`) as Reply[][])[0]?.[8] as Reply)
  const spec = (flags: string[], begin: Reply[], find: Reply[]) => [
    'flags',
    flags.map(status),
    'begin_search',
    begin,
    'find_keys',
    find,
  ]
  const at = (index: number) => ['type', 'index', 'spec', ['index', index]]
  const range = (lastkey: number, keystep = 1, limit = 0) => [
    'type',
    'range',
    'spec',
    ['lastkey', lastkey, 'keystep', keystep, 'limit', limit],
  ]
  expect(specs('lmove')).toEqual([
    spec(['RW', 'access', 'delete'], at(1), range(0)),
    spec(['RW', 'insert'], at(2), range(0)),
  ])
  expect(specs('mset')).toEqual([spec(['OW', 'update'], at(1), range(-1, 2))])
  expect(specs('blpop')).toEqual([spec(['RW', 'access', 'delete'], at(1), range(-2))])
  expect(specs('lcs')).toEqual([spec(['RO', 'access'], at(1), range(1))])
  expect(specs('eval')).toEqual([
    spec(['RW', 'access', 'update'], at(2), ['type', 'keynum', 'spec', ['keynumidx', 0, 'firstkey', 1, 'keystep', 1]]),
  ])
  expect(specs('xreadgroup')).toEqual([
    spec(['RO', 'access'], ['type', 'keyword', 'spec', ['keyword', 'STREAMS', 'startfrom', 4]], range(-1, 1, 2)),
  ])
  expect(specs('ping')).toEqual([])
})

test('COMMAND INFO: range of keys, flags and tips as in Redis', () => {
  const db = newInstance()
  const entry = (name: string) => (db.run(`COMMAND INFO ${name}`) as Reply[][])[0] as Reply[]
  const positions = (name: string) => entry(name).slice(3, 6)
  expect(positions('blpop')).toEqual([1, -2, 1])
  expect(positions('pfmerge')).toEqual([1, -1, 1])
  expect(positions('xread')).toEqual([0, 0, 0])
  expect(positions('georadius')).toEqual([1, 1, 1])
  expect(positions('ssubscribe')).toEqual([1, -1, 1])
  expect(entry('eval')[2]).toEqual(
    set(['noscript', 'stale', 'skip_monitor', 'no_mandatory_keys', 'movablekeys'].map(status)),
  )
  expect(entry('del')[7]).toEqual(['request_policy:multi_shard', 'response_policy:agg_sum'])
})

test('COMMAND GETKEYSANDFLAGS tells one key from the other', () => {
  const db = newInstance()
  const uses = (line: string) =>
    (toResp2(db.run(`COMMAND GETKEYSANDFLAGS ${line}`)) as Reply[][]).map(([key, flags]) => [
      key,
      (flags as unknown as { text: string }[]).map(({ text }) => text).join(' '),
    ])
  expect(uses('LMOVE a b left right')).toEqual([
    ['a', 'RW access delete'],
    ['b', 'RW insert'],
  ])
  expect(uses('SORT a STORE b')).toEqual([
    ['a', 'RO access'],
    ['b', 'OW update'],
  ])
  expect(uses('SET a 1')).toEqual([['a', 'OW update']])
  expect(uses('SET a 1 GET')).toEqual([['a', 'RW access update']])
  expect(uses('BITFIELD a GET u8 0')).toEqual([['a', 'RO access']])
})

test('COMMAND finds keys, lists names and documents arguments', () => {
  const db = newInstance()
  expect(db.run('COMMAND GETKEYS DEL a b')).toEqual(['a', 'b'])
  expect(db.run('COMMAND GETKEYSANDFLAGS GET a')).toEqual([['a', set([status('RO'), status('access')])]])
  expect(db.run('COMMAND LIST FILTERBY PATTERN confi*')).toEqual([
    'config',
    'config|get',
    'config|rewrite',
    'config|set',
    'config|help',
  ])
  expect(db.run('COMMAND LIST FILTERBY MODULE json')).toEqual([])
  expect(db.run('COMMAND LIST FILTERBY ACLCAT transaction')).toEqual(['multi', 'exec', 'discard', 'watch', 'unwatch'])
  const names = db.run('COMMAND LIST') as string[]
  expect(names).toContain('client|list')
  expect(db.run('COMMAND COUNT')).toBe(names.filter((name) => !name.includes('|')).length)
  expect(db.run('COMMAND COUNT')).toBe((db.run('COMMAND') as Reply[]).length)
  expect(db.run('COMMAND LIST')).not.toContain('flushall')
  expect(db.run('COMMAND DOCS ECHO nosuch')).toEqual(
    map([
      'echo',
      map([
        'summary',
        'Answers with its argument.',
        'since',
        '1.0.0',
        'group',
        'connection',
        'complexity',
        'O(1)',
        'arguments',
        [map(['name', 'message', 'type', 'string'])],
      ]),
    ]),
  )
})

test('ACL knows one user, who may do everything', () => {
  const db = newInstance()
  expect(db.run('ACL WHOAMI')).toBe('default')
  expect(db.run('ACL USERS')).toEqual(['default'])
  expect(db.run('ACL LIST')).toEqual(['user default on nopass sanitize-payload ~* &* +@all'])
  expect(db.run('ACL DRYRUN default get a')).toEqual(OK)
  expect(db.run('ACL GETUSER nobody')).toBeNull()
  expect(db.run('ACL GETUSER default')).toEqual(
    map([
      'flags',
      set(['on', 'nopass', 'sanitize-payload']),
      'passwords',
      [],
      'commands',
      '+@all',
      'keys',
      '~*',
      'channels',
      '&*',
      'selectors',
      [],
    ]),
  )
  expect(db.run('ACL CAT')).toContain('keyspace')
  expect(db.run('ACL CAT transaction')).toEqual(['multi', 'exec', 'discard', 'watch', 'unwatch'])
})

test('what never happens here: slow commands, latency', () => {
  const db = newInstance()
  expect(db.run('SLOWLOG GET')).toEqual([])
  expect(db.run('SLOWLOG GET -1')).toEqual([])
  expect(db.run('SLOWLOG LEN')).toBe(0)
  expect(db.run('SLOWLOG RESET')).toEqual(OK)
  expect(db.run('LATENCY HISTOGRAM set')).toEqual(map([]))
})

test('MODULE LIST and INFO name JSON and search, which clients look for', () => {
  const db = newInstance()
  const names = (db.run('MODULE LIST') as unknown as { entries: string[] }[]).map(({ entries }) => entries[1])
  expect(names).toEqual(['ReJSON', 'search'])
  expect(textOf(db.run('INFO modules'))).toContain('\r\nmodule:name=search,ver=')
})

test('LOLWUT draws eleven lines and tells the version, whatever else is asked', () => {
  const db = newInstance()
  const lines = textOf(db.run('LOLWUT')).split('\n')
  expect(lines).toHaveLength(14)
  expect(lines[12]).toMatch(/Redis ver\. \d+\.\d+\.\d+$/)
  expect(textOf(db.run('LOLWUT VERSION 5 10'))).toMatch(/Redis ver/)
})

test('every HELP begins with its own name and describes its subcommands', () => {
  const db = newInstance()
  for (const container of ['ACL', 'COMMAND', 'CONFIG', 'CRDT.DEBUG', 'MEMORY', 'SLOWLOG']) {
    const lines = linesOf(db.run(`${container} HELP`))
    expect(lines[0]).toBe(`${container} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`)
    expect(lines.length % 2).toBe(1)
    expect(lines).toContain('HELP')
  }
  expect(linesOf(db.run('MEMORY HELP'))).toContain('USAGE key [SAMPLES count]')
})

test('CRDT.DEBUG ENCODING shows siblings, increments and dots of a string', () => {
  const db = newInstance()
  const run = (line: string) => db.run(line)
  const { instance } = db
  run('SET a 5')
  run('INCRBY a 2')
  run('PEXPIREAT a 1767225700000')
  expect(textOf(run('CRDT.DEBUG ENCODING a'))).toBe(
    [
      'key "a": string',
      '  assigned "5" by 1.1 at 1767225600000 ms',
      '  increments of replica 1: sum 2, dots 1.2 to 1.2',
      'expiry at 1767225700000 ms, carried out by replica 1 (X2)',
      '  1767225700000 ms by 1.3',
      '',
    ].join('\n'),
  )
  expect(run('CRDT.DEBUG ENCODING none')).toBeNull()
  expect(instance.take().writes).toHaveLength(3)
})

test('CRDT.DEBUG ENCODING shows members, fields and the tombstones that reads hide', () => {
  const instance = new Instance({ id: 3, name: 'r', solo: false, seed: 1, replicationInfo: () => [] })
  const run = (...argv: string[]) => instance.execute(1, argv.map(bytesOfText), START_MS)
  run('SADD', 's', 'a', 'é')
  run('SREM', 's', 'a')
  expect(textOf(run('CRDT.DEBUG', 'ENCODING', 's'))).toBe(
    ['key "s": set', '  1 members, 1 tombstones', '  member "\\xc3\\xa9" by 3.1', '  tombstone "a" up to 3.1', ''].join(
      '\n',
    ),
  )
  run('HSET', 'h', 'f', '1')
  expect(textOf(run('CRDT.DEBUG', 'ENCODING', 'h'))).toBe(
    ['key "h": hash', '  1 fields, 0 tombstones', '  field "f": assigned "1" by 3.3 at 1767225600000 ms', ''].join(
      '\n',
    ),
  )
  run('DEL', 'h')
  expect(textOf(run('CRDT.DEBUG', 'ENCODING', 'h'))).toMatch(/^key "h": nothing visible\nremoved up to 3\.3\n$/)
})
