/**
 * The cell: a last-write-wins register and a counter as one lattice. Strings, hash fields, sorted-set scores and expiry times are cells.
 *
 * - `siblings`: causally maximal assignments, at most one per replica, the winner first (G4–G6: latest wall clock, then smaller replica id).
 * - `increments`: per replica one running entry: its increments with dots `from` … `to` add up to `sum`. A new generation (`from` = own dot)
 *   starts when all earlier ones were removed.
 * - `removals`: per replica, everything up to `upTo` was observed and removed; `sum` is the replica's running sum at that point, or null when it had
 *   no increments there. An effect's author implicitly observed all of its own earlier dots, so no removal of those needs to be listed.
 *
 * Always holds: no sibling or increment kept here is wholly covered by a removal kept here. A removal with a sum stays until it is stable, because its
 * replica may continue the removed running entry until it has heard; one without stays only while a late-comer may arrive.
 */
import { addAmounts, formatAmount, negateAmount, parseAmount } from '../../../lib/index.ts'
import type { Amount, Bytes } from '../../../lib/index.ts'
import { covers, type Clock } from '../../causality/clock.ts'
import type { Dot } from '../../change-types.ts'
import type { Stamp } from '../type.ts'

export interface Sibling {
  readonly origin: number
  n: number
  wall: number
  value: Bytes
  next: Sibling | null
}

export interface Increment {
  readonly origin: number
  from: number
  to: number
  sum: Amount
  next: Increment | null
}

/** What an assignment or removal says it had observed of one replica. */
export interface Observation {
  readonly origin: number
  readonly upTo: number
  readonly sum: Amount | null
}

export interface Removal {
  readonly origin: number
  upTo: number
  sum: Amount | null
  /** The write that removed; collection waits until every replica has it. */
  byOrigin: number
  byN: number
  next: Removal | null
}

export class Cell {
  siblings: Sibling | null = null
  increments: Increment | null = null
  removals: Removal | null = null
}

function find<T extends { readonly origin: number; next: T | null }>(list: T | null, origin: number): T | null {
  while (list !== null && list.origin !== origin) list = list.next
  return list
}

function without<T extends { next: T | null }>(list: T | null, drop: (item: T) => boolean): T | null {
  while (list !== null && drop(list)) list = list.next
  for (let at = list; at !== null; at = at.next) {
    while (at.next !== null && drop(at.next)) at.next = at.next.next
  }
  return list
}

// Reading

export function isLive(cell: Cell): boolean {
  return cell.siblings !== null || cell.increments !== null
}

/** What is left of one replica’s increments once removals are taken off. */
export function liveSum(cell: Cell, increment: Increment): Amount {
  const removal = find(cell.removals, increment.origin)
  if (removal === null || removal.upTo < increment.from) return increment.sum
  return addAmounts(increment.sum, negateAmount(removal.sum ?? 0))
}

/** The live increments, summed; 0 when there are none. */
export function incrementsOf(cell: Cell): Amount {
  let sum: Amount = 0
  for (let i = cell.increments; i !== null; i = i.next) sum = addAmounts(sum, liveSum(cell, i))
  return sum
}

/** The visible value of a live cell (S1, C3, C4). */
export function valueOf(cell: Cell): Bytes {
  const winner = cell.siblings
  if (cell.increments === null) return winner === null ? '' : winner.value
  const base = winner === null ? 0 : parseAmount(winner.value)
  if (winner !== null && base === undefined) return winner.value
  return formatAmount(addAmounts(base ?? 0, incrementsOf(cell)))
}

/** The smallest replica id that has a live write here; Infinity when none has (G10). */
export function smallestWriter(cell: Cell): number {
  let least = Infinity
  for (let s = cell.siblings; s !== null; s = s.next) least = Math.min(least, s.origin)
  for (let i = cell.increments; i !== null; i = i.next) least = Math.min(least, i.origin)
  return least
}

/** The concurrent assignments that last-write-wins chose between; undefined when there is but one. */
export function contestOf(cell: Cell): { kept: Dot[]; lost: Dot[] } | undefined {
  const winner = cell.siblings
  if (winner === null || winner.next === null) return undefined
  const lost: Dot[] = []
  for (let s: Sibling | null = winner.next; s !== null; s = s.next) lost.push({ replica: s.origin, n: s.n })
  return { kept: [{ replica: winner.origin, n: winner.n }], lost }
}

