/** Seeds that nobody has tried yet: every day, and every number of SWARM_SEED, has its own. `npm run simulate` does the same for longer. */
import { expect, test } from 'vitest'
import { hunt } from './index.ts'

const FIRST_SEED = Number(process.env['SWARM_SEED'] ?? Math.floor(Date.now() / 86_400_000) * 1_000_000)
/** The seeds of a day are the same on every machine that is fast enough. */
const RUNS = 3000
const SECONDS = Number(process.env['SWARM_SECONDS'] ?? 150)

test(`random runs from seed ${FIRST_SEED}, at most ${RUNS} and ${SECONDS} s`, async () => {
  const end = Date.now() + SECONDS * 1000
  const replay = (seed: number) => `npm run simulate -- --seed ${seed} --runs 1`
  const { found, runs, commands } = await hunt(FIRST_SEED, (count) => count < RUNS && Date.now() < end, replay)
  console.info(`seeds ${FIRST_SEED} to ${FIRST_SEED + runs - 1}: ${commands} commands`)
  expect(found === undefined ? '' : `${replay(found.seed)}\n${found.failure.text}\n${found.scenario}`).toBe('')
}, 600_000)
