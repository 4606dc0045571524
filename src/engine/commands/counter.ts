/** What counters in strings and in hash fields share: what a cell amounts to, bounds (C2), and replies. */
import { addAmounts, formatAmount, integerOfAmount, parseAmount, type Amount, type Bytes } from '../../lib/index.ts'
import { incrementsOf, type Cell } from '../crdt/parts/cell.ts'
import type { Reply } from '../reply.ts'
import type { Context } from './context.ts'
import { fail } from './errors.ts'
import { parseInt64 } from './numbers.ts'

/** Counters are 59 bits wide (C2): −2^58 … 2^58−1. In test mode Redis's 64. */
export function withinCounter({ testMode }: Context, value: Amount): boolean {
  if (typeof value === 'number') return true
  const whole = integerOfAmount(value)
  const limit = testMode ? 2n ** 63n : 2n ** 58n
  return whole !== undefined && whole >= -limit && whole < limit
}

/** A whole amount as an integer reply: a number when safe, else a bigint. */
export function integerReply(value: Amount): Reply {
  return typeof value === 'number' ? value : value.digits
}

/** A long double has no number with more whole digits than this. */
const MOST_DIGITS = 4932

export const INFINITE = 'ERR increment would produce NaN or Infinity'

const INFINITY = /^[+-]?inf(inity)?$/i

/** A decimal or hexadecimal number as typed; infinity is one to Redis's reader, but no sum may contain it. Undefined for anything else. */
export function decimalOf(text: Bytes): Amount | 'infinite' | undefined {
  return parseAmount(text) ?? (INFINITY.test(text) ? 'infinite' : undefined)
}

/** A sum of decimals as replies show it (C5); ends the command when it would not be a number. */
export function shownSum(base: Amount | 'infinite', by: Amount): Bytes {
  const shown = base === 'infinite' ? fail(INFINITE) : formatAmount(addAmounts(base, by))
  return shown.replace(/\..*/, '').length > MOST_DIGITS + 1 ? fail(INFINITE) : shown
}

/** The whole number of at most 64 bits that a cell shows (S2, C3); ends the command with `error` when it shows something else. */
export function integerOfCell(cell: Cell, error: string): Amount {
  const base = cell.siblings
  const sum = incrementsOf(cell)
  if (base !== null && cell.increments === null) return parseInt64(base.value) ?? fail(error)
  const total = base === null ? sum : addAmounts(parseAmount(base.value) ?? fail(error), sum)
  if (typeof total === 'number') return total
  const whole = integerOfAmount(total)
  return whole === undefined || BigInt.asIntN(64, whole) !== whole ? fail(error) : total
}

/** The decimal number that a cell amounts to, exactly; beyond what is shown. */
export function decimalOfCell(cell: Cell, error: string): Amount | 'infinite' {
  const sum = incrementsOf(cell)
  if (cell.siblings === null) return sum
  const base = decimalOf(cell.siblings.value) ?? fail(error)
  return base === 'infinite' ? base : addAmounts(base, sum)
}
