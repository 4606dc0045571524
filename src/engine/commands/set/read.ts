/** Commands that look at one set. */
import { setType } from '../../crdt/set/set.ts'
import { key, many, str } from '../arguments.ts'
import { command } from '../command.ts'

const about = {
  group: 'set',
  flags: ['readonly', 'fast'] as const,
  activeActive: 'Shows the members that this region has observed (T1).',
}

/** SCARD key → how many members. */
export const scard = command({
  ...about,
  name: 'SCARD',
  since: '1.0.0',
  summary: 'Counts the members of a set.',
  complexity: 'O(1)',
  args: { key: key() },
  run: (ctx, args) => ctx.read(setType, args.key)?.members.size ?? 0,
})

/** SISMEMBER key member → 1 or 0. */
export const sismember = command({
  ...about,
  name: 'SISMEMBER',
  since: '1.0.0',
  summary: 'Says whether a member is in a set.',
  complexity: 'O(1)',
  args: { key: key(), member: str() },
  run: (ctx, args) => (ctx.read(setType, args.key)?.members.has(args.member) ? 1 : 0),
})

/** SMISMEMBER key member [member …] → array of 1 and 0. */
export const smismember = command({
  ...about,
  name: 'SMISMEMBER',
  since: '6.2.0',
  summary: 'Says which of several members are in a set.',
  complexity: 'O(N) for N members asked for',
  args: { key: key(), members: many(str('member')) },
  run(ctx, args) {
    const members = ctx.read(setType, args.key)?.members
    return args.members.map((member) => (members?.has(member) ? 1 : 0))
  },
})
