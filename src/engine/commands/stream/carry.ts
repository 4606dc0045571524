/** Test mode: groups go with a stream that is renamed or copied, as in Redis itself. Otherwise they are dropped (E7). */
import type { Bytes } from '../../../lib/index.ts'
import { Reading, type Group } from '../../crdt/stream/group.ts'
import { Ordered } from '../../crdt/stream/ordered.ts'
import { StreamState } from '../../crdt/stream/state.ts'
import type { State } from '../../crdt/type.ts'
import type { Context } from '../context.ts'
import { createGroup } from './create-group.ts'
import { findGroup } from './consumers.ts'

function copyOf(group: Group, { entries }: StreamState, self: number): Reading {
  const from = group.readingIn(entries, self)
  const to = new Reading(self)
  to.last = from.last
  to.entriesRead = from.entriesRead
  for (const { name, seenAt, activeAt, pending } of from.consumers.values()) {
    const consumer = { name, seenAt, activeAt, pending: new Ordered<never>() }
    to.consumers.set(name, consumer)
    for (const one of pending) to.assign(one, consumer, one.at, one.count)
  }
  return to
}

/** Remembers the groups of a stream; gives what makes them again under another name. */
export function carryGroups(ctx: Context, state: State): (name: Bytes) => void {
  if (!ctx.testMode || !(state instanceof StreamState)) return () => {}
  const kept = [...state.groups]
    .filter(([, group]) => group.isLive)
    .map(([group, of]) => ({ group, reading: copyOf(of, state, ctx.self) }))
  return (name) => {
    for (const { group, reading } of kept) {
      createGroup(ctx, name, group, reading.last, reading.entriesRead)
      const place = findGroup(ctx, name, group)
      if (place !== undefined) place.group.reading = reading
    }
  }
}
