/** The timeline with its tools: diagram or table, zoom, housekeeping messages, and the details of what is selected. */
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { arrivalsOf, asksFor, NO_FILTER, viewOf } from '../../app/index.ts'
import { usePage, usePlayground } from '../hooks.ts'
import { Details } from './Details.tsx'
import { Diagram } from './Diagram.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { FilterBar } from './FilterBar.tsx'
import styles from './TimelinePanel.module.css'

const TimelineTable = lazy(async () => ({ default: (await import('./TimelineTable.tsx')).TimelineTable }))

const LEAST_ZOOM = 0.2
const MOST_ZOOM = 8

/** `titled`: no tab above it says what it is. */
export function TimelinePanel({ titled }: { readonly titled: boolean }) {
  const { playground } = usePage()
  const timeline = usePlayground((state) => state.timeline)
  const version = usePlayground((state) => state.timelineVersion)
  const status = usePlayground((state) => state.status)
  const selectedId = usePlayground((state) => state.selected)
  const [view, setView] = useState<'diagram' | 'table'>('diagram')
  const [zoom, setZoom] = useState(1)
  const [housekeeping, setHousekeeping] = useState(false)
  const selected = selectedId === null ? null : (timeline.events[selectedId] ?? null)

  const [filtering, setFiltering] = useState(false)
  const [filter, setFilter] = useState(NO_FILTER)
  const [collapse, setCollapse] = useState(false)
  const shown = useMemo(() => {
    void version
    return viewOf(timeline, filter, collapse, selectedId)
  }, [timeline, version, filter, collapse, selectedId])
  const isNarrowed = asksFor(filter) || filter.hidden.size > 0 || collapse

  const onZoom = useCallback(
    (factor: number) => setZoom((before) => Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, before * factor))),
    [],
  )

  const arrivals = useMemo(() => arrivalsOf(status), [status])
  const now = status?.now ?? 0
  const pictured = { timeline, view: shown, hidden: filter.hidden, housekeeping, selected, now, arrivals }

  return (
    <div className={styles.panel}>
      <div className={styles.tools}>
        <h2 className={titled ? styles.title : 'visually-hidden'}>Timeline</h2>
        <button
          className="button"
          type="button"
          aria-expanded={filtering}
          data-narrowed={isNarrowed || undefined}
          onClick={() => setFiltering(!filtering)}
        >
          Filter{isNarrowed && ' · on'}
        </button>
        <label className={styles.check}>
          <input type="checkbox" checked={housekeeping} onChange={(event) => setHousekeeping(event.target.checked)} />
          Acks
        </label>
        {view === 'diagram' && (
          <span className={styles.pair}>
            <button
              className="button"
              type="button"
              data-tone="plain"
              aria-label="Zoom out"
              onClick={() => onZoom(0.8)}
            >
              −
            </button>
            <button
              className="button"
              type="button"
              data-tone="plain"
              aria-label="Zoom in"
              onClick={() => onZoom(1.25)}
            >
              +
            </button>
          </span>
        )}
        <ExportMenu pictured={pictured} />
        <button
          className="button"
          type="button"
          aria-pressed={view === 'table'}
          onClick={() => setView(view === 'table' ? 'diagram' : 'table')}
        >
          Table
        </button>
      </div>
      {filtering && (
        <FilterBar
          {...{ timeline, version, filter, collapse }}
          onFilter={setFilter}
          onCollapse={setCollapse}
          shown={shown.events.length + shown.runs.reduce((sum, run) => sum + run.count, 0)}
        />
      )}
      <div className={styles.view}>
        {view === 'table' ? (
          <Suspense fallback={<p className={styles.empty}>Loading the table …</p>}>
            <TimelineTable
              timeline={timeline}
              view={shown}
              hidden={filter.hidden}
              version={version}
              housekeeping={housekeeping}
            />
          </Suspense>
        ) : (
          <Diagram
            timeline={timeline}
            view={shown}
            hidden={filter.hidden}
            version={version}
            status={status}
            arrivals={arrivals}
            selected={selected}
            onSelect={playground.select}
            zoom={zoom}
            onZoom={onZoom}
            housekeeping={housekeeping}
          />
        )}
        {view === 'diagram' && timeline.rows.length === 0 && (
          <div className={styles.empty}>
            <p>Nothing has happened yet.</p>
            <p className="quiet">
              Commands you type appear here, one lane for each region, and so does every message that carries a write to
              another region.
            </p>
          </div>
        )}
      </div>
      {selected && <Details timeline={timeline} event={selected} version={version} onSelect={playground.select} />}
    </div>
  )
}
