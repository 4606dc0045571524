/** Commands that take elements from an end. */
import type { Bytes } from '../../../lib/index.ts'
import { listType } from '../../crdt/list/list.ts'
import { NULL_ARRAY, type Reply } from '../../reply.ts'
import { counted, int, key, last, many, named, opt, readLater } from '../arguments.ts'
import { command, type Command } from '../command.ts'
import type { Context } from '../context.ts'
import { SYNTAX_ERROR, wrongArity } from '../errors.ts'
import { timeoutSeconds } from '../timeout.ts'
import { anEnd, pop, type End } from './elements.ts'

const about = {
  group: 'list',
  complexity: 'O(N) for N elements removed',
  activeActive:
    'Takes what this region has, without asking the others: two regions may take the same element at once (L3). Concurrent pushes survive (L1).',
}

function popping(name: string, summary: string, end: End): Command {
  return command({
    ...about,
    name,
    since: '1.0.0',
    summary,
    flags: ['write', 'fast'],
    args: {
      key: key(),
      count: opt(last(int({ min: 0, error: 'ERR value is out of range, must be positive' }), wrongArity)),
    },
    run(ctx, { key: name, count }): Reply {
      const state = ctx.read(listType, name)
      if (state === undefined) return count === undefined ? null : NULL_ARRAY
      const values = pop(ctx, name, state, end, count ?? 1)
      return count === undefined ? (values[0] as Bytes) : values
    },
  })
}

/** LPOP key [count] → the first element, or null; with a count an array. */
export const lpop = popping('LPOP', 'Takes elements from the front of a list.', 'left')

/** RPOP key [count] → the last element, or null; with a count an array, the last first. */
export const rpop = popping('RPOP', 'Takes elements from the end of a list.', 'right')

/**
 * [key, elements] from the first key that is a list; undefined when none is. `strict`: a key of another type before it is an error, as when a command comes;
 * one that waits already passes over it.
 */
function popFirst(
  ctx: Context,
  keys: readonly Bytes[],
  end: End,
  count: number,
  strict: boolean,
): [Bytes, Bytes[]] | undefined {
  for (const name of keys) {
    if (!strict && ctx.find(name)?.value?.type !== listType) continue
    const state = ctx.read(listType, name)
    if (state !== undefined) return [name, pop(ctx, name, state, end, count)]
  }
  return undefined
}

/** Pops, or waits until one of the keys is a list. `reply` makes the answer of what was popped. */
function popOrWait(
  ctx: Context,
  keys: readonly Bytes[],
  end: End,
  timeoutMs: number,
  count: number,
  reply: (popped: [Bytes, Bytes[]]) => Reply,
): Reply {
  let strict = true
  return ctx.block({
    keys,
    timeoutMs,
    attempt(now) {
      const popped = popFirst(now, keys, end, count, strict)
      strict = false
      return popped && reply(popped)
    },
    timedOut: NULL_ARRAY,
  })
}

function waiting(name: string, summary: string, end: End): Command {
  return command({
    ...about,
    name,
    since: '2.0.0',
    summary,
    flags: ['write', 'blocking'],
    args: { keys: many(key(), 1), timeout: timeoutSeconds() },
    run: (ctx, { keys, timeout }) =>
      popOrWait(ctx, keys, end, timeout, 1, ([name, values]) => [name, values[0] as Bytes]),
  })
}

/** BLPOP key [key …] timeout → [key, element] of the first key that has an element, once one has; null when time is up. */
export const blpop = waiting('BLPOP', 'Takes the first element of a list, waiting for one.', 'left')

/** BRPOP key [key …] timeout → as BLPOP, from the end. */
export const brpop = waiting('BRPOP', 'Takes the last element of a list, waiting for one.', 'right')

const FROM_SEVERAL = {
  keys: counted(key(), { countName: 'numkeys', countError: 'ERR numkeys should be greater than 0' }),
  where: anEnd(),
  count: opt({
    ...named('COUNT', int({ name: 'count', min: 1, error: 'ERR count should be greater than 0' })),
    conflict: SYNTAX_ERROR,
  }),
}

/** LMPOP numkeys key [key …] LEFT | RIGHT [COUNT count] → [key, elements] of the first key that has any, or null. */
export const lmpop = command({
  ...about,
  name: 'LMPOP',
  since: '7.0.0',
  summary: 'Takes elements from an end of the first of several lists that has any.',
  flags: ['write', 'movablekeys'],
  args: FROM_SEVERAL,
  run: (ctx, { keys, where, count = 1 }) => popFirst(ctx, keys, where.as, count, true) ?? NULL_ARRAY,
})

/** BLMPOP timeout numkeys key [key …] LEFT | RIGHT [COUNT count] → as LMPOP, once one of the keys has elements; null when time is up. */
export const blmpop = command({
  ...about,
  name: 'BLMPOP',
  since: '7.0.0',
  summary: 'Takes elements from an end of the first of several lists that has any, waiting for one.',
  flags: ['write', 'blocking', 'movablekeys'],
  args: { timeout: readLater(timeoutSeconds()), ...FROM_SEVERAL },
  run: (ctx, { timeout, keys, where, count = 1 }) =>
    popOrWait(ctx, keys, where.as, timeout(), count, (popped) => popped),
})
