/** Live clusters: nothing is kept for a journal and writes of one instant travel together, but what happens is still a function of the timed inputs. */
import { describe, expect, test } from 'vitest'
import type { SessionReply } from '../engine/index.ts'
import type { ReplicaId } from '../replication/index.ts'
import type { Cluster } from './cluster.ts'
import type { SessionInput } from './journal-types.ts'
import { openLocalCluster } from './local-cluster.ts'
import { databaseCommand } from './testing/database-command.ts'
import { randomSession } from './testing/random-session.ts'

const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1)

async function open(seed: number) {
  const said: (SessionReply & { readonly region: ReplicaId })[] = []
  const inputs: SessionInput[] = []
  const settings = {
    seed,
    regions: ['us', 'eu', 'asia'],
    epochMs: 1.7e12,
    latencyMs: (seed % 3) * 40,
    held: seed % 5 === 0,
  }
  const cluster = await openLocalCluster(settings, {
    onReply: (region, reply) => said.push({ region, ...reply }),
    onStopped: () => {},
    onClosed: () => {},
    onFailure(_region, _session, problem) {
      throw problem
    },
    record: (input) => inputs.push(input),
  })
  return { cluster, said, inputs }
}

/** Some real time passes between the steps, too. */
async function played(seed: number) {
  const opened = await open(seed)
  const { cluster } = opened
  for (const [i, step] of randomSession(seed, { steps: 300, regions: 3, command: databaseCommand }).entries()) {
    if (step.kind === 'command') cluster.send(step.region, step.session + 1, step.argv)
    else if (step.kind === 'close') await cluster.closeSession(step.region, step.session + 1)
    else await cluster.control(step.line)
    if (i % 4 === 0) await idle(cluster)
    if (i % 4 === 0) cluster.passRealTime(1.5)
  }
  await idle(cluster)
  return opened
}

/** Until calls that were made in turn are over: connections are served between them. */
async function idle(cluster: Cluster): Promise<void> {
  await cluster.status()
  await new Promise((done) => setImmediate(done))
}

async function settled(cluster: Cluster): Promise<void> {
  for (const line of ['heal', 'release all', 'sync', 'wait 5s', 'sync']) await cluster.control(line)
}

describe.each(SEEDS)('random live session, seed %i', (seed) => {
  test('the same inputs at the same times give the same replies', async () => {
    const first = await played(seed)
    const second = await open(seed)
    for (const input of first.inputs) await second.cluster.redo(input)
    await idle(second.cluster)
    expect(second.said).toEqual(first.said)
    expect(second.inputs).toEqual(first.inputs)
    expect(first.said.length).toBeGreaterThan(100)
  })

  test('converges after a heal and a sync, whatever happened before (G2)', async () => {
    const { cluster } = await played(seed)
    await settled(cluster)
    expect(await cluster.control('expect converged')).toEqual({ ok: true, text: 'converged' })
  })
})

test('writes of one instant travel as one message per peer', async () => {
  const { cluster } = await open(1)
  await cluster.control('wait 10s')
  await cluster.control('release all')
  await idle(cluster)
  for (let i = 0; i < 100; i++) cluster.send(1, 1, ['INCR', 'n'])
  cluster.passRealTime(1)
  const { links } = await cluster.status()
  expect(links.filter(({ from }) => from === 1).map(({ inFlight }) => inFlight.length)).toEqual([1, 1])
  await settled(cluster)
  expect(await cluster.control('expect 2 GET n → "100"')).toMatchObject({ ok: true })
})
