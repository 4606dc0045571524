/** Says that the last visit's session goes on here, with the way to a new one; or that it could not be restored. */
import { usePage, usePlayground } from '../hooks.ts'
import styles from './FirstHint.module.css'

const TEXTS = {
  'under-way': ['Restoring your last session', 'What was typed is run again; that may take a while.'],
  done: ['Your last session goes on.', 'Virtual time stood still in between.'],
  failed: ['Your last session could not be restored.', 'This is a new one.'],
} as const

export function RestoredNote() {
  const { playground, startOver } = usePage()
  const restored = usePlayground((state) => state.restored)
  const regions = usePlayground((state) => state.settings.regions.length)
  const words = restored === null ? undefined : TEXTS[restored]
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an output element may not hold paragraphs and buttons
    <div role="status" aria-label="Restored session">
      {words && (
        <div className={styles.hint} data-tone="quiet">
          <p>
            <strong>{words[0]}</strong> {words[1]}
          </p>
          {restored !== 'failed' && (
            <button className="button" type="button" onClick={() => startOver(Math.max(2, regions))}>
              Start anew
            </button>
          )}
          {restored !== 'under-way' && (
            <button
              className="button"
              type="button"
              data-tone="plain"
              aria-label="Close the note about the restored session"
              onClick={() => playground.tellRestored(null)}
            >
              ✕
            </button>
          )}
        </div>
      )}
    </div>
  )
}
