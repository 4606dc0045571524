import { describe, expect, test } from 'vitest'
import { Random } from '../lib/index.ts'
import { Cluster } from './cluster.ts'
import type { HostFactory } from './host.ts'
import type { SessionSettings } from './journal-types.ts'
import { playSession, randomSession } from './testing/random-session.ts'
import { standIns } from './testing/stand-in.ts'

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1)

const settingsOf = (seed: number): SessionSettings => ({
  seed,
  regions: ['us', 'eu', 'asia'].slice(0, 2 + (seed % 2)),
  epochMs: 1e12,
  latencyMs: (seed % 3) * 40,
  held: seed % 5 === 0,
})

const stepsOf = (seed: number) =>
  randomSession(seed, {
    steps: 120,
    regions: settingsOf(seed).regions.length,
    command: (random) => random.pick([['INCR', 'a'], ['INCR', 'b'], ['GET', 'a'], ['WAITFOR'], ['NONSENSE']]),
  })

/** Hosts that answer in their own time, as workers do. */
function tardyHosts(seed: number): HostFactory {
  const random = new Random(seed)
  const later = () => new Promise<void>((done) => (random.chance(0.1) ? setTimeout(done, random.below(2)) : done()))
  return async (config, onIncident) => {
    const host = await standIns(config, onIncident)
    return {
      ...host,
      async submit(inputs) {
        await later()
        return host.submit(inputs)
      },
      async canonicalState() {
        await later()
        return host.canonicalState()
      },
    }
  }
}

async function played(seed: number, hosts: HostFactory = standIns): Promise<Cluster> {
  const cluster = await Cluster.open(settingsOf(seed), hosts)
  await playSession(cluster, stepsOf(seed))
  return cluster
}

describe.each(SEEDS)('random session, seed %i', (seed) => {
  test('its log replays to the same journal, entry for entry', async () => {
    const first = await played(seed)
    const second = await Cluster.replay(await first.log(), standIns)
    expect(await second.journal()).toEqual(await first.journal())
    expect(await second.digest()).toBe(await first.digest())
    expect(await second.status()).toEqual({ ...(await first.status()), speed: 1 })
  })

  test('after a heal and a sync the regions have converged', async () => {
    const cluster = await played(seed)
    for (const line of ['heal', 'release all', 'sync']) await cluster.control(line)
    expect(await cluster.control('expect converged')).toEqual({ ok: true, text: 'converged' })
    expect((await cluster.status()).links.flatMap((link) => link.inFlight)).toEqual([])
  })
})

test('hosts that answer late change nothing', async () => {
  for (const seed of [1, 2, 3, 5]) {
    const [prompt, tardy] = [await played(seed), await played(seed, tardyHosts(seed))]
    expect(await tardy.journal()).toEqual(await prompt.journal())
  }
})

test('it does not matter whether commands of one instant are called together, or how time is cut into steps', async () => {
  const settings = { ...settingsOf(2), latencyMs: 3 }
  const together = await Cluster.open(settings, standIns)
  const singly = await Cluster.open(settings, standIns)
  for (let round = 1; round <= 20; round++) {
    await Promise.all([1, 2, 1].map((region) => together.command(region, 0, ['INCR', 'k'])))
    await together.advanceTo(round * 5)
    for (const region of [1, 2, 1]) {
      await singly.command(region, 0, ['INCR', 'k'])
      await singly.advanceTo(singly.now)
    }
    for (let ms = 1; ms <= 5; ms++) await singly.advanceTo(round * 5 - 5 + ms)
  }
  expect(await singly.journal()).toEqual(await together.journal())
})

test('another seed gives another journal', async () => {
  const digests = await Promise.all(
    [1, 2].map(async (seed) => {
      const cluster = await Cluster.open({ ...settingsOf(1), seed }, standIns)
      await cluster.control('latency 1-2 80ms ±70ms')
      for (let i = 0; i < 10; i++) void cluster.command(1, 0, ['INCR', 'k'])
      await cluster.control('sync')
      return cluster.digest()
    }),
  )
  expect(digests[0]).not.toBe(digests[1])
})
