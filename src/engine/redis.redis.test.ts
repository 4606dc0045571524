/**
 * The same random commands on one instance and on a real redis-server: replies and error texts must agree, apart from the explained differences
 * (testing/redis/explained.ts). `DIFF_COMMANDS` sets how many, `DIFF_SEED` replays a run.
 */
import { expect, test } from 'vitest'
import { catalogue } from './commands/catalogue.ts'
import type { CommandDoc } from './catalogue-types.ts'
import { compareWithRedis, type Difference } from './testing/redis/differences.ts'
import { installedRedis, startRedis } from './testing/redis/server.ts'

const version = installedRedis()
const count = Number(process.env['DIFF_COMMANDS'] ?? 20_000)
const seed = Number(process.env['DIFF_SEED'] ?? 1)
const only = process.env['DIFF_ONLY']?.toUpperCase().split(',')
const GROUPS = new Set([
  'string',
  'bitmap',
  'hash',
  'set',
  'list',
  'sorted-set',
  'geo',
  'stream',
  'hyperloglog',
  'generic',
  'transactions',
])
const ALSO = new Set(['PING', 'ECHO', 'SELECT', 'DBSIZE'])

if (version === undefined) console.warn('No redis-server is installed: the comparison with a real server does not run.')

async function knownTo(call: (argv: string[]) => Promise<unknown>): Promise<CommandDoc[]> {
  const chosen = catalogue().filter(
    ({ name, group, support }) =>
      support.kind === 'full' &&
      !name.endsWith(' HELP') &&
      (GROUPS.has(group) || ALSO.has(name)) &&
      (only?.includes(name) ?? true),
  )
  const known: CommandDoc[] = []
  for (const doc of chosen) {
    const [info] = (await call(['COMMAND', 'INFO', doc.name.toLowerCase().replace(' ', '|')])) as [unknown]
    if (Array.isArray(info)) known.push(doc)
  }
  return known
}

function report(differences: readonly Difference[]): string {
  return differences
    .map(
      ({ line, ours, theirs, history }) =>
        `${line}\n  here:  ${ours}\n  redis: ${theirs}\n  after: ${history.slice(-8, -1).join(' | ')}`,
    )
    .join('\n')
}

test.skipIf(version === undefined)(
  `replies agree with ${version ?? 'a real server'} over ${count} random commands (seed ${seed})`,
  async () => {
    const server = await startRedis()
    try {
      const commands = await knownTo((argv) => server.client.call(argv))
      expect(commands.length).toBeGreaterThan(only === undefined ? 10 : 0)
      const { compared, differences } = await compareWithRedis(server.client, commands, {
        seed,
        count,
        most: Number(process.env['DIFF_MOST'] ?? 10),
        nowMs: () => Date.now(),
      })
      const replay = `DIFF_SEED=${seed} DIFF_COMMANDS=${count} npx vitest run src/engine/redis.redis.test.ts`
      expect(differences.length, `after ${compared} commands; replay: ${replay}\n${report(differences)}`).toBe(0)
    } finally {
      server.stop()
    }
  },
  Math.max(120_000, count * 2),
)
