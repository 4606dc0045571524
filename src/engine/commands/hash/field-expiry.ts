/** What the commands that change field expiries do (H3, X1). A field named twice is treated as if the command were given twice. */
import type { Bytes } from '../../../lib/index.ts'
import { expireField, fieldAt, fieldExpiry, hashType, type FieldOp, type HashState } from '../../crdt/hash/hash.ts'
import { PERSISTENT } from '../../crdt/parts/expiry.ts'
import type { Context } from '../context.ts'
import { removeFields } from './fields.ts'

/** Reply per field. */
export const NO_FIELD = -2
export const NO_EXPIRY = -1
const CONDITION_FAILED = 0
const DONE = 1
const REMOVED = 2

export type Condition = 'nx' | 'xx' | 'gt' | 'lt'

/** `present`: the expiry in force; a field without one counts as living for ever. */
function allows(condition: Condition | undefined, present: number | undefined, at: number): boolean {
  if (condition === undefined) return true
  if (condition === 'nx') return present === undefined
  if (condition === 'xx') return present !== undefined
  if (condition === 'gt') return present !== undefined && at > present
  return present === undefined || at < present
}

/** Gives fields the time `at` (ms since 1970) to expire; a time that has passed removes them. */
export function expireFields(
  ctx: Context,
  name: Bytes,
  state: HashState,
  fields: readonly Bytes[],
  at: number,
  condition: Condition | undefined,
): number[] {
  const past = at <= ctx.now
  const done = new Set<Bytes>()
  const op: FieldOp[] = []
  const codes = fields.map((field) => {
    const again = done.has(field)
    if ((past && again) || fieldAt(state, field, ctx.now) === undefined) return NO_FIELD
    if (!allows(condition, again ? at : fieldExpiry(state, field), at)) return CONDITION_FAILED
    if (!again) op.push(expireField(state, ctx.self, field, at))
    done.add(field)
    return past ? REMOVED : DONE
  })
  if (done.size > 0) {
    if (past) removeFields(ctx, name, state, [...done], 'hdel')
    else ctx.update(hashType, name, op, 'hexpire')
  }
  return codes
}

/** Takes the expiry away from fields that have one. */
export function persistFields(ctx: Context, name: Bytes, state: HashState, fields: readonly Bytes[]): number[] {
  const done = new Set<Bytes>()
  const op: FieldOp[] = []
  const codes = fields.map((field) => {
    if (fieldAt(state, field, ctx.now) === undefined) return NO_FIELD
    if (done.has(field) || fieldExpiry(state, field) === undefined) return NO_EXPIRY
    done.add(field)
    op.push(expireField(state, ctx.self, field, PERSISTENT))
    return DONE
  })
  if (op.length > 0) ctx.update(hashType, name, op, 'hpersist')
  return codes
}
