import { addAmounts, formatAmount, negateAmount, type Amount, type Bytes } from '../../../lib/index.ts'
import { increment, stringType } from '../../crdt/string/string.ts'
import type { Reply } from '../../reply.ts'
import { int64, key } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { integerOfCell, integerReply, withinCounter } from '../counter.ts'
import { fail, NOT_AN_INTEGER, OVERFLOW } from '../errors.ts'

const COUNTER =
  'Concurrent increments and decrements add up (C1); an assignment removes only the increments it had observed (C3).'
const about = {
  group: 'string',
  complexity: 'O(1)',
  flags: ['write', 'denyoom', 'fast'] as const,
  activeActive: COUNTER,
}

function add(ctx: Context, name: Bytes, by: Amount): Reply {
  const state = ctx.read(stringType, name)
  const total = state === undefined ? by : addAmounts(integerOfCell(state, NOT_AN_INTEGER), by)
  if (!withinCounter(ctx, total)) fail(OVERFLOW)
  ctx.update(stringType, name, increment(state, ctx.self, ctx.dot, by), 'incrby')
  return integerReply(total)
}

/** INCR key → the new value. 59-bit: beyond −2^58 … 2^58−1 it is an overflow error (C2). */
export const incr = command({
  ...about,
  name: 'INCR',
  since: '1.0.0',
  summary: 'Adds one to a counter; a missing key counts as 0.',
  args: { key: key() },
  run: (ctx, args) => add(ctx, args.key, 1),
})

/** DECR key → the new value. */
export const decr = command({
  ...about,
  name: 'DECR',
  since: '1.0.0',
  summary: 'Takes one from a counter; a missing key counts as 0.',
  args: { key: key() },
  run: (ctx, args) => add(ctx, args.key, -1),
})

/** INCRBY key increment → the new value. */
export const incrby = command({
  ...about,
  name: 'INCRBY',
  since: '1.0.0',
  summary: 'Adds a whole number to a counter.',
  args: { key: key(), increment: int64() },
  run: (ctx, args) => add(ctx, args.key, args.increment),
})

/** DECRBY key decrement → the new value. The smallest 64-bit number has no opposite, so it is refused. */
export const decrby = command({
  ...about,
  name: 'DECRBY',
  since: '1.0.0',
  summary: 'Takes a whole number from a counter.',
  args: { key: key(), decrement: int64() },
  run(ctx, args) {
    if (formatAmount(args.decrement) === '-9223372036854775808') fail('ERR decrement would overflow')
    return add(ctx, args.key, negateAmount(args.decrement))
  },
})
