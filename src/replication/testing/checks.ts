/** The two checks that every history must pass: regions agree, and they agree with the independent model. Each says what is wrong, or undefined. */
import type { Random } from '../../lib/index.ts'
import { History } from './history.ts'
import { departureOfJson } from './json-model.ts'
import { listFault } from './list-model.ts'
import { EXPIRY, modelState } from './model.ts'
import { departureOfStreams } from './stream-model.ts'
import { drawLinesOf } from './workload.ts'

/** What stands after the key is told apart by a space. */
const READS = [
  'TYPE',
  'GET',
  'PFCOUNT',
  'SMEMBERS',
  'HGETALL',
  'EXISTS',
  'SCARD',
  'HLEN',
  'LRANGE 0 -1',
  'LLEN',
  'ZRANGE 0 -1 WITHSCORES',
  'XRANGE - +',
  'XLEN',
  'JSON.GET',
  'JSON.TYPE',
]

/** Types collide, keys expire, transactions run: do all regions end with one state? */
export function disagreement(seed: number): string | undefined {
  const history = new History(seed, { replicas: 3 + (seed % 3), steps: 120, draw: drawLinesOf(seed) }).run().settle()
  const states = history.replicas.map((replica) => replica.canonicalState())
  const different = states.findIndex((state) => state !== states[0])
  if (different > 0) return `region 1:\n${states[0]}\nregion ${different + 1}:\n${states[different]}`
  for (const key of ['k1', 'k2', 'k3']) {
    for (const command of READS) {
      const [name = '', ...rest] = command.split(' ')
      const replies = history.everywhere([name, key, ...rest])
      if (new Set(replies).size > 1) return `${command} ${key}: ${replies.join(' | ')}`
    }
  }
  return leftovers(history)
}

/** Everything is observed everywhere, so no tombstone may be left: headers and visible keys are as many (R4, G8). */
function leftovers(history: History): string | undefined {
  const headers = history.everywhere(['DBSIZE'])
  const visible = history.everywhere(['EXISTS', 'k1', 'k2', 'k3'])
  return headers.join() === visible.join() ? undefined : `DBSIZE ${headers.join()} but EXISTS ${visible.join()}`
}

/** A change of the list between two looks at it. `known`: the values drawn so far. */
function drawList(random: Random, known: string[]): string[][] {
  const index = String(random.below(9) - 4)
  const value = () => {
    const text = random.uint32().toString(36)
    known.push(text)
    return text
  }
  const look = ['LRANGE', 'list', '0', '-1']
  const change = (): string[] => {
    switch (random.below(11)) {
      case 0:
      case 1:
        return ['RPUSH', 'list', value(), value()]
      case 2:
      case 3:
        return ['LPUSH', 'list', value(), value()]
      case 4:
        return ['LPOP', 'list']
      case 5:
        return ['RPOP', 'list', '2']
      case 6:
        return ['LSET', 'list', index, value()]
      case 7:
        return ['LTRIM', 'list', random.pick(['0', '1']), random.pick(['-1', '-2', '3'])]
      case 8:
      case 9:
        return ['LINSERT', 'list', random.pick(['BEFORE', 'AFTER']), random.pick([...known.slice(-6), '']), value()]
      default:
        return random.chance(0.3) ? ['DEL', 'list'] : ['LLEN', 'list']
    }
  }
  return [look, change(), look]
}

/** Longer than any run: nothing expires, so that what is left tells whose time won (X1). Few, so that some are the same. */
const LIFETIMES_S = ['100000', '200000', '300000']

function drawExpiry(random: Random): string[] {
  const lifetime = random.pick(LIFETIMES_S)
  return random.pick([
    ['SET', 'expiry', 'v'],
    // Where there is no key, it would create one, which clears the time like any other SET (X4).
    ['SET', 'expiry', 'v', 'KEEPTTL', 'XX'],
    ['SET', 'expiry', 'v', 'EX', lifetime],
    ['GETEX', 'expiry', 'EX', lifetime],
    ['EXPIRE', 'expiry', lifetime],
    ['EXPIRE', 'expiry', lifetime, random.pick(['NX', 'XX', 'GT', 'LT'])],
    ['PERSIST', 'expiry'],
    ['DEL', 'expiry'],
  ])
}

