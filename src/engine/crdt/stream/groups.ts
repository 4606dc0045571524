/** How effects change the consumer groups of a stream: deleting wins (E5). */
import { covers, type Clock } from '../../causality/clock.ts'
import { learn, mergeDeletes, noteDelete, outlives, surpasses } from '../parts/delete-wins.ts'
import type { Stamp } from '../type.ts'
import { Group, isBefore, withPlace, type Place } from './group.ts'
import type { GroupOp, StreamState } from './state.ts'

/** Takes the content of all groups away: a deletion of the stream came, or news of one. */
export function dropGroups(state: StreamState): void {
  for (const [name, group] of state.groups) {
    group.drop()
    if (!group.isNeeded) state.groups.delete(name)
  }
}

export function applyToGroup(state: StreamState, op: GroupOp, at: Stamp): string {
  const { ofStream, ofGroup } = op.names
  if (learn(state.deletes, ofStream, at)) {
    dropGroups(state)
    at.leave('')
  }
  let group = state.groups.get(op.group)
  if (group === undefined) state.groups.set(op.group, (group = new Group()))
  if (learn(group.deletes, ofGroup, at)) {
    group.drop()
    at.leave(`g${op.group}`)
  }
  let rule = 'E5'
  if (op.kind === 'destroy') {
    if (noteDelete(group.deletes, at)) group.drop()
    if (!at.solo) at.leave(`g${op.group}`)
  } else if (outlives(state.deletes, ofStream, at) && outlives(group.deletes, ofGroup, at)) {
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

export function mergeGroups(into: StreamState, intoSeen: Clock, from: StreamState, fromSeen: Clock): void {
  const dropMine = surpasses(from.deletes, into.deletes, intoSeen)
  const dropTheirs = surpasses(into.deletes, from.deletes, fromSeen)
  for (const name of new Set([...into.groups.keys(), ...from.groups.keys()])) {
    const mine = into.groups.get(name) ?? new Group()
    const theirs = from.groups.get(name) ?? new Group()
    const mineGoes = dropMine || surpasses(theirs.deletes, mine.deletes, intoSeen)
    const theirsGoes = dropTheirs || surpasses(mine.deletes, theirs.deletes, fromSeen)
    if (mineGoes) mine.drop()
    if (!theirsGoes) {
      // What was observed here and is not here any more, a deletion took, which may have been collected since.
      const isNews = ({ author, n }: Place) => !covers(intoSeen, author, n)
      for (const creation of theirs.creations.filter(isNews)) mine.creations = withPlace(mine.creations, creation)
      for (const ack of theirs.acks.filter(isNews)) acknowledge(into, mine, ack)
    }
    mergeDeletes(mine.deletes, intoSeen, theirs.deletes, fromSeen)
    if (mine.isNeeded) into.groups.set(name, mine)
    else into.groups.delete(name)
  }
  mergeDeletes(into.deletes, intoSeen, from.deletes, fromSeen)
}
