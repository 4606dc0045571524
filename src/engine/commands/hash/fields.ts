/** What several hash commands share. */
import type { Bytes } from '../../../lib/index.ts'
import { expireField, fieldAt, fieldCount, type HashState, hashType, type FieldOp } from '../../crdt/hash/hash.ts'
import { assignElement, removeElement } from '../../crdt/parts/cell-ops.ts'
import { valueOf } from '../../crdt/parts/cell.ts'
import type { Context } from '../context.ts'

/**
 * Removes live fields. When nothing visible is left the whole key goes, hidden values and expiry included (G10), and `del` is announced too.
 */
export function removeFields(
  ctx: Context,
  name: Bytes,
  state: HashState,
  fields: readonly Bytes[],
  event: string,
): void {
  const gone = new Set(fields)
  let left = fieldCount(state, ctx.now)
  for (const field of gone) if (fieldAt(state, field, ctx.now) !== undefined) left--
  const key = ctx.keyspace.get(name)
  if (left <= 0 && key !== undefined) {
    ctx.announce(name, event)
    ctx.removeHeader(key, 'del')
    return
  }
  const op: FieldOp[] = []
  for (const field of gone) {
    op.push(removeElement(state, ctx.self, field))
    if (state.expiries?.has(field)) op.push(expireField(state, ctx.self, field, 0))
  }
  ctx.update(hashType, name, op, event)
}

/** What a hash holds, visible or not: an assignment must say what it observed. `visible`: what `ctx.read` gave. */
export function heldHash(ctx: Context, name: Bytes, visible: HashState | undefined): HashState | undefined {
  return visible ?? ctx.held(hashType, name)
}

/**
 * Adds to `op` the assignment of a field. `until`: when it expires, ms since 1970; undefined: never, and an expiry that it had is forgotten (X4).
 */
export function assignInto(
  op: FieldOp[],
  state: HashState | undefined,
  self: number,
  field: Bytes,
  value: Bytes,
  until: number | undefined,
): void {
  op.push(assignElement(state, self, field, value))
  if (until !== undefined) op.push(expireField(state, self, field, until))
  else if (state?.expiries?.has(field)) op.push(expireField(state, self, field, 0))
}

/** The visible value of a field, or null. */
export function fieldValue(ctx: Context, state: HashState | undefined, field: Bytes): Bytes | null {
  const cell = state === undefined ? undefined : fieldAt(state, field, ctx.now)
  return cell === undefined ? null : valueOf(cell)
}

/** Says which fields have expired but are still held; null when none has any expiry. */
export function hiddenIn(ctx: Context, state: HashState): ((field: Bytes) => boolean) | null {
  return state.expiries === null ? null : (field) => fieldAt(state, field, ctx.now) === undefined
}
