/** Commands that read or set fields and change their expiry or existence at once (H3). */
import type { Bytes } from '../../../lib/index.ts'
import { fieldAt, fieldExpiry, hashType, type FieldOp, type HashState } from '../../crdt/hash/hash.ts'
import { block, flag, key, later, oneOf, opt, str } from '../arguments.ts'
import { checkRoom } from '../capacity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { wrongArity } from '../errors.ts'
import { FIELD_TIMES, fieldDeadline, fieldItems, fieldNames, FIELDS_MISSING } from './field-arguments.ts'
import { expireFields, persistFields } from './field-expiry.ts'
import { assignInto, fieldValue, heldHash, removeFields } from './fields.ts'
import { fieldOf, type Pair } from './write.ts'

const about = { group: 'hash', since: '8.0.0', complexity: 'O(N) for N fields', flags: ['write', 'fast'] as const }

/** HGETDEL key FIELDS numfields field [field …] → array of values, null for each that is not there (any more). */
export const hgetdel = command({
  ...about,
  name: 'HGETDEL',
  summary: 'Removes fields and replies with their values.',
  arity: -5,
  args: { key: key(), options: later({ fields: fieldNames() }) },
  activeActive: 'Removes only what this region had observed: a concurrent HSET or HINCRBY of the field survives (H1).',
  run(ctx, args) {
    const state = ctx.read(hashType, args.key)
    const { fields } = args.options()
    if (state === undefined) return fields.map(() => null)
    const gone = new Set<Bytes>()
    const values = fields.map((field) => {
      const value = gone.has(field) ? null : fieldValue(ctx, state, field)
      if (value !== null) gone.add(field)
      return value
    })
    if (gone.size > 0) removeFields(ctx, args.key, state, [...gone], 'hdel')
    return values
  },
})

/**
 * HGETEX key [EX … | PX … | EXAT … | PXAT … | PERSIST] FIELDS numfields field [field …] → array of values. A time that has passed removes the fields.
 */
export const hgetex = command({
  ...about,
  name: 'HGETEX',
  summary: 'Reads fields and changes their expiry.',
  arity: -5,
  args: {
    key: key(),
    options: later({
      expiry: opt(oneOf({ ...FIELD_TIMES, persist: flag('PERSIST') }, FIELDS_MISSING)),
      fields: fieldNames(),
    }),
  },
  activeActive:
    'Concurrent changes of the expiry of one field: the longest wins, PERSIST being the longest of all (X1).',
  run(ctx, args) {
    const state = ctx.read(hashType, args.key)
    const { expiry, fields } = args.options()
    const at =
      expiry === undefined || expiry.as === 'persist'
        ? undefined
        : fieldDeadline(ctx, expiry.as, expiry.value, 'hgetex')
    if (state === undefined) return fields.map(() => null)
    const past = at !== undefined && at <= ctx.now
    const values = fields.map((field, i) => (past && fields.indexOf(field) < i ? null : fieldValue(ctx, state, field)))
    if (at !== undefined) expireFields(ctx, args.key, state, fields, at, undefined)
    else if (expiry !== undefined) persistFields(ctx, args.key, state, fields)
    return values
  },
})

/** What is to happen to the expiry of fields that are set: none, the one they had, or a time in ms since 1970. */
type Until = undefined | 'keep' | number

function assignUntil(
  ctx: Context,
  name: Bytes,
  state: HashState | undefined,
  pairs: readonly Pair[],
  until: Until,
): void {
  if (typeof until === 'number' && until <= ctx.now) {
    const present = pairs.map(fieldOf).filter((field) => state && fieldAt(state, field, ctx.now) !== undefined)
    if (state === undefined || present.length === 0) return
    ctx.announce(name, 'hset')
    removeFields(ctx, name, state, present, 'hdel')
    return
  }
  const held = heldHash(ctx, name, state)
  checkRoom('hash', held?.cells, pairs, fieldOf)
  const op: FieldOp[] = []
  for (const { field, value } of pairs) {
    const kept = until === 'keep' && state && fieldAt(state, field, ctx.now) ? fieldExpiry(state, field) : undefined
    assignInto(op, held, ctx.self, field, value, until === 'keep' ? kept : until)
  }
  ctx.update(hashType, name, op, 'hset')
  if (typeof until === 'number') ctx.announce(name, 'hexpire')
}

/**
 * HSETEX key [FNX | FXX] [EX … | PX … | EXAT … | PXAT … | KEEPTTL] FIELDS numfields field value [field value …] → 1, or 0 when a condition on all of
 * the fields fails. A time that has passed leaves the fields removed.
 */
export const hsetex = command({
  ...about,
  name: 'HSETEX',
  summary: 'Sets fields together with their expiry.',
  flags: ['write', 'denyoom', 'fast'],
  arity: -6,
  args: {
    key: key(),
    condition: opt(
      oneOf({ fnx: flag('FNX'), fxx: flag('FXX') }, 'ERR Only one of FXX or FNX arguments can be specified'),
    ),
    expiry: opt(
      oneOf(
        { ...FIELD_TIMES, keepttl: flag('KEEPTTL') },
        'ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified',
      ),
    ),
    pairs: fieldItems(block({ field: str(), value: str() }), {
      missing: (word) => (word === undefined ? 'ERR missing FIELDS argument' : `ERR unknown argument: ${word}`),
      badCount: 'ERR invalid number of fields',
      mismatch: wrongArity('HSETEX'),
    }),
  },
  activeActive:
    'Conditions look at this region only; of concurrent values of one field the latest wins (S1), and of its expiries the longest (X1).',
  run(ctx, { key: name, condition, expiry, pairs }) {
    let until: Until
    if (expiry?.as === 'keepttl') until = 'keep'
    else if (expiry !== undefined) until = fieldDeadline(ctx, expiry.as, expiry.value, 'hsetex')
    const state = ctx.read(hashType, name)
    if (condition !== undefined) {
      const wanted = condition.as === 'fxx'
      const exists = ({ field }: Pair) => state !== undefined && fieldAt(state, field, ctx.now) !== undefined
      if (!pairs.every((pair) => exists(pair) === wanted)) return 0
    }
    assignUntil(ctx, name, state, pairs, until)
    return 1
  },
})
