/** Commands that walk through a set or choose from it by chance. */
import { nameIndexOf, setType } from '../../crdt/set/set.ts'
import { set as setReply } from '../../reply.ts'
import { int, key, last, later, opt } from '../arguments.ts'
import { command } from '../command.ts'
import { randomNames, signedCount } from '../random-names.ts'
import { cursor, SCAN_OPTIONS, scanNames } from '../scan.ts'
import { removeMembers } from './members.ts'

/** SSCAN key cursor [MATCH pattern] [COUNT count] → [next cursor, [member, …]]. */
export const sscan = command({
  name: 'SSCAN',
  group: 'set',
  since: '2.8.0',
  summary: 'Walks through the members step by step.',
  complexity: 'O(1) per step, O(N) for a whole walk',
  flags: ['readonly'],
  args: { key: key(), cursor: cursor(), options: later(SCAN_OPTIONS) },
  activeActive: 'Walks through what this region has observed; cursors of one region mean nothing in another.',
  run(ctx, args) {
    const state = ctx.read(setType, args.key)
    if (state === undefined) return ['0', []]
    const { next, names } = scanNames(nameIndexOf(state), args.cursor, args.options())
    return [next, names]
  },
})

/** SRANDMEMBER key [count] → a member or null; with a count an array of different ones, or of exactly −count with repetitions. */
export const srandmember = command({
  name: 'SRANDMEMBER',
  group: 'set',
  since: '1.0.0',
  summary: 'Chooses members by chance.',
  complexity: 'O(N) for N members returned',
  flags: ['readonly'],
  args: { key: key(), count: opt(last(signedCount())) },
  activeActive: 'Chooses among the members that this region has observed.',
  run(ctx, { key: name, count }) {
    const state = ctx.read(setType, name)
    if (state === undefined) return count === undefined ? null : []
    const members = randomNames(nameIndexOf(state), ctx.random, count ?? -1, null)
    return count === undefined ? (members[0] ?? null) : members
  },
})

/** SPOP key [count] → the removed member or null; with a count the set of removed ones. */
export const spop = command({
  name: 'SPOP',
  group: 'set',
  since: '1.0.0',
  summary: 'Removes members chosen by chance.',
  complexity: 'O(N) for N members removed',
  flags: ['write', 'fast'],
  args: {
    key: key(),
    count: opt(last(int({ name: 'count', min: 0, error: 'ERR value is out of range, must be positive' }))),
  },
  activeActive:
    'The choice travels as a removal of these members (T2): two regions may pop the same one at the same time.',
  run(ctx, { key: name, count }) {
    const state = ctx.read(setType, name)
    if (state === undefined) return count === undefined ? null : setReply([])
    const members = randomNames(nameIndexOf(state), ctx.random, count ?? 1, null)
    if (members.length > 0) removeMembers(ctx, name, state, members, 'spop')
    return count === undefined ? (members[0] ?? null) : setReply(members)
  },
})