/** Siblings with their dots, then live increments per replica; the same on every replica that has seen the same. */
export function describeCell(cell: Cell): string {
  const parts: string[] = []
  for (let s = cell.siblings; s !== null; s = s.next) parts.push(`${s.value}@${s.origin}.${s.n}`)
  const increments: Increment[] = []
  for (let i = cell.increments; i !== null; i = i.next) increments.push(i)
  increments.sort((a, b) => a.origin - b.origin)
  for (const i of increments) parts.push(`+${i.origin}:${formatAmount(liveSum(cell, i))}`)
  return parts.join(' ')
}

// Preparing effects (reads only)

/** What replica `self` must list when it assigns or removes: all that it knows of the other replicas, removals included. */
export function observationsOf(cell: Cell, self: number): Observation[] | null {
  if (
    cell.removals === null &&
    (cell.increments === null || (cell.increments.origin === self && cell.increments.next === null)) &&
    (cell.siblings === null || (cell.siblings.origin === self && cell.siblings.next === null))
  ) {
    return null
  }
  return observationsOfOthers(cell, self)
}

/** Apart, because its closure would cost the usual case, too. */
function observationsOfOthers(cell: Cell, self: number): Observation[] | null {
  const out: Observation[] = []
  const note = (origin: number, upTo: number, sum: Amount | null) => {
    if (origin === self) return
    const at = out.findIndex((o) => o.origin === origin)
    const known = out[at]
    if (known === undefined) out.push({ origin, upTo, sum })
    else out[at] = { origin, upTo: Math.max(upTo, known.upTo), sum: known.sum ?? sum }
  }
  for (let i = cell.increments; i !== null; i = i.next) note(i.origin, i.to, i.sum)
  for (let r = cell.removals; r !== null; r = r.next) note(r.origin, r.upTo, r.sum)
  for (let s = cell.siblings; s !== null; s = s.next) note(s.origin, s.n, null)
  return out.length === 0 ? null : out
}

/** The running entry after replica `self` adds `by` with dot n: a continuation, or a new generation. */
export function nextIncrement(cell: Cell, self: number, n: number, by: Amount): { from: number; sum: Amount } {
  const mine = find(cell.increments, self)
  return mine === null ? { from: n, sum: by } : { from: mine.from, sum: addAmounts(mine.sum, by) }
}

// Applying (the only writers, local and remote alike)

export function applyAssign(
  cell: Cell,
  value: Bytes,
  wall: number,
  observed: readonly Observation[] | null,
  at: Stamp,
): void {
  const only = cell.siblings
  if (
    observed === null &&
    only !== null &&
    only.origin === at.origin &&
    only.next === null &&
    cell.increments === null &&
    cell.removals === null
  ) {
    only.n = at.n
    only.wall = wall
    only.value = value
    return
  }
  observe(cell, observed, at, false)
  insertSibling(cell, at.origin, at.n, wall, value)
}

/** `keep` leaves a tombstone behind even where no late-comer is possible (R4: until every instance has observed the deletion). */
export function applyRemove(cell: Cell, observed: readonly Observation[] | null, at: Stamp, keep: boolean): void {
  observe(cell, observed, at, keep)
}

export function applyIncrement(cell: Cell, from: number, sum: Amount, at: Stamp): void {
  joinIncrement(cell, at.origin, from, at.n, sum)
}

/**
 * A removal of the whole key, known by the clock that its author had observed; `observed` carries what is known of counters only.
 */
export function applyRemoveAll(cell: Cell, clock: Clock, observed: readonly Observation[] | null, at: Stamp): void {
  observe(cell, observed, at, false)
  cell.siblings = without(cell.siblings, (s) => covers(clock, s.origin, s.n))
}

