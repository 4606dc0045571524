/** Commands that move an element from one list to another, some of them waiting until there is one. */
import type { Bytes } from '../../../lib/index.ts'
import { listType, textOf } from '../../crdt/list/list.ts'
import { NULL_ARRAY, type Reply } from '../../reply.ts'
import { key } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { timeoutSeconds } from '../timeout.ts'
import { anEnd, push, removeSpans, type End } from './elements.ts'

interface Move {
  readonly source: Bytes
  readonly destination: Bytes
  readonly from: End
  readonly to: End
}

/** The element moved; undefined when there is none. It is pushed before it is removed, so that a list moved within itself never goes. */
function move(ctx: Context, { source, destination, from, to }: Move): Bytes | undefined {
  const state = ctx.read(listType, source)
  if (state === undefined) return undefined
  const target = ctx.read(listType, destination)
  const { sequence } = state
  const index = from === 'left' ? 0 : sequence.length - 1
  const element = sequence.order.at(index)
  if (element === undefined) return undefined
  const value = textOf(element.value)
  const spans = sequence.prepareRemove(index, 1)
  push(ctx, destination, target, to, [value])
  removeSpans(ctx, source, state, spans, from === 'left' ? 'lpop' : 'rpop')
  return value
}

function moveOrWait(ctx: Context, moving: Move, timeoutMs: number): Reply {
  let strict = true
  return ctx.block({
    keys: [moving.source],
    timeoutMs,
    attempt(now) {
      const skip = !strict && now.find(moving.source)?.value?.type !== listType
      strict = false
      return skip ? undefined : move(now, moving)
    },
    timedOut: ctx.atomic ? null : NULL_ARRAY,
  })
}

const about = {
  group: 'list',
  complexity: 'O(1)',
  flags: ['write', 'denyoom'] as const,
  activeActive:
    'Travels as an insertion and a removal: two regions that move the same element at once leave it twice at the destination (L3).',
}

/** LMOVE source destination LEFT | RIGHT LEFT | RIGHT → the element moved, or null. */
export const lmove = command({
  ...about,
  name: 'LMOVE',
  since: '6.2.0',
  summary: 'Moves an element from an end of a list to an end of another.',
  args: { source: key(), destination: key(), wherefrom: anEnd(), whereto: anEnd() },
  run: (ctx, { wherefrom, whereto, ...keys }) => move(ctx, { ...keys, from: wherefrom.as, to: whereto.as }) ?? null,
})

/** RPOPLPUSH source destination → the element moved from the end to the front, or null. */
export const rpoplpush = command({
  ...about,
  name: 'RPOPLPUSH',
  since: '1.2.0',
  summary: 'Moves the last element of a list to the front of another.',
  args: { source: key(), destination: key() },
  run: (ctx, keys) => move(ctx, { ...keys, from: 'right', to: 'left' }) ?? null,
})

/** BLMOVE source destination LEFT | RIGHT LEFT | RIGHT timeout → as LMOVE, once there is an element; null when time is up. */
export const blmove = command({
  ...about,
  name: 'BLMOVE',
  since: '6.2.0',
  summary: 'Moves an element from an end of a list to an end of another, waiting for one.',
  flags: ['write', 'denyoom', 'blocking'],
  args: { source: key(), destination: key(), wherefrom: anEnd(), whereto: anEnd(), timeout: timeoutSeconds() },
  run: (ctx, { wherefrom, whereto, timeout, ...keys }) =>
    moveOrWait(ctx, { ...keys, from: wherefrom.as, to: whereto.as }, timeout),
})

/** BRPOPLPUSH source destination timeout → as RPOPLPUSH, once there is an element; null when time is up. */
export const brpoplpush = command({
  ...about,
  name: 'BRPOPLPUSH',
  since: '2.2.0',
  summary: 'Moves the last element of a list to the front of another, waiting for one.',
  flags: ['write', 'denyoom', 'blocking'],
  args: { source: key(), destination: key(), timeout: timeoutSeconds() },
  run: (ctx, { timeout, ...keys }) => moveOrWait(ctx, { ...keys, from: 'right', to: 'left' }, timeout),
})
