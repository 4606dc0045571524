/** Several strings at once: MGET, MSET, MSETNX, MSETEX. */
import { stringType } from '../../crdt/string/string.ts'
import type { StringState } from '../../crdt/string/string.ts'
import { valueOf } from '../../crdt/parts/cell.ts'
import { OK } from '../../reply.ts'
import { block, counted, flag, key, many, oneOf, opt, str } from '../arguments.ts'
import { command } from '../command.ts'
import { EXPIRY_TIMES, expiryTime, KEEPTTL } from '../expiry-time.ts'
import { replaceString } from './assign.ts'

const pair = block({ key: key(), value: str() })
const about = {
  group: 'string',
  complexity: 'O(N) for N keys',
  flags: ['write', 'denyoom'] as const,
  activeActive: 'One write of several assignments; each key resolves on its own, the latest wins (S1).',
}

/** MGET key [key …] → array of values; null for a missing key or one that is not a string. */
export const mget = command({
  ...about,
  name: 'MGET',
  since: '1.0.0',
  summary: 'Reads several strings.',
  flags: ['readonly', 'fast'],
  args: { keys: many(key()) },
  activeActive: 'Reads what this region has observed.',
  run: (ctx, { keys }) =>
    keys.map((name) => {
      const held = ctx.find(name)
      return held?.value?.type === stringType ? valueOf(held.value as StringState) : null
    }),
})

/** MSET key value [key value …] → OK. */
export const mset = command({
  ...about,
  name: 'MSET',
  since: '1.0.1',
  summary: 'Assigns several strings.',
  args: { pairs: many(pair) },
  run(ctx, { pairs }) {
    for (const { key: name, value } of pairs) replaceString(ctx, name, value, 'forget')
    return OK
  },
})

/** MSETNX key value [key value …] → 1, or 0 and nothing set when any of the keys exists. */
export const msetnx = command({
  ...about,
  name: 'MSETNX',
  since: '1.0.1',
  summary: 'Assigns several strings when none of the keys exists.',
  args: { pairs: many(pair) },
  run(ctx, { pairs }) {
    if (pairs.some((p) => ctx.find(p.key) !== undefined)) return 0
    for (const { key: name, value } of pairs) replaceString(ctx, name, value, 'forget')
    return 1
  },
})

/** MSETEX numkeys key value [key value …] [NX | XX] [EX … | PX … | EXAT … | PXAT … | KEEPTTL] → 1, or 0 and nothing set. */
export const msetex = command({
  ...about,
  name: 'MSETEX',
  since: '8.4.0',
  summary: 'Assigns several strings with one expiry, when all or none of the keys exist.',
  args: {
    pairs: counted(pair, {
      countName: 'numkeys',
      countError: 'ERR invalid numkeys value',
      countMax: 2147483647,
      shortError: 'ERR wrong number of key-value pairs',
    }),
    condition: opt(oneOf({ nx: flag('NX'), xx: flag('XX') })),
    expiry: opt(oneOf({ ...EXPIRY_TIMES, ...KEEPTTL })),
  },
  arity: -4,
  run(ctx, { pairs, condition, expiry }) {
    const until = expiryTime(ctx, expiry, 'msetex')
    const wanted = condition?.as === 'xx'
    if (condition !== undefined && pairs.some((p) => (ctx.find(p.key) !== undefined) !== wanted)) return 0
    for (const { key: name, value } of pairs) replaceString(ctx, name, value, until)
    return 1
  },
})
