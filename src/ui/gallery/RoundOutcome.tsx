/** How a round of predictions turned out: the reply of each region, what was said instead, and the rules that decided. */
import { rulesBehind, type AnsweredRound } from '../../app/index.ts'
import type { Row } from '../../scenarios/index.ts'
import { usePlayground } from '../hooks.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import { RuleWords } from './RuleWords.tsx'
import styles from './Predict.module.css'

interface Props {
  readonly round: AnsweredRound
  readonly rows: readonly Row[]
  readonly regions: readonly string[]
  /** The scenario's text: it names the rules where nothing had to be decided. */
  readonly text: string
}

const MOST_RULES = 3

export function RoundOutcome({ round: { round, answers, since }, rows, regions, text }: Props) {
  const timeline = usePlayground((state) => state.timeline)
  // The timeline grows in place; what was decided may arrive after the replies.
  usePlayground((state) => state.timelineVersion)
  const right = answers.filter((answer) => answer.right).length
  const notes = rows.slice(round.at, round.until + 1).flatMap((row) => Object.values(row.notes))
  const wrong = answers.filter((answer) => !answer.right)
  const rules = new Set(
    (wrong.length > 0 ? wrong : answers).flatMap(({ command }) =>
      rulesBehind(timeline, since, command, /\b[A-Z]\d/.test(notes.join()) ? notes.join('\n') : text),
    ),
  )
  return (
    <section className={styles.sheet} aria-label="Your predictions" aria-live="polite">
      <h3 className={styles.head}>
        {right === answers.length ? 'All as you said.' : `${right} of ${answers.length} as you said.`}
      </h3>
      <ul className={styles.outcomes}>
        {answers.map((answer, i) => (
          <li key={i} data-right={answer.right}>
            <span className={styles.asked}>
              <RegionMark region={answer.region} size={10} /> {regions[answer.region - 1]}{' '}
              <code>{answer.command.text}</code>
            </span>
            <span className={styles.sign}>
              <span aria-hidden="true">{answer.right ? '✓' : '✕'}</span>
              <span className="visually-hidden">{answer.right ? 'right' : 'wrong'}</span>
            </span>
            <dl className={styles.replies}>
              <dt>It reads</dt>
              <dd>
                <code>{answer.actual}</code>
              </dd>
              {!answer.right && (
                <>
                  <dt>You said</dt>
                  <dd>
                    {answer.answer.trim() === '' ? (
                      <span className="quiet">nothing</span>
                    ) : (
                      <code>{answer.answer.trim()}</code>
                    )}
                  </dd>
                </>
              )}
            </dl>
          </li>
        ))}
      </ul>
      {[...rules].slice(0, MOST_RULES).map((rule) => (
        <RuleWords key={rule} rule={rule} />
      ))}
    </section>
  )
}
