/** What there is to predict in a scenario: after messages have travelled, the replies that the file itself expects. */
import type { Command, Row } from '../../scenarios/index.ts'

export interface Question {
  /** Column of the region, from 1. */
  readonly region: number
  readonly command: Command
}

/** Asked before row `at` is played; known once row `until` has been. Both are indexes of the scenario's rows. */
export interface Round {
  readonly at: number
  readonly until: number
  readonly questions: readonly Question[]
}

/** Control lines that let messages through, or time pass. */
const TRAVEL = /^(?:sync|heal|start|wait)\b/
/** More are tedious. The first row with questions is never cut. */
const MOST_QUESTIONS = 6

/** All rounds of a scenario. `writes`: whether a command may change data. */
export function roundsOf(rows: readonly Row[], writes: (command: Command) => boolean): readonly Round[] {
  return rows.flatMap((_, at) => roundAt(rows, at, writes) ?? [])
}

/**
 * The row after the one at `at` asks for every reply that it expects, writes included (a pop, a refusal). Rows that follow ask too, as long as they only read:
 * what a later write brings about was not decided by the sync.
 */
function roundAt(rows: readonly Row[], at: number, writes: (command: Command) => boolean): Round | null {
  const row = rows[at]
  if (row?.kind !== 'control' || !TRAVEL.test(row.line)) return null
  const questions: Question[] = []
  let until = at
  for (let i = at + 1; i < rows.length; i++) {
    const next = rows[i]
    if (next?.kind !== 'commands') break
    const commands = next.cells.flat()
    if (i > at + 1 && commands.some(writes)) break
    const asked = next.cells.flatMap((cell, column) =>
      cell.filter(isWorthAsking).map((command) => ({ region: column + 1, command })),
    )
    if (questions.length > 0 && questions.length + asked.length > MOST_QUESTIONS) break
    questions.push(...asked)
    if (asked.length > 0) until = i
    if (commands.some(writes)) break
  }
  return questions.length === 0 ? null : { at, until, questions }
}

/** Counters of INFO, and an OK, tell nothing about data. */
function isWorthAsking({ argv, expected }: Command): boolean {
  return expected !== undefined && expected !== 'OK' && argv[0]?.toUpperCase() !== 'INFO'
}
