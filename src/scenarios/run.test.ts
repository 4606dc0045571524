import { expect, test } from 'vitest'
import { assert } from '../lib/index.ts'
import { parseScenario } from './parse.ts'
import { createPlayer, SCENARIO_EPOCH_MS, sessionSettings } from './player.ts'
import { runScenario } from './run.ts'
import type { Scenario } from './scenario.ts'
import { fakeCluster, type FakeCluster } from './testing/fake-cluster.ts'

const HEAD = '| Time | Region 1 | Region 2 |\n|---|---|---|\n'

function scenarioOf(text: string): Scenario {
  const parsed = parseScenario(text, 'x.md')
  assert(parsed.ok, 'the test’s scenario parses')
  return parsed.scenario
}

async function run(text: string, syncMs = 0) {
  let cluster: FakeCluster | undefined
  const result = await runScenario(scenarioOf(text), (settings) =>
    Promise.resolve((cluster = fakeCluster(settings, syncMs))),
  )
  return {
    result,
    asked: cluster?.asked ?? [],
    seen: result.results.map((r) => [r.row, r.region, r.command, r.expected, r.actual, r.passed]),
  }
}

const RACE = `${HEAD}| t1 | SET a 1 ⏎ GET a → "1" | GET a → (nil) |\n| t2 | — Sync — | |\n| t3 | | GET a → "2" |`

test('rows are a second apart, the cells of a row at one instant, in the order of regions', async () => {
  expect((await run(RACE)).asked).toEqual([
    '0 wait 1000ms',
    '1000 1: SET a 1',
    '1000 1: GET a',
    '1000 2: GET a',
    '1000 wait 1000ms',
    '2000 sync',
    '2000 wait 1000ms',
    '3000 2: GET a',
  ])
})

test('a sync that takes long moves the rows after it', async () => {
  expect((await run(RACE, 2500)).asked.slice(-2)).toEqual(['2000 sync', '4500 2: GET a'])
})

test('every expectation is reported with row, region, command, expected and actual reply', async () => {
  const { result, seen } = await run(RACE)
  expect(seen).toEqual([
    ['t1', 1, 'GET a', '"1"', '"1"', true],
    ['t1', 2, 'GET a', '(nil)', '(nil)', true],
    ['t3', 2, 'GET a', '"2"', '"1"', false],
  ])
  expect(result.passed).toBe(false)
  expect(result.results[2]?.place).toEqual({ line: 5, column: 10 })
})

test('settings and given lines come first, and reach every region', async () => {
  const { asked, result } = await run(`---\nxadd-id: liberal\ngiven: 1: SET a 1\n---\n${HEAD}| t1 | | GET a → "1" |`)
  expect(asked).toEqual(['0 xadd-id liberal', '0 1: SET a 1', '0 sync', '0 wait 1000ms', '1000 2: GET a'])
  expect(result.passed).toBe(true)
})

test('a command that fails unexpectedly is a failure, one that is expected to fail is not', async () => {
  const { seen } = await run(`${HEAD}| t1 | SETT a | SETT a → (error) ERR unknown command 'SETT' |`)
  expect(seen).toEqual([
    ['t1', 1, 'SETT a', 'no error', "(error) ERR unknown command 'SETT'", false],
    ['t1', 2, 'SETT a', "(error) ERR unknown command 'SETT'", "(error) ERR unknown command 'SETT'", true],
  ])
})

test('a command that waits for ever does not stop the scenario', async () => {
  const { seen } = await run(`${HEAD}| t1 | BLOCK a → 1 | BLOCK b |\n| t2 | GET a → (nil) | |`)
  expect(seen).toEqual([
    ['t1', 1, 'BLOCK a', '1', '(no reply: the command is still waiting)', false],
    ['t2', 1, 'GET a', '(nil)', '(nil)', true],
  ])
})

test('a command that waits is answered by a later row', async () => {
  const { seen } = await run(`${HEAD}| t1 | BLOCK a → "7" | GET a → (nil) |\n| t2 | | SET b 7 → OK |`)
  expect(seen).toEqual([
    ['t1', 1, 'BLOCK a', '"7"', '"7"', true],
    ['t1', 2, 'GET a', '(nil)', '(nil)', true],
    ['t2', 2, 'SET b 7', 'OK', 'OK', true],
  ])
})

test('control rows: a check that fails, a check that passes, a line that is refused', async () => {
  const { seen } = await run(
    `${HEAD}| t1 | — expect converged — | |\n| t2 | — expect 1 GET a → 1 — | |\n| t3 | — heal — | |\n| t4 | — sync — | |`,
  )
  expect(seen).toEqual([
    ['t1', null, 'expect converged', 'converged', 'expect converged: refused', false],
    ['t2', null, 'expect 1 GET a → 1', '1 GET a → 1', '', true],
    ['t3', null, 'heal', 'no error', 'heal: refused', false],
  ])
})

test('rows that say when they begin do so then, or as soon as they can', async () => {
  const text = `---\nstart: 2026-11-25T10:00:00.250Z\ntimes: exact\n---\n${HEAD}`
  const { asked } = await run(
    `${text}| 80ms | GET a | |\n| 2.5s | — sync — | |\n| 3s | | GET a |\n| 1m | GET a | |`,
    4000,
  )
  expect(asked.filter((line) => !line.includes('wait'))).toEqual([
    '80 1: GET a',
    '2500 sync',
    '6500 2: GET a',
    '60000 1: GET a',
  ])
  expect(sessionSettings(scenarioOf(`${text}| 0s | GET a | |`)).epochMs).toBe(Date.UTC(2026, 10, 25, 10, 0, 0, 250))
})

test('nothing is played when the given state cannot be made', async () => {
  const { asked, result } = await run(`---\ngiven:\n  - 1: SETT a\n  - 1: SET a 1\n---\n${HEAD}| t1 | GET a | |`)
  expect(asked).toEqual(['0 1: SETT a'])
  expect(result.passed).toBe(false)
})

test('a player goes row by row', async () => {
  const scenario = scenarioOf(RACE)
  const player = createPlayer(scenario, fakeCluster(sessionSettings(scenario)))
  expect([player.played, player.done, player.results.length]).toEqual([0, false, 0])
  expect((await player.step())?.time).toBe('t1')
  expect([player.played, player.done, player.results.length]).toEqual([1, false, 2])
  await player.step()
  await player.step()
  expect([player.played, player.done, player.results.length]).toEqual([3, true, 3])
  expect(await player.step()).toBeUndefined()
})

test('links are held unless the file gives a latency; the clock begins at a fixed time', () => {
  expect(sessionSettings(scenarioOf(RACE))).toEqual({
    seed: 1,
    regions: ['Region 1', 'Region 2'],
    epochMs: SCENARIO_EPOCH_MS,
    latencyMs: 0,
    held: true,
  })
  expect(sessionSettings(scenarioOf(`---\nlatency: 1.5s\n---\n${RACE}`))).toMatchObject({
    latencyMs: 1500,
    held: false,
  })
})
