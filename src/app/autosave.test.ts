import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openLocalCluster, Cluster, type SessionLog } from '../simulation/index.ts'
import { createReplica } from '../replication/index.ts'
import { catalogue } from '../engine/index.ts'
import { inProcessHosts } from '../simulation/index.ts'
import { createPlayground, keepSession, memoryStorage, pageSettings, readSession, restoreEnded } from './index.ts'

const SETTINGS = pageSettings(2, 1_735_689_600_000, 7)

async function openHere(start: Parameters<Parameters<typeof createPlayground>[0]>[0]) {
  const hosts = inProcessHosts(createReplica, catalogue)
  const api = 'settings' in start ? await Cluster.replay(start, hosts) : await openLocalCluster(start)
  return { api, subscribe: api.subscribe.bind(api), close: () => api.close(), killWorker: () => {} }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A visit in which this is typed; what it leaves in the storage. */
async function visit(lines: readonly string[]) {
  const storage = memoryStorage()
  const playground = createPlayground(openHere, SETTINGS)
  const saveNow = keepSession(playground, storage, () => true)
  await playground.open(SETTINGS)
  for (const line of lines) {
    const [, region, command] = /^(\d): (.*)$/.exec(line) ?? []
    if (region && command) await playground.command(Number(region), 1000, command.split(' '))
    else await playground.control(line)
  }
  await playground.api()?.status()
  await saveNow()
  return storage
}

test('a session goes on after a reload: data, partition, and what each region had of it', async () => {
  const storage = await visit(['1: SET k one', 'sync', 'partition 1 | 2', '1: SET k two', '2: INCR n', '2: MULTI'])
  const { log } = await readSession(storage)
  const playground = createPlayground(openHere, SETTINGS)
  const past: unknown[] = []
  playground.onEntries((entries, replayed) => {
    if (replayed) past.push(...entries)
  })
  await playground.open(log as SessionLog)
  expect(playground.getState()).toMatchObject({ phase: 'ready', restored: 'done' })
  expect(past.length).toBeGreaterThan(5)
  expect(await playground.command(1, 1000, ['GET', 'k'])).toBe('two')
  expect(await playground.command(2, 1000, ['GET', 'k'])).toBe('one')
  expect(await playground.command(2, 1000, ['GET', 'n'])).toBe('1')
  expect((await playground.api()?.status())?.links.every(({ cut }) => cut)).toBe(true)
})

test('a visit in which nothing was done leaves nothing', async () => {
  expect(await readSession(await visit([]))).toEqual({ log: null, broken: false })
})

const GOOD = { settings: SETTINGS, inputs: [{ at: 5, kind: 'control', line: 'sync' }], until: 9 }

test.each([
  ['of another version', { version: 2, log: GOOD }],
  ['that is no object', 'nonsense'],
  ['without regions', { version: 1, log: { ...GOOD, settings: { ...SETTINGS, regions: [] } } }],
  ['whose time runs backwards', { version: 1, log: { ...GOOD, until: 1 } }],
  ['with an input that is none', { version: 1, log: { ...GOOD, inputs: [{ at: 5, kind: 'frob' }] } }],
  [
    'with arguments that are no text',
    { version: 1, log: { ...GOOD, inputs: [{ at: 5, kind: 'command', region: 1, session: 1, argv: [7] }] } },
  ],
])('a save %s is called broken and not used', async (_, stored) => {
  const storage = memoryStorage()
  await storage.write('session', stored)
  expect(await readSession(storage)).toEqual({ log: null, broken: true })
})

test('a session whose restore never ended is given up after three times', async () => {
  const storage = memoryStorage()
  await storage.write('session', { version: 1, log: GOOD })
  for (let i = 0; i < 3; i++) expect((await readSession(storage)).log).toEqual(GOOD)
  expect(await readSession(storage)).toEqual({ log: null, broken: true })
  await restoreEnded(storage)
  expect((await readSession(storage)).log).toEqual(GOOD)
})
