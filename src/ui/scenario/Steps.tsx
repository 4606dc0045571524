/** A scenario's table with the present row marked, and how each expectation turned out. In narrow places remarks stand below their row, and three or more regions below one another. */
import { resultOfControl, resultsOfRow } from '../../app/index.ts'
import type { Block, Column, Command, ExpectationResult, Row } from '../../scenarios/index.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import { ScrollBox } from '../parts/ScrollBox.tsx'
import styles from './Steps.module.css'

interface Props {
  readonly block: Extract<Block, { kind: 'table' }>
  readonly current: Row | undefined
  readonly done: readonly Row[]
  readonly results: readonly ExpectationResult[]
  /** Replies and remarks of rows ahead are not told yet. */
  readonly veiled: boolean
}

export function Steps({ block, current, done, results, veiled }: Props) {
  const regions = block.columns.filter((column) => column.kind === 'region').length
  const isStacked = regions > 2
  const lead = block.columns.some((column) => column.kind === 'time') ? '3.6em ' : ''
  return (
    <ScrollBox className={styles.tableBox} label={`Steps from line ${block.rows[0]?.place.line ?? 0}`}>
      <table
        className={styles.table}
        data-stacked={isStacked}
        style={{ '--columns': `${lead}repeat(${isStacked ? 1 : regions}, minmax(0, 1fr))` }}
      >
        <thead>
          <tr>
            {block.columns.map((column, i) => (
              <th key={i} scope="col" data-kind={column.kind}>
                {column.kind === 'region' && <RegionMark region={column.region} size={10} />} {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row) => {
            const state = row === current ? 'current' : done.includes(row) ? 'done' : 'ahead'
            return (
              <tr key={row.place.line} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
                <Cells row={row} columns={block.columns} results={results} veiled={veiled && state !== 'done'} />
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollBox>
  )
}

interface CellsProps {
  readonly row: Row
  readonly columns: readonly Column[]
  readonly results: readonly ExpectationResult[]
  readonly veiled: boolean
}

function Cells({ row, columns, results, veiled }: CellsProps) {
  const ofRow = resultsOfRow(row, results)
  const ofControl = resultOfControl(row, results)
  const regions = columns.filter((column) => column.kind === 'region')
  return columns.map((column, i) => {
    if (column.kind === 'time')
      return (
        <td key={i} data-kind="time">
          {row.time}
        </td>
      )
    if (column.kind === 'note')
      return (
        <td key={i} data-kind="note">
          {veiled ? '' : row.notes[column.title]}
        </td>
      )
    if (row.kind === 'control') {
      if (column !== regions[0]) return null
      return (
        <td key={i} data-kind="control" colSpan={regions.length} className={styles.control}>
          — {row.line} — {ofControl && <Verdict result={ofControl} />}
        </td>
      )
    }
    const commands = row.cells[column.region - 1] ?? []
    return (
      <td key={i} data-kind="region">
        {commands.length > 0 && (
          <span className={styles.where} aria-hidden="true">
            <RegionMark region={column.region} size={10} /> {column.title}
          </span>
        )}
        {commands.map((command, j) => (
          <CommandText key={j} command={command} result={ofRow.get(command)} veiled={veiled} />
        ))}
      </td>
    )
  })
}

interface CommandProps {
  readonly command: Command
  readonly result: ExpectationResult | undefined
  readonly veiled: boolean
}

function CommandText({ command, result, veiled }: CommandProps) {
  return (
    <div className={styles.command}>
      <code>{command.text}</code>
      {command.expected !== undefined && (
        <div className={styles.expected}>
          → {veiled ? <Unknown /> : <code>{command.expected}</code>} {result && <Verdict result={result} />}
        </div>
      )}
      {result && command.expected === undefined && <Verdict result={result} />}
    </div>
  )
}

function Unknown() {
  return (
    <>
      <span aria-hidden="true">?</span>
      <span className="visually-hidden">not told yet</span>
    </>
  )
}

function Verdict({ result }: { readonly result: ExpectationResult }) {
  if (result.passed) {
    return (
      <span className={styles.passed}>
        <span aria-hidden="true">✓</span>
        <span className="visually-hidden">as expected</span>
      </span>
    )
  }
  return (
    <span className={styles.failed}>
      ✕ <span className="visually-hidden">not as expected: </span>
      <code>{result.actual}</code>
    </span>
  )
}
