/** What is shown of the timeline: which pattern, key, command and text, which regions, and whether runs of local events are folded. */
import { useId, useMemo } from 'react'
import {
  asksFor,
  filterChoices,
  laneName,
  NO_FILTER,
  PATTERNS,
  type PatternName,
  type Timeline,
  type TimelineFilter,
} from '../../app/index.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import styles from './FilterBar.module.css'

const MOST_CHOICES = 200

interface Props {
  readonly timeline: Timeline
  readonly version: number
  readonly filter: TimelineFilter
  readonly onFilter: (filter: TimelineFilter) => void
  readonly collapse: boolean
  readonly onCollapse: (collapse: boolean) => void
  /** How many events match. */
  readonly shown: number
}

export function FilterBar({ timeline, version, filter, onFilter, collapse, onCollapse, shown }: Props) {
  const id = useId()
  const choices = useMemo(() => {
    void version
    return filterChoices(timeline, MOST_CHOICES)
  }, [timeline, version])
  const change = (part: Partial<TimelineFilter>) => onFilter({ ...filter, ...part })
  const toggle = (region: number) => {
    const hidden = new Set(filter.hidden)
    if (!hidden.delete(region)) hidden.add(region)
    change({ hidden })
  }
  const isNarrowed = asksFor(filter) || filter.hidden.size > 0
  const shownLanes = timeline.lanes.length - filter.hidden.size
  return (
    <form className={styles.bar} aria-label="Filter the timeline" onSubmit={(event) => event.preventDefault()}>
      <label className={styles.field}>
        <span>Pattern</span>
        <select
          className="field"
          value={filter.pattern ?? ''}
          onChange={({ target }) => change({ pattern: target.value === '' ? null : (target.value as PatternName) })}
        >
          <option value="">Any event</option>
          {Object.entries(PATTERNS).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {(['key', 'command', 'text'] as const).map((name) => (
        <label key={name} className={styles.field}>
          <span>{FIELDS[name]}</span>
          <input
            className="field"
            value={filter[name]}
            onChange={({ target }) => change({ [name]: target.value })}
            list={name === 'text' ? undefined : `${id}-${name}`}
            placeholder="any"
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
          />
        </label>
      ))}
      <datalist id={`${id}-key`}>
        {choices.keys.map((key) => (
          <option key={key}>{key}</option>
        ))}
      </datalist>
      <datalist id={`${id}-command`}>
        {choices.commands.map((command) => (
          <option key={command}>{command}</option>
        ))}
      </datalist>
      <fieldset className={styles.regions}>
        <legend className="visually-hidden">Shown regions</legend>
        {timeline.lanes.map(({ region }) => (
          <label key={region} className={styles.check}>
            <input
              type="checkbox"
              checked={!filter.hidden.has(region)}
              disabled={shownLanes === 1 && !filter.hidden.has(region)}
              onChange={() => toggle(region)}
            />
            <RegionMark region={region} /> {laneName(timeline, region)}
          </label>
        ))}
        <label className={styles.check}>
          <input type="checkbox" checked={collapse} onChange={({ target }) => onCollapse(target.checked)} />
          Fold local runs
        </label>
      </fieldset>
      <output className={styles.count}>
        {filter.pattern && <span>{PATTERNS[filter.pattern].explanation} </span>}
        {isNarrowed && `${shown.toLocaleString('en')} of ${timeline.events.length.toLocaleString('en')} events`}
      </output>
      {isNarrowed && (
        <button className="button" type="button" onClick={() => onFilter(NO_FILTER)}>
          Show all
        </button>
      )}
    </form>
  )
}

const FIELDS = { key: 'Key', command: 'Command', text: 'Text' }
