/** The same scripts on one instance and on a real redis-server: replies and error texts must agree, apart from the explained differences. */
import { beforeAll, expect, test } from 'vitest'
import { Random, type Bytes } from '../../lib/index.ts'
import { loadParts } from '../parts.ts'
import type { Reply } from '../reply.ts'
import { toResp2 } from '../resp2.ts'
import { LONG_SCRIPTS, SCRIPTS } from '../testing/redis/scripts.ts'
import { installedRedis, startRedis } from '../testing/redis/server.ts'
import { newInstance } from '../testing/run.ts'

const version = installedRedis()
const text = (reply: Reply): string =>
  JSON.stringify(reply, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))

beforeAll(() => loadParts())

/** Replies of both to scripts, as text; where they differ. */
async function differences(scripts: readonly string[]): Promise<string> {
  const server = await startRedis()
  const different: string[] = []
  try {
    for (const script of scripts) {
      const db = newInstance()
      await server.client.call(['FLUSHALL'])
      const argv: Bytes[] = ['EVAL', script, '0']
      const theirs = text(await server.client.call(argv))
      const ours = text(toResp2(db.call(argv)))
      if (ours !== theirs) different.push(`${script}\n  here:  ${ours}\n  redis: ${theirs}`)
    }
  } finally {
    server.stop()
  }
  return different.join('\n')
}

test.skipIf(version === undefined)(
  `scripts give what ${version ?? 'a real server'} gives`,
  async () => expect(await differences([...SCRIPTS, ...LONG_SCRIPTS])).toBe(''),
  120_000,
)

/** Without 0: Lua keeps 0 and -0 as one constant, whichever comes first. */
const LEAVES = [
  '1',
  '2',
  '-3',
  '0.5',
  '1e15',
  '"10"',
  '"abc"',
  '"0x1f"',
  '""',
  'nil',
  'true',
  'false',
  '{}',
  'x',
  't',
  't.a',
  't[1]',
  '#t',
  'f(1)',
  '#"abc"',
  '2^53',
]
const BINARY = ['+', '-', '*', '/', '%', '^', '..', '==', '~=', '<', '<=', '>', '>=', 'and', 'or']
const UNARY = ['-', 'not ', '#']

function expression(random: Random, depth: number): string {
  if (depth === 0 || random.chance(0.15)) return random.pick(LEAVES)
  const inner = () => expression(random, depth - 1)
  if (random.chance(0.15)) return `${random.pick(UNARY)}${inner()}`
  const whole = `${inner()} ${random.pick(BINARY)} ${inner()}`
  return random.chance(0.5) ? `(${whole})` : whole
}

/** The sign of a number that is none cannot be seen in JavaScript. */
const withoutSigns = (value: string) => `(tostring(${value}):gsub("^%-nan$", "nan"))`

test.skipIf(version === undefined)(
  'random expressions give what a real server gives',
  async () => {
    const random = new Random(Number(process.env['DIFF_SEED'] ?? 1))
    const scripts = Array.from({ length: Number(process.env['DIFF_COMMANDS'] ?? 2000) }, () => {
      const value = expression(random, 1 + random.below(4))
      return `local x, t = 7, {a = 1.5, 10} local function f(n) return n + 1 end local v = ${value} if type(v) == "table" then v = "table" end return ${withoutSigns('v')}`
    })
    expect(await differences(scripts)).toBe('')
  },
  120_000,
)
