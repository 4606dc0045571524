/** Every case, grouped by what it is about, with a search over titles, commands, rules and prose. */
import { useEffect, useId, useMemo, useRef } from 'react'
import { findCases, readCases, type Case, type FoundCase, type Score } from '../../app/index.ts'
import { RULES } from '../../engine/index.ts'
import type { CatalogueEntry } from '../../scenarios/index.ts'
import { scrollWithin } from '../parts/scroll-within.ts'
import styles from './CaseList.module.css'

interface Props {
  readonly catalogue: readonly CatalogueEntry[]
  readonly scores: Readonly<Record<string, Score>>
  /** A name in the address that no case has. */
  readonly unknown: string | null
  readonly search: CaseSearch
  readonly onSearch: (search: CaseSearch) => void
  /** The case that was looked at last: whoever comes back from it finds the place again. */
  readonly last: string | null
  readonly onChoose: (id: string) => void
}

export interface CaseSearch {
  readonly query: string
  readonly group: string | null
}

export function CaseList({ catalogue, scores, unknown, search, onSearch, last, onChoose }: Props) {
  const { query, group } = search
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const entry = last === null ? null : list.current?.querySelector<HTMLElement>(`[data-case="${CSS.escape(last)}"]`)
    if (!list.current || !entry) return
    scrollWithin(list.current, entry, 'center')
    // The way back was a button that is no longer there.
    if (document.activeElement === document.body) entry.focus({ preventScroll: true })
  }, [last])
  const cases = useMemo(() => readCases(catalogue), [catalogue])
  const found = findCases(cases, query, group)
  const groups = [...new Set(catalogue.map((entry) => entry.group))]
  const [first] = found
  return (
    <div className={styles.gallery}>
      <search>
        <form
          className={styles.search}
          onSubmit={(event) => {
            event.preventDefault()
            if (query.trim() !== '' && first) onChoose(first.found.entry.id)
          }}
        >
          <input
            className="field"
            type="search"
            aria-label="Search the cases"
            placeholder="Word, command, rule"
            value={query}
            onChange={(event) => onSearch({ query: event.target.value, group })}
          />
          <select
            className="field"
            aria-label="Data type"
            value={group ?? ''}
            onChange={(event) => onSearch({ query, group: event.target.value || null })}
          >
            <option value="">All types</option>
            {groups.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
          <output className={styles.count}>
            {found.length === cases.length ? `${cases.length} cases` : `${found.length} of ${cases.length} cases`}
          </output>
        </form>
      </search>
      <div ref={list} className={styles.list}>
        {unknown !== null && (
          <output className={styles.unknown}>No case is called “{unknown}”. Here are all there are.</output>
        )}
        {found.length === cases.length && (
          <p className="quiet">Documented cases to watch row by row. Each starts a fresh session in the terminals.</p>
        )}
        {found.length === 0 && <p className="quiet">No case has all these words.</p>}
        <div className={styles.groups}>
          {groups.map((each) => (
            <Group
              key={each}
              group={each}
              found={found.filter(({ found: { entry } }) => entry.group === each)}
              scores={scores}
              onChoose={onChoose}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

interface GroupProps {
  readonly group: string
  readonly found: readonly FoundCase[]
  readonly scores: Props['scores']
  readonly onChoose: Props['onChoose']
}

function Group({ group, found, scores, onChoose }: GroupProps) {
  const id = useId()
  if (found.length === 0) return null
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 id={id} className="eyebrow">
        {group}
      </h2>
      <ul>
        {found.map(({ found: each, excerpt }) => (
          <li key={each.entry.id} className={styles.item}>
            <button
              type="button"
              className={styles.entry}
              data-case={each.entry.id}
              onClick={() => onChoose(each.entry.id)}
            >
              <Title {...each} />
            </button>
            <Marks rules={each.rules} score={scores[each.entry.id]} />
            {excerpt !== null && <p className={styles.excerpt}>{excerpt}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** "Strings: the last write wins" under the heading "Strings": the group is there to be heard, and not seen twice. */
function Title({ entry, name }: Case) {
  if (name === entry.title) return name
  return (
    <>
      <span className="visually-hidden">{entry.title.slice(0, -name.length)}</span>
      <span className={styles.rest}>{name}</span>
    </>
  )
}

function Marks({ rules, score }: { readonly rules: Case['rules']; readonly score: Score | undefined }) {
  return (
    <span className={styles.marks}>
      {score && (
        <span className={styles.score} data-all={score.right === score.of}>
          <span className="visually-hidden">predicted </span>
          {score.right}/{score.of}
        </span>
      )}
      {rules.map((rule) => (
        <abbr key={rule} title={RULES[rule].title}>
          {rule}
        </abbr>
      ))}
    </span>
  )
}
