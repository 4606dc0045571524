/**
 * The score of a member: a cell whose assignments are doubles in their shortest decimal form and whose increments are exact decimals (Z3). They are added exactly and rounded once,
 * when the score is read, so that no order of arrival can change a bit. An increment is what it changes in the score that its author sees: a region alone computes
 * what Redis computes, rounding included.
 */
import {
  addAmounts,
  amountOfNumber,
  negateAmount,
  numberOfAmount,
  type Amount,
  type Bytes,
} from '../../../lib/index.ts'
import { incrementsOf, type Cell } from '../parts/cell.ts'

/** As an assignment holds it. Redis's compact encoding makes 0 of -0, and so does this. */
export function textOfScore(score: number): Bytes {
  return String(score)
}

/** The visible score of a live cell. */
export function scoreOf(cell: Cell): number {
  return cell.increments === null ? baseOf(cell) : scoreAfter(cell, 0)
}

function baseOf(cell: Cell): number {
  const base = cell.siblings === null ? 0 : Number(cell.siblings.value)
  return Number.isNaN(base) ? 0 : base
}

/** The score with a further increment. An infinite one stays. */
function scoreAfter(cell: Cell, step: Amount): number {
  const base = baseOf(cell)
  return Number.isFinite(base) ? numberOfAmount(totalOf(cell, base, step)) : base
}

function totalOf(cell: Cell, base: number, step: Amount): Amount {
  return addAmounts(addAmounts(amountOfNumber(base), incrementsOf(cell)), step)
}

/**
 * The increment that makes the score `wanted`, which is what adding the double `by` to it gives: `by` itself, or what differs from it by the rounding. Undefined when no finite
 * increment does that.
 */
export function stepTo(cell: Cell, by: number, wanted: number): Amount | undefined {
  if (!Number.isFinite(by)) return undefined
  const step = amountOfNumber(by)
  if (scoreAfter(cell, step) === wanted) return step
  if (!Number.isFinite(wanted)) return undefined
  return addAmounts(step, addAmounts(amountOfNumber(wanted), negateAmount(totalOf(cell, baseOf(cell), step))))
}
