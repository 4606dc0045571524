/** Commands that take members from an end of a sorted set, some of them waiting until there is one. */
import type { Bytes } from '../../../lib/index.ts'
import { zsetType, ZSetState } from '../../crdt/zset/zset.ts'
import { NULL_ARRAY, type Reply } from '../../reply.ts'
import { counted, flag, int, key, last, many, named, oneOf, opt } from '../arguments.ts'
import { command, type Command } from '../command.ts'
import type { Context } from '../context.ts'
import { SYNTAX_ERROR } from '../errors.ts'
import { timeoutSeconds } from '../timeout.ts'
import { inTurn, pairs, removeMembers } from './members.ts'

type End = 'min' | 'max'

interface Popped {
  readonly names: Bytes[]
  readonly scores: number[]
}

/** Removes up to `count` members from an end, the outermost first. */
function pop(ctx: Context, name: Bytes, state: ZSetState, end: End, count: number): Popped {
  const { order } = state
  const taken = Math.min(count, order.size)
  const from = end === 'min' ? 0 : order.size - taken
  const names = order.names(from, from + taken)
  const scores = order.scores(from, from + taken)
  if (end === 'max') {
    names.reverse()
    scores.reverse()
  }
  if (taken > 0) removeMembers(ctx, name, state, names, `zpop${end}`)
  return { names, scores }
}

/** Takes from the first key that has something; undefined when none has. A key of another type before it is an error, unless `waits`: then it is not what is waited for. */
function takeFirst(
  ctx: Context,
  keys: readonly Bytes[],
  waits: boolean,
  take: (name: Bytes, state: ZSetState) => Reply,
): Reply | undefined {
  for (const name of keys) {
    const state = waits ? ctx.find(name)?.value : ctx.read(zsetType, name)
    if (state instanceof ZSetState) return take(name, state)
  }
  return undefined
}

/** Takes as soon as one of the keys has something; null when time is up. */
function waitFor(
  ctx: Context,
  keys: readonly Bytes[],
  timeoutMs: number,
  take: (ctx: Context, name: Bytes, state: ZSetState) => Reply,
): Reply {
  let waits = false
  return ctx.block({
    keys,
    timeoutMs,
    attempt(now) {
      const reply = takeFirst(now, keys, waits, (name, state) => take(now, name, state))
      waits = true
      return reply
    },
    timedOut: NULL_ARRAY,
  })
}

const about = {
  group: 'sorted-set',
  complexity: 'O(log(N)*M) for M members removed',
  activeActive:
    'Travels as a removal of the members taken here (T2): two regions may pop the same one at the same time, and a concurrent ZADD or ZINCRBY of it survives (Z1).',
}

function popping(name: string, summary: string, end: End): Command {
  return command({
    ...about,
    name,
    since: '5.0.0',
    summary,
    flags: ['write', 'fast'],
    args: {
      key: key(),
      count: opt(last(int({ min: 0, error: 'ERR value is out of range, must be positive' }))),
    },
    run(ctx, { key: name, count }): Reply {
      const state = ctx.read(zsetType, name)
      if (state === undefined) return []
      const { names, scores } = pop(ctx, name, state, end, count ?? 1)
      return count === undefined || ctx.session.resp === 2 ? inTurn(names, scores) : pairs(names, scores)
    },
  })
}

/** ZPOPMIN key [count] → removed members and their scores in turn, the least first; RESP3 with a count: nested pairs. */
export const zpopmin = popping('ZPOPMIN', 'Removes members with the least scores.', 'min')

/** ZPOPMAX key [count] → removed members and their scores in turn, the greatest first. */
export const zpopmax = popping('ZPOPMAX', 'Removes members with the greatest scores.', 'max')

function waiting(name: string, summary: string, end: End): Command {
  return command({
    ...about,
    name,
    since: '5.0.0',
    summary,
    flags: ['write', 'fast', 'blocking'],
    args: { keys: many(key(), 1), timeout: timeoutSeconds() },
    run: (ctx, { keys, timeout }) =>
      waitFor(ctx, keys, timeout, (now, key, state) => {
        const { names, scores } = pop(now, key, state, end, 1)
        return [key, ...inTurn(names, scores)]
      }),
  })
}

/** BZPOPMIN key [key …] timeout → [key, member, score] of the first key that has a member, once one has; null when time is up. */
export const bzpopmin = waiting('BZPOPMIN', 'Removes a member with the least score, waiting for one.', 'min')

/** BZPOPMAX key [key …] timeout → [key, member, score]. */
export const bzpopmax = waiting('BZPOPMAX', 'Removes a member with the greatest score, waiting for one.', 'max')

const FROM_SEVERAL = {
  keys: counted(key(), { countName: 'numkeys', countError: 'ERR numkeys should be greater than 0' }),
  where: oneOf({ min: flag('MIN'), max: flag('MAX') }),
  count: opt({
    ...named('COUNT', int({ name: 'count', min: 1, error: 'ERR count should be greater than 0' })),
    conflict: SYNTAX_ERROR,
  }),
}

function popSeveral(ctx: Context, name: Bytes, state: ZSetState, end: End, count = 1): Reply {
  const { names, scores } = pop(ctx, name, state, end, count)
  return [name, pairs(names, scores)]
}

/** ZMPOP numkeys key [key …] MIN | MAX [COUNT count] → [key, [[member, score], …]] of the first key that has members, or null. */
export const zmpop = command({
  ...about,
  name: 'ZMPOP',
  since: '7.0.0',
  summary: 'Removes members from an end of the first of several sorted sets that has any.',
  flags: ['write', 'movablekeys'],
  args: FROM_SEVERAL,
  run: (ctx, { keys, where, count }) =>
    takeFirst(ctx, keys, false, (name, state) => popSeveral(ctx, name, state, where.as, count)) ?? NULL_ARRAY,
})

/** BZMPOP timeout numkeys key [key …] MIN | MAX [COUNT count] → as ZMPOP, once one of the keys has members; null when time is up. */
export const bzmpop = command({
  ...about,
  name: 'BZMPOP',
  since: '7.0.0',
  summary: 'Removes members from an end of the first of several sorted sets that has any, waiting for one.',
  flags: ['write', 'blocking', 'movablekeys'],
  args: { timeout: timeoutSeconds(), ...FROM_SEVERAL },
  run: (ctx, { timeout, keys, where, count }) =>
    waitFor(ctx, keys, timeout, (now, name, state) => popSeveral(now, name, state, where.as, count)),
})
