/** Scenarios on servers that are not simulated: here a gateway, which is one to this side. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { assert } from '../../lib/index.ts'
import { parseScenario, runScenario } from '../../scenarios/index.ts'
import { exchange, type Served, serveForTest } from '../testing/served.ts'
import { RemoteCluster } from './remote-cluster.ts'

vi.setConfig({ testTimeout: 60_000 })
const SETTINGS = { seed: 1, regions: ['us', 'eu'], epochMs: 0, latencyMs: 0, held: true }

let served: Served
let warnings: string[] = []
beforeAll(async () => {
  served = await serveForTest(2, 30)
})
afterAll(() => served.gateway.close())

function open(flush: boolean, regions = 2, patienceMs = 10_000) {
  warnings = []
  const urls = [1, 2].slice(0, regions).map((region) => new URL(`redis://127.0.0.1:${served.port(region)}`))
  return RemoteCluster.open(SETTINGS, { urls, flush, warn: (text) => warnings.push(text), patienceMs })
}

test('a scenario is played, sync waits until the regions have caught up, and what cannot be done is said', async () => {
  const text = `# Counters

| Time | Region 1 | Region 2 |
|---|---|---|
| t1 | INCRBY k 3 → 3 | INCRBY k 4 → 4 |
| t2 | — Sync — | |
| t3 | GET k → "7" | GET k → "7" |
| t4 | — clock 2 +5s — | |
| t5 | EXISTS k → 1 | GET k → "8" |
`
  const parsed = parseScenario(text, 'counters.md')
  assert(parsed.ok, 'the scenario has no problem')
  const cluster = await open(true)
  const { results, passed } = await runScenario(parsed.scenario, () => Promise.resolve(cluster))
  expect(results.map(({ command, region, passed: ok }) => `${region} ${command} ${ok}`)).toEqual([
    '1 INCRBY k 3 true',
    '2 INCRBY k 4 true',
    '1 GET k true',
    '2 GET k true',
    '1 EXISTS k true',
    '2 GET k false',
  ])
  expect(passed).toBe(false)
  expect(warnings).toEqual([
    'its links cannot be held: what one row writes may have arrived before the next',
    '‘clock 2 +5s’ is skipped: it cannot be done to servers that are not simulated',
  ])
  cluster.close()
})

test('keys that are there are deleted only when that was allowed', async () => {
  await exchange(served.port(1), 'SET left 1\r\n')
  await served.control('sync')
  await expect(open(false)).rejects.toThrow(
    /^region 1 \(127.0.0.1:\d+\) is not empty: it has a key "\w+"; --flush deletes all$/,
  )
  const cluster = await open(true)
  expect(await cluster.command(1, 1, ['RANDOMKEY'])).toBeNull()
  expect(await cluster.control('expect 1 EXISTS left → 0')).toEqual({ ok: true, text: '(integer) 0' })
  expect(await cluster.control('expect 1 EXISTS left → 1')).toMatchObject({ ok: false })
  expect(await cluster.control('snyc')).toMatchObject({ ok: false })
  cluster.close()
})

test('regions that do not hear of each other are told apart', async () => {
  const cluster = await open(true, 2, 200)
  await served.control('cut 1-2')
  expect(await cluster.control('sync')).toEqual({ ok: false, text: 'region 1 has not caught up in 200 ms' })
  await served.control('heal')
  cluster.close()
})

test('too few servers, and servers that are not there', async () => {
  await expect(open(true, 1)).rejects.toThrow('the scenario has 2 regions, --against names 1')
  const urls = [new URL('redis://127.0.0.1:1'), new URL('redis://127.0.0.1:1')]
  await expect(RemoteCluster.open(SETTINGS, { urls, flush: false, warn: () => {} })).rejects.toThrow(
    /^127.0.0.1:1 cannot be reached: .*ECONNREFUSED/,
  )
})
