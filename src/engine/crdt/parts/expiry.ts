/** Expiry times as cells (X1): the "wall clock" of an assignment is the time at which to expire, so that the longest of concurrent ones wins. */
import type { Bytes } from '../../../lib/index.ts'
import { covers, type Clock } from '../../causality/clock.ts'
import type { Cell } from './cell.ts'

/** What PERSIST assigns: later than every expiry, "the longest of all". */
export const PERSISTENT = Number.MAX_SAFE_INTEGER

/** Largest expiry time, ms since 1970 (X3). */
const MAX_EXPIRY_MS = 2 ** 49

/**
 * An expiry time from `amount` × `unitMs` after `base`, ms since 1970; undefined when it is out of range. `wide` (test mode): Redis's 64 bits, of which the
 * greatest are kept as 2^53 − 2.
 */
export function boundedExpiry(amount: number, unitMs: number, base: number, wide: boolean): number | undefined {
  const limit = wide ? 2 ** 63 - 1024 : MAX_EXPIRY_MS
  const at = amount * unitMs + base
  return Math.abs(at) > limit || Math.abs(at - base) > limit ? undefined : Math.min(at, PERSISTENT - 1)
}

/** The time in force, ms since 1970; undefined when there is none. */
export function expiryOf(cell: Cell): number | undefined {
  const winner = cell.siblings
  return winner === null || winner.wall === PERSISTENT ? undefined : winner.wall
}

/** Drops the assignments that carry a mark: their authors had not observed a deletion that wins over them (P1). */
export function dropMarked(cell: Cell, mark: Bytes): void {
  while (cell.siblings !== null && cell.siblings.value === mark) cell.siblings = cell.siblings.next
  for (let s = cell.siblings; s !== null; s = s.next) {
    while (s.next !== null && s.next.value === mark) s.next = s.next.next
  }
}

/** The replica whose EXPIRE won: it removes the key when the time comes (X2). 0 when there is none. */
export function expiryOwner(cell: Cell): number {
  return cell.siblings === null ? 0 : cell.siblings.origin
}

/**
 * Drops assignments once every replica has observed all of them; for an expiry that says "never", or whose key or field is gone: nothing
 * concurrent with it can arrive any more. False when some are not stable yet.
 */
export function dropStableSiblings(cell: Cell, stable: Clock): boolean {
  for (let s = cell.siblings; s !== null; s = s.next) if (!covers(stable, s.origin, s.n)) return false
  cell.siblings = null
  return true
}
