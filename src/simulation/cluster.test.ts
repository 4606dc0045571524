import { describe, expect, test } from 'vitest'
import { Cluster } from './cluster.ts'
import type { ClusterUpdate } from './cluster-types.ts'
import type { JournalEntry, SessionSettings } from './journal-types.ts'
import { standIns } from './testing/stand-in.ts'

const SETTINGS: SessionSettings = { seed: 1, regions: ['us', 'eu', 'asia'], epochMs: 1e12, latencyMs: 50, held: false }

const open = (settings: Partial<SessionSettings> = {}) => Cluster.open({ ...SETTINGS, ...settings }, standIns)

async function run(cluster: Cluster, ...lines: string[]): Promise<string> {
  let text = ''
  for (const line of lines) {
    const result = await cluster.control(line)
    expect(result.ok, `${line}: ${result.text}`).toBe(true)
    text = result.text
  }
  return text
}

async function of<K extends JournalEntry['kind']>(cluster: Cluster, kind: K) {
  return (await cluster.journal()).filter((entry) => entry.kind === kind) as Extract<JournalEntry, { kind: K }>[]
}

describe('time and links', () => {
  test('a write answers at once and reaches the others after the latency', async () => {
    const cluster = await open()
    expect(await cluster.command(1, 0, ['INCR', 'k'])).toBe(1)
    await cluster.advanceTo(49)
    expect(await cluster.command(2, 0, ['GET', 'k'])).toBe(null)
    await cluster.advanceTo(50)
    expect(await cluster.command(2, 0, ['GET', 'k'])).toBe(1)
    const [entry] = await of(cluster, 'deliver')
    expect(entry).toMatchObject({ at: 50, from: 1, to: 2, what: 'effects', dots: [1, 1], changes: [{ key: 'k' }] })
  })

  test('commands issued together run at one instant, before anything they cause, even without latency', async () => {
    const cluster = await open({ latencyMs: 0 })
    const replies = await Promise.all([1, 2, 3].map((region) => cluster.command(region, 0, ['INCR', 'k'])))
    expect(replies).toEqual([1, 1, 1])
    await run(cluster, 'sync', 'expect converged', 'expect 3 GET k → 3')
    expect(cluster.now).toBe(0)
  })

  test('a blocked command answers when it is unblocked, and does not block others', async () => {
    const cluster = await open()
    const waiting = cluster.command(2, 7, ['WAITFOR'])
    expect(await cluster.command(1, 0, ['INCR', 'k'])).toBe(1)
    await run(cluster, 'wait 50ms')
    expect(await waiting).toBe('unblocked')
    expect((await of(cluster, 'command'))[0]!.reply).toBe(undefined)
    expect(await of(cluster, 'reply')).toMatchObject([{ at: 50, region: 2, session: 7, reply: 'unblocked' }])
  })

  test('virtual time follows real time times the speed; paused, commands still run', async () => {
    const cluster = await open()
    await run(cluster, 'speed 10x')
    await cluster.advanceRealTime(4.25)
    expect(cluster.now).toBe(42)
    await cluster.advanceRealTime(0.05)
    expect(cluster.now).toBe(43)
    await run(cluster, 'pause')
    await cluster.command(1, 0, ['INCR', 'k'])
    await cluster.advanceRealTime(1000)
    expect(cluster.now).toBe(43)
    await run(cluster, 'step')
    expect(cluster.now).toBe(93)
  })

  test('at speed max each pump runs what is under way, however far off', async () => {
    const cluster = await open()
    await run(cluster, 'latency 1-2 1h', 'speed max')
    await cluster.command(1, 0, ['INCR', 'k'])
    await cluster.advanceRealTime(1)
    // One hour there for the write, one hour back for its acknowledgement.
    expect(cluster.now).toBe(7_200_000)
    expect(await cluster.command(2, 0, ['GET', 'k'])).toBe(1)
  })

  test('wall clocks can be skewed', async () => {
    const cluster = await open()
    await run(cluster, 'clock eu -5s')
    expect((await cluster.status()).regions.map((region) => region.skewMs)).toEqual([0, -5000, 0])
  })
})

