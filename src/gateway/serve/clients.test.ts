/** Real clients, as an application uses them: two regions, and a partition between them. */
import { spawn, spawnSync } from 'node:child_process'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Served, serveForTest, until } from '../testing/served.ts'

vi.setConfig({ testTimeout: 60_000 })
let served: Served
beforeAll(async () => {
  served = await serveForTest(2)
})
afterAll(() => served.gateway.close())

async function partitioned(run: () => Promise<void>): Promise<void> {
  await served.control('partition 1 | 2')
  try {
    await run()
  } finally {
    await served.control('heal')
    await served.control('sync')
  }
  expect(await served.control('expect converged')).toBe('converged')
}

describe('ioredis', () => {
  let one: Redis
  let two: Redis
  beforeAll(() => {
    one = new Redis(served.port(1))
    two = new Redis(served.port(2))
  })
  afterAll(() => {
    one.disconnect()
    two.disconnect()
  })

  test('C1: increments on both sides of a partition add up', async () => {
    await partitioned(async () => {
      await one.incrby('io:counter', 5)
      await two.incrby('io:counter', 7)
      expect(await one.get('io:counter')).toBe('5')
    })
    expect([await one.get('io:counter'), await two.get('io:counter')]).toEqual(['12', '12'])
  })

  test('pipelines, buffers, hashes, sets', async () => {
    const pipeline = one.pipeline()
    for (let i = 0; i < 2000; i++) pipeline.set(`io:${i}`, i)
    const results = await pipeline.exec()
    expect(results).toHaveLength(2000)
    expect(results?.every(([problem, reply]) => problem === null && reply === 'OK')).toBe(true)
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
    await one.set('io:bytes', bytes)
    expect(await one.getBuffer('io:bytes')).toEqual(bytes)
    await one.hset('io:hash', { a: '1', b: '2' })
    expect(await one.hgetall('io:hash')).toEqual({ a: '1', b: '2' })
    await one.sadd('io:set', 'x', 'y')
    expect((await one.smembers('io:set')).toSorted()).toEqual(['x', 'y'])
    await expect(one.incr('io:hash')).rejects.toThrow('WRONGTYPE')
  })

  test('M3: transactions, and WATCH, which a write from the other region disturbs', async () => {
    expect(await one.multi().set('io:m', '1').incr('io:m').exec()).toEqual([
      [null, 'OK'],
      [null, 2],
    ])
    await served.control('sync')
    await one.watch('io:m')
    await two.incr('io:m')
    await served.control('sync')
    expect(await one.multi().set('io:m', 'lost').exec()).toBeNull()
    expect(await one.get('io:m')).toBe('3')
  })

  test('M1: a message published in one region is heard in the other', async () => {
    const listener = two.duplicate()
    const heard: string[] = []
    listener.on('message', (channel, message) => heard.push(`${channel}: ${message}`))
    await listener.subscribe('io:news')
    await one.publish('io:news', 'hello')
    await until(() => heard.length > 0, 'the message')
    expect(heard).toEqual(['io:news: hello'])
    listener.disconnect()
  })

  test('L: a blocking pop is served by the other region', async () => {
    const waiting = two.duplicate()
    const popped = waiting.blpop('io:queue', 20)
    await until(async () => (await two.info('clients')).includes('blocked_clients:1'), 'it waits')
    await one.lpush('io:queue', 'job')
    expect(await popped).toEqual(['io:queue', 'job'])
    waiting.disconnect()
  })

  test('M2: scripts, by text and by hash', async () => {
    one.defineCommand('addTwice', {
      numberOfKeys: 1,
      lua: "redis.call('INCRBY', KEYS[1], ARGV[1]) return redis.call('INCRBY', KEYS[1], ARGV[1])",
    })
    const scripted = one as Redis & { addTwice(key: string, amount: number): Promise<number> }
    expect(await scripted.addTwice('io:script', 4)).toBe(8)
    expect(await scripted.addTwice('io:script', 1)).toBe(10)
    await served.control('sync')
    expect(await two.get('io:script')).toBe('10')
  })

  test('E: a consumer group in each region', async () => {
    await one.xgroup('CREATE', 'io:stream', 'workers', '$', 'MKSTREAM')
    await served.control('sync')
    await one.xadd('io:stream', '*', 'task', '1')
    await served.control('sync')
    const read = await two.xreadgroup('GROUP', 'workers', 'w2', 'COUNT', 10, 'STREAMS', 'io:stream', '>')
    const [, entries] = (read as [string, [string, string[]][]][])[0] ?? ['', []]
    expect(entries.map(([, fields]) => fields)).toEqual([['task', '1']])
    expect(await two.xack('io:stream', 'workers', entries[0]?.[0] ?? '')).toBe(1)
  })
})

