/** How effects change the consumer groups of a stream: deleting wins (E5). */
import type { Bytes } from '../../../lib/index.ts'
import { joined, setComponent, type Clock } from '../../causality/clock.ts'
import { learn, mergeDeletes, noteDelete, outlives, surpasses } from '../parts/delete-wins.ts'
import type { Stamp } from '../type.ts'
import { Group, isBefore, withPlace, type Place } from './group.ts'
import type { GroupOp, StreamState } from './state.ts'

/** Takes a group's content away; remembers it only if its deletion must be. */
export function dropGroup(state: StreamState, name: Bytes, group: Group): void {
  group.drop()
  if (!group.isNeeded) state.groups.delete(name)
}

export function applyToGroup(state: StreamState, op: GroupOp, at: Stamp): string {
  let group = state.groups.get(op.group)
  if (group === undefined) state.groups.set(op.group, (group = new Group()))
  // A deletion of the whole stream deletes every group, known here or not.
  const known = joined(state.deletes, group.deletes)
  const before = known.slice()
  if (learn(known, op.names, at)) {
    group.drop()
    for (let r = 1; r < known.length; r++) if (known[r] !== before[r]) setComponent(group.deletes, r, known[r] ?? 0)
    at.leave(`g${op.group}`)
  }
  let rule = 'E5'
  if (op.kind === 'destroy') {
    if (noteDelete(known, at)) group.drop()
    noteDelete(group.deletes, at)
    if (!at.solo) at.leave(`g${op.group}`)
  } else if (outlives(known, op.names, at)) {
    const place: Place = { ms: op.at.ms, seq: op.at.seq, clock: op.clock, author: at.origin, n: at.n }
    if (op.kind === 'create') group.creations = withPlace(group.creations, { ...place, read: op.read })
    else acknowledge(state, group, place)
    if (op.kind === 'ack') rule = 'E6'
  }
  if (!group.isNeeded) state.groups.delete(op.group)
  return rule
}

/** What another region's clients are done with, the clients here need not do again (E6). */
function acknowledge(state: StreamState, group: Group, place: Place): void {
  group.acks = withPlace(group.acks, place)
  group.reading?.advance(state.entries, place, (entry) => isBefore(entry, place))
}

export function mergeGroup(
  into: StreamState,
  intoSeen: Clock,
  from: StreamState,
  fromSeen: Clock,
  name: Bytes,
): void {
  const mine = into.groups.get(name) ?? new Group()
  const theirs = from.groups.get(name) ?? new Group()
  const knownHere = joined(into.deletes, mine.deletes)
  const knownThere = joined(from.deletes, theirs.deletes)
  const dropMine = surpasses(knownThere, knownHere, intoSeen)
  const dropTheirs = surpasses(knownHere, knownThere, fromSeen)
  if (dropMine) mine.drop()
  if (!dropTheirs) {
    for (const creation of theirs.creations) mine.creations = withPlace(mine.creations, creation)
    for (const ack of theirs.acks) acknowledge(into, mine, ack)
  }
  mergeDeletes(mine.deletes, intoSeen, theirs.deletes, fromSeen)
  if (mine.isNeeded) into.groups.set(name, mine)
  else into.groups.delete(name)
}
