/**
 * `npm run simulate -- --seed S --minutes M [--runs N] [--found] [--quick]`: random runs of whole databases from seeds S, S+1 …, for M minutes (1) or N runs. The first that
 * fails is made small (not with --quick) and written as a scenario file; then the exit status is 1.
 * --found: first what was found before.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { FOUND, hunt, type Found, verdictOf } from '../src/swarm/index.ts'

const FOLDER = '.cache/simulate'
const PROGRESS_MS = 10_000

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    minutes: { type: 'string' },
    runs: { type: 'string' },
    quick: { type: 'boolean' },
    found: { type: 'boolean' },
  },
})

function numberOf(name: 'seed' | 'minutes' | 'runs', otherwise: number): number {
  const number = Number(values[name] ?? otherwise)
  if (Number.isFinite(number) && number >= 0) return number
  console.error(`--${name}: expected a number, found ${values[name]}`)
  process.exit(2)
}

/** By default every day has its own seeds. */
const seed = numberOf('seed', Math.floor(Date.now() / 86_400_000) * 1_000_000)
const runs = values.runs === undefined ? Infinity : numberOf('runs', 1)
const end =
  Date.now() + (values.runs !== undefined && values.minutes === undefined ? Infinity : numberOf('minutes', 1) * 60_000)

function report({ seed: failed, failure, small, scenario, reproduces }: Found): void {
  mkdirSync(FOLDER, { recursive: true })
  const file = `${FOLDER}/seed-${failed}.md`
  writeFileSync(file, scenario)
  console.log(`\nSeed ${failed}: ${failure.check}\n${failure.text}\n`)
  console.log(`Replay: npm run simulate -- --seed ${failed} --runs 1`)
  console.log(`${small.settings.regions.length} regions, ${small.steps.length} steps: ${file}`)
  console.log(reproduces ? 'The scenario fails alike.' : 'The scenario does not show it; the seed does.')
  console.log(`\n${scenario}`)
}

if (values.found === true) {
  for (const { what, run } of FOUND) {
    const { failure } = await verdictOf(run)
    if (failure === undefined) continue
    console.log(`Found before: ${what}: ${failure.check}`)
    process.exit(1)
  }
}

const started = Date.now()
let told = started
const { found, ...done } = await hunt(
  seed,
  (count, commands) => {
    const now = Date.now()
    if (now - told > PROGRESS_MS) {
      told = now
      console.log(`${count} runs, ${commands} commands`)
    }
    return count < runs && now < end
  },
  (failed) => `npm run simulate -- --seed ${failed} --runs 1`,
  values.quick ? 0 : undefined,
)
const seconds = (Date.now() - started) / 1000
console.log(
  `Seeds ${seed} to ${seed + done.runs - 1}: ${done.runs} runs, ${done.commands} commands, ${done.entries} events in ${seconds.toFixed(0)} s` +
    ` (${Math.round(done.commands / seconds)} commands/s)`,
)
if (found !== undefined) {
  report(found)
  process.exitCode = 1
}
