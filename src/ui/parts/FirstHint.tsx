/** One concrete thing to do, for whoever is here for the first time. */
import { pauseSync, resumeSync } from '../../app/index.ts'
import { usePage, usePlayground, usePreferences, useScenario } from '../hooks.ts'
import styles from './FirstHint.module.css'

export function FirstHint() {
  const { playground, preferences, scenario } = usePage()
  const { hintClosed } = usePreferences()
  const ready = usePlayground((state) => state.phase === 'ready')
  const paused = usePlayground((state) => state.status?.links.every((link) => link.held) ?? false)
  const { chosen } = useScenario()
  if (hintClosed || !ready || chosen) return null
  return (
    <aside className={styles.hint} aria-label="First steps">
      <p>
        <strong>Make a conflict.</strong> Pause sync, type <code>SET key1 "a"</code> in Region 1 and{' '}
        <code>SET key1 "b"</code> in Region 2, then resume. Both regions settle on one value; select the diamond on the
        timeline to see why.
      </p>
      <button
        className="button"
        type="button"
        data-tone="ink"
        onClick={() => void playground.control(paused ? resumeSync() : pauseSync())}
      >
        {paused ? 'Resume sync' : 'Pause sync'}
      </button>
      <button
        className="button"
        type="button"
        onClick={() => {
          void scenario.choose('strings-last-write-wins')
          document.getElementById('tab-scenario')?.click()
        }}
      >
        Show me
      </button>
      <button
        className="button"
        type="button"
        data-tone="plain"
        aria-label="Close the first steps"
        onClick={() => preferences.change({ hintClosed: true })}
      >
        ✕
      </button>
    </aside>
  )
}
