/** Runs random commands on one instance and on a real server, and collects where their replies differ. */
import { Random, type Bytes } from '../../../lib/index.ts'
import type { CommandDoc } from '../../catalogue-types.ts'
import { HyperLogLogState } from '../../crdt/hyperloglog/hyperloglog.ts'
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

/**
 * SORT in Redis blames its elements for an overflow that an earlier command met (a stale `errno`: `GEOSEARCHSTORE … 1e400`, then SORT of an empty string).
 * Reading any number of this kind forgets it.
 */
const FORGETS_OVERFLOW = ['GEOSEARCH', 'none', 'FROMLONLAT', '0', '0', 'BYRADIUS', '1', 'm']

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
  const waiting = new Set(
    commands.filter((doc) => doc.flags.includes('blocking') && !doc.name.startsWith('XREAD')).map((doc) => doc.name),
  )
  while (compared < options.count && differences.length < options.most) {
    const nowMs = options.nowMs()
    const instance = new Instance({
      id: 1,
      name: 'compared',
      solo: true,
      seed: random.uint32(),
      replicationInfo: () => [],
    })
    // Redis's own way to choose entry IDs.
    instance.context.xaddId = 'liberal'
    const generator = newGenerator(random, commands, nowMs)
    const history: string[] = []
    let queued: Bytes[][] = []
    let due: Bytes[] | undefined
    await server.call(['DISCARD'])
    await server.call(['UNWATCH'])
    await server.call(['FLUSHALL'])
    for (let i = 0; i < EPISODE && compared < options.count; i++) {
      let line = due ?? generator.line()
      if (due === undefined && line[0]?.startsWith('SORT')) {
        due = line
        line = FORGETS_OVERFLOW
      } else due = undefined
      if (isNewer(line) || neverEnds(line)) continue
      // Nobody would wake the one that waits; in a transaction nothing waits.
      if ((waiting.has(line[0] ?? '') || blocks(line)) && !instance.sessions.get(1)?.queue) continue
      if (line[0] === 'DBSIZE') {
        // Redis counts expired keys until it removes them, as SCAN does on its way (KEYS only leaves them out).
        if (queued.length > 0 || instance.sessions.get(1)?.queue) continue
        await server.call(['SCAN', '0', 'COUNT', '10000'])
      }
      compared++
      const theirs = await server.call(line)
      const hyperLogLog =
        [line, ...queued].flat().some((word) => holdsHyperLogLog(instance, word)) ||
        queued.flat().some((word) => /^HYLL|^PF/.test(word))
      const ours = toResp2(instance.execute(1, line, options.nowMs()))
      history.push(shown(line))
      const waits = instance.sessions.get(1)?.queue !== null
      const parts = partsOf(line, ours, theirs, queued)
      const wrong = parts.filter(([argv, a, b]) => !sameReply(argv, a, b))
      const unexplained = wrong.find(([argv, a, b]) => {
        const why = explanationOf(argv, a, b, hyperLogLog)
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
      if (isEmptyRead(line, theirs)) {
        await makeConsumer(server, line)
        continue
      }
      const diverged = parts.some(([argv, , b]) => forks(argv, b) && !isQueued(b)) || wrong.length > 0
      if (!diverged) continue
      // What differs may have been kept: the keys begin anew on both sides, or everything where that is not possible.
      if (waits || parts.length > 1 || line.length === 1) break
      await dropKeys(instance, server, line, options.nowMs())
    }
  }
  return { compared, explained, differences }
}

/** Whether a key here holds one; a transaction may also have made one. */
function holdsHyperLogLog(instance: Instance, key: Bytes): boolean {
  return instance.keyspace.keys.get(key)?.value instanceof HyperLogLogState
}

type Part = readonly [argv: readonly Bytes[], ours: Reply, theirs: Reply]

/**
 * What there is to compare: the reply, or for EXEC each queued command's, up to the first that may leave different content behind.
 */
function partsOf(line: readonly Bytes[], ours: Reply, theirs: Reply, queued: readonly Bytes[][]): Part[] {
  if (line[0] !== 'EXEC' || !Array.isArray(ours) || !Array.isArray(theirs)) return [[line, ours, theirs]]
  const parts = queued.map((argv, i): Part => [argv, ours[i] as Reply, theirs[i] as Reply])
  const last = parts.findIndex(([argv, a, b]) => forks(argv, b) || !sameReply(argv, a, b))
  return last < 0 ? parts : parts.slice(0, last + 1)
}

/** After what the two sides hold different content although they replied alike: SPOP's choice, and groups of streams (E7, E9). */
function forks([name = '', word = '']: readonly Bytes[], reply: Reply): boolean {
  if (name === 'XGROUP') return word === 'DESTROY' && reply === 1
  if (name === 'COPY') return reply === 1
  if (name === 'XREADGROUP') return isEmptyRead([name], reply)
  return name === 'SPOP' || name.startsWith('RENAME')
}

const isQueued = (reply: Reply): boolean => text(reply) === text(QUEUED)

/** After replies that may differ, the keys concerned begin anew on both sides. */
const isEmptyRead = (argv: readonly Bytes[], reply: Reply): boolean =>
  argv[0] === 'XREADGROUP' && (reply === null || text(reply) === '{"type":"nullArray"}')

/** Since 7.2 a consumer is made when it asks, also when there is nothing to give: so that the older server has it too. */
async function makeConsumer(server: RedisClient, argv: readonly Bytes[]): Promise<void> {
  const words = argv.map((word) => word.toUpperCase())
  const group = words.indexOf('GROUP')
  const streams = words.indexOf('STREAMS', group + 3)
  for (const key of argv.slice(streams + 1, streams + 1 + (argv.length - streams - 1) / 2)) {
    await server.call(['XGROUP', 'CREATECONSUMER', key, argv[group + 1] ?? '', argv[group + 2] ?? ''])
  }
}

async function dropKeys(instance: Instance, server: RedisClient, argv: readonly Bytes[], nowMs: number): Promise<void> {
  const line = ['DEL', ...argv.slice(1)]
  if (line.length === 1) return
  await server.call(line)
  instance.execute(1, line, nowMs)
}

function blocks(line: readonly Bytes[]): boolean {
  return (line[0] ?? '').startsWith('XREAD') && line.some((word) => word.toUpperCase() === 'BLOCK')
}

function isNewer(line: readonly Bytes[]): boolean {
  if (line.length >= (NEWER_LENGTHS[line[0] ?? ''] ?? Infinity)) return true
  const newer = NEWER_WORDS[line[0] ?? '']
  return newer !== undefined && line.some((word) => newer.test(word))
}

/** A real server would give this many members, with repetitions. */
function neverEnds([name = '', , count]: readonly Bytes[]): boolean {
  return /^[SHZ]RAND/.test(name) && Number(count) < -1e6
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
