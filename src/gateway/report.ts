/** The outcome of a scenario as text: one table line for each expectation. */
import type { ExpectationResult, ScenarioResult } from '../scenarios/index.ts'

const HEADINGS = ['', 'row', 'region', 'command', 'expected', 'actual']

/** A heading and a table; columns are as wide as their longest line. Replies of several lines take several lines. */
export function formatResult(result: ScenarioResult): string {
  const rows = [HEADINGS, ...result.results.map(cellsOf)].map((row) => row.map((cell) => cell.split('\n')))
  const widths = HEADINGS.map((_, i) => Math.max(...rows.flatMap((row) => (row[i] ?? []).map(widthOf))))
  const table = rows.flatMap((row) => {
    const height = Math.max(...row.map((cell) => cell.length))
    return Array.from({ length: height }, (_, line) =>
      row
        .map((cell, i) => padded(cell[line] ?? '', widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
  })
  return [`${result.file}: ${result.title}`, ...table.map((line) => `  ${line}`), ''].join('\n')
}

export function formatSummary(results: readonly ScenarioResult[], unreadable: number): string {
  const all = results.flatMap((result) => result.results)
  const failed = all.filter((result) => !result.passed).length
  const parts = [`${counted(results.length, 'scenario')}: ${all.length - failed} passed, ${failed} failed`]
  if (unreadable > 0) parts.push(`${counted(unreadable, 'file')} not run`)
  return parts.join('; ')
}

function cellsOf({ passed, row, region, command, expected, actual }: ExpectationResult): string[] {
  return [passed ? 'ok' : 'FAILED', row, region === null ? '–' : String(region), command, expected, actual]
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - widthOf(text))
}

function widthOf(text: string): number {
  return Array.from(text).length
}