function observe(cell: Cell, observed: readonly Observation[] | null, at: Stamp, keep: boolean): void {
  const { origin, n } = at
  cell.siblings = without(cell.siblings, (s) => (s.origin === origin ? s.n <= n : covers(at.known, s.origin, s.n)))
  cell.increments = without(cell.increments, (i) => i.origin === origin && i.to < n)
  cell.removals = without(cell.removals, (r) => r.origin === origin && r.upTo < n)
  if (keep && !at.solo) joinRemoval(cell, origin, n - 1, null, origin, n)
  if (observed === null) return
  for (const o of observed) {
    if (keep || o.sum !== null || !covers(at.seen, o.origin, o.upTo)) {
      joinRemoval(cell, o.origin, o.upTo, o.sum, origin, n)
    }
    cell.siblings = without(cell.siblings, (s) => s.origin === o.origin && s.n <= o.upTo)
    cell.increments = without(cell.increments, (i) => i.origin === o.origin && i.to <= o.upTo)
  }
}

function insertSibling(cell: Cell, origin: number, n: number, wall: number, value: Bytes): void {
  const removal = find(cell.removals, origin)
  if (removal !== null && removal.upTo >= n) return
  const added: Sibling = { origin, n, wall, value, next: null }
  let before: Sibling | null = null
  let after = cell.siblings
  while (after !== null && (after.wall > wall || (after.wall === wall && after.origin < origin))) {
    before = after
    after = after.next
  }
  added.next = after
  if (before === null) cell.siblings = added
  else before.next = added
}

function joinIncrement(cell: Cell, origin: number, from: number, to: number, sum: Amount): void {
  const removal = find(cell.removals, origin)
  if (removal !== null && removal.upTo >= to) return
  const known = find(cell.increments, origin)
  if (known === null) {
    cell.increments = { origin, from, to, sum, next: cell.increments }
  } else if (to > known.to) {
    known.from = from
    known.to = to
    known.sum = sum
  }
}

function joinRemoval(
  cell: Cell,
  origin: number,
  upTo: number,
  sum: Amount | null,
  byOrigin: number,
  byN: number,
): void {
  const known = find(cell.removals, origin)
  if (known === null) {
    cell.removals = { origin, upTo, sum, byOrigin, byN, next: cell.removals }
  } else if (upTo > known.upTo) {
    known.upTo = upTo
    known.sum = sum
    known.byOrigin = byOrigin
    known.byN = byN
  } else if (upTo === known.upTo && known.sum === null) {
    known.sum = sum
  }
}

// Merging whole states

/** Joins `from` into `into`; the clocks say what each side had observed: what one side lacks although its clock covers it had been removed there. */
export function mergeCell(into: Cell, intoSeen: Clock, from: Cell, fromSeen: Clock): void {
  into.siblings = without(into.siblings, (s) => {
    const theirs = find(from.siblings, s.origin)
    return (theirs === null || theirs.n !== s.n) && covers(fromSeen, s.origin, s.n)
  })
  into.increments = without(
    into.increments,
    (i) => find(from.increments, i.origin) === null && covers(fromSeen, i.origin, i.to),
  )
  for (let r = from.removals; r !== null; r = r.next) {
    joinRemoval(into, r.origin, r.upTo, r.sum, r.byOrigin, r.byN)
  }
  for (let s = from.siblings; s !== null; s = s.next) {
    if (!covers(intoSeen, s.origin, s.n)) insertSibling(into, s.origin, s.n, s.wall, s.value)
  }
  for (let i = from.increments; i !== null; i = i.next) {
    if (!covers(intoSeen, i.origin, i.to)) joinIncrement(into, i.origin, i.from, i.to, i.sum)
  }
  for (let r = into.removals; r !== null; r = r.next) {
    const { origin, upTo } = r
    into.siblings = without(into.siblings, (s) => s.origin === origin && s.n <= upTo)
    into.increments = without(into.increments, (i) => i.origin === origin && i.to <= upTo)
  }
}

// Collection (R4)

/** Drops removals that every replica knows. True when one must still wait although every replica has the write that made it. */
export function collectCell(cell: Cell, stable: Clock): boolean {
  let wait = false
  cell.removals = without(cell.removals, (r) => {
    if (!covers(stable, r.byOrigin, r.byN)) return false
    if (!covers(stable, r.origin, r.upTo)) {
      wait = true
      return false
    }
    const increment = find(cell.increments, r.origin)
    return increment === null || increment.from > r.upTo
  })
  return wait
}
