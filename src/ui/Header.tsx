/** The page's name, and what concerns the page as a whole: a new session, the theme, the screen-reader mode. */
import { useRef } from 'react'
import { FEWEST_REGIONS, MOST_REGIONS, type Theme } from '../app/index.ts'
import { usePage, usePreferences } from './hooks.ts'
import { PaletteButton } from './palette/PaletteButton.tsx'
import { RegionMark } from './parts/RegionMark.tsx'
import { ShareButton } from './share/ShareButton.tsx'
import { SyncBar } from './SyncBar.tsx'
import styles from './Header.module.css'

const THEMES: readonly { readonly id: Theme; readonly label: string }[] = [
  { id: 'system', label: 'as the system' },
  { id: 'light', label: 'light' },
  { id: 'dark', label: 'dark' },
]

export function Header() {
  const { startOver, preferences } = usePage()
  const { theme, screenReader } = usePreferences()
  const menu = useRef<HTMLDivElement>(null)
  const counts = Array.from({ length: MOST_REGIONS - FEWEST_REGIONS + 1 }, (_, i) => FEWEST_REGIONS + i)
  return (
    <header className={styles.header}>
      <h1 className={styles.name}>
        <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
          <path d="M9 4v24M23 4v24" className={styles.lanes} />
          <path d="M9 9l14 6M23 14 9 22" className={styles.links} />
          <circle cx="9" cy="9" r="3.5" fill="var(--region-1)" />
          <rect x="20" y="11" width="6.5" height="6.5" fill="var(--region-2)" />
        </svg>
        <span className={styles.word}>CRDB Playground</span>
      </h1>
      <SyncBar />
      <PaletteButton />
      <ShareButton />
      <button className="button" type="button" popoverTarget="page-menu">
        Session
      </button>
      <div ref={menu} id="page-menu" popover="auto" className={`popover ${styles.menu}`}>
        <section aria-labelledby="menu-new">
          <h2 id="menu-new" className="eyebrow">
            Start over with
          </h2>
          <div className={styles.choices}>
            {counts.map((count) => (
              <button
                key={count}
                className="button"
                type="button"
                aria-label={`Start over with ${count} regions`}
                onClick={() => {
                  startOver(count)
                  menu.current?.hidePopover()
                }}
              >
                {count}
              </button>
            ))}
            <span>regions</span>
          </div>
          <p className="quiet">What is in the regions now is dropped; terminal history stays.</p>
        </section>
        <section>
          <h2 className="eyebrow" id="menu-theme">
            Theme
          </h2>
          <fieldset className={styles.choices} aria-labelledby="menu-theme">
            {THEMES.map(({ id, label }) => (
              <button
                key={id}
                className="button"
                type="button"
                aria-pressed={theme === id}
                onClick={() => preferences.change({ theme: id })}
              >
                {label}
              </button>
            ))}
          </fieldset>
        </section>
        <section>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={screenReader}
              onChange={(event) => preferences.change({ screenReader: event.target.checked })}
            />
            Terminals speak to screen readers
          </label>
          <p className="quiet">In a terminal, press Escape and then Tab to leave it.</p>
        </section>
        <section aria-labelledby="menu-legend">
          <h2 id="menu-legend" className="eyebrow">
            Regions
          </h2>
          <p className={styles.legend}>
            {Array.from({ length: MOST_REGIONS }, (_, i) => i + 1).map((region) => (
              <span key={region}>
                <RegionMark region={region} /> {region}
              </span>
            ))}
          </p>
        </section>
      </div>
    </header>
  )
}
