/** From a raw table to rows of steps: cells to commands, dashed cells to control lines, `the same` to what it stands for. */
import { type DraftCommand, parseCellLines, quoted } from './cell-commands.ts'
import { cellLines } from './cell-text.ts'
import { controlOfCell } from './control-text.ts'
import type { RawCell, RawTable } from './raw-table.ts'
import { controlMistake, type Reader } from './reader.ts'
import { rowTime } from './settings.ts'
import type { Column, Command, Row } from './scenario.ts'

const SAME = /^(?:\(?the )?same\)?\.?$/i

/** `columns` are the table's, `timed`: its times say when the rows begin; problems go to the reader. A row that holds one is left out. */
export function readRows(
  reader: Reader,
  table: RawTable,
  columns: readonly Column[],
  regions: readonly string[],
  timed: boolean,
): Row[] {
  checkHeader(reader, table, columns, regions)
  const rows: Row[] = []
  table.rows.forEach((cells, index) => {
    const place = cells[0]?.place ?? table.place
    const extra = cells[columns.length]
    if (extra !== undefined && extra.text !== '') {
      reader.problem(
        extra.place,
        `expected ${columns.length} cells as in the heading, found ${cells.length}; write \\| for a pipe that is text`,
      )
    }
    let time = `t${index + 1}`
    const notes: Record<string, string> = {}
    const regionCells: { region: number; cell: RawCell; lines: string[] }[] = []
    columns.forEach((column, i) => {
      const cell = cells[i] ?? { text: '', place }
      const lines = cellLines(cell.text)
      if (column.kind === 'region') regionCells.push({ region: column.region, cell, lines })
      else if (column.kind === 'note') notes[column.title] = lines.join('\n')
      else time = lines.join(' ') || time
    })
    const atMs = timed ? rowTime(time) : undefined
    if (timed && atMs === undefined)
      reader.problem(place, `expected the time at which the row begins, such as 2.5s, found ${quoted(time)}`)
    const base = { place, time, atMs, notes }
    const controls = regionCells.map(({ lines }) => controlOfCell(lines, regions))
    const line = controls.find((control) => control !== undefined)
    if (line === undefined)
      rows.push({ kind: 'commands', ...base, cells: readCells(reader, regionCells, regions.length) })
    else {
      regionCells.forEach(({ cell, lines }, i) => {
        if (lines.length > 0 && controls[i] !== line) {
          reader.problem(
            cell.place,
            `expected an empty cell, or the control line of this row again (${line}), found ${quoted(cell.text)}`,
          )
        }
      })
      const wrong = controlMistake(line, regions)
      if (wrong !== undefined) {
        reader.problem(regionCells[controls.indexOf(line)]?.cell.place ?? place, `${quoted(line)}: ${wrong}`)
      }
      rows.push({ kind: 'control', ...base, line })
    }
  })
  return rows
}

function checkHeader(reader: Reader, table: RawTable, columns: readonly Column[], regions: readonly string[]): void {
  const seen = new Set<number>()
  columns.forEach((column, i) => {
    if (column.kind !== 'region') return
    const place = table.header[i]?.place ?? table.place
    if (column.region > regions.length) {
      reader.problem(
        place,
        `expected a region between 1 and ${regions.length}, found the heading ${quoted(column.title)}`,
      )
    }
    if (seen.has(column.region))
      reader.problem(place, `expected one column per region, found region ${column.region} again`)
    seen.add(column.region)
  })
}

function readCells(
  reader: Reader,
  regionCells: readonly { region: number; cell: RawCell; lines: string[] }[],
  count: number,
): Command[][] {
  const cells: Command[][] = Array.from({ length: count }, () => [])
  let left: readonly DraftCommand[] | undefined
  for (const { region, cell, lines } of regionCells) {
    const drafts = draftsOfCell(reader, cell, lines, left)
    left = drafts
    cells[region - 1] = drafts.flatMap(({ text, expected }) => reader.command(text, expected, cell.place) ?? [])
  }
  return cells
}

function draftsOfCell(
  reader: Reader,
  cell: RawCell,
  lines: readonly string[],
  left: readonly DraftCommand[] | undefined,
): readonly DraftCommand[] {
  const nothingToRepeat = () => {
    reader.problem(cell.place, 'expected commands: there is nothing to the left that could be ‘the same’')
    return []
  }
  if (lines.length === 1 && SAME.test(lines[0] ?? '')) return left?.length ? left : nothingToRepeat()
  const parsed = parseCellLines(lines)
  if (!parsed.ok) {
    reader.problem(cell.place, parsed.error)
    return []
  }
  return parsed.commands.map((command, i) => {
    if (!SAME.test(command.expected ?? '')) return command
    const expected = left?.[i]?.expected
    if (expected === undefined) nothingToRepeat()
    return { text: command.text, expected }
  })
}
