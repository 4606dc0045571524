import { add, setType } from '../../crdt/set/set.ts'
import { key, str } from '../arguments.ts'
import { checkRoom, itself } from '../capacity.ts'
import { command } from '../command.ts'
import { removeMembers } from './members.ts'

/** SMOVE source destination member → 1, or 0 when the source does not have it. */
export const smove = command({
  name: 'SMOVE',
  group: 'set',
  since: '1.0.0',
  summary: 'Moves a member from one set to another.',
  complexity: 'O(1)',
  flags: ['write', 'fast'],
  args: { source: key(), destination: key(), member: str() },
  activeActive:
    'Travels as a removal from one set and an add to the other (T2): an add in another region survives (T1).',
  run(ctx, { source, destination, member }) {
    const from = ctx.read(setType, source)
    if (from === undefined) return 0
    const to = ctx.read(setType, destination)
    if (!from.members.has(member)) return 0
    if (source === destination) return 1
    checkRoom('set', to?.members, [member], itself)
    removeMembers(ctx, source, from, [member], 'srem')
    ctx.update(setType, destination, add([member]), 'sadd')
    return 1
  },
})
