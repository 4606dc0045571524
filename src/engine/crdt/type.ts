/**
 * The one shape of every data type. A type is pure data and functions: it knows nothing of keys, commands, time or networks. `apply` is its only
 * writer, for local writes and remote effects alike.
 */
import type { Bytes, ByteReader, ByteWriter } from '../../lib/index.ts'
import type { Clock } from '../causality/clock.ts'
import type { Resolution } from '../change-types.ts'
import type { Observation } from './parts/cell.ts'

/** The write being applied, and where. */
export interface Stamp {
  readonly origin: number
  readonly n: number
  /** The author's wall clock, ms since 1970: decides last-write-wins (G4). */
  readonly wall: number
  /** What this replica had observed before the write. */
  readonly seen: Clock
  /**
   * What the author is known to have observed: its latest acknowledged clock. An author that has collected something no longer lists it, but it
   * acknowledged before it collected; so what this clock covers counts as observed.
   */
  readonly known: Clock
  /** True while the database has no other member: nothing can arrive late, so no tombstone is kept. */
  readonly solo: boolean
  /** Says that a tombstone (of an element, or of the value itself: '') was left for collection. */
  leave(element: Bytes): void
  /** Says that an element expires at this time (ms since 1970), and whose it is to carry that out (X2). */
  schedule(element: Bytes, owner: number, atMs: number): void
  /** Says that a deletion has just taken what had not observed it: expiry times set by such writes go too (P1). */
  supersede(): void
  /** Says that the write being applied had not observed a deletion that wins over it: the expiry time that it sets is void too (P1). */
  lose(): void
  /** Says that an element lives under an expiry that was scheduled before, in case it was overdue while there was nothing to expire. */
  revived(element: Bytes, owner: number, atMs: number): void
}

/** What a removal of the whole key must say of one counter in it. */
export interface Residue {
  /** Hash field; '' for a string. */
  readonly element: Bytes
  readonly observed: readonly Observation[]
}

/** Name of the rule that decided (`rules.ts`). */
export type RuleId = string

export interface State {
  readonly type: CrdtType
}

// oxlint-disable-next-line typescript/no-explicit-any -- the registry holds types of every state and op; each type's own module is fully typed
export interface CrdtType<S extends State = any, Op = any> {
  /** As TYPE replies. */
  readonly name: string
  /** Its code on the wire, and the fixed order that G10 falls back to. */
  readonly code: number
  empty(): S
  /** Something visible is in it. */
  isLive(state: S): boolean
  /** False when it could be dropped altogether: neither live nor holding tombstones. */
  isNeeded(state: S): boolean
  /** The smallest replica id with a live write; Infinity when not live (G10). */
  smallestWriter(state: S): number
  /** `removed` is the key's removal clock: what it covers is dead on arrival. '' when the op alone decides nothing. */
  apply(state: S, op: Op, at: Stamp, removed: Clock | null): RuleId
  /** The keyspace event that an op means to listeners in other regions; '' when it only goes with an expiry. */
  eventOf(op: Op): string
  /** Takes out all that `clock` covers. */
  removeAll(state: S, clock: Clock, residues: readonly Residue[] | null, at: Stamp): void
  /** What `removeAll` elsewhere must be told of counters. */
  residuesOf(state: S, self: number): Residue[] | null
  /** Joins two whole states; what a side lacks although its clock covers it had been removed there. */
  merge(into: S, intoSeen: Clock, from: S, fromSeen: Clock): void
  /** Drops the tombstone of an element if every replica knows it; true when it must wait although its write is stable. */
  collect(state: S, element: Bytes, stable: Clock): boolean
  /** Whole state, tombstones included. */
  encode(writer: ByteWriter, state: S): void
  decode(reader: ByteReader): S
  encodeOp(writer: ByteWriter, op: Op): void
  decodeOp(reader: ByteReader): Op
  /** Live content as text lines, in canonical order, dots included: what two regions that have seen the same must agree on. */
  describe(state: S): string[]
  /** Whether anything can be seen at a time (fields expire one by one); absent: always, while live. */
  visibleAt?(state: S, now: number): boolean
  /** After a merge: `schedule`s the expiries of elements. */
  reschedule?(state: S, at: Stamp): void
  /** The change that makes the visible content of `state` anew in an empty state (RENAME, COPY). */
  recreate(state: S, now: number): Op
  /** Of a type whose deletion wins over concurrent writes (P1): an op that changes nothing and says which deletions the author of an EXPIRE knew. */
  touch?(state: S, self: number): Op
  /** Of such a type: does `other` know a deletion of which nothing in `state` knows? `seen`: what the replica of `state` has observed. */
  isOutdated?(state: S, seen: Clock, other: S): boolean
  /** Of such a type: the op as made by replica `self` over `held`, whose deletions it knows. */
  replacing?(op: Op, held: S, self: number): Op
  /** The concurrent writes that rule S1 or G5 had to choose between, after `op` was applied. */
  contest?(state: S, op: Op): Pick<Resolution, 'element' | 'kept' | 'lost'> | undefined
}
