/**
 * Streams. Entries are observed-remove: an entry is its ID and its dot, and two regions may make entries of one ID (E1, E2). All regions' logs lie in one
 * order, as reads want them. Consumer groups are delete-wins (E5). A stream that entries were added to exists until it is deleted, also when empty; one made
 * by MKSTREAM alone exists while it has a group (E9).
 */
import { covers, coversAll, numberOf, replicaOf } from '../../causality/clock.ts'
import { collectDeletes, learn, namedBy, noteDelete, residueOf } from '../parts/delete-wins.ts'
import type { CrdtType } from '../type.ts'
import { decodeOp, decodeState, encodeOp, encodeState } from './codec.ts'
import type { Place } from './group.ts'
import { applyToGroup, dropGroups, mergeGroups } from './groups.ts'
import { compareIds, formatId, LEAST } from './id.ts'
import { mergeEntries, remove, takeOut, trim, write } from './log.ts'
import { entriesAdded, hasLiveGroup, hasMark, lastIdOf, StreamState, type StreamOp } from './state.ts'

export const streamType: CrdtType<StreamState, StreamOp> = {
  name: 'stream',
  code: 5,
  empty: () => new StreamState(streamType),
  isLive: (state) => state.entries.size > 0 || hasMark(state) || hasLiveGroup(state),
  isNeeded: (state) =>
    hasMark(state) ||
    state.entries.size > 0 ||
    state.groups.size > 0 ||
    state.buried.size > 0 ||
    state.trims.size > 0 ||
    state.deletes.some((n) => n > 0),
  smallestWriter(state) {
    const marked = state.marks.findIndex((mark) => mark !== undefined)
    let least = marked < 0 ? Infinity : marked
    for (const { creations } of state.groups.values())
      for (const { author } of creations) least = Math.min(least, author)
    return least
  },
  apply(state, op, at, removed) {
    switch (op.kind) {
      case 'add':
      case 'setid':
      case 'restore':
        if (removed !== null && covers(removed, at.origin, at.n)) return 'G3'
        return write(state, op, at)
      case 'remove':
        return remove(state, op, at)
      case 'trim':
        return trim(state, op, at)
      default:
        return applyToGroup(state, op, at)
    }
  },
  eventOf(op) {
    switch (op.kind) {
      case 'add':
        return 'xadd'
      case 'remove':
        return 'xdel'
      case 'trim':
        return 'xtrim'
      case 'setid':
        return 'xsetid'
      case 'restore':
        return 'restore'
      case 'ack':
        return 'xack'
      default:
        return `xgroup-${op.kind}`
    }
  },
  removeAll(state, clock, residues, at) {
    takeOut(state, ({ dot }) => covers(clock, replicaOf(dot), numberOf(dot)))
    state.marks.forEach((mark, r) => {
      if (mark !== undefined && covers(clock, r, mark.n)) state.marks[r] = undefined
    })
    if (!hasMark(state)) {
      state.maxDeleted = LEAST
      state.idempotence = null
    }
    // Without residues the author had no stream here, or states are being merged: nothing that groups must know of.
    if (residues === null) return
    const older = learn(state.deletes, namedBy(residues), at)
    const news = noteDelete(state.deletes, at)
    if (older || news) dropGroups(state)
    if (!at.solo) at.leave('')
  },
  residuesOf: (state, self) => residueOf(state.deletes, self),
  merge(into, intoSeen, from, fromSeen) {
    mergeEntries(into, intoSeen, from, fromSeen)
    for (let r = 1; r < Math.max(into.marks.length, from.marks.length); r++) {
      const [mine, theirs] = [into.marks[r], from.marks[r]]
      if (theirs !== undefined && (mine?.n ?? 0) < theirs.n) {
        if (!covers(intoSeen, r, theirs.n)) into.marks[r] = theirs
      } else if (mine !== undefined && (theirs?.n ?? 0) < mine.n && covers(fromSeen, r, mine.n)) into.marks[r] = theirs
    }
    if (compareIds(from.maxDeleted, into.maxDeleted) > 0) into.maxDeleted = from.maxDeleted
    mergeGroups(into, intoSeen, from, fromSeen)
  },
  collect(state, element, stable) {
    const rest = element.slice(1)
    switch (element.charAt(0)) {
      case 'e': {
        const clock = state.buried.get(rest)
        if (clock === undefined) return false
        if (!coversAll(stable, clock)) return true
        state.buried.delete(rest)
        return false
      }
      case 't': {
        const [author = 0, n = 0] = rest.split(':').map(Number)
        const done = state.trims.get(author)
        // An author's later trim contains its earlier ones, and waits for itself.
        if (done === undefined || done.n !== n) return false
        if (!coversAll(stable, done.observed)) return true
        state.trims.delete(author)
        return false
      }
      case 'g': {
        const group = state.groups.get(rest)
        if (group === undefined) return false
        const waits = collectDeletes(group.deletes, stable)
        if (!group.isNeeded) state.groups.delete(rest)
        return waits
      }
      default:
        return collectDeletes(state.deletes, stable)
    }
  },
  encode: encodeState,
  decode: (reader) => decodeState(reader, new StreamState(streamType)),
  encodeOp,
  decodeOp,
  describe(state) {
    const places = (list: readonly Place[]) =>
      list.map(({ author, n, ms, seq, clock }) => `${author}.${n} ${ms}-${seq} ${clock.join()}`).join('; ')
    return [
      ...[...state.entries].map(({ ms, seq, dot, fields }) => `${ms}-${seq}@${dot} ${fields.join(' ')}`),
      ...state.marks.flatMap((mark, r) => (mark === undefined ? [] : [`last of ${r}: ${formatId(mark)}@${mark.n}`])),
      ...[...state.groups]
        .flatMap(([name, group]) =>
          group.isLive ? [`group ${name} created ${places(group.creations)}, acknowledged ${places(group.acks)}`] : [],
        )
        .sort(),
    ]
  },
  recreate: (state) => ({
    kind: 'restore',
    entries: [...state.entries].map((entry) => ({ id: { ms: entry.ms, seq: entry.seq }, fields: entry.fields })),
    id: lastIdOf(state),
    added: entriesAdded(state),
    maxDeleted: state.maxDeleted,
  }),
}
