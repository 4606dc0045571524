/** The regions' terminals, one below the other, beyond three side by side as the place allows; on a phone one at a time, with tabs. */
import { useState } from 'react'
import { linksOf, regionsInPlace, regionState, regionStateText, type Link, regionColor } from '../../app/index.ts'
import type { RegionStatus } from '../../simulation/index.ts'
import { usePlayground } from '../hooks.ts'
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx'
import { RegionMark } from '../parts/RegionMark.tsx'
import { Terminal } from './Terminal.tsx'
import styles from './TerminalGrid.module.css'

const MOST_STACKED = 3

interface Props {
  readonly theme: 'light' | 'dark'
  readonly narrow: boolean
}

export function TerminalGrid({ theme, narrow }: Props) {
  const session = usePlayground((state) => state.session)
  const status = usePlayground((state) => state.status)
  const names = usePlayground((state) => state.settings.regions)
  /** By name: a region that comes back under a new id keeps its place. */
  const [front, setFront] = useState('')
  const regions: readonly (Pick<RegionStatus, 'id' | 'name'> & Partial<RegionStatus>)[] = status
    ? regionsInPlace(status.regions)
    : names.map((name, i) => ({ id: i + 1, name }))
  const links = linksOf(status?.links ?? [])
  const shown = (regions.find(({ name }) => name === front) ?? regions[0])?.id
  const statusOf = (id: number | undefined) => status?.regions.find((region) => region.id === id)
  return (
    <div className={styles.grid} data-many={!narrow && regions.length > MOST_STACKED}>
      {narrow && (
        <fieldset className={styles.switcher} aria-label="Which region's terminal is shown">
          {regions.map((region) => (
            <button
              key={region.id}
              className="button"
              type="button"
              aria-pressed={region.id === shown}
              onClick={() => setFront(region.name)}
            >
              <RegionMark region={region.id} /> {region.name}
            </button>
          ))}
          <RegionNews region={statusOf(shown)} links={links} />
        </fieldset>
      )}
      {regions.map((region) => (
        <section
          key={`${session}-${region.id}`}
          className={styles.cell}
          aria-label={`${region.name}, terminal`}
          hidden={narrow && region.id !== shown}
          style={{ '--own': regionColor(region.id) }}
        >
          {!narrow && (
            <header className={styles.head}>
              <RegionMark region={region.id} />
              <h2>{region.name}</h2>
              <RegionNews region={statusOf(region.id)} links={links} />
            </header>
          )}
          <ErrorBoundary panel={`The terminal of ${region.name}`}>
            <Terminal region={region.id} name={region.name} theme={theme} narrow={narrow} />
          </ErrorBoundary>
        </section>
      ))}
    </div>
  )
}

interface NewsProps {
  readonly region: RegionStatus | undefined
  readonly links: readonly Link[]
}

/** What is out of the ordinary about a region; nothing when all is well. */
function RegionNews({ region, links }: NewsProps) {
  if (!region) return null
  const state = regionState(region, links)
  if (state === 'joining') return <span className={styles.state}>{regionStateText(state)}</span>
  if (state !== 'serving')
    return (
      <span className={styles.state} data-cut="">
        {regionStateText(state)}
      </span>
    )
  const own = links.filter((link) => link.a === region.id || link.b === region.id)
  const cut = own.filter((link) => !link.up).length
  if (cut === 0) return null
  return (
    <span className={styles.state} data-cut="">
      {cut} of {own.length} links {own.some((link) => link.cut) ? 'cut' : 'down'}
    </span>
  )
}
