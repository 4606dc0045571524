/** Commands that remove members, by name or by range. */
import type { Bytes } from '../../../lib/index.ts'
import { zsetType } from '../../crdt/zset/zset.ts'
import { int, key, many, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { parseRange, placesOf, type Range } from './bounds.ts'
import { removeMembers } from './members.ts'

const about = {
  group: 'sorted-set',
  complexity: 'O(log(N)*M) for M members removed',
  flags: ['write'] as const,
  activeActive:
    'Removes only what this region had observed of the members; a concurrent ZADD or ZINCRBY survives (Z1, C3).',
}

/** ZREM key member [member …] → how many were removed. */
export const zrem = command({
  ...about,
  name: 'ZREM',
  since: '1.2.0',
  summary: 'Removes members from a sorted set.',
  flags: ['write', 'fast'],
  args: { key: key(), members: many(str('member')) },
  run(ctx, args) {
    const state = ctx.read(zsetType, args.key)
    if (state === undefined) return 0
    const present = [...new Set(args.members)].filter((member) => state.cells.has(member))
    if (present.length > 0) removeMembers(ctx, args.key, state, present, 'zrem')
    return present.length
  },
})

function removeRange(ctx: Context, name: Bytes, range: Range, event: string): number {
  const state = ctx.read(zsetType, name)
  if (state === undefined) return 0
  const { from, to } = placesOf(state.order, range, false)
  if (from < to) removeMembers(ctx, name, state, state.order.names(from, to), event)
  return to - from
}

/** ZREMRANGEBYRANK key start stop → how many were removed. */
export const zremrangebyrank = command({
  ...about,
  name: 'ZREMRANGEBYRANK',
  since: '2.0.0',
  summary: 'Removes members in a range of ranks.',
  args: { key: key(), start: int(), stop: int() },
  run: (ctx, { key: name, start, stop }) => removeRange(ctx, name, { kind: 'rank', start, stop }, 'zremrangebyrank'),
})

/** ZREMRANGEBYSCORE key min max → how many were removed. */
export const zremrangebyscore = command({
  ...about,
  name: 'ZREMRANGEBYSCORE',
  since: '1.2.0',
  summary: 'Removes members with scores in a range.',
  args: { key: key(), min: str(), max: str() },
  run: (ctx, args) => removeRange(ctx, args.key, parseRange('score', args.min, args.max), 'zremrangebyscore'),
})

/** ZREMRANGEBYLEX key min max → how many were removed. */
export const zremrangebylex = command({
  ...about,
  name: 'ZREMRANGEBYLEX',
  since: '2.8.9',
  summary: 'Removes members with names in a range, all scores being equal.',
  args: { key: key(), min: str(), max: str() },
  run: (ctx, args) => removeRange(ctx, args.key, parseRange('lex', args.min, args.max), 'zremrangebylex'),
})
