/** Commands that list or store a range of a sorted set. */
import type { Bytes } from '../../../lib/index.ts'
import type { Entry, ScoreTree } from '../../crdt/zset/score-tree.ts'
import { zsetType } from '../../crdt/zset/zset.ts'
import type { Reply } from '../../reply.ts'
import { block, flag, int, key, named, oneOf, opt, str, whole } from '../arguments.ts'
import { command, type Command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, SYNTAX_ERROR } from '../errors.ts'
import { parseRange, placesOf, type Places, type RangeKind } from './bounds.ts'
import { scoredReply, storeEntries } from './members.ts'

interface Limit {
  readonly offset: number
  readonly count: number
}

interface Wanted {
  readonly kind: RangeKind
  readonly descending: boolean
  readonly first: Bytes
  readonly second: Bytes
  readonly limit: Limit | undefined
}

interface Found extends Places {
  readonly order: ScoreTree
}

/** A descending range by score or name is written with its greater end first. Undefined when there is no such key. */
function find(ctx: Context, name: Bytes, { kind, descending, first, second, limit }: Wanted): Found | undefined {
  const swapped = descending && kind !== 'rank'
  const range = parseRange(kind, swapped ? second : first, swapped ? first : second)
  const order = ctx.read(zsetType, name)?.order
  if (order === undefined) return undefined
  const places = placesOf(order, range, descending)
  return { order, ...(limit === undefined ? places : limited(places, limit, descending)) }
}

/** A negative offset leaves nothing, a negative count no limit. */
function limited({ from, to }: Places, { offset, count }: Limit, descending: boolean): Places {
  const skipped = offset < 0 ? to - from : Math.min(offset, to - from)
  const left = to - from - skipped
  const taken = count < 0 ? left : Math.min(count, left)
  return descending
    ? { from: to - skipped - taken, to: to - skipped }
    : { from: from + skipped, to: from + skipped + taken }
}

function list(ctx: Context, name: Bytes, wanted: Wanted, withscores: true | undefined): Reply {
  const found = find(ctx, name, wanted)
  if (found === undefined) return []
  const { order, from, to } = found
  const names = order.names(from, to)
  if (wanted.descending) names.reverse()
  if (!withscores) return names
  const scores = order.scores(from, to)
  return scoredReply(ctx, names, wanted.descending ? scores.reverse() : scores)
}

const LIMIT = { limit: opt(named('LIMIT', whole(block({ offset: int(), count: int() })))) }
const WITHSCORES = { withscores: opt(flag('WITHSCORES')) }
const CHOICE = {
  sortby: opt(oneOf({ score: flag('BYSCORE'), lex: flag('BYLEX') }, SYNTAX_ERROR)),
  rev: opt({ ...flag('REV'), conflict: SYNTAX_ERROR }),
  ...LIMIT,
}

interface Chosen {
  readonly start: Bytes
  readonly stop: Bytes
  readonly sortby: { readonly as: 'score' | 'lex' } | undefined
  readonly rev: true | undefined
  readonly limit: Limit | undefined
}

function wantedOf({ start, stop, sortby, rev, limit }: Chosen, withscores?: true): Wanted {
  const kind = sortby?.as ?? 'rank'
  if (kind === 'rank' && limit !== undefined && limit.count !== -1) {
    fail('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX')
  }
  if (kind === 'lex' && withscores) fail('ERR syntax error, WITHSCORES not supported in combination with BYLEX')
  return { kind, descending: rev === true, first: start, second: stop, limit: kind === 'rank' ? undefined : limit }
}

const about = {
  group: 'sorted-set',
  complexity: 'O(log(N)+M) for M members returned',
  flags: ['readonly'] as const,
  activeActive: 'Shows the members and scores that this region has observed.',
}

/** ZRANGE key start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count] [WITHSCORES] → array of members, with scores in turn (RESP3: nested pairs). */
export const zrange = command({
  ...about,
  name: 'ZRANGE',
  since: '1.2.0',
  summary: 'Lists members in a range of ranks, scores or names.',
  args: { key: key(), start: str(), stop: str(), ...CHOICE, ...WITHSCORES },
  run: (ctx, args) => list(ctx, args.key, wantedOf(args, args.withscores), args.withscores),
})

