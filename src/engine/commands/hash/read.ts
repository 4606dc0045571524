/** Commands that read fields. */
import type { Bytes } from '../../../lib/index.ts'
import { fieldAt, fieldCount, hashType } from '../../crdt/hash/hash.ts'
import { valueOf } from '../../crdt/parts/cell.ts'
import { map, type Reply } from '../../reply.ts'
import { key, many, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fieldValue } from './fields.ts'

const about = {
  group: 'hash',
  since: '2.0.0',
  activeActive: 'Shows the fields that this region has observed (H1), each with the value that won there (H2).',
}
const one = { ...about, complexity: 'O(1)', flags: ['readonly', 'fast'] as const, args: { key: key(), field: str() } }
const whole = { ...about, complexity: 'O(N) for N fields', flags: ['readonly'] as const, args: { key: key() } }

/** HGET key field → the value, or null. */
export const hget = command({
  ...one,
  name: 'HGET',
  summary: 'Reads a field.',
  run: (ctx, args) => fieldValue(ctx, ctx.read(hashType, args.key), args.field),
})

/** HEXISTS key field → 1 or 0. */
export const hexists = command({
  ...one,
  name: 'HEXISTS',
  summary: 'Says whether a field exists.',
  run(ctx, args) {
    const state = ctx.read(hashType, args.key)
    return state !== undefined && fieldAt(state, args.field, ctx.now) !== undefined ? 1 : 0
  },
})

/** HSTRLEN key field → length of the value in bytes; 0 when there is no such field. */
export const hstrlen = command({
  ...one,
  name: 'HSTRLEN',
  since: '3.2.0',
  summary: 'Measures the value of a field.',
  run: (ctx, args) => fieldValue(ctx, ctx.read(hashType, args.key), args.field)?.length ?? 0,
})

/** HMGET key field [field …] → array of values, null for each field that is not there. */
export const hmget = command({
  ...about,
  name: 'HMGET',
  summary: 'Reads several fields.',
  complexity: 'O(N) for N fields asked for',
  flags: ['readonly', 'fast'],
  args: { key: key(), fields: many(str('field')) },
  run(ctx, args) {
    const state = ctx.read(hashType, args.key)
    return args.fields.map((field) => fieldValue(ctx, state, field))
  },
})

/** HLEN key → how many fields there are; those that have expired do not count. */
export const hlen = command({
  ...one,
  name: 'HLEN',
  summary: 'Counts the fields.',
  args: { key: key() },
  run(ctx, args) {
    const state = ctx.read(hashType, args.key)
    return state === undefined ? 0 : fieldCount(state, ctx.now)
  },
})

function list(ctx: Context, name: Bytes, keys: boolean, values: boolean): Reply[] {
  const out: Reply[] = []
  const state = ctx.read(hashType, name)
  if (state === undefined) return out
  for (const [field, cell] of state.cells) {
    if (state.expiries !== null && fieldAt(state, field, ctx.now) === undefined) continue
    if (keys) out.push(field)
    if (values) out.push(valueOf(cell))
  }
  return out
}

/** HGETALL key → map of fields to values. */
export const hgetall = command({
  ...whole,
  name: 'HGETALL',
  summary: 'Lists all fields with their values.',
  run: (ctx, args) => map(list(ctx, args.key, true, true)),
})

/** HKEYS key → array of field names. */
export const hkeys = command({
  ...whole,
  name: 'HKEYS',
  summary: 'Lists the names of all fields.',
  run: (ctx, args) => list(ctx, args.key, true, false),
})

/** HVALS key → array of values. */
export const hvals = command({
  ...whole,
  name: 'HVALS',
  summary: 'Lists the values of all fields.',
  run: (ctx, args) => list(ctx, args.key, false, true),
})
