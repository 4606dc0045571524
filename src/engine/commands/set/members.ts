import type { Bytes } from '../../../lib/index.ts'
import { add, remove, setType, type SetState } from '../../crdt/set/set.ts'
import { key, many, str } from '../arguments.ts'
import { checkRoom, itself } from '../capacity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { set as setReply } from '../../reply.ts'

/**
 * Removes members that are present. When none is left the whole key goes, hidden values and expiry included (G10), and `del` is announced too.
 */
export function removeMembers(
  ctx: Context,
  name: Bytes,
  state: SetState,
  members: readonly Bytes[],
  event: string,
): void {
  const key = ctx.keyspace.get(name)
  if (members.length === state.members.size && key !== undefined) {
    ctx.announce(name, event)
    ctx.removeHeader(key, 'del')
  } else {
    ctx.update(setType, name, remove(state, ctx.self, members), event)
  }
}

/** SADD key member [member …] → how many were not there. Every member is added anew, also those present, so that a concurrent SREM spares them (T1). */
export const sadd = command({
  name: 'SADD',
  group: 'set',
  since: '1.0.0',
  summary: 'Adds members to a set.',
  complexity: 'O(N) for N members',
  flags: ['write', 'denyoom', 'fast'],
  args: { key: key(), members: many(str('member')) },
  activeActive: 'Add wins over a concurrent SREM, also for a member that was there already (T1).',
  run(ctx, args) {
    const state = ctx.read(setType, args.key)
    checkRoom('set', state?.members, args.members, itself)
    const before = state === undefined ? 0 : state.members.size
    ctx.update(setType, args.key, add(args.members), 'sadd')
    return (state ?? (ctx.read(setType, args.key) as SetState)).members.size - before
  },
})

/** SREM key member [member …] → how many were removed. */
export const srem = command({
  name: 'SREM',
  group: 'set',
  since: '1.0.0',
  summary: 'Removes members from a set.',
  complexity: 'O(N) for N members',
  flags: ['write', 'fast'],
  args: { key: key(), members: many(str('member')) },
  activeActive: 'Removes only the adds that this region had observed; a concurrent SADD survives (T1).',
  run(ctx, args) {
    const state = ctx.read(setType, args.key)
    if (state === undefined) return 0
    const present = [...new Set(args.members)].filter((member) => state.members.has(member))
    if (present.length > 0) removeMembers(ctx, args.key, state, present, 'srem')
    return present.length
  },
})

/** SMEMBERS key → set of members. */
export const smembers = command({
  name: 'SMEMBERS',
  group: 'set',
  since: '1.0.0',
  summary: 'Lists all members of a set.',
  complexity: 'O(N) for N members',
  flags: ['readonly'],
  args: { key: key() },
  activeActive: 'Shows the members that this region has observed.',
  run(ctx, args) {
    const state = ctx.read(setType, args.key)
    return setReply(state === undefined ? [] : [...state.members.keys()])
  },
})
