/** Counters in hash fields (C1–C5). */
import { addAmounts, type Amount, type Bytes } from '../../../lib/index.ts'
import { expireField, fieldAt, hashType, type FieldOp, type HashState } from '../../crdt/hash/hash.ts'
import { incrementElement, removeElement } from '../../crdt/parts/cell-ops.ts'
import type { Cell } from '../../crdt/parts/cell.ts'
import { int64, key, str } from '../arguments.ts'
import { checkRoom, itself } from '../capacity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { decimalOf, decimalOfCell, integerOfCell, integerReply, shownSum, withinCounter } from '../counter.ts'
import { fail, NOT_A_FLOAT, OVERFLOW } from '../errors.ts'
import { heldHash } from './fields.ts'

const about = {
  group: 'hash',
  complexity: 'O(1)',
  flags: ['write', 'denyoom', 'fast'] as const,
  activeActive:
    'Concurrent increments of a field add up (C1); HSET and HDEL take away only the increments that they had observed (C3, H1).',
}

function visibleCell(ctx: Context, state: HashState | undefined, field: Bytes): Cell | undefined {
  return state === undefined ? undefined : fieldAt(state, field, ctx.now)
}

/** Adds to a field. One that has expired but is still held is removed first, so that the count starts from nothing (X2). */
function add(
  ctx: Context,
  name: Bytes,
  state: HashState | undefined,
  field: Bytes,
  by: Amount,
  event: 'hincrby' | 'hincrbyfloat',
): void {
  const held = heldHash(ctx, name, state)
  checkRoom('hash', held?.cells, [field], itself)
  const op: FieldOp[] = []
  if (visibleCell(ctx, state, field) === undefined) {
    const forget = held?.expiries?.has(field) ? [expireField(held, ctx.self, field, 0)] : []
    if (state?.cells.has(field)) {
      ctx.update(hashType, name, [removeElement(state, ctx.self, field), ...forget], 'hexpired')
    } else {
      op.push(...forget)
    }
  }
  op.unshift(incrementElement(state, ctx.self, ctx.dot, field, by))
  ctx.update(hashType, name, op, event)
}

/** HINCRBY key field increment → the new value. 59-bit (C2). A field that exists keeps its expiry. */
export const hincrby = command({
  ...about,
  name: 'HINCRBY',
  since: '2.0.0',
  summary: 'Adds a whole number to a field; a missing one counts as 0.',
  args: { key: key(), field: str(), increment: int64() },
  run(ctx, { key: name, field, increment }) {
    const state = ctx.read(hashType, name)
    const cell = visibleCell(ctx, state, field)
    const base = cell === undefined ? 0 : integerOfCell(cell, 'ERR hash value is not an integer')
    const total = addAmounts(base, increment)
    if (!withinCounter(ctx, total)) fail(OVERFLOW)
    add(ctx, name, state, field, increment, 'hincrby')
    return integerReply(total)
  },
})

/** HINCRBYFLOAT key field increment → the new value, as text: at most 17 decimals. The sum itself is kept exactly (C5). */
export const hincrbyfloat = command({
  ...about,
  name: 'HINCRBYFLOAT',
  since: '2.6.0',
  summary: 'Adds a decimal number to a field; a missing one counts as 0.',
  args: { key: key(), field: str(), increment: { ...str('increment'), type: 'double' } },
  run(ctx, { key: name, field, increment }) {
    const by = decimalOf(increment) ?? fail(NOT_A_FLOAT)
    if (by === 'infinite') return fail('ERR value is NaN or Infinity')
    const state = ctx.read(hashType, name)
    const cell = visibleCell(ctx, state, field)
    const base = cell === undefined ? 0 : decimalOfCell(cell, 'ERR hash value is not a float')
    const shown = shownSum(base, by)
    add(ctx, name, state, field, by, 'hincrbyfloat')
    return shown
  },
})
