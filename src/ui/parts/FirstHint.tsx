/** One concrete thing to do at a time, for whoever is here for the first time; it follows along, and ends with the first rule looked up. */
import { pauseSync, syncNow } from '../../app/index.ts'
import { usePage, usePlayground, usePreferences, useScenario } from '../hooks.ts'
import styles from './FirstHint.module.css'

export function FirstHint() {
  const { playground, preferences } = usePage()
  const { hintClosed } = usePreferences()
  const ready = usePlayground((state) => state.phase === 'ready')
  const paused = usePlayground((state) => state.status?.links.every((link) => link.held) ?? false)
  /** More than one region has writes that another has not got. */
  const apart = usePlayground(
    (state) => new Set(state.status?.links.filter((link) => link.lagOps > 0).map((link) => link.from)).size > 1,
  )
  const decided = usePlayground((state) => state.timeline.decisions.size > 0)
  const lookedUp = usePlayground((state) => state.selected !== null && state.timeline.events[state.selected]?.conflict)
  const restored = usePlayground((state) => state.restored !== null)
  const { chosen } = useScenario()
  if (restored || hintClosed || !ready || chosen || lookedUp) return null
  return (
    <aside className={styles.hint} aria-label="First steps">
      {decided ? (
        <p>
          <strong>The regions agree again.</strong> Type <code>GET</code> and the key in both, or select a yellow
          diamond on the timeline: it names the rule that decided.
        </p>
      ) : paused && apart ? (
        <p>
          <strong>The regions disagree.</strong> Sync is paused, and each wrote the same key. Which value will both
          have?
        </p>
      ) : paused ? (
        <p>
          Now type <code>SET key1 "a"</code> in Region 1 and <code>SET key1 "b"</code> in Region 2.
        </p>
      ) : (
        <p>
          <strong>Make a conflict.</strong> Pause sync, then write the same key in both regions.
        </p>
      )}
      {!decided && (apart || !paused) && (
        <button
          className="button"
          type="button"
          data-tone="ink"
          onClick={() => void playground.control(paused ? syncNow() : pauseSync())}
        >
          {paused ? 'Let them sync' : 'Pause sync'}
        </button>
      )}
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