describe('cut and heal', () => {
  test('a cut loses what is in flight; after the heal the regions ask for what they missed', async () => {
    const cluster = await open()
    await cluster.command(1, 0, ['INCR', 'k'])
    await run(cluster, 'partition 1 | 2 3')
    expect((await of(cluster, 'lost')).map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [1, 3],
    ])
    await cluster.command(2, 0, ['INCR', 'k'])
    await run(cluster, 'sync', 'expect 1 GET k → 1', 'expect 3 GET k → 1')
    expect(await cluster.control('expect converged')).toMatchObject({ ok: true })
    await cluster.command(2, 0, ['INCR', 'k'])
    await run(cluster, 'sync')
    const failed = await cluster.control('expect converged')
    expect(failed).toEqual({ ok: false, text: 'not converged: 2 (eu), 3 (asia) differ from 1' })
    await run(cluster, 'heal', 'sync', 'expect converged', 'expect 1 GET k → 3')
  })

  test('cutting what is cut and healing what is whole is nothing', async () => {
    const cluster = await open()
    expect(await run(cluster, 'cut 1-2', 'partition 1 \\| 2 3')).toBe('1 link cut')
    expect(await run(cluster, 'heal 2-3')).toBe('0 links healed')
    expect(await run(cluster, 'heal')).toBe('2 links healed')
    expect((await of(cluster, 'link')).length).toBe(4)
  })
})

describe('hold, deliver, release', () => {
  test('held messages wait, come by hand in order, and flow after the release', async () => {
    const cluster = await open()
    await run(cluster, 'hold 1>2')
    for (let i = 0; i < 4; i++) await cluster.command(1, 0, ['INCR', 'k'])
    await run(cluster, 'wait 1s', 'expect 2 GET k → (nil)', 'expect 3 GET k → 4')
    expect(await run(cluster, 'deliver 1>2')).toBe('1 message delivered, 3 left on 1>2')
    expect(await run(cluster, 'expect 2 GET k → 1', 'deliver 1>2 2')).toBe('2 messages delivered, 1 left on 1>2')
    await run(cluster, 'expect 2 GET k → 3', 'release 1>2', 'wait 1ms', 'expect 2 GET k → 4')
  })

  test('a held session moves by sync only, and stays held', async () => {
    const cluster = await open({ held: true })
    await cluster.command(1, 0, ['INCR', 'k'])
    await run(cluster, 'wait 10s', 'expect 2 GET k → (nil)', 'sync 1 2', 'expect 2 GET k → 1', 'expect 3 GET k → (nil)')
    await run(cluster, 'sync', 'expect converged')
    expect((await cluster.status()).links.every((link) => link.held && link.inFlight.length === 0)).toBe(true)
  })

  test('a link stays FIFO whatever jitter and loss do', async () => {
    const cluster = await open()
    await run(cluster, 'latency 1-2 80ms ±70ms', 'loss 1-2 40%')
    for (let i = 0; i < 100; i++) await run(cluster, 'expect 1 INCR k → (integer) <ms>', 'wait 20ms')
    await run(cluster, 'sync')
    const arrivals = (await of(cluster, 'deliver')).filter(
      ({ from, to, what }) => from === 1 && to === 2 && what === 'effects',
    )
    expect(arrivals.map(({ dots }) => dots?.[0])).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
    expect(new Set(arrivals.map(({ at }) => at)).size).toBeGreaterThan(10)
  })
})

test('a region can be added; it syncs from the others', async () => {
  const cluster = await open({ regions: ['us', 'eu'] })
  await cluster.command(1, 0, ['INCR', 'k'])
  expect(await run(cluster, 'add-region asia')).toBe('region 3 (asia) added')
  expect((await cluster.status()).regions[2]).toMatchObject({ name: 'asia', synced: false })
  await run(cluster, 'sync', 'expect asia GET k → 1', 'expect converged')
  expect((await cluster.status()).regions[2]).toMatchObject({ synced: true })
  expect(await cluster.command(3, 0, ['INCR', 'k'])).toBe(2)
  await run(cluster, 'sync', 'expect converged')
})

test('no more than ten regions (G7)', async () => {
  const cluster = await open({ regions: Array.from({ length: 9 }, (_, i) => `r${i}`) })
  await run(cluster, 'add-region')
  expect(await cluster.control('add-region')).toMatchObject({ ok: false })
  expect((await cluster.status()).regions.length).toBe(10)
})

test('subscribers get every entry once, in order, also what was before, with the state after it', async () => {
  const cluster = await open()
  const early: ClusterUpdate[] = []
  const late: ClusterUpdate[] = []
  cluster.subscribe((update) => early.push(update))
  await cluster.command(1, 0, ['INCR', 'k'])
  cluster.subscribe((update) => late.push(update))
  await run(cluster, 'sync', 'help')
  const journal = await cluster.journal()
  expect(early.flatMap((update) => update.entries)).toEqual(journal)
  expect(late.flatMap((update) => update.entries)).toEqual(journal)
  expect(early.at(-1)!.status).toEqual(await cluster.status())
})
