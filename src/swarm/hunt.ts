/** Run after run from consecutive seeds, until one fails or time is up. */
import { drawRun } from './draw.ts'
import { accepted } from './play.ts'
import type { Failure, Run } from './run.ts'
import { scenarioOf } from './scenario.ts'
import { shrink } from './shrink.ts'
import { verdictOf } from './simulate.ts'

export interface Found {
  readonly seed: number
  readonly failure: Failure
  readonly small: Run
  /** A scenario file. `reproduces`: played as a scenario it fails, too. */
  readonly scenario: string
  readonly reproduces: boolean
}

export interface Hunted {
  readonly runs: number
  readonly commands: number
  /** Entries of all journals. */
  readonly entries: number
  readonly found: Found | undefined
}

/** `goesOn`: asked before every run. `shrinkingRuns`: so many shorter runs are tried to make a failing one small. */
export async function hunt(
  firstSeed: number,
  goesOn: (runs: number, commands: number) => boolean,
  replayCommand: (seed: number) => string,
  shrinkingRuns = 600,
): Promise<Hunted> {
  let [runs, commands, entries] = [0, 0, 0]
  for (; goesOn(runs, commands); runs++) {
    const seed = firstSeed + runs
    const run = drawRun(seed)
    const verdict = await verdictOf(run)
    commands += verdict.commands
    entries += verdict.entries
    if (verdict.failure !== undefined) {
      const found = await examined(seed, run, verdict.failure, replayCommand(seed), shrinkingRuns)
      return { runs: runs + 1, commands, entries, found }
    }
  }
  return { runs, commands, entries, found: undefined }
}

/** A scenario stops at a line that is refused, and none is needed as a rule. */
async function withoutRefusals(run: Run, fails: (run: Run) => Promise<boolean>): Promise<Run> {
  const shorter = { ...run, steps: await accepted(run) }
  return (await fails(shorter)) ? shorter : run
}

async function examined(
  seed: number,
  run: Run,
  first: Failure,
  command: string,
  shrinkingRuns: number,
): Promise<Found> {
  const fails = async (one: Run) => (await verdictOf(one)).failure?.check === first.check
  let small = await shrink(run, fails, shrinkingRuns)
  small = await withoutRefusals(small, fails)
  const { failure = first, ending } = await verdictOf(small)
  const { text, reproduces } = await scenarioOf(small, ending, failure, command)
  return { seed, failure, small, scenario: text, reproduces }
}
