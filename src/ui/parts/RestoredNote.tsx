/**
 * Says that a recorded session goes on here, the last visit's or a shared one, with the way to another; that it could not be restored; or that something
 * could not be opened.
 */
import type { PlaygroundState } from '../../app/index.ts'
import { usePage, usePlayground } from '../hooks.ts'
import styles from './FirstHint.module.css'

const TEXTS = {
  'under-way': ['Restoring your last session', 'What was typed is run again; that may take a while.'],
  done: ['Your last session goes on.', 'Virtual time stood still in between.'],
  failed: ['Your last session could not be restored.', 'This is a new one.'],
} as const

export function RestoredNote() {
  const { playground, share, startOver } = usePage()
  const restored = usePlayground((state) => state.restored)
  const source = usePlayground((state) => state.source)
  const problem = usePlayground((state) => state.problem)
  const regions = usePlayground((state) => state.settings.regions.length)
  const words = wordsOf(restored, source)
  const hasOwn = source !== null && source.kind !== 'last-visit' && source.own
  return (
    <>
      <div role="alert">
        {problem && (
          <div className={styles.hint}>
            <p>
              <strong>{problem.title}</strong> <span className={styles.lines}>{problem.text}</span>
            </p>
            <Close label="Close this message" onClick={() => playground.tellProblem(null)} />
          </div>
        )}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an output element may not hold paragraphs and buttons */}
      <div role="status" aria-label="Restored session">
        {words && (
          <div className={styles.hint} data-tone="quiet">
            <p>
              <strong>{words[0]}</strong> {words[1]}
            </p>
            {hasOwn && (
              <button className="button" type="button" onClick={() => void share().then((sharing) => sharing.back())}>
                Back to my own
              </button>
            )}
            {!hasOwn && restored !== 'failed' && (
              <button className="button" type="button" onClick={() => startOver(Math.max(2, regions))}>
                Start anew
              </button>
            )}
            {restored !== 'under-way' && (
              <Close label="Close the note about the restored session" onClick={() => playground.tellRestored(null)} />
            )}
          </div>
        )}
      </div>
    </>
  )
}

function wordsOf(
  restored: PlaygroundState['restored'],
  source: PlaygroundState['source'],
): readonly [string, string] | undefined {
  if (restored === null) return undefined
  if (source === null || source.kind === 'last-visit') return TEXTS[restored]
  if (restored === 'under-way') return ['Opening the shared session', TEXTS['under-way'][1]]
  const kept = source.own ? ' Your own is kept.' : ''
  const origin = source.kind === 'file' ? 'This session comes from a file.' : 'This session was shared with you.'
  return [origin, `All that was done in it is here; go on as you like.${kept}`]
}

function Close({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <button className="button" type="button" data-tone="plain" aria-label={label} onClick={onClick}>
      ✕
    </button>
  )
}
