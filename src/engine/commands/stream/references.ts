/** What removing an entry does to the groups' references to it (KEEPREF, DELREF, ACKED). */
import type { Entry } from '../../crdt/stream/group.ts'
import { compareIds, type Id } from '../../crdt/stream/id.ts'
import type { StreamState } from '../../crdt/stream/state.ts'
import type { Context } from '../context.ts'

export type References = 'KEEPREF' | 'DELREF' | 'ACKED'

/** Whether some group has still to deliver the entry, or to see it acknowledged. */
export function isReferenced(ctx: Context, state: StreamState, entry: Entry): boolean {
  for (const group of state.groups.values()) {
    if (!group.isLive) continue
    const reading = group.readingIn(state.entries, ctx.self)
    if (compareIds(entry, reading.last) > 0 || reading.pending.get(entry) !== undefined) return true
    if (reading.late.range(entry, entry).length > 0) return true
  }
  return false
}

/** Whether some group's pending list has this ID. */
export function isPending(state: StreamState, id: Id): boolean {
  for (const { reading } of state.groups.values()) if (reading?.pending.get(id) !== undefined) return true
  return false
}
