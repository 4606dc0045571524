/** Names the rule that decided what a cell shows after a write was applied: what the page's "why" explains. */
import { parseAmount } from '../../../lib/index.ts'
import { isLive, type Cell } from './cell.ts'
import type { RuleId } from '../type.ts'

/** `survived` is the rule to name when a removal left something alive (S4, H1, Z1). */
export function ruleOfCell(cell: Cell, did: 'assign' | 'increment' | 'remove', survived: RuleId): RuleId {
  const winner = cell.siblings
  if (did === 'remove') return isLive(cell) ? survived : 'G3'
  if (did === 'increment') {
    if (winner !== null && parseAmount(winner.value) === undefined) return 'C4'
    return 'C1'
  }
  const second = winner === null ? null : winner.next
  if (winner !== null && second !== null) return winner.wall === second.wall ? 'G5' : 'S1'
  return cell.increments === null ? 'G3' : 'C3'
}
