/** What is kept of a stream, what its effects say, and what can be asked of it without changing it. */
import type { Bytes } from '../../../lib/index.ts'
import { numberOf, replicaOf, setComponent, type Clock } from '../../causality/clock.ts'
import { named } from '../parts/delete-wins.ts'
import type { CrdtType } from '../type.ts'
import type { Entry, Group } from './group.ts'
import { compareIds, LEAST, type Id, type U64 } from './id.ts'
import type { Idempotence } from './idempotence.ts'
import { Ordered, type Item } from './ordered.ts'

/** A region's part in the stream: its latest addition or XSETID. It keeps the stream in existence, and its last ID. */
export interface Mark extends Id {
  ms: U64
  seq: U64
  n: number
  /** How many entries this region has added, as far as this replica has counted. */
  added: number
}

/** What an author trimmed: entries up to a place in the order, that the author had observed. */
export interface Trim extends Item {
  readonly n: number
  readonly observed: Clock
}

export class StreamState {
  readonly entries = new Ordered<Entry>()
  /** Indexed by replica id. */
  readonly marks: (Mark | undefined)[] = []
  /** Live ones, and those of which a deletion must be remembered. */
  readonly groups = new Map<Bytes, Group>()
  /** Deletions of the whole stream: what its groups must know of to live. */
  readonly deletes: Clock = []
  /** By ID, what XDEL removed. */
  readonly buried = new Map<Bytes, Clock>()
  /** By author, all that it trimmed. */
  readonly trims = new Map<number, Trim>()
  /** The largest ID that was removed here; for XINFO and for what it estimates. */
  maxDeleted: Id = LEAST
  /** Local: producers' recent additions (XADD IDMP). */
  idempotence: Idempotence | null = null
  readonly type: CrdtType

  constructor(type: CrdtType) {
    this.type = type
  }
}

/** The author's own part of a count of `total` entries: what the other regions added is in their marks. */
export function ownPart(state: StreamState, total: number, self: number): number {
  return total - entriesAdded(state) + (state.marks[self]?.added ?? 0)
}

export interface Restored {
  readonly id: Id
  readonly fields: readonly Bytes[]
}

export type StreamOp =
  | { readonly kind: 'add'; readonly id: Id; readonly fields: readonly Bytes[] }
  /** All entries with these IDs up to `observed`. `forget`: pending lists forget them too. */
  | { readonly kind: 'remove'; readonly ids: readonly Id[]; readonly observed: Clock; readonly forget: boolean }
  | { readonly kind: 'trim'; readonly upTo: Item; readonly observed: Clock; readonly forget: boolean }
  | { readonly kind: 'setid'; readonly id: Id; /** `ownPart` */ readonly added: number; readonly maxDeleted: Id }
  | {
      readonly kind: 'restore'
      readonly entries: readonly Restored[]
      readonly id: Id
      readonly added: number
      readonly maxDeleted: Id
    }
  | GroupOp

/** Which deletions the author knew: of the whole stream, and of the group. */
export interface Names {
  readonly ofStream: Clock
  readonly ofGroup: Clock
}

export type GroupOp = { readonly group: Bytes; readonly names: Names } & (
  | { readonly kind: 'create'; readonly at: Id; readonly clock: Clock; readonly read: number }
  | { readonly kind: 'destroy' }
  | { readonly kind: 'ack'; readonly at: Id; readonly clock: Clock }
)

/** What an op on this group by `self` must name. */
export function namesFor(state: StreamState | undefined, group: Bytes, self: number): Names {
  return {
    ofStream: named(state?.deletes ?? [], self),
    ofGroup: named(state?.groups.get(group)?.deletes ?? [], self),
  }
}

/** The dots of these entries, as one clock: what their removal had observed. */
export function observedOf(entries: readonly Entry[]): Clock {
  const clock: Clock = []
  for (const { dot } of entries) {
    const replica = replicaOf(dot)
    if (numberOf(dot) > (clock[replica] ?? 0)) setComponent(clock, replica, numberOf(dot))
  }
  return clock
}

export function liveGroup(state: StreamState, name: Bytes): Group | undefined {
  const group = state.groups.get(name)
  return group?.isLive ? group : undefined
}

/** The largest ID that the stream ever had: additions go beyond it (E2). */
export function lastIdOf(state: StreamState): Id {
  const { ms, seq } = lastMark(state)
  return { ms, seq }
}

/** The same, for those who look at it at once: the next addition changes it in place. */
export function lastMark(state: StreamState): Id {
  let last = LEAST
  for (const mark of state.marks) if (mark !== undefined && compareIds(mark, last) > 0) last = mark
  return last
}

export function entriesAdded(state: StreamState): number {
  let sum = 0
  for (const mark of state.marks) if (mark !== undefined) sum += mark.added
  return sum
}

export function hasMark(state: StreamState): boolean {
  for (const mark of state.marks) if (mark !== undefined) return true
  return false
}

export function hasLiveGroup(state: StreamState): boolean {
  for (const group of state.groups.values()) if (group.isLive) return true
  return false
}
