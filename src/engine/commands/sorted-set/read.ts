/** Commands that look at single members, or count. */
import type { Bytes } from '../../../lib/index.ts'
import { zsetType } from '../../crdt/zset/zset.ts'
import { double, NULL_ARRAY, type Reply } from '../../reply.ts'
import { flag, key, last, many, opt, str, type Arg } from '../arguments.ts'
import { command, type Command } from '../command.ts'
import type { Context } from '../context.ts'
import { wrongArity } from '../errors.ts'
import { parseRange, placesOf, type Range } from './bounds.ts'
import { scoreReply } from './members.ts'

const about = {
  group: 'sorted-set',
  flags: ['readonly', 'fast'] as const,
  activeActive: 'Shows the members and scores that this region has observed (Z1).',
}

/** ZCARD key → how many members. */
export const zcard = command({
  ...about,
  name: 'ZCARD',
  since: '1.2.0',
  summary: 'Counts the members of a sorted set.',
  complexity: 'O(1)',
  args: { key: key() },
  run: (ctx, args) => ctx.read(zsetType, args.key)?.cells.size ?? 0,
})

/** ZSCORE key member → the score, or null. */
export const zscore = command({
  ...about,
  name: 'ZSCORE',
  since: '1.2.0',
  summary: 'Gives the score of a member.',
  complexity: 'O(1)',
  args: { key: key(), member: str() },
  run: (ctx, args) => scoreReply(ctx.read(zsetType, args.key)?.scoreOf(args.member)),
})

/** ZMSCORE key member [member …] → array of scores and nulls. */
export const zmscore = command({
  ...about,
  name: 'ZMSCORE',
  since: '6.2.0',
  summary: 'Gives the scores of several members.',
  complexity: 'O(N) for N members asked for',
  args: { key: key(), members: many(str('member')) },
  run(ctx, args) {
    const state = ctx.read(zsetType, args.key)
    return args.members.map((member) => scoreReply(state?.scoreOf(member)))
  },
})

/** One more word must be this one; more than one more is a wrong number of arguments. */
const withscore: Arg<true> = { ...str(), type: 'pure-token', token: 'WITHSCORE', read: flag('WITHSCORE').read }

function rank(name: string, since: string, summary: string, descending: boolean): Command {
  return command({
    ...about,
    name,
    since,
    summary,
    complexity: 'O(log(N))',
    args: { key: key(), member: str(), withscore: opt(last(withscore, wrongArity)) },
    run(ctx, args): Reply {
      const state = ctx.read(zsetType, args.key)
      const score = state?.scoreOf(args.member)
      if (state === undefined || score === undefined) return args.withscore ? NULL_ARRAY : null
      const before = state.order.rank(score, args.member)
      const place = descending ? state.order.size - 1 - before : before
      return args.withscore ? [place, double(score)] : place
    },
  })
}

/** ZRANK key member [WITHSCORE] → its place counted from the least score, from 0; with the score an array of both. Null when there is no such member. */
export const zrank = rank('ZRANK', '2.0.0', 'Gives the place of a member, the least score first.', false)

/** ZREVRANK key member [WITHSCORE] → its place counted from the greatest score. */
export const zrevrank = rank('ZREVRANK', '2.0.0', 'Gives the place of a member, the greatest score first.', true)

function count(ctx: Context, name: Bytes, range: Range): number {
  const state = ctx.read(zsetType, name)
  if (state === undefined) return 0
  const { from, to } = placesOf(state.order, range, false)
  return to - from
}

/** ZCOUNT key min max → how many members have scores in the range. */
export const zcount = command({
  ...about,
  name: 'ZCOUNT',
  since: '2.0.0',
  summary: 'Counts members with scores in a range.',
  complexity: 'O(log(N))',
  args: { key: key(), min: str(), max: str() },
  run: (ctx, args) => count(ctx, args.key, parseRange('score', args.min, args.max)),
})

/** ZLEXCOUNT key min max → how many members have names in the range. */
export const zlexcount = command({
  ...about,
  name: 'ZLEXCOUNT',
  since: '2.8.9',
  summary: 'Counts members with names in a range, all scores being equal.',
  complexity: 'O(log(N))',
  args: { key: key(), min: str(), max: str() },
  run: (ctx, args) => count(ctx, args.key, parseRange('lex', args.min, args.max)),
})
