/** Commands that assign and remove fields. */
import type { Bytes } from '../../../lib/index.ts'
import { fieldAt, hashType, type FieldOp } from '../../crdt/hash/hash.ts'
import { OK } from '../../reply.ts'
import { block, key, many, str } from '../arguments.ts'
import { checkRoom, itself } from '../capacity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { assignInto, heldHash, removeFields } from './fields.ts'

export interface Pair {
  readonly field: Bytes
  readonly value: Bytes
}

export const fieldOf = (pair: Pair): Bytes => pair.field

const about = {
  group: 'hash',
  since: '2.0.0',
  flags: ['write', 'denyoom', 'fast'] as const,
  activeActive:
    'Fields set in different regions are united (H1); of concurrent values of one field the latest wins (S1), and HSET wins over HDEL.',
}
const pairs = {
  ...about,
  complexity: 'O(N) for N fields',
  args: { key: key(), pairs: many(block({ field: str(), value: str() })) },
}

/** Assigns fields, which thereby lose their expiry; says how many were not there. */
function assign(ctx: Context, name: Bytes, items: readonly Pair[]): number {
  const state = ctx.read(hashType, name)
  const held = heldHash(ctx, name, state)
  checkRoom('hash', held?.cells, items, fieldOf)
  const op: FieldOp[] = []
  let created = 0
  let fresh: Set<Bytes> | null = null
  for (const { field, value } of items) {
    if (state === undefined || fieldAt(state, field, ctx.now) === undefined) {
      if (items.length === 1) created = 1
      else created = (fresh ??= new Set()).add(field).size
    }
    assignInto(op, held, ctx.self, field, value, undefined)
  }
  ctx.update(hashType, name, op, 'hset')
  return created
}

/** HSET key field value [field value …] → how many fields were not there. A field that is set loses its expiry. */
export const hset = command({
  ...pairs,
  name: 'HSET',
  summary: 'Sets fields.',
  run: (ctx, args) => assign(ctx, args.key, args.pairs),
})

/** HMSET key field value [field value …] → OK. */
export const hmset = command({
  ...pairs,
  name: 'HMSET',
  summary: 'Sets fields; HSET does the same.',
  run(ctx, args) {
    assign(ctx, args.key, args.pairs)
    return OK
  },
})

/** HSETNX key field value → 1, or 0 when the field was there already. */
export const hsetnx = command({
  ...about,
  name: 'HSETNX',
  summary: 'Sets a field unless it exists.',
  complexity: 'O(1)',
  args: { key: key(), field: str(), value: str() },
  activeActive: 'Looks at this region only: two regions may both set the field, and the latest wins (S1).',
  run(ctx, args) {
    const state = ctx.read(hashType, args.key)
    if (state !== undefined && fieldAt(state, args.field, ctx.now) !== undefined) return 0
    const held = heldHash(ctx, args.key, state)
    checkRoom('hash', held?.cells, [args.field], itself)
    const op: FieldOp[] = []
    assignInto(op, held, ctx.self, args.field, args.value, undefined)
    ctx.update(hashType, args.key, op, 'hset')
    return 1
  },
})

/** HDEL key field [field …] → how many were removed. */
export const hdel = command({
  ...about,
  name: 'HDEL',
  summary: 'Removes fields.',
  complexity: 'O(N) for N fields',
  flags: ['write', 'fast'],
  args: { key: key(), fields: many(str('field')) },
  activeActive: 'Removes only what this region had observed: a concurrent HSET or HINCRBY of the field survives (H1).',
  run(ctx, args) {
    const state = ctx.read(hashType, args.key)
    if (state === undefined) return 0
    const present = new Set<Bytes>()
    for (const field of args.fields) if (fieldAt(state, field, ctx.now) !== undefined) present.add(field)
    if (present.size > 0) removeFields(ctx, args.key, state, [...present], 'hdel')
    return present.size
  },
})
