import { beforeAll, expect, test } from 'vitest'
import { loadParts } from '../../engine/index.ts'
import { createReplica, type Input, type Output } from '../index.ts'

beforeAll(() => loadParts())

const NOW = 1735689600000

function newPair() {
  const make = (id: number) => createReplica({ id, name: `r${id}`, members: [1, 2], joining: false, seed: id })
  const replicas = { 1: make(1), 2: make(2) }
  const run = (id: 1 | 2, argv: string[], now = NOW): Output =>
    replicas[id].submit({ kind: 'command', session: 1, argv, now })
  const deliver = (to: 1 | 2, { messages }: Output): Output[] =>
    messages.map(({ bytes }) =>
      replicas[to].submit({ kind: 'deliver', from: to === 1 ? 2 : 1, bytes, now: NOW } satisfies Input),
    )
  const reply = (id: 1 | 2, ...argv: string[]) => run(id, argv).replies[0]?.reply
  return { run, deliver, reply, replicas }
}

test('M3: what a script wrote travels as one message and is applied as one', () => {
  const { run, deliver, reply, replicas } = newPair()
  const output = run(1, [
    'EVAL',
    "redis.call('SET', 'a', '1') redis.call('DEL', 'a') redis.call('SET', 'a', '2') redis.call('INCR', 'n') redis.call('INCR', 'n') return redis.call('SADD', 's', 'x', 'y')",
    '0',
  ])
  expect(output.replies[0]?.reply).toBe(2)
  expect(output.messages).toHaveLength(1)
  expect(output.dots).toEqual([1, 6])
  deliver(2, output)
  expect([reply(2, 'GET', 'a'), reply(2, 'GET', 'n'), reply(2, 'SCARD', 's')]).toEqual(['2', '2', 2])
  expect(replicas[2].canonicalState()).toBe(replicas[1].canonicalState())
})

test('M2: the effects of a script travel, not the script: chance and time were decided where it ran', () => {
  const { run, deliver, reply } = newPair()
  const script =
    "redis.call('SADD', 's', 1, 2, 3, 4, 5, 6, 7, 8) redis.call('SET', 'gone', redis.call('SPOP', 's')) redis.call('SET', 't', redis.call('TIME')[1] .. tostring(math.random()))"
  deliver(2, run(1, ['EVAL', script, '0']))
  for (const line of [
    ['GET', 'gone'],
    ['GET', 't'],
    ['SCARD', 's'],
  ])
    expect(reply(2, ...line)).toEqual(reply(1, ...line))
})

test('M3: a script fails half-way: what it wrote stays, as one unit everywhere', () => {
  const { run, deliver, reply } = newPair()
  const output = run(1, ['EVAL', "redis.call('SET', 'a', '1') redis.call('SET', 'b', '1') error('x')", '0'])
  expect(output.dots).toEqual([1, 2])
  deliver(2, output)
  expect([reply(2, 'GET', 'a'), reply(2, 'GET', 'b')]).toEqual(['1', '1'])
})

test("M3: WATCH fails when another region's script touched the key", () => {
  const { run, deliver, reply } = newPair()
  reply(2, 'WATCH', 'k')
  deliver(2, run(1, ['EVAL', "return redis.call('SET', KEYS[1], 'x')", '1', 'k']))
  reply(2, 'MULTI')
  expect(reply(2, 'EXEC')).toMatchObject({ type: 'nullArray' })
})

test('G9: scripts and functions stay in their region', () => {
  const { run, deliver, reply } = newPair()
  const loaded = run(1, ['SCRIPT', 'LOAD', 'return 1'])
  const library = run(1, ['FUNCTION', 'LOAD', "#!lua name=l\nredis.register_function('f', function() return 1 end)"])
  expect([...loaded.messages, ...library.messages]).toEqual([])
  deliver(2, loaded)
  expect(reply(2, 'SCRIPT', 'EXISTS', 'e0e1f9fabfc9d4800c877a703b823ac0578ff8db')).toEqual([0])
  expect(reply(2, 'FCALL', 'f', '0')).toMatchObject({ text: 'ERR Function not found' })
})

test('M3: while a script runs, nothing of other regions comes between, and nothing leaves', () => {
  const { run, deliver, reply, replicas } = newPair()
  const tick = (now: number) => replicas[1].submit({ kind: 'tick', now })
  const pause = 'local n = 0 while n < 2000000 do n = n + 1 end'
  const before = run(1, ['SET', 'k', 'before'])
  deliver(2, before)
  const begun = run(1, ['EVAL', `redis.call('SET', 'k', 'first') ${pause} return redis.call('GET', 'k')`, '0'])
  expect([begun.messages, begun.dots, begun.replies]).toEqual([[], null, []])
  const concurrent = run(2, ['SET', 'k', 'concurrent'], NOW + 10)
  expect(deliver(1, concurrent)).toMatchObject([{ clock: [0, 2], replies: [], messages: [] }])
  let now = begun.wakeAt ?? 0
  let over = tick(now)
  while (over.replies.length === 0) over = tick((now = over.wakeAt ?? 0))
  expect(now).toBeGreaterThan(NOW + 100)
  expect(over.replies.map((one) => one.reply)).toEqual(['first'])
  expect([over.dots, over.clock]).toEqual([
    [2, 2],
    [0, 2, 1],
  ])
  deliver(2, { ...over, messages: over.messages.filter(({ what }) => what === 'effects') })
  // The script wrote when it began (G4): what region 2 wrote after that is later.
  expect([reply(1, 'GET', 'k'), reply(2, 'GET', 'k')]).toEqual(['concurrent', 'concurrent'])
  expect(replicas[2].canonicalState()).toBe(replicas[1].canonicalState())
})

test('R3: a region does not acknowledge while a script runs', () => {
  const { run, deliver, replicas } = newPair()
  deliver(1, run(2, ['SET', 'k', 'v']))
  const begun = run(1, ['EVAL', 'while true do end', '0'])
  let now = begun.wakeAt ?? 0
  const sent = []
  while (now < NOW + 3000) {
    const { messages, wakeAt } = replicas[1].submit({ kind: 'tick', now })
    sent.push(...messages)
    now = wakeAt ?? 0
  }
  expect(sent).toEqual([])
  const killed = replicas[1].submit({ kind: 'close-session', session: 1, now })
  expect(killed.messages.map(({ what }) => what)).toEqual(['ack'])
})

test('M1: PUBLISH from a script reaches every region', () => {
  const { run, deliver, reply } = newPair()
  reply(2, 'SUBSCRIBE', 'c')
  const [output] = deliver(2, run(1, ['EVAL', "return redis.call('PUBLISH', 'c', 'hello')", '0']))
  expect(output?.replies.map(({ reply: one }) => one)).toEqual([{ type: 'push', items: ['message', 'c', 'hello'] }])
})