describe('node-redis', () => {
  const connectTo = (region: number, RESP: 2 | 3 = 2) =>
    createClient({
      url: `redis://127.0.0.1:${served.port(region)}`,
      RESP,
      socket: { reconnectStrategy: false },
    }).connect()

  test.each([2, 3] as const)('RESP%d: values, multi, hashes with their types', async (resp) => {
    const client = await connectTo(1, resp)
    await client.set('nr:a', '1', { EX: 100 })
    expect(await client.get('nr:a')).toBe('1')
    expect(await client.multi().incr('nr:a').hSet('nr:h', { f: 'v' }).hGetAll('nr:h').exec()).toEqual([
      2,
      expect.any(Number),
      { f: 'v' },
    ])
    expect(await Promise.all(Array.from({ length: 500 }, (_, i) => client.set(`nr:${i}`, String(i))))).toHaveLength(500)
    expect((await client.sendCommand(['CLIENT', 'INFO'])) as unknown as string).toContain(`resp=${resp}`)
    client.destroy()
  })

  test.each([2, 3] as const)('RESP%d M1: messages and patterns, from the other region too', async (resp) => {
    const [one, two] = await Promise.all([connectTo(1), connectTo(2, resp)])
    const heard: string[] = []
    await two.subscribe('nr:news', (message) => heard.push(message))
    await two.pSubscribe('nr:n*', (message, channel) => heard.push(`${channel} ${message}`))
    await one.publish('nr:news', 'hello')
    await until(() => heard.length === 2, 'both')
    expect(heard.toSorted()).toEqual(['hello', 'nr:news hello'])
    await two.unsubscribe('nr:news')
    await two.pUnsubscribe('nr:n*')
    // On RESP2 the connection may do everything again now.
    expect(String(await two.ping())).toBe('PONG')
    one.destroy()
    two.destroy()
  })

  test('RESP3 pushes: a cached value is invalidated by a write in the other region', async () => {
    const [one, two] = await Promise.all([
      connectTo(1),
      createClient({
        url: `redis://127.0.0.1:${served.port(2)}`,
        RESP: 3,
        clientSideCache: { ttl: 0, maxEntries: 0, evictPolicy: 'LRU' },
      }).connect(),
    ])
    await one.set('nr:cached', 'old')
    await served.control('sync')
    expect(await two.get('nr:cached')).toBe('old')
    await one.set('nr:cached', 'new')
    await until(async () => (await two.get('nr:cached')) === 'new', 'the cache forgets the old value')
    one.destroy()
    two.destroy()
  })

  test('M3: WATCH fails when the key was written meanwhile', async () => {
    const [one, other] = await Promise.all([connectTo(1), connectTo(1)])
    await one.watch('nr:w')
    await other.set('nr:w', 'x')
    await expect(one.multi().set('nr:w', 'y').exec()).rejects.toThrow('watched keys')
    expect(await one.get('nr:w')).toBe('x')
    one.destroy()
    other.destroy()
  })

  test('T1: a set on both sides of a partition: adds are united, a concurrent add wins over a removal', async () => {
    const [one, two] = await Promise.all([connectTo(1), connectTo(2)])
    await one.sAdd('nr:s', 'x')
    await served.control('sync')
    await partitioned(async () => {
      await one.sAdd('nr:s', ['x', 'one'])
      await two.sRem('nr:s', 'x')
      await two.sAdd('nr:s', 'two')
    })
    expect((await two.sMembers('nr:s')).toSorted()).toEqual(['one', 'two', 'x'])
    one.destroy()
    two.destroy()
  })
})

const redisCli = spawnSync('redis-cli', ['--version']).status === 0
if (!redisCli) console.warn('redis-cli is not installed: it was NOT tried against the gateway.')

describe.skipIf(!redisCli)('redis-cli', () => {
  // In a process of its own, while this one serves.
  const cli = (port: number, words: readonly string[], input = '') =>
    new Promise<string>((resolve) => {
      const child = spawn('redis-cli', ['-p', String(port), ...words])
      let out = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
      child.on('close', () => resolve(out))
      child.stdin.end(input)
    })

  test('arguments, standard input, RESP3, --pipe', async () => {
    expect(await cli(served.port(1), ['SET', 'cli', 'a b'])).toBe('OK\n')
    expect(await cli(served.port(1), [], 'GET cli\nECHO "x\\ny"\n')).toBe('a b\nx\ny\n')
    expect(await cli(served.port(1), ['-3', 'HSET', 'cli:h', 'f', '1'])).toBe('1\n')
    expect(await cli(served.port(1), ['--pipe'], 'SET p1 1\r\nSET p2 2\r\n'.repeat(1000))).toContain(
      'errors: 0, replies: 2000',
    )
    expect(await cli(served.port(1), ['-r', '3', 'INCR', 'cli:n'])).toBe('1\n2\n3\n')
  })

  test('the control port: a partition by the shell', async () => {
    const control = served.gateway.controlPort
    expect(await cli(control, ['partition', '1', '|', '2'])).toMatch(/cut/)
    await cli(served.port(1), ['SADD', 'cli:s', 'one'])
    expect(await cli(served.port(2), ['SMEMBERS', 'cli:s'])).toBe('\n')
    expect(await cli(control, ['heal'])).toMatch(/healed/)
    expect(await cli(control, ['crdb', 'sync'])).toMatch(/delivered/)
    expect(await cli(served.port(2), ['SMEMBERS', 'cli:s'])).toBe('one\n')
    expect(await cli(control, ['crdb', 'help'])).toContain('partition 1 | 2 3')
  })
})
