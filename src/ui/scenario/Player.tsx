/** The chosen scenario: its prose, its rows with the present one marked, and how each expectation turned out. */
import { useEffect, useRef } from 'react'
import type { Block, Command, ExpectationResult, Row, Scenario } from '../../scenarios/index.ts'
import { usePage, useScenario } from '../hooks.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import { ScrollBox } from '../parts/ScrollBox.tsx'
import { Prose } from './Prose.tsx'
import styles from './Player.module.css'

export function Player({ scenario }: { readonly scenario: Scenario }) {
  const { scenario: play } = usePage()
  const { rows, played, results, done, playing } = useScenario()
  const failed = results.filter((result) => !result.passed).length
  return (
    <div className={styles.player}>
      <div className={styles.controls}>
        <h2 className={styles.title}>{scenario.title}</h2>
        <button
          className="button"
          type="button"
          data-tone="ink"
          disabled={playing || done}
          onClick={() => void play.step()}
        >
          Next step
        </button>
        <button className="button" type="button" disabled={playing || done} onClick={() => void play.playAll()}>
          Play all
        </button>
        <button className="button" type="button" onClick={() => void play.reset()}>
          Reset
        </button>
        <output className={styles.progress}>
          {played} of {rows.length} rows
          {results.length > 0 && (
            <span data-failed={failed > 0}>
              {' · '}
              {failed > 0 ? `✕ ${failed} not as expected` : `✓ ${results.length} as expected`}
            </span>
          )}
        </output>
      </div>
      <div className={styles.scroller}>
        {scenario.blocks.map((block, i) =>
          block.kind === 'text' ? (
            <Prose key={i} text={block.text} />
          ) : (
            <Table key={i} block={block} current={rows[played]} done={rows.slice(0, played)} results={results} />
          ),
        )}
      </div>
    </div>
  )
}

interface TableProps {
  readonly block: Extract<Block, { kind: 'table' }>
  readonly current: Row | undefined
  readonly done: readonly Row[]
  readonly results: readonly ExpectationResult[]
}

function Table({ block, current, done, results }: TableProps) {
  const currentRow = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    currentRow.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <ScrollBox className={styles.tableBox} label={`Steps from line ${block.rows[0]?.place.line ?? 0}`}>
      <table className={styles.table}>
        <thead>
          <tr>
            {block.columns.map((column, i) => (
              <th key={i} scope="col">
                {column.kind === 'region' && <RegionMark region={column.region} size={10} />} {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row) => {
            const state = row === current ? 'current' : done.includes(row) ? 'done' : 'ahead'
            return (
              <tr
                key={row.place.line}
                ref={row === current ? currentRow : undefined}
                data-state={state}
                aria-current={state === 'current' ? 'step' : undefined}
              >
                {row.kind === 'control' ? (
                  <ControlCells row={row} columns={block.columns} results={results} />
                ) : (
                  block.columns.map((column, i) => (
                    <td key={i}>
                      {column.kind === 'time' && row.time}
                      {column.kind === 'note' && row.notes[column.title]}
                      {column.kind === 'region' &&
                        row.cells[column.region - 1]?.map((command, j) => (
                          <CommandText key={j} command={command} region={column.region} results={results} />
                        ))}
                    </td>
                  ))
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollBox>
  )
}

interface ControlProps {
  readonly row: Extract<Row, { kind: 'control' }>
  readonly columns: TableProps['block']['columns']
  readonly results: readonly ExpectationResult[]
}

function ControlCells({ row, columns, results }: ControlProps) {
  const time = columns.some((column) => column.kind === 'time')
  const notes = columns.filter((column) => column.kind === 'note')
  const result = results.find((each) => each.region === null && each.place.line === row.place.line)
  return (
    <>
      {time && <td>{row.time}</td>}
      <td colSpan={columns.length - notes.length - (time ? 1 : 0)} className={styles.control}>
        — {row.line} — {result && <Verdict result={result} />}
      </td>
      {notes.map((column) => (
        <td key={column.title}>{row.notes[column.title]}</td>
      ))}
    </>
  )
}

interface CommandProps {
  readonly command: Command
  readonly region: number
  readonly results: readonly ExpectationResult[]
}

function CommandText({ command, region, results }: CommandProps) {
  const result = results.find(
    (each) =>
      each.region === region &&
      each.place.line === command.place.line &&
      each.place.column === command.place.column &&
      each.command === command.text,
  )
  return (
    <div className={styles.command}>
      <code>{command.text}</code>
      {command.expected !== undefined && (
        <div className={styles.expected}>
          → <code>{command.expected}</code> {result && <Verdict result={result} />}
        </div>
      )}
      {result && command.expected === undefined && <Verdict result={result} />}
    </div>
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
