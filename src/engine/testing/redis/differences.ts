/** Runs random commands on one instance and on a real server, and collects where their replies differ. */
import { Random, type Bytes } from '../../../lib/index.ts'
import type { CommandDoc } from '../../catalogue-types.ts'
import { Instance } from '../../instance.ts'
import { QUEUED, type Reply } from '../../reply.ts'
import { toResp2 } from '../../resp2.ts'
import type { RedisClient } from './client.ts'
import { sameReply } from './compare.ts'
import { explanationOf, NEWER_LENGTHS, NEWER_WORDS } from './explained.ts'
import { newGenerator } from './generate.ts'

export interface Difference {
  readonly line: string
  /** Keys' types before the command, as far as it names keys. */
  readonly ours: string
  readonly theirs: string
  /** The commands before it since both were empty, oldest first. */
  readonly history: readonly string[]
}

export interface Comparison {
  readonly compared: number
  readonly explained: ReadonlyMap<string, number>
  readonly differences: readonly Difference[]
}

const EPISODE = 300

/** Both sides start empty again after each episode and after each difference that is not explained. */
export async function compareWithRedis(
  server: RedisClient,
  commands: readonly CommandDoc[],
  options: { seed: number; count: number; most: number; nowMs: () => number },
): Promise<Comparison> {
  const random = new Random(options.seed)
  const explained = new Map<string, number>()
  const differences: Difference[] = []
  let compared = 0
  const waiting = new Set(commands.filter((doc) => doc.flags.includes('blocking')).map((doc) => doc.name))
  while (compared < options.count && differences.length < options.most) {
    const nowMs = options.nowMs()
    const instance = new Instance({
      id: 1,
      name: 'compared',
      solo: true,
      seed: random.uint32(),
      replicationInfo: () => [],
    })
    const generator = newGenerator(random, commands, nowMs)
    const history: string[] = []
    let queued: Bytes[][] = []
    await server.call(['DISCARD'])
    await server.call(['UNWATCH'])
    await server.call(['FLUSHALL'])
    for (let i = 0; i < EPISODE && compared < options.count; i++) {
      const line = generator.line()
      if (isNewer(line)) continue
      // Nobody would wake the one that waits; in a transaction nothing waits.
      if (waiting.has(line[0] ?? '') && !instance.sessions.get(1)?.queue) continue
      if (line[0] === 'DBSIZE') {
        // Redis counts expired keys until it comes across them, as KEYS does.
        if (queued.length > 0 || instance.sessions.get(1)?.queue) continue
        await server.call(['KEYS', '*'])
      }
      compared++
      const theirs = await server.call(line)
      const ours = toResp2(instance.execute(1, line, options.nowMs()))
      history.push(shown(line))
      const waits = instance.sessions.get(1)?.queue !== null
      const parts = partsOf(line, ours, theirs, queued)
      const wrong = parts.filter(([argv, a, b]) => !sameReply(argv, a, b))
      const unexplained = wrong.find(([argv, a, b]) => {
        const why = explanationOf(argv, a, b)
        if (why !== undefined) explained.set(why.rule, (explained.get(why.rule) ?? 0) + 1)
        return why === undefined
      })
      if (unexplained !== undefined) {
        const [argv, a, b] = unexplained
        differences.push({ line: shown(argv), ours: replyText(a), theirs: replyText(b), history })
        break
      }
      if (isQueued(theirs)) queued.push(line)
      else if (!waits) queued = []
      const diverged = parts.some(([argv, , b]) => isSpop(argv) && !isQueued(b)) || wrong.length > 0
      if (!diverged) continue
      // What differs may have been kept: the keys begin anew on both sides, or everything where that is not possible.
      if (waits || parts.length > 1 || line.length === 1) break
      await dropKeys(instance, server, line, options.nowMs())
    }
  }
  return { compared, explained, differences }
}

type Part = readonly [argv: readonly Bytes[], ours: Reply, theirs: Reply]

/**
 * What there is to compare: the reply, or for EXEC each queued command's, up to the first that may leave different content behind.
 */
function partsOf(line: readonly Bytes[], ours: Reply, theirs: Reply, queued: readonly Bytes[][]): Part[] {
  if (line[0] !== 'EXEC' || !Array.isArray(ours) || !Array.isArray(theirs)) return [[line, ours, theirs]]
  const parts = queued.map((argv, i): Part => [argv, ours[i] as Reply, theirs[i] as Reply])
  const last = parts.findIndex(([argv, a, b]) => isSpop(argv) || !sameReply(argv, a, b))
  return last < 0 ? parts : parts.slice(0, last + 1)
}

const isSpop = (argv: readonly Bytes[]): boolean => argv[0] === 'SPOP'

const isQueued = (reply: Reply): boolean => text(reply) === text(QUEUED)

/** After replies that may differ, the keys concerned begin anew on both sides. */
async function dropKeys(instance: Instance, server: RedisClient, argv: readonly Bytes[], nowMs: number): Promise<void> {
  const line = ['DEL', ...argv.slice(1)]
  if (line.length === 1) return
  await server.call(line)
  instance.execute(1, line, nowMs)
}

function isNewer(line: readonly Bytes[]): boolean {
  if (line.length >= (NEWER_LENGTHS[line[0] ?? ''] ?? Infinity)) return true
  const newer = NEWER_WORDS[line[0] ?? '']
  return newer !== undefined && line.some((word) => newer.test(word))
}

const text = (reply: Reply): string =>
  JSON.stringify(reply, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))

function replyText(reply: Reply): string {
  return reply === undefined ? 'nothing' : text(reply)
}

/** A line as one would type it into redis-cli. */
function shown(line: readonly Bytes[]): string {
  return line
    .map((word) =>
      /^[\w.*:#>?^[\]+-]+$/.test(word)
        ? word
        : `"${word.replace(/["\\]|[^ -~]/g, (c) => (c === '"' || c === '\\' ? `\\${c}` : `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`))}"`,
    )
    .join(' ')
}
