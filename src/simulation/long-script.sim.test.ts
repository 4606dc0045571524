/** Scripts that do not end at once: the other regions go on, and a session with them, with kills and with clients that leave is still a function of its inputs. */
import { describe, expect, test } from 'vitest'
import type { Random } from '../lib/index.ts'
import { type Reply, catalogue } from '../engine/index.ts'
import { createReplica } from '../replication/index.ts'
import { Cluster } from './cluster.ts'
import { inProcessHosts } from './host.ts'
import { openLocalCluster } from './local-cluster.ts'
import { databaseCommand } from './testing/database-command.ts'
import { playSession, randomSession } from './testing/random-session.ts'

const hosts = inProcessHosts(createReplica, catalogue)
const settings = { seed: 1, regions: ['us', 'eu', 'asia'], epochMs: 1.7e12, latencyMs: 30, held: false }

const wait = (steps: number) => `local n = 0 while n < ${steps} do n = n + 1 end`
const LINES: readonly (readonly string[])[] = [
  ['EVAL', `${wait(100_000)} return n`, '0'],
  ['EVAL', `redis.call('INCR', 'a') ${wait(400_000)} return redis.call('INCR', 'b')`, '0'],
  [
    'EVAL',
    `pcall(function() ${wait(600_000)} redis.call('SADD', 's', '9') error('x') end) return redis.call('GET', 'a')`,
    '0',
  ],
  ['EVAL', `redis.call('SET', 'a', '7') coroutine.wrap(function() ${wait(500_000)} end)() redis.call('DEL', 's')`, '0'],
  ['SCRIPT', 'KILL'],
  ['SCRIPT', 'KILL'],
  ['CONFIG', 'SET', 'busy-reply-threshold', '10'],
  ['CONFIG', 'SET', 'busy-reply-threshold', '40'],
]

function command(random: Random): readonly string[] {
  return random.chance(0.25) ? random.pick(LINES) : databaseCommand(random)
}

async function played(seed: number): Promise<Cluster> {
  const cluster = await Cluster.open({ ...settings, seed, held: seed % 5 === 0 }, hosts)
  await playSession(cluster, randomSession(seed, { steps: 150, regions: 3, command }))
  return cluster
}

describe.each(Array.from({ length: 25 }, (_, i) => i + 1))('random session with long scripts, seed %i', (seed) => {
  test('replays entry for entry', async () => {
    const first = await played(seed)
    const second = await Cluster.replay(await first.log(), hosts)
    expect(await second.journal()).toEqual(await first.journal())
    expect(await second.digest()).toBe(await first.digest())
  })

  test('converges after a heal and a sync, whatever happened before (G2)', async () => {
    const cluster = await played(seed)
    for (const line of ['heal', 'release all', 'wait 60s', 'sync', 'wait 5s', 'sync']) await cluster.control(line)
    expect(await cluster.control('expect converged')).toEqual({ ok: true, text: 'converged' })
  })
})

test('M3: a script loops in one region, the others answer and sync; SCRIPT KILL ends it, and what was sent to it arrives', async () => {
  const cluster = await Cluster.open(settings, hosts)
  let looping: Reply | undefined
  void cluster.command(1, 1, ['EVAL', 'while true do end', '0']).then((reply) => (looping = reply))
  await cluster.control('wait 1s')
  expect(await cluster.command(2, 1, ['SET', 'k', 'v'])).toMatchObject({ text: 'OK' })
  await cluster.control('wait 1s')
  expect(await cluster.command(3, 1, ['GET', 'k'])).toBe('v')
  let held: Reply | undefined
  void cluster.command(1, 2, ['GET', 'k']).then((reply) => (held = reply))
  await cluster.control('wait 1s')
  expect([looping, held]).toEqual([undefined, undefined])
  await cluster.control('wait 2s')
  expect(held).toMatchObject({ text: expect.stringMatching(/^BUSY/) })
  expect(await cluster.command(1, 2, ['SCRIPT', 'KILL'])).toMatchObject({ text: 'OK' })
  await cluster.status()
  expect(looping).toMatchObject({ text: expect.stringContaining('killed by user') })
  expect(await cluster.command(1, 2, ['GET', 'k'])).toBe('v')
  const again = await Cluster.replay(await cluster.log(), hosts)
  expect(await again.digest()).toBe(await cluster.digest())
})

test('a live session: the same inputs at the same times give the same replies', async () => {
  const open = async () => {
    const said: unknown[] = []
    const inputs: Parameters<Cluster['redo']>[0][] = []
    const cluster = await openLocalCluster(settings, {
      onReply: (region, reply) => said.push({ region, ...reply }),
      onClosed: () => {},
      onStopped: () => {},
      onFailure(_region, _session, problem) {
        throw problem
      },
      record: (input) => inputs.push(input),
    })
    return { cluster, said, inputs }
  }
  const first = await open()
  first.cluster.send(1, 1, ['SET', 'k', '0'])
  first.cluster.send(1, 1, [
    'EVAL',
    `redis.call('SET', 'k', '1') ${wait(2_000_000)} return redis.call('INCR', 'k')`,
    '0',
  ])
  first.cluster.send(1, 2, ['GET', 'k'])
  for (let ms = 0; ms < 2000; ms += 7) {
    first.cluster.passRealTime(7)
    if (ms % 70 === 0) first.cluster.send(2, 1, ['INCR', 'n'])
  }
  expect(first.said).toContainEqual({ region: 1, session: 1, reply: 2, push: false, resp: 2 })
  expect(first.said.at(-1)).toMatchObject({ region: 2, reply: 29 })
  const second = await open()
  for (const input of first.inputs) await second.cluster.redo(input)
  await second.cluster.advanceTo(first.cluster.now)
  expect(second.said).toEqual(first.said)
  for (const line of ['sync', 'wait 5s', 'sync']) await first.cluster.control(line)
  expect(await first.cluster.control('expect converged')).toMatchObject({ ok: true })
})
