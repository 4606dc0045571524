/** Commands that walk through a sorted set or choose from it by chance. */
import type { Bytes } from '../../../lib/index.ts'
import { zsetType, type ZSetState } from '../../crdt/zset/zset.ts'
import { block, flag, key, last, later, opt } from '../arguments.ts'
import { command } from '../command.ts'
import { checkPairCount, randomNames, signedCount } from '../random-names.ts'
import { cursor, SCAN_OPTIONS, scanNames } from '../scan.ts'
import { formatDouble } from '../../resp2.ts'
import { scoredReply } from './members.ts'

const about = { group: 'sorted-set', flags: ['readonly'] as const }

const scoresOf = (state: ZSetState, names: readonly Bytes[]): number[] =>
  names.map((name) => state.scoreOf(name) as number)

/** ZSCAN key cursor [MATCH pattern] [COUNT count] → [next cursor, [member, score, …]], scores as text. */
export const zscan = command({
  ...about,
  name: 'ZSCAN',
  since: '2.8.0',
  summary: 'Walks through the members step by step.',
  complexity: 'O(1) per step, O(N) for a whole walk',
  args: { key: key(), cursor: cursor(), options: later(SCAN_OPTIONS) },
  activeActive: 'Walks through what this region has observed; cursors of one region mean nothing in another.',
  run(ctx, args) {
    const state = ctx.read(zsetType, args.key)
    if (state === undefined) return ['0', []]
    const { next, names } = scanNames(state.index, args.cursor, args.options())
    return [next, names.flatMap((name) => [name, formatDouble(state.scoreOf(name) as number)])]
  },
})

/**
 * ZRANDMEMBER key [count [WITHSCORES]] → a member or null; with a count an array of different ones, or of exactly −count with repetitions. Scores follow
 * their members; RESP3 nests pairs.
 */
export const zrandmember = command({
  ...about,
  name: 'ZRANDMEMBER',
  since: '6.2.0',
  summary: 'Chooses members by chance.',
  complexity: 'O(N) for N members returned',
  args: { key: key(), choice: opt(block({ count: signedCount(), withscores: opt(last(flag('WITHSCORES'))) })) },
  activeActive: 'Chooses among the members that this region has observed.',
  run(ctx, { key: name, choice }) {
    if (choice?.withscores) checkPairCount(choice.count)
    const state = ctx.read(zsetType, name)
    if (state === undefined) return choice === undefined ? null : []
    const names = randomNames(state.index, ctx.random, choice?.count ?? -1, null)
    if (choice === undefined) return names[0] ?? null
    return choice.withscores ? scoredReply(ctx, names, scoresOf(state, names)) : names
  },
})
