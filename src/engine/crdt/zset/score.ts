/**
 * The score of a member: a cell whose assignments are doubles as text (shortest form) and whose increments are exact amounts (Z3). It is summed as doubles, base first, then
 * each replica's live part in the order of replica ids: the same bits on every replica, whatever came in which order.
 *
 * An increment is what it changes in the score that its author sees, so a region alone computes what Redis computes, rounding included. Infinity is no amount: where only
 * an infinite increment would do, the score is assigned instead.
 */
import {
  addAmounts,
  amountOfNumber,
  negateAmount,
  numberOfAmount,
  type Amount,
  type Bytes,
} from '../../../lib/index.ts'
import { incrementOf, liveSum, type Cell } from '../parts/cell.ts'

/** As an assignment holds it. Redis's compact encoding makes 0 of -0, and so does this. */
export function textOfScore(score: number): Bytes {
  return String(score)
}

/** The visible score of a live cell. Infinities of both signs that meet make 0, as ZUNIONSTORE has it. */
export function scoreOf(cell: Cell): number {
  return sumOf(cell, 0, 0)
}

/** The score if replica `self`'s live part were `own`; 0: as it is. */
function sumOf(cell: Cell, self: number, own: Amount): number {
  let score = cell.siblings === null ? 0 : Number(cell.siblings.value)
  let counted = self === 0
  for (let i = cell.increments; i !== null; i = i.next) {
    if (!counted && i.origin >= self) {
      score += numberOfAmount(own)
      counted = true
    }
    if (i.origin !== self) score += numberOfAmount(liveSum(cell, i))
  }
  if (!counted) score += numberOfAmount(own)
  return Number.isNaN(score) ? 0 : score
}

/** What replica `self` must add to its increments so that the score becomes `wanted`; undefined when no finite amount does that. */
export function stepTo(cell: Cell, self: number, by: number, wanted: number): Amount | undefined {
  const entry = incrementOf(cell, self)
  const live = entry === null ? 0 : liveSum(cell, entry)
  const plain = numberOfAmount(live) + by
  if (!Number.isFinite(plain)) return undefined
  const next = amountOfNumber(plain)
  const reached = sumOf(cell, self, next)
  const step = addAmounts(next, negateAmount(live))
  if (reached === wanted) return step
  if (!Number.isFinite(reached) || !Number.isFinite(wanted)) return undefined
  // Doubles added in another order round differently, by a last digit.
  return addAmounts(step, addAmounts(amountOfNumber(wanted), negateAmount(amountOfNumber(reached))))
}
