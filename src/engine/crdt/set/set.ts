/**
 * Sets: observed-remove, add wins (T1). A member is alive while one of its dots exceeds what was removed of it; normally it has one dot, kept as
 * a bare number. A removal's tombstone stays until every replica has observed it (R4).
 */
import type { Bytes, ByteReader, ByteWriter } from '../../../lib/index.ts'
import {
  covers,
  coversAll,
  decodeClock,
  encodeClock,
  joined,
  numberOf,
  packDot,
  replicaOf,
  setComponent,
  type Clock,
  type PackedDot,
} from '../../causality/clock.ts'
import { NameIndex } from '../parts/name-index.ts'
import type { CrdtType, Stamp } from '../type.ts'

/** Dots of one member, at most one per replica. */
type Dots = PackedDot | readonly PackedDot[]

export class SetState {
  /** Live members only. */
  readonly members = new Map<Bytes, Dots>()
  tombstones: Map<Bytes, Clock> | null = null
  /** Built when a scan or a random choice first needs it. */
  index: NameIndex | null = null
  get type(): CrdtType {
    return setType
  }
}

export type SetOp =
  | { readonly kind: 'add'; readonly members: readonly Bytes[] }
  /** `observed`: dots of other replicas that the author had seen on these members. */
  | { readonly kind: 'remove'; readonly members: readonly Bytes[]; readonly observed: Clock }

export function add(members: readonly Bytes[]): SetOp {
  return { kind: 'add', members }
}

/** Removes members that are present; everything up to the joined dots had been observed here, so one clock serves them all. */
export function remove(state: SetState, self: number, members: readonly Bytes[]): SetOp {
  const observed: Clock = []
  for (const member of members) {
    const dots = state.members.get(member)
    if (dots === undefined) continue
    for (const dot of typeof dots === 'number' ? [dots] : dots) {
      const replica = replicaOf(dot)
      if (replica !== self && numberOf(dot) > (observed[replica] ?? 0)) setComponent(observed, replica, numberOf(dot))
    }
    const known = state.tombstones?.get(member)
    if (known !== undefined) {
      for (let r = 1; r < known.length; r++) {
        const n = known[r] ?? 0
        if (r !== self && n > (observed[r] ?? 0)) setComponent(observed, r, n)
      }
    }
  }
  return { kind: 'remove', members, observed }
}

export function nameIndexOf(state: SetState): NameIndex {
  return (state.index ??= new NameIndex(state.members))
}

export const setType: CrdtType<SetState, SetOp> = {
  name: 'set',
  code: 2,
  empty: () => new SetState(),
  isLive: (state) => state.members.size > 0,
  isNeeded: (state) => state.members.size > 0 || state.tombstones !== null,
  smallestWriter(state) {
    let least = Infinity
    for (const dots of state.members.values()) {
      for (const dot of typeof dots === 'number' ? [dots] : dots) least = Math.min(least, replicaOf(dot))
    }
    return least
  },
  apply(state, op, at, removed) {
    if (op.kind === 'add') {
      if (removed !== null && covers(removed, at.origin, at.n)) return 'G3'
      const dot = packDot(at.origin, at.n)
      for (const member of op.members) addDot(state, member, dot)
      return 'T1'
    }
    const clock = op.observed.slice()
    setComponent(clock, at.origin, at.n - 1)
    let survived = false
    for (const member of op.members) {
      if (!dropDots(state, member, clock)) survived = true
      if (!at.solo) bury(state, member, clock, at)
    }
    return survived ? 'T1' : 'G3'
  },
  eventOf: (op) => (op.kind === 'add' ? 'sadd' : 'srem'),
  removeAll(state, clock, _residues, at) {
    if (coversAll(clock, at.seen)) {
      state.members.clear()
      state.index = null
    } else {
      for (const member of state.members.keys()) dropDots(state, member, clock)
    }
    if (state.tombstones !== null) {
      for (const [member, known] of state.tombstones) if (coversAll(clock, known)) state.tombstones.delete(member)
      if (state.tombstones.size === 0) state.tombstones = null
    }
  },
  residuesOf: () => null,
  merge(into, intoSeen, from, fromSeen) {
    for (const [member, dots] of into.members) {
      const theirs = from.members.get(member)
      if (theirs !== dots)
        keepDots(into, member, (dot) => has(theirs, dot) || !covers(fromSeen, replicaOf(dot), numberOf(dot)))
    }
    for (const [member, known] of from.tombstones ?? []) {
      into.tombstones ??= new Map()
      const mine = into.tombstones.get(member)
      into.tombstones.set(member, mine === undefined ? known : joined(mine, known))
    }
    for (const [member, clock] of into.tombstones ?? []) dropDots(into, member, clock)
    for (const [member, dots] of from.members) {
      for (const dot of typeof dots === 'number' ? [dots] : dots) {
        if (!covers(intoSeen, replicaOf(dot), numberOf(dot))) addDot(into, member, dot)
      }
    }
  },
  collect(state, member, stable) {
    const clock = state.tombstones?.get(member)
    if (clock === undefined) return false
    if (!coversAll(stable, clock)) return true
    state.tombstones?.delete(member)
    if (state.tombstones?.size === 0) state.tombstones = null
    return false
  },
  encode(writer, state) {
    writer.uint(state.members.size)
    for (const [member, dots] of state.members) {
      writer.string(member)
      const list = typeof dots === 'number' ? [dots] : dots
      writer.byte(list.length)
      for (const dot of list) {
        writer.byte(replicaOf(dot))
        writer.uint(numberOf(dot))
      }
    }
    writer.uint(state.tombstones?.size ?? 0)
    for (const [member, clock] of state.tombstones ?? []) {
      writer.string(member)
      encodeClock(writer, clock)
    }
  },
  decode(reader) {
    const state = new SetState()
    for (let count = reader.uint(); count > 0; count--) {
      const member = reader.string()
      for (let dots = reader.byte(); dots > 0; dots--) addDot(state, member, packDot(reader.byte(), reader.uint()))
    }
    const tombstones = reader.uint()
    if (tombstones > 0) state.tombstones = new Map()
    for (let count = tombstones; count > 0; count--) state.tombstones?.set(reader.string(), decodeClock(reader))
    return state
  },
  encodeOp(writer: ByteWriter, op: SetOp) {
    writer.uint(op.members.length * 2 + (op.kind === 'add' ? 0 : 1))
    for (const member of op.members) writer.name(member)
    if (op.kind === 'remove') encodeClock(writer, op.observed)
  },
  decodeOp(reader: ByteReader): SetOp {
    const head = reader.uint()
    const members: Bytes[] = []
    for (let count = Math.floor(head / 2); count > 0; count--) members.push(reader.name())
    return head % 2 === 0 ? { kind: 'add', members } : { kind: 'remove', members, observed: decodeClock(reader) }
  },
  describe: (state) =>
    [...state.members].map(([member, dots]) => `${member}@${(typeof dots === 'number' ? [dots] : dots).join()}`).sort(),
  recreate: (state) => add([...state.members.keys()]),
}

