/** The real database under the real kernel: sessions of random commands and every kind of network trouble. */
import { describe, expect, test } from 'vitest'
import { catalogue } from '../engine/index.ts'
import { createReplica } from '../replication/index.ts'
import { Cluster } from './cluster.ts'
import { inProcessHosts } from './host.ts'
import { databaseCommand } from './testing/database-command.ts'
import { playSession, randomSession } from './testing/random-session.ts'

const hosts = inProcessHosts(createReplica, catalogue)
const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1)

async function played(seed: number): Promise<Cluster> {
  const settings = {
    seed,
    regions: ['us', 'eu', 'asia'],
    epochMs: 1_700_000_000_000,
    latencyMs: (seed % 3) * 40,
    held: seed % 5 === 0,
  }
  const cluster = await Cluster.open(settings, hosts)
  await playSession(cluster, randomSession(seed, { steps: 200, regions: 3, command: databaseCommand }))
  return cluster
}

describe.each(SEEDS)('random session of the database, seed %i', (seed) => {
  test('replays entry for entry', async () => {
    const first = await played(seed)
    const second = await Cluster.replay(await first.log(), hosts)
    expect(await second.journal()).toEqual(await first.journal())
    expect(await second.digest()).toBe(await first.digest())
  })

  test('converges after a heal and a sync, whatever happened before (G2)', async () => {
    const cluster = await played(seed)
    for (const line of ['heal', 'release all', 'sync', 'wait 5s', 'sync']) await cluster.control(line)
    expect(await cluster.control('expect converged')).toEqual({ ok: true, text: 'converged' })
  })
})
