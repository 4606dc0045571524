import { expect, test, vi } from 'vitest'
import { OK } from '../engine/index.ts'
import type { ClusterApi } from '../simulation/index.ts'
import { createPlayground, createTerminals, pageSettings, type OpenTerminal } from './index.ts'

function terminal(name: string, busy = false) {
  return {
    name,
    isBusy: () => busy,
    submit: vi.fn<(line: string) => void>(),
    interrupt: () => {},
    commands: () => [],
  } satisfies OpenTerminal
}

test('a broadcast goes to the chosen regions, and to none while one of them is busy', () => {
  const terminals = createTerminals()
  const [one, two, three] = [terminal('One'), terminal('Two'), terminal('Three', true)]
  terminals.add(1, one)
  terminals.add(2, two)
  terminals.add(3, three)
  expect(terminals.broadcast([1, 2], 'SET k v')).toBeNull()
  expect(one.submit.mock.calls).toEqual([['SET k v']])
  expect(two.submit.mock.calls).toEqual([['SET k v']])
  expect(terminals.broadcast([1, 2, 3], 'GET k')).toMatch(/^Not run: Three is busy/)
  expect(terminals.broadcast([1, 4], 'GET k')).toMatch(/^Not run: a terminal is not there yet/)
  expect(one.submit).toHaveBeenCalledOnce()
  expect(three.submit).not.toHaveBeenCalled()
})

test('a terminal that goes takes its search with it, but not the terminal that has come in its place', () => {
  const terminals = createTerminals()
  const remove = terminals.add(1, terminal('old'))
  terminals.setState({ finding: 1 })
  const young = terminal('young')
  terminals.add(1, young)
  remove()
  expect(terminals.getState().open.get(1)).toBe(young)
  expect(terminals.getState().finding).toBeNull()
})

test('what terminals send in one go reaches the cluster in one go, which is one instant, also while it is being opened', async () => {
  /** The regions of each batch, as the worker's client makes them: until the microtask that the first of them asked for. */
  const batches: number[][] = []
  let batch: number[] | null = null
  const api = {
    command: async (region: number) => {
      if (batch === null) {
        batches.push((batch = []))
        queueMicrotask(() => (batch = null))
      }
      batch.push(region)
      return OK
    },
    status: async () => ({ now: 0, epochMs: 0, speed: 1, regions: [], links: [], database: null }),
    catalogue: async () => [],
  } as Partial<ClusterApi> as ClusterApi
  const opened = { api, subscribe: () => {}, close: () => {}, killWorker: () => {} }
  const playground = createPlayground(() => opened, pageSettings(3, 0, 1))
  const terminals = createTerminals()
  for (const region of [1, 2, 3]) {
    terminals.add(region, {
      ...terminal(`Region ${region}`),
      submit: (line) => void playground.command(region, 1000, [line]),
    })
  }
  terminals.broadcast([1, 2, 3], 'PING')
  await playground.open(pageSettings(3, 0, 1))
  await vi.waitFor(() => expect(batches).toHaveLength(1))
  await new Promise((done) => setTimeout(done))
  terminals.broadcast([3, 1], 'PING')
  await vi.waitFor(() => expect(batches).toHaveLength(2))
  expect(batches).toEqual([
    [1, 2, 3],
    [3, 1],
  ])
})
