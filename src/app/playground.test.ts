import { expect, test, vi } from 'vitest'
import { OK } from '../engine/index.ts'
import type { ClusterApi, ClusterStatus, ClusterUpdate, JournalEntry } from '../simulation/index.ts'
import { createPlayground, DEFAULT_LAYOUT, memoryStorage, openHistory, openPreferences, pageSettings } from './index.ts'
import { concurrentSets } from './testing/journal.ts'

const STATUS: ClusterStatus = { now: 0, epochMs: 0, speed: 1, regions: [], links: [], database: null }

function scriptedCluster() {
  const listeners: ((update: ClusterUpdate) => void)[] = []
  const api: ClusterApi = {
    command: async () => OK,
    control: async (line) =>
      line === 'sync' ? { ok: true, text: 'quiet' } : { ok: false, text: `unknown word ${line}` },
    closeSession: async () => {},
    status: async () => STATUS,
    inspect: async () => null,
    look: async () => null,
    catalogue: async () => [],
    log: async () => ({ settings: pageSettings(2, 0, 1), inputs: [], until: 0 }),
    digest: async () => '',
  }
  return {
    opened: {
      api,
      subscribe: (listener: (update: ClusterUpdate) => void) => listeners.push(listener),
      close: vi.fn<() => void>(),
      killWorker: vi.fn<() => void>(),
    },
    tell: (update: Partial<ClusterUpdate>) => {
      for (const listener of listeners) listener({ entries: [], status: STATUS, incidents: [], ...update })
    },
  }
}

test('updates are folded into timeline, status and incidents, and entries are passed on', async () => {
  const { opened, tell } = scriptedCluster()
  const playground = createPlayground(() => opened, pageSettings(2, 0, 1))
  await playground.open(pageSettings(2, 0, 1))
  expect(playground.getState().phase).toBe('ready')
  const heard = vi.fn<(entries: readonly JournalEntry[]) => void>()
  playground.onEntries(heard)
  const { entries } = concurrentSets()
  tell({ entries, incidents: [{ region: 2, text: 'restarted' }] })
  expect(playground.getState().timeline.events).toHaveLength(5)
  expect(playground.getState().incidents).toMatchObject([{ region: 2, text: 'restarted' }])
  expect(heard).toHaveBeenCalledWith(entries, false)
})

test('a new session closes the old cluster, and late news of the old one is not heard', async () => {
  const old = scriptedCluster()
  const young = scriptedCluster()
  const clusters = [old, young]
  const playground = createPlayground(() => clusters.shift()!.opened, pageSettings(2, 0, 1))
  await playground.open(pageSettings(2, 0, 1))
  await playground.open(pageSettings(3, 0, 1))
  old.tell({ entries: concurrentSets().entries })
  expect(old.opened.close).toHaveBeenCalledOnce()
  expect(playground.getState().timeline.events).toEqual([])
  expect(playground.getState().timeline.lanes).toHaveLength(3)
})

test('control lines and their answers, refusals included, stand in the console', async () => {
  const playground = createPlayground(() => scriptedCluster().opened, pageSettings(2, 0, 1))
  await playground.open(pageSettings(2, 0, 1))
  await playground.control('sync')
  await playground.control('frob')
  expect(playground.getState().console).toEqual([
    { line: 'sync', ok: true, text: 'quiet' },
    { line: 'frob', ok: false, text: 'unknown word frob' },
  ])
})

test('a cluster that cannot be opened is told, not thrown', async () => {
  const playground = createPlayground(() => Promise.reject(new Error('no worker')), pageSettings(2, 0, 1))
  await playground.open(pageSettings(2, 0, 1))
  expect(playground.getState()).toMatchObject({ phase: 'failed', failure: 'no worker' })
  expect(await playground.command(1, 1000, ['GET', 'k'])).toMatchObject({ type: 'error' })
})

test('what is typed before the database answers runs once it does, in order', async () => {
  const { opened } = scriptedCluster()
  const run = vi.spyOn(opened.api, 'command')
  const playground = createPlayground(() => opened, pageSettings(2, 0, 1))
  const early = [playground.command(1, 1000, ['SET', 'k', 'v']), playground.command(1, 1000, ['GET', 'k'])]
  const line = playground.control('sync')
  await Promise.resolve()
  expect(run).not.toHaveBeenCalled()
  await playground.open(pageSettings(2, 0, 1))
  expect(await Promise.all(early)).toEqual([OK, OK])
  expect(run.mock.calls.map(([, , [name]]) => name)).toEqual(['SET', 'GET'])
  expect(await line).toEqual({ ok: true, text: 'quiet' })
})

test('history survives a reload, per region, without repeats or blank lines', async () => {
  const storage = memoryStorage()
  const history = await openHistory(storage)
  for (const line of ['GET a', 'GET a', '  ', 'GET b']) history.add(1, line)
  history.add(2, 'PING')
  const reloaded = await openHistory(storage)
  expect(reloaded.lines(1)).toEqual(['GET a', 'GET b'])
  expect(reloaded.lines(2)).toEqual(['PING'])
})

test('preferences survive a reload; what makes no sense in storage is ignored', async () => {
  const storage = memoryStorage()
  ;(await openPreferences(storage)).change({ theme: 'dark' })
  expect((await openPreferences(storage)).getState().theme).toBe('dark')
  await storage.write('preferences', { theme: 'pink', screenReader: 'yes' })
  expect((await openPreferences(storage)).getState()).toEqual({
    theme: 'system',
    screenReader: false,
    hintClosed: false,
    layout: DEFAULT_LAYOUT,
  })
})