export function drawModelled(random: Random, known: string[]): string[][] {
  if (random.chance(0.4)) return drawList(random, known)
  if (random.chance(0.2)) return [drawExpiry(random)]
  const name = random.pick(['a', 'b', 'c'])
  const number = String(random.below(20) - 6)
  switch (random.below(19)) {
    case 0:
      return [['SET', 'string', number]]
    case 1:
    case 2:
      return [['INCRBY', 'string', number]]
    case 3:
      return [['DEL', random.pick(['string', 'set', 'hash', 'hll', 'zset'])]]
    case 4:
      return [['SADD', 'set', name, random.pick(['a', 'b', 'c'])]]
    case 5:
      return [['SREM', 'set', name]]
    case 6:
      return [['SPOP', 'set']]
    case 7:
      return [['HSET', 'hash', name, number]]
    case 8:
      return [['HDEL', 'hash', name]]
    case 9:
    case 10:
      return [['HINCRBY', 'hash', name, number]]
    case 11:
    case 12:
      return [['ZADD', 'zset', number, name]]
    case 13:
      return [['ZREM', 'zset', name]]
    case 14:
      return [['ZPOPMIN', 'zset']]
    case 15:
    case 16:
      return [['PFADD', 'hll', name]]
    default:
      return [['ZINCRBY', 'zset', number, name]]
  }
}

export type ModelledKind = 'string' | 'set' | 'hash' | 'hll' | 'zset' | 'expiry'

/** What is read of each key of the model. */
export const MODELLED_READS: Readonly<Record<ModelledKind, readonly string[]>> = {
  string: ['GET', 'string'],
  set: ['SMEMBERS', 'set'],
  hash: ['HGETALL', 'hash'],
  hll: ['PFCOUNT', 'hll'],
  zset: ['ZRANGE', 'zset', '0', '-1', 'WITHSCORES'],
  expiry: ['PEXPIRETIME', 'expiry'],
}

/** What a reading command replies to what the model says, as text. */
export function shown(content: ReadonlyMap<string, string> | undefined, kind: ModelledKind): string {
  if (kind === 'hll') return String(content?.size ?? 0)
  // A time without a key, which was deleted at the same time, tells nobody anything.
  if (kind === 'expiry') return content?.has('') === true ? (content.get(EXPIRY) ?? '-1') : '-2'
  if (content === undefined) return kind === 'string' ? 'null' : kind === 'zset' ? '[]' : '{}'
  if (kind === 'string') return `"${content.get('')}"`
  if (kind === 'zset') {
    const order = [...content].sort(([a, x], [b, y]) => Number(x) - Number(y) || (a < b ? -1 : 1))
    return `[${order.map(([element, score]) => `"${element}" {"type":"double","value":${score}}`).join(' ')}]`
  }
  const parts = [...content].map(([element, value]) => (kind === 'set' ? `"${element}"` : `"${element}"="${value}"`))
  return `{${parts.sort().join(' ')}}`
}

/** One type per key: do all regions show what follows from who had observed whom? */
export function departure(seed: number): string | undefined {
  const known: string[] = []
  const draw = (random: Random) => drawModelled(random, known)
  const history = new History(seed, { replicas: 3 + (seed % 3), steps: 90, draw }).run().settle()
  const model = modelState(history.steps.filter(({ argv }) => argv[1] !== 'list'))
  const fault = listFault(
    history.steps.filter(({ argv }) => argv[1] === 'list'),
    history.everywhere(['LRANGE', 'list', '0', '-1']),
  )
  if (fault !== undefined) return fault
  for (const kind of Object.keys(MODELLED_READS) as ModelledKind[]) {
    const want = shown(model.get(kind), kind)
    const got = history.everywhere([...MODELLED_READS[kind]])
    if (got.some((reply) => reply !== want))
      return `${MODELLED_READS[kind].join(' ')}: ${got.join(' | ')}, the model says ${want}`
  }
  return departureOfStreams(seed) ?? departureOfJson(seed)
}
