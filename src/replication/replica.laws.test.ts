import { beforeAll, describe, expect, test } from 'vitest'
import { loadParts } from '../engine/index.ts'
import { departure, disagreement } from './testing/checks.ts'

const RUNS = Number(process.env['LAW_RUNS'] ?? 2000)
const FIRST_SEED = Number(process.env['LAW_SEED'] ?? 1)

beforeAll(() => loadParts())

/** The first seed whose history fails the check, and how to see it again; undefined when none does. */
function firstFault(check: (seed: number) => string | undefined): string | undefined {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
    const fault = check(seed)
    if (fault !== undefined)
      return `LAW_SEED=${seed} LAW_RUNS=1 npx vitest run src/replication/replica.laws.test.ts\n${fault}`
  }
  return undefined
}

describe(`${RUNS} random histories of 3 to 5 regions`, () => {
  test('regions that have observed the same effects agree, and nothing is left to collect (G2, R4)', () => {
    expect(firstFault(disagreement)).toBeUndefined()
  }, 600_000)

  test('what they show follows from who had observed whom (C1, C3, H1, S1, S4, T1, G3, G4, G5)', () => {
    expect(firstFault(departure)).toBeUndefined()
  }, 600_000)
})
