/** What will each region read? One field for each reply, before messages travel. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import type { Question, Round } from '../../app/index.ts'
import type { Row } from '../../scenarios/index.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import styles from './Predict.module.css'

interface Props {
  readonly round: Round
  /** The row that lets messages through. */
  readonly row: Row | undefined
  readonly regions: readonly string[]
  readonly onAnswer: (answers: readonly string[]) => void
  readonly onSkip: () => void
}

export function PredictForm({ round, row, regions, onAnswer, onSkip }: Props) {
  const [answers, setAnswers] = useState<readonly string[]>(() => round.questions.map(() => ''))
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  const isBlank = answers.every((answer) => answer.trim() === '')
  useEffect(() => {
    // On a touch screen the keyboard would cover the rows that the answer is about.
    if (matchMedia('(pointer: fine)').matches) form.current?.querySelector('textarea')?.focus()
  }, [])
  /** Enter goes on to the next field, and from the last one plays; with Shift it begins a line. */
  const onKey = (event: KeyboardEvent, i: number) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    const following = form.current?.querySelectorAll('textarea')[i + 1]
    if (following) following.focus()
    else if (!isBlank) form.current?.requestSubmit()
  }
  return (
    <form
      ref={form}
      className={styles.sheet}
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => {
        event.preventDefault()
        onAnswer(answers)
      }}
    >
      <h3 id={`${id}-title`} className={styles.head}>
        {row?.time}: {row?.kind === 'control' ? row.line : 'sync'}. What does each region read then?
      </h3>
      <p id={`${id}-help`} className="quiet">
        {helpFor(round.questions)}
      </p>
      <div className={styles.fields}>
        {round.questions.map(({ region, command }, i) => (
          <label key={i} className={styles.field}>
            <span className={styles.asked}>
              <RegionMark region={region} size={10} /> {regions[region - 1]} <code>{command.text}</code>
            </span>
            <textarea
              className="field"
              rows={1}
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              aria-describedby={`${id}-help`}
              value={answers[i]}
              onChange={(event) => setAnswers(answers.with(i, event.target.value))}
              onKeyDown={(event) => onKey(event, i)}
            />
          </label>
        ))}
      </div>
      <div className={styles.buttons}>
        <button className="button" type="submit" data-tone="ink" disabled={isBlank}>
          Play and compare
        </button>
        <button className="button" type="button" data-tone="plain" onClick={onSkip}>
          Play without
        </button>
      </div>
    </form>
  )
}

function helpFor(questions: readonly Question[]): string {
  const isStream = questions.some(({ command }) => /^X(?:REV)?(?:RANGE|READ|PENDING)/i.test(command.argv[0] ?? ''))
  const hasAnyTime = questions.some(({ command }) => command.expected?.includes('<ms>'))
  return [
    'As redis-cli would show it, or just the values with blanks between; (nil) where there is nothing.',
    isStream ? 'Of a stream, the entry IDs.' : '',
    hasAnyTime ? 'Write <ms> for a time that you cannot know.' : '',
  ]
    .filter(Boolean)
    .join(' ')
}
