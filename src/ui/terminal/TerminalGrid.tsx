/** The regions' terminals, one below the other, beyond three side by side as the place allows; on a phone one at a time, with tabs. */
import { lazy, Suspense, useEffect, useState } from 'react'
import { linksOf, regionsInPlace, regionState, regionStateText, type Link, regionColor } from '../../app/index.ts'
import type { RegionStatus } from '../../simulation/index.ts'
import { usePage, usePlayground, useTerminals } from '../hooks.ts'
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx'
import { RegionMark } from '../parts/RegionMark.tsx'
import { Terminal } from './Terminal.tsx'
import styles from './TerminalGrid.module.css'

// A terminal is usable before these are here.
const Composer = lazy(async () => ({ default: (await import('./tools/Composer.tsx')).Composer }))
const TerminalMenu = lazy(async () => ({ default: (await import('./tools/TerminalMenu.tsx')).TerminalMenu }))

const MOST_STACKED = 3

interface Props {
  readonly theme: 'light' | 'dark'
  readonly narrow: boolean
}

export function TerminalGrid({ theme, narrow }: Props) {
  const session = usePlayground((state) => state.session)
  const status = usePlayground((state) => state.status)
  const names = usePlayground((state) => state.settings.regions)
  const { terminals } = usePage()
  const { front, alone } = useTerminals()
  const one = narrow || alone
  const regions: readonly (Pick<RegionStatus, 'id' | 'name'> & Partial<RegionStatus>)[] = status
    ? regionsInPlace(status.regions)
    : names.map((name, i) => ({ id: i + 1, name }))
  const links = linksOf(status?.links ?? [])
  const shown = regions.find(({ name }) => name === front) ?? regions[0]
  const statusOf = (id: number | undefined) => status?.regions.find((region) => region.id === id)
  /** Those beyond the first come one a frame, so that many do not keep the first waiting. */
  const [ready, setReady] = useState(MOST_STACKED)
  useEffect(() => {
    if (ready >= regions.length) return
    const timer = setTimeout(() => setReady(ready + 1), 16)
    return () => clearTimeout(timer)
  }, [ready, regions.length])
  const menu = ({ id, name }: { readonly id: number; readonly name: string }) => (
    <Suspense fallback={null}>
      <TerminalMenu region={id} name={name} roomy={!narrow} />
    </Suspense>
  )
  return (
    <div className={styles.terminals}>
      {one && (
        <div className={styles.switcher}>
          <fieldset className={styles.choices} data-roomy={!narrow} aria-label="Which region's terminal is shown">
            {!narrow && (
              <button className="button" type="button" onClick={() => terminals.setState({ alone: false })}>
                All
              </button>
            )}
            {regions.map((region) => (
              <button
                key={region.id}
                className="button"
                type="button"
                aria-pressed={region === shown}
                onClick={() => terminals.setState({ front: region.name })}
              >
                <RegionMark region={region.id} /> {region.name}
              </button>
            ))}
          </fieldset>
          <RegionNews region={statusOf(shown?.id)} links={links} />
          {shown && menu(shown)}
        </div>
      )}
      <div className={styles.grid} data-many={!one && regions.length > MOST_STACKED}>
        {regions.map((region, i) => (
          <section
            key={`${session}-${region.id}`}
            className={styles.cell}
            aria-label={`${region.name}, terminal`}
            hidden={one && region !== shown}
            style={{ '--own': regionColor(region.id) }}
          >
            {!one && (
              <header className={styles.head}>
                <RegionMark region={region.id} />
                <h2>{region.name}</h2>
                <RegionNews region={statusOf(region.id)} links={links} />
                {menu(region)}
              </header>
            )}
            <ErrorBoundary panel={`The terminal of ${region.name}`}>
              {i < ready && <Terminal region={region.id} name={region.name} theme={theme} narrow={narrow} />}
            </ErrorBoundary>
          </section>
        ))}
      </div>
      <div className={styles.composer}>
        <Suspense fallback={null}>
          <Composer all={regions} front={shown?.id} />
        </Suspense>
      </div>
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
