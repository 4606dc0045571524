import { memo, type KeyboardEvent } from 'react'
import {
  clockText,
  KEYS_PER_PAGE,
  type KeyLine,
  type KeysPage,
  type KeysState,
  type KeysView,
  type Verdict,
} from '../../app/index.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import styles from './KeyList.module.css'

interface Props {
  readonly view: KeysView
  readonly state: KeysState
  readonly hidden: boolean
}

export function KeyList({ view, state, hidden }: Props) {
  const { looked, regions, pattern, unsettled, settled } = state
  const hasKeys = regions.some(({ headers }) => headers !== null && headers > 0)
  const nothingFound = unsettled.lines.length + settled.lines.length === 0 && settled.page === 0
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys are a short cut; every row is a button of its own
    <div className={styles.list} hidden={hidden} onKeyDown={walk}>
      <header className={styles.head}>
        <input
          type="search"
          className="field mono"
          aria-label="Find keys"
          placeholder="Find: user:*  or part of a name"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={pattern}
          onChange={(event) => view.find(event.target.value)}
        />
        <p className={styles.counts} title="As DBSIZE counts, marks of deleted keys included (G8)">
          Keys
          {regions.map(({ id, name, headers }) => (
            <span key={id}>
              <RegionMark region={id} size={10} />
              <span className="visually-hidden">{name}: </span>
              {headers === null ? 'off' : headers.toLocaleString('en')}
            </span>
          ))}
        </p>
      </header>
      {looked && nothingFound && (
        <p className={styles.nothing}>
          {hasKeys ? (
            'No key matches.'
          ) : (
            <>
              No keys yet. <code>SET k v</code> in a terminal makes one.
            </>
          )}
        </p>
      )}
      {unsettled.total > 0 && (
        <Group
          title="Not everywhere yet"
          count={`${unsettled.total.toLocaleString('en')}${unsettled.uncounted ? ' or more' : ''}`}
          list="unsettled"
          page={unsettled}
          view={view}
        />
      )}
      {(settled.lines.length > 0 || settled.page > 0) && (
        <Group
          title={unsettled.total > 0 || unsettled.uncounted ? 'The others' : 'The same in every region'}
          list="settled"
          page={settled}
          view={view}
        />
      )}
    </div>
  )
}

interface GroupProps {
  readonly title: string
  readonly count?: string
  readonly list: 'unsettled' | 'settled'
  readonly page: KeysPage
  readonly view: KeysView
}

function Group({ title, count, list, page: { lines, page, more }, view }: GroupProps) {
  const first = page * KEYS_PER_PAGE + 1
  return (
    <section aria-labelledby={`keys-${list}`}>
      <h2 id={`keys-${list}`} className={styles.title}>
        {title} {count !== undefined && <span className={styles.count}>{count}</span>}
      </h2>
      <ul>
        {lines.map((line) => (
          <li key={line.label}>
            <Row line={line} onOpen={view.openKey} />
          </li>
        ))}
      </ul>
      {(page > 0 || more) && (
        <p className={styles.pager}>
          <button className="button" type="button" disabled={page === 0} onClick={() => view.turn(list, -1)}>
            ← Before
          </button>
          <span>
            {lines.length === 0 ? 'none here' : `${first} to ${first + lines.length - 1}`}
            {more ? ', there are more' : ''}
          </span>
          <button className="button" type="button" disabled={!more} onClick={() => view.turn(list, 1)}>
            After →
          </button>
        </p>
      )}
    </section>
  )
}

export const VERDICTS: Readonly<Record<Verdict, readonly [sign: string, words: string]>> = {
  apart: ['≠', 'differs between regions'],
  alike: ['≈', 'reads the same, but a write is still under way'],
  same: ['=', 'the same in every region'],
}

/** More values than that are only counted. */
const MOST_READINGS = 4

interface RowProps {
  readonly line: KeyLine
  readonly onOpen: KeysView['openKey']
}

/** A line is the same object as long as it says the same. */
const Row = memo(function Row({ line, onOpen }: RowProps) {
  const { label, type, verdict, readings } = line
  const [sign, words] = VERDICTS[verdict]
  const left = readings.length - MOST_READINGS
  return (
    <button
      type="button"
      className={styles.row}
      data-key={label}
      data-verdict={verdict}
      onClick={() => onOpen(line.key)}
    >
      <span className={styles.sign} title={words}>
        <span aria-hidden="true">{sign}</span>
      </span>
      <span className={styles.name}>{label}</span>
      <span className="visually-hidden">, {words}, </span>
      <span className={styles.type}>{type}</span>
      <span className={styles.readings}>
        {readings.slice(0, MOST_READINGS).map(({ state, text, until, regions }) => (
          <span key={regions.join()} className={styles.reading}>
            <span className={styles.marks}>
              {regions.map((region) => (
                <RegionMark key={region} region={region} size={10} />
              ))}
            </span>
            {verdict !== 'same' && <span className="visually-hidden">in region {regions.join(' and ')}: </span>}
            <span className={styles.text} data-state={state}>
              {text}
            </span>
            {until !== null && <span className={styles.until}>until {clockText(until).slice(0, 8)}</span>}
          </span>
        ))}
        {left > 0 && <span className={styles.reading}>and {left} more</span>}
      </span>
    </button>
  )
})

/** Arrow keys go from row to row. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-key]')]
  const at = rows.findIndex((row) => row === document.activeElement)
  if (at === -1 && step === -1) return
  event.preventDefault()
  rows[at + step]?.focus()
}