/** ZRANGESTORE dst src min max [BYSCORE | BYLEX] [REV] [LIMIT offset count] → how many were stored; with none the destination is deleted. */
export const zrangestore = command({
  ...about,
  name: 'ZRANGESTORE',
  since: '6.2.0',
  summary: 'Stores members in a range of ranks, scores or names.',
  flags: ['write', 'denyoom'],
  args: { dst: key(), src: key(), min: str(), max: str(), ...CHOICE },
  activeActive:
    'The members found here travel, not the command; they replace what this region had observed of the destination (T3).',
  run(ctx, { dst, src, min, max, ...options }) {
    const found = find(ctx, src, wantedOf({ start: min, stop: max, ...options }))
    const entries: Entry[] = []
    if (found !== undefined) {
      const { order, from, to } = found
      const scores = order.scores(from, to)
      order.names(from, to).forEach((name, i) => entries.push({ name, score: scores[i] as number }))
    }
    return storeEntries(ctx, dst, entries, 'zrangestore')
  },
})

/** ZREVRANGE key start stop [WITHSCORES] → as ZRANGE … REV. */
export const zrevrange = command({
  ...about,
  name: 'ZREVRANGE',
  since: '1.2.0',
  summary: 'Lists members in a range of ranks, the greatest first; ZRANGE … REV does the same.',
  args: { key: key(), start: str(), stop: str(), ...WITHSCORES, ...LIMIT },
  run: (ctx, args) => list(ctx, args.key, wantedOf({ ...args, sortby: undefined, rev: true }), args.withscores),
})

function byScore(name: string, since: string, summary: string, descending: boolean): Command {
  return command({
    ...about,
    name,
    since,
    summary,
    args: { key: key(), ...endsOf(descending), ...WITHSCORES, ...LIMIT },
    run: (ctx, args) =>
      list(
        ctx,
        args.key,
        { ...ordered(args, descending), kind: 'score', descending, limit: args.limit },
        args.withscores,
      ),
  })
}

function byName(name: string, summary: string, descending: boolean): Command {
  return command({
    ...about,
    name,
    since: '2.8.9',
    summary,
    args: { key: key(), ...endsOf(descending), ...LIMIT },
    run: (ctx, args) =>
      list(ctx, args.key, { ...ordered(args, descending), kind: 'lex', descending, limit: args.limit }, undefined),
  })
}

const endsOf = (descending: boolean) => (descending ? { max: str(), min: str() } : { min: str(), max: str() })

function ordered({ min, max }: { min: Bytes; max: Bytes }, descending: boolean): Pick<Wanted, 'first' | 'second'> {
  return descending ? { first: max, second: min } : { first: min, second: max }
}

/** ZRANGEBYSCORE key min max [WITHSCORES] [LIMIT offset count] → as ZRANGE … BYSCORE. */
export const zrangebyscore = byScore('ZRANGEBYSCORE', '1.0.5', 'Lists members with scores in a range.', false)

/** ZREVRANGEBYSCORE key max min [WITHSCORES] [LIMIT offset count] → as ZRANGE … BYSCORE REV. */
export const zrevrangebyscore = byScore(
  'ZREVRANGEBYSCORE',
  '2.2.0',
  'Lists members with scores in a range, the greatest first.',
  true,
)

/** ZRANGEBYLEX key min max [LIMIT offset count] → as ZRANGE … BYLEX. */
export const zrangebylex = byName('ZRANGEBYLEX', 'Lists members with names in a range, all scores being equal.', false)

/** ZREVRANGEBYLEX key max min [LIMIT offset count] → as ZRANGE … BYLEX REV. */
export const zrevrangebylex = byName(
  'ZREVRANGEBYLEX',
  'Lists members with names in a range, all scores being equal, the greatest first.',
  true,
)
