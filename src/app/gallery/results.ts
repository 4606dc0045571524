/** Which expectation's result belongs to which command of a row. */
import type { Command, ExpectationResult, Row } from '../../scenarios/index.ts'

/** Results of a row's commands. A command that has not run has none, nor has one without an expectation that went well. */
export function resultsOfRow(row: Row, results: readonly ExpectationResult[]): ReadonlyMap<Command, ExpectationResult> {
  const found = new Map<Command, ExpectationResult>()
  if (row.kind !== 'commands') return found
  for (const cell of row.cells) {
    // All commands of a cell have its place. A region that came back bears another number than its column.
    let rest = results.filter(({ place }) => place === cell[0]?.place)
    for (const command of cell) {
      const at = rest.findIndex((result) => result.command === command.text)
      const result = rest[at]
      if (!result) continue
      found.set(command, result)
      rest = rest.slice(at + 1)
    }
  }
  return found
}

/** Of a control row: whether its line held, where it says so or failed. */
export function resultOfControl(row: Row, results: readonly ExpectationResult[]): ExpectationResult | undefined {
  return results.find(({ region, place }) => region === null && place === row.place)
}
