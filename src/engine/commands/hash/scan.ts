/** Commands that walk through a hash or choose from it by chance. */
import type { Bytes } from '../../../lib/index.ts'
import { hashType, type HashState } from '../../crdt/hash/hash.ts'
import { block, flag, key, last, later, opt } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { checkPairCount, randomNames, signedCount } from '../random-names.ts'
import { cursor, SCAN_OPTIONS, scanNames } from '../scan.ts'
import { fieldValue, hiddenIn } from './fields.ts'

const about = { group: 'hash', flags: ['readonly'] as const }

function withValues(ctx: Context, state: HashState, fields: readonly Bytes[]): Bytes[] {
  return fields.flatMap((field) => [field, fieldValue(ctx, state, field) as Bytes])
}

/** HSCAN key cursor [MATCH pattern] [COUNT count] [NOVALUES] → [next cursor, [field, value, …]], or only fields. */
export const hscan = command({
  ...about,
  name: 'HSCAN',
  since: '2.8.0',
  summary: 'Walks through the fields step by step.',
  complexity: 'O(1) per step, O(N) for a whole walk',
  args: { key: key(), cursor: cursor(), options: later({ ...SCAN_OPTIONS, novalues: opt(flag('NOVALUES')) }) },
  activeActive: 'Walks through what this region has observed; cursors of one region mean nothing in another.',
  run(ctx, args) {
    const state = ctx.read(hashType, args.key)
    if (state === undefined) return ['0', []]
    const options = args.options()
    const { next, names } = scanNames(state.index, args.cursor, options)
    const hidden = hiddenIn(ctx, state)
    const fields = hidden === null ? names : names.filter((field) => !hidden(field))
    return [next, options.novalues ? fields : withValues(ctx, state, fields)]
  },
})

/**
 * HRANDFIELD key [count [WITHVALUES]] → a field or null; with a count an array of different fields, or with a negative count exactly that many,
 * repetitions allowed. Values follow their fields; RESP3 nests pairs.
 */
export const hrandfield = command({
  ...about,
  name: 'HRANDFIELD',
  since: '6.2.0',
  summary: 'Chooses fields by chance.',
  complexity: 'O(N) for N fields returned',
  args: { key: key(), choice: opt(block({ count: signedCount(), withvalues: opt(last(flag('WITHVALUES'))) })) },
  activeActive: 'Chooses among the fields that this region has observed.',
  run(ctx, { key: name, choice }) {
    if (choice?.withvalues) checkPairCount(choice.count)
    const state = ctx.read(hashType, name)
    if (state === undefined) return choice === undefined ? null : []
    const fields = randomNames(state.index, ctx.random, choice?.count ?? -1, hiddenIn(ctx, state))
    if (choice === undefined) return fields[0] ?? null
    if (!choice.withvalues) return fields
    if (ctx.session.resp === 2) return withValues(ctx, state, fields)
    return fields.map((field) => [field, fieldValue(ctx, state, field)])
  },
})
