/** Random and mutated scripts: each ends, with a reply, the same wherever it is interrupted; the region goes on. `LAW_RUNS` and `LAW_SEED` choose how many and from where. */
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { Random } from '../../lib/index.ts'
import { Machine } from '../../lua/index.ts'
import { loadParts } from '../parts.ts'
import { LONG_SCRIPTS, SCRIPTS } from '../testing/redis/scripts.ts'
import { NO_REPLY, type Reply } from '../reply.ts'
import { newInstance, type TestInstance } from '../testing/run.ts'

const RUNS = Number(process.env['LAW_RUNS'] ?? 2000)
const FIRST_SEED = Number(process.env['LAW_SEED'] ?? 1)
const ALL = [...SCRIPTS, ...LONG_SCRIPTS]
const WORDS = ALL.join(' ').match(/[A-Za-z_]\w*|\d+|"[^"]*"|[^\s\w]/g) ?? []

beforeAll(() => loadParts())
afterEach(() => vi.restoreAllMocks())

/** Words of one script replaced, doubled, left out, or taken from another. */
function mutated(random: Random): string {
  const words = (random.pick(ALL).match(/\s+|[A-Za-z_]\w*|\d+|"[^"]*"|[^\s\w]/g) ?? []) as string[]
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const at = random.below(words.length + 1)
    const other = random.chance(0.1) ? String.fromCharCode(random.below(256)) : random.pick(WORDS)
    words.splice(at, random.below(2), ...(random.chance(0.8) ? [other] : []))
  }
  return words.join('')
}

function soup(random: Random): string {
  return Array.from({ length: 1 + random.below(30) }, () => random.pick(WORDS)).join(' ')
}

function outcome(db: TestInstance, script: string): string {
  try {
    return runToEnd(db, script) === undefined ? 'nothing' : 'a reply'
  } catch (problem) {
    return `the machine broke: ${String(problem)}`
  }
}

function runToEnd(db: TestInstance, script: string): Reply | undefined {
  const reply = db.call(['EVAL', script, '0'])
  if (reply !== NO_REPLY) return reply
  for (let now = db.instance.script?.nextAt; now !== undefined; now = db.instance.script?.nextAt)
    db.instance.afterInput(now)
  return db.instance.take().replies.at(-1)?.reply
}

/** Cuts what follows into slices of random lengths. */
function cutUp(random: Random): () => number {
  // oxlint-disable-next-line typescript/unbound-method -- called with their machine below
  const { start, goOn } = Machine.prototype
  const most = random.pick([3, 10, 30, 1000])
  const slice = () => 1 + random.below(random.chance(0.01) ? 100_000 : most)
  let count = 0
  vi.spyOn(Machine.prototype, 'start').mockImplementation(function (this: Machine, steps) {
    start.call(this, steps, slice())
  })
  vi.spyOn(Machine.prototype, 'goOn').mockImplementation(function (this: Machine) {
    count++
    return goOn.call(this, slice())
  })
  return () => count
}

test(`${RUNS} scripts reply the same wherever they are interrupted`, () => {
  let interruptions = 0
  for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
    const random = new Random(seed)
    const script = seed - FIRST_SEED < ALL.length ? (ALL[seed - FIRST_SEED] as string) : mutated(random)
    const [whole, cut] = [newInstance(), newInstance()]
    const reply = runToEnd(whole, script)
    const count = cutUp(random)
    expect(runToEnd(cut, script), `LAW_SEED=${seed}: ${JSON.stringify(script)}`).toEqual(reply)
    vi.restoreAllMocks()
    interruptions += count()
    expect(cut.instance.keyspace.describe()).toBe(whole.instance.keyspace.describe())
  }
  expect(interruptions).toBeGreaterThan(RUNS)
}, 600_000)

test(`${RUNS} random scripts end in a reply`, () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
    const random = new Random(seed)
    const db = newInstance()
    db.instance.config.set('busy-reply-threshold', '1')
    const script = random.chance(0.7) ? mutated(random) : soup(random)
    expect(outcome(db, script), `LAW_SEED=${seed}: ${JSON.stringify(script)}`).toBe('a reply')
    expect(db.run('PING')).toMatchObject({ text: 'PONG' })
  }
}, 600_000)