function has(dots: Dots | undefined, dot: PackedDot): boolean {
  return dots === dot || (typeof dots === 'object' && dots.includes(dot))
}

/** A later dot of the same replica replaces the earlier: who has seen the later has seen both. Buried dots are not added. */
function addDot(state: SetState, member: Bytes, dot: PackedDot): void {
  if (state.tombstones !== null) {
    const buried = state.tombstones.get(member)
    if (buried !== undefined && covers(buried, replicaOf(dot), numberOf(dot))) return
  }
  const dots = state.members.get(member)
  if (dots === undefined) {
    state.members.set(member, dot)
    state.index?.added(member)
    return
  }
  const replica = replicaOf(dot)
  if (typeof dots === 'number') {
    if (replicaOf(dots) === replica) {
      if (dot > dots) state.members.set(member, dot)
    } else
      state.members.set(
        member,
        [dots, dot].sort((a, b) => replicaOf(a) - replicaOf(b)),
      )
    return
  }
  const others = dots.filter((d) => replicaOf(d) !== replica || d > dot)
  if (others.every((d) => replicaOf(d) !== replica)) others.push(dot)
  state.members.set(
    member,
    others.sort((a, b) => replicaOf(a) - replicaOf(b)),
  )
}

/** Drops dots that the clock covers; false when the member lives on. */
function dropDots(state: SetState, member: Bytes, clock: Clock): boolean {
  const dots = state.members.get(member)
  if (dots === undefined) return true
  if (typeof dots === 'number') {
    if (!covers(clock, replicaOf(dots), numberOf(dots))) return false
    state.members.delete(member)
    return true
  }
  return keepDots(state, member, (dot) => !covers(clock, replicaOf(dot), numberOf(dot)))
}

function keepDots(state: SetState, member: Bytes, keep: (dot: PackedDot) => boolean): boolean {
  const dots = state.members.get(member)
  if (dots === undefined) return true
  const kept = (typeof dots === 'number' ? [dots] : dots).filter(keep)
  const first = kept[0]
  if (first === undefined) {
    state.members.delete(member)
    return true
  }
  state.members.set(member, kept.length === 1 ? first : kept)
  return false
}

/** Clocks in tombstones are shared between members and never changed in place. */
function bury(state: SetState, member: Bytes, clock: Clock, at: Stamp): void {
  state.tombstones ??= new Map()
  const known = state.tombstones.get(member)
  state.tombstones.set(member, known === undefined ? clock : joined(known, clock))
  at.leave(member)
}
