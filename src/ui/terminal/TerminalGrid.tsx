/** The regions' terminals, one below the other; on a phone one at a time, with tabs. */
import { useState } from 'react'
import { linksOf, type Link } from '../../app/index.ts'
import { usePlayground } from '../hooks.ts'
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx'
import { RegionMark, regionColor } from '../parts/RegionMark.tsx'
import { Terminal } from './Terminal.tsx'
import styles from './TerminalGrid.module.css'

interface Props {
  readonly theme: 'light' | 'dark'
  readonly narrow: boolean
}

export function TerminalGrid({ theme, narrow }: Props) {
  const session = usePlayground((state) => state.session)
  const status = usePlayground((state) => state.status)
  const names = usePlayground((state) => state.settings.regions)
  const [front, setFront] = useState(1)
  const regions = status?.regions ?? names.map((name, i) => ({ id: i + 1, name, synced: true, restarts: 0 }))
  const links = linksOf(status?.links ?? [])
  const shown = regions.some((region) => region.id === front) ? front : 1
  return (
    <div className={styles.grid} data-count={regions.length}>
      {narrow && (
        <fieldset className={styles.switcher} aria-label="Which region's terminal is shown">
          {regions.map((region) => (
            <button
              key={region.id}
              className="button"
              type="button"
              aria-pressed={region.id === shown}
              onClick={() => setFront(region.id)}
            >
              <RegionMark region={region.id} /> {region.name}
            </button>
          ))}
          <RegionState region={shown} synced={regions.find(({ id }) => id === shown)?.synced ?? true} links={links} />
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
              <RegionState region={region.id} synced={region.synced} links={links} />
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

interface StateProps {
  readonly region: number
  readonly synced: boolean
  readonly links: readonly Link[]
}

function RegionState({ region, synced, links }: StateProps) {
  const own = links.filter((link) => link.a === region || link.b === region)
  const cut = own.filter((link) => !link.up).length
  if (!synced) return <span className={styles.state}>waiting for its first sync, read-only until then</span>
  if (cut === 0) return null
  return (
    <span className={styles.state} data-cut="">
      {cut === own.length ? 'cut off' : `${cut} of ${own.length} links cut`}
    </span>
  )
}
