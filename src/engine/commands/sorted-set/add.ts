/** Commands that give members scores. */
import type { Bytes } from '../../../lib/index.ts'
import type { CellOp } from '../../crdt/parts/cell-ops.ts'
import { assignScore, incrementScore, zsetType, type ZSetState } from '../../crdt/zset/zset.ts'
import { double as doubleReply, type Reply } from '../../reply.ts'
import { block, checked, double, flag, key, many, oneOf, opt, str, type Reader } from '../arguments.ts'
import { checkRoom } from '../capacity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, SYNTAX_ERROR } from '../errors.ts'

/** Which members a score is for. */
export interface Condition {
  readonly exists?: 'nx' | 'xx' | undefined
  readonly compare?: 'gt' | 'lt' | undefined
}

export interface Scored {
  readonly score: number
  readonly member: Bytes
}

/** Whether a member that has `old` (undefined: there is none) may get `score`. */
function admits({ exists, compare }: Condition, old: number | undefined, score: number): boolean {
  if (old === undefined) return exists !== 'xx'
  if (exists === 'nx') return false
  return compare === undefined || (compare === 'gt' ? score > old : score < old)
}

/**
 * Assigns scores; says how many members were not there, and how many others got another score. A member that keeps its score is assigned anew all the same, so that a
 * concurrent ZREM spares it (T1).
 */
export function assignScores(
  ctx: Context,
  name: Bytes,
  items: readonly Scored[],
  condition: Condition,
  event: string,
): { added: number; changed: number } {
  const state = ctx.read(zsetType, name)
  const held = state ?? ctx.held(zsetType, name)
  const given: Map<Bytes, number> | null = items.length === 1 ? null : new Map()
  const op: CellOp[] = []
  let added = 0
  let changed = 0
  for (const { member, score } of items) {
    const old = given?.get(member) ?? state?.scoreOf(member)
    if (!admits(condition, old, score)) continue
    if (old === undefined) added++
    else if (old !== score) changed++
    given?.set(member, score)
    op.push(assignScore(held, ctx.self, member, score))
  }
  checkRoom('sorted set', state?.cells, op, (one) => one.element)
  if (op.length > 0) ctx.update(zsetType, name, op, event)
  return { added, changed }
}

/** Adds to a member's score; gives the new one, or null when the condition does not allow it. */
function increment(ctx: Context, name: Bytes, { member, score: by }: Scored, condition: Condition): Reply {
  const state = ctx.read(zsetType, name)
  const old = state?.scoreOf(member)
  if (old === undefined ? condition.exists === 'xx' : condition.exists === 'nx') return null
  const score = old === undefined ? by : old + by
  if (Number.isNaN(score)) fail('ERR resulting score is not a number (NaN)')
  if (!admits(condition, old, score)) return null
  const held: ZSetState | undefined = state ?? ctx.held(zsetType, name)
  checkRoom('sorted set', state?.cells, [member], (one) => one)
  ctx.update(zsetType, name, [incrementScore(held, ctx.self, ctx.dot, member, by, score)], 'zincr')
  return doubleReply(score)
}

const OPTIONS = new Set(['NX', 'XX', 'GT', 'LT', 'CH', 'INCR'])

/** Which options stand next in a command line, in capitals, and how many words follow them; reads nothing. */
export function leadingOptions(
  { argv, at }: Reader,
  options: ReadonlySet<string>,
): { given: Set<string>; left: number } {
  const given = new Set<string>()
  for (; at < argv.length; at++) {
    const word = (argv[at] as Bytes).toUpperCase()
    if (!options.has(word)) break
    given.add(word)
  }
  return { given, left: argv.length - at }
}

/** What ZADD says of its options before it reads a score. */
function checkOptions(reader: Reader): void {
  const { given, left } = leadingOptions(reader, OPTIONS)
  if (left === 0 || left % 2 !== 0) fail(SYNTAX_ERROR)
  const [nx, gt, lt] = [given.has('NX'), given.has('GT'), given.has('LT')]
  if (nx && given.has('XX')) fail('ERR XX and NX options at the same time are not compatible')
  if ((nx && (gt || lt)) || (gt && lt)) fail('ERR GT, LT, and/or NX options at the same time are not compatible')
  if (given.has('INCR') && left > 2) fail('ERR INCR option supports a single increment-element pair')
}

/** ZADD key [NX | XX] [GT | LT] [CH] [INCR] score member [score member …] → how many were added (CH: or changed); INCR: the new score, or null. */
export const zadd = command({
  name: 'ZADD',
  group: 'sorted-set',
  since: '1.2.0',
  summary: 'Adds members with scores, or gives members other scores.',
  complexity: 'O(log(N)) for each member',
  flags: ['write', 'denyoom', 'fast'],
  args: {
    key: checked(key(), (_name, reader) => checkOptions(reader)),
    condition: opt(oneOf({ nx: flag('NX'), xx: flag('XX') })),
    comparison: opt(oneOf({ gt: flag('GT'), lt: flag('LT') })),
    change: opt(flag('CH')),
    increment: opt(flag('INCR')),
    data: many(block({ score: double(), member: str() })),
  },
  activeActive:
    'Of concurrent scores of a member the latest wins (Z2); ZADD wins over a concurrent ZREM, also for a member that was there already (Z1). INCR counts like ZINCRBY (Z3).',
  run(ctx, { key: name, condition, comparison, change, increment: increments, data }) {
    const when: Condition = { exists: condition?.as, compare: comparison?.as }
    if (increments) return increment(ctx, name, data[0] as Scored, when)
    const { added, changed } = assignScores(ctx, name, data, when, 'zadd')
    return change ? added + changed : added
  },
})

/** ZINCRBY key increment member → the new score. */
export const zincrby = command({
  name: 'ZINCRBY',
  group: 'sorted-set',
  since: '1.2.0',
  summary: 'Adds to the score of a member; a missing one counts as 0.',
  complexity: 'O(log(N))',
  flags: ['write', 'denyoom', 'fast'],
  args: { key: key(), increment: double(), member: str() },
  activeActive:
    'Concurrent increments add up (Z3); ZADD and ZREM take away only the increments that they had observed (C3).',
  run: (ctx, args) => increment(ctx, args.key, { score: args.increment, member: args.member }, {}),
})
