/** Random and mutated scripts: each ends, with a reply; the region goes on. `LAW_RUNS` and `LAW_SEED` choose how many and from where. */
import { beforeAll, expect, test } from 'vitest'
import { Random } from '../../lib/index.ts'
import { loadParts } from '../parts.ts'
import { LONG_SCRIPTS, SCRIPTS } from '../testing/redis/scripts.ts'
import { newInstance, type TestInstance } from '../testing/run.ts'

const RUNS = Number(process.env['LAW_RUNS'] ?? 2000)
const FIRST_SEED = Number(process.env['LAW_SEED'] ?? 1)
const ALL = [...SCRIPTS, ...LONG_SCRIPTS]
const WORDS = ALL.join(' ').match(/[A-Za-z_]\w*|\d+|"[^"]*"|[^\s\w]/g) ?? []

beforeAll(() => loadParts())

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
    return db.call(['EVAL', script, '0']) === undefined ? 'nothing' : 'a reply'
  } catch (problem) {
    return `the machine broke: ${String(problem)}`
  }
}

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
