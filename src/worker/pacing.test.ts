import { expect, test } from 'vitest'
import { Cluster, type ClusterUpdate, pace, type RealTime } from '../simulation/index.ts'
import { standIns } from '../simulation/testing/stand-in.ts'
import { coalesceUpdates } from './coalesce.ts'

const SETTINGS = { seed: 1, regions: ['us', 'eu'], epochMs: 1e12, latencyMs: 50, held: false }

/** Real time that passes when told. */
function manualTime() {
  let now = 0
  let timers: { at: number; action: () => void }[] = []
  const time: RealTime = {
    now: () => now,
    after(delayMs, action) {
      const timer = { at: now + delayMs, action }
      timers.push(timer)
      return () => (timers = timers.filter((other) => other !== timer))
    },
  }
  const nextTimer = () => Math.min(...timers.map(({ at }) => at))
  /** Runs timers up to a moment, letting promises settle after each. */
  async function passTo(moment: number) {
    while (nextTimer() <= moment) {
      now = nextTimer()
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      for (const { action } of due) action()
      await new Promise((done) => setTimeout(done))
    }
    now = moment
  }
  return { time, passTo, nextTimer, jumpTo: (moment: number) => (now = moment) }
}

function neverFails(problem: unknown): void {
  throw problem
}

test('the pacer wakes for the next event, and otherwise now and then', async () => {
  const cluster = await Cluster.open(SETTINGS, standIns)
  const { time, passTo, nextTimer } = manualTime()
  const pacer = pace(cluster, time, neverFails)
  expect(nextTimer()).toBe(250)
  await cluster.command(1, 0, ['INCR', 'k'])
  pacer.catchUp()
  await cluster.status()
  expect(nextTimer()).toBe(50)
  await passTo(50)
  expect(await cluster.command(2, 0, ['GET', 'k'])).toBe(1)
  pacer.stop()
  expect(nextTimer()).toBe(Number.POSITIVE_INFINITY)
})

test('virtual time follows at the set speed, stands still while paused, and does not make up for a sleep', async () => {
  const cluster = await Cluster.open(SETTINGS, standIns)
  const { time, passTo, jumpTo } = manualTime()
  const pacer = pace(cluster, time, neverFails)
  await cluster.control('speed 10x')
  await passTo(250)
  expect(cluster.now).toBe(2500)
  await cluster.control('pause')
  await passTo(1000)
  expect(cluster.now).toBe(2500)
  await cluster.control('speed 1x')
  jumpTo(3_600_000)
  pacer.catchUp()
  await cluster.status()
  expect(cluster.now).toBe(3500)
  pacer.stop()
})

test('updates are joined when they come faster than once a frame, and none is lost', async () => {
  const cluster = await Cluster.open(SETTINGS, standIns)
  const { time, passTo } = manualTime()
  const got: ClusterUpdate[] = []
  cluster.subscribe(coalesceUpdates((update) => got.push(update), 16, time))
  for (let i = 0; i < 5; i++) await cluster.command(1, 0, ['INCR', 'k'])
  await cluster.status()
  expect(got.length).toBe(1)
  await passTo(16)
  expect(got.length).toBe(2)
  expect(got.flatMap((update) => update.entries)).toEqual(await cluster.journal())
})
