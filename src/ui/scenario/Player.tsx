/** The chosen scenario: its controls, what there is to predict, its prose, and its rows with the present one marked. */
import { useEffect, useRef } from 'react'
import type { Predictions } from '../../app/index.ts'
import type { Scenario, ScriptLine } from '../../scenarios/index.ts'
import { PredictForm } from '../gallery/PredictForm.tsx'
import { RoundOutcome } from '../gallery/RoundOutcome.tsx'
import { usePredictions } from '../gallery/usePredictions.ts'
import { usePage, useScenario } from '../hooks.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import { scrollWithin } from '../parts/scroll-within.ts'
import { Prose } from './Prose.tsx'
import { Steps } from './Steps.tsx'
import styles from './Player.module.css'

interface Props {
  readonly scenario: Scenario
  readonly predictions: Predictions
}

export function Player({ scenario, predictions }: Props) {
  const { scenario: play } = usePage()
  const { catalogue, rows, played, results, done, playing, chosen } = useScenario()
  const { on, asked, answered } = usePredictions(predictions)
  const next = useRef<HTMLButtonElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const latest = answered.find(({ round }) => round.until === played - 1)
  // The entry that was chosen is no longer there.
  useEffect(() => {
    if (document.activeElement === document.body) next.current?.focus()
  }, [])
  // Also when questions or answers have taken some of its room.
  useEffect(() => {
    const box = scroller.current
    const row = box?.querySelector('[aria-current]')
    if (!box) return
    if (played === 0) box.scrollTop = 0
    else if (row) scrollWithin(box, row, 'nearest')
  }, [chosen, played, asked, latest])
  const following = catalogue?.[catalogue.findIndex((entry) => entry.id === chosen?.id) + 1]
  const veiled = on && !done
  // `disabled` would take the focus away, and whoever steps by keyboard lost the place after every row.
  const busy = playing || done || asked !== null
  return (
    <div className={styles.player}>
      <div className={styles.controls}>
        <h2 className={styles.title}>{scenario.title}</h2>
        <button
          ref={next}
          className="button"
          type="button"
          data-tone="ink"
          aria-disabled={busy}
          onClick={() => busy || void predictions.step()}
        >
          Next step
        </button>
        <button
          className="button"
          type="button"
          aria-disabled={busy}
          title={on ? 'Up to the next prediction' : undefined}
          onClick={() => busy || void predictions.playAll()}
        >
          Play all
        </button>
        <button
          className="button"
          type="button"
          aria-disabled={playing || played === 0}
          title="One row back: a fresh session plays the rows before it again"
          onClick={() => playing || void predictions.back()}
        >
          Back
        </button>
        <button className="button" type="button" onClick={() => void predictions.reset()}>
          Reset
        </button>
        {done && following && (
          <button
            className="button"
            type="button"
            data-tone="plain"
            title={following.title}
            onClick={() => {
              next.current?.focus()
              void play.choose(following.id)
            }}
          >
            Next case →
          </button>
        )}
        <label className={styles.mode}>
          <input type="checkbox" checked={on} onChange={(event) => predictions.setOn(event.target.checked)} />
          Predict, then sync
        </label>
        <Progress predictions={predictions} />
        <div className={styles.bar} aria-hidden="true">
          <div style={{ width: `${rows.length === 0 ? 0 : (100 * played) / rows.length}%` }} />
        </div>
      </div>
      {on && asked && (
        <PredictForm
          key={`${asked.at}`}
          round={asked}
          row={rows[asked.at]}
          regions={scenario.regions}
          onAnswer={(answers) => {
            next.current?.focus()
            void predictions.answer(answers)
          }}
          onSkip={() => {
            next.current?.focus()
            void predictions.skip()
          }}
        />
      )}
      {on && !asked && latest && (
        <RoundOutcome round={latest} rows={rows} regions={scenario.regions} text={chosen?.text ?? ''} />
      )}
      <div ref={scroller} className={styles.scroller}>
        {veiled && (
          <p className="quiet">Remarks and replies are told as the rows are played, the explanation at the end.</p>
        )}
        <Beginning scenario={scenario} />
        {scenario.blocks.map((block, i) =>
          block.kind === 'table' ? (
            <Steps
              key={i}
              block={block}
              current={done ? undefined : rows[played]}
              done={rows.slice(0, played)}
              results={results}
              veiled={veiled}
            />
          ) : (
            !veiled && <Prose key={i} text={block.text} />
          ),
        )}
      </div>
    </div>
  )
}

function Progress({ predictions }: { readonly predictions: Predictions }) {
  const { rows, played, results } = useScenario()
  const { on, answered } = usePredictions(predictions)
  const failed = results.filter((result) => !result.passed).length
  const answers = answered.flatMap((round) => round.answers)
  const isMute = on && predictions.rounds().length === 0
  return (
    <output className={styles.progress}>
      {played} of {rows.length} rows
      {results.length > 0 && (
        <span data-failed={failed > 0}>
          {' · '}
          {failed > 0 ? `✕ ${failed} not as expected` : `✓ ${results.length} as expected`}
        </span>
      )}
      {on && answers.length > 0 && (
        <span>
          {' · '}
          {answers.filter(({ right }) => right).length} of {answers.length} predicted
        </span>
      )}
      {isMute && ' · nothing to predict: after its syncs this case expects no replies'}
    </output>
  )
}

/** What stands before the first row: settings, the given data, and whether messages travel by themselves. */
function Beginning({ scenario }: { readonly scenario: Scenario }) {
  const { setup, given, regions, latencyMs } = scenario
  return (
    <section className={styles.beginning} aria-label="At the start">
      {[...setup, ...given].length > 0 && (
        <>
          <h3 className="eyebrow">At the start</h3>
          <ul>
            {[...setup, ...given].map((line, i) => (
              <li key={i}>
                <GivenLine line={line} regions={regions} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="quiet">
        {latencyMs === undefined
          ? 'Messages travel in the sync rows only.'
          : `Messages travel by themselves and take ${latencyMs} ms.`}{' '}
        From row to row a second passes; in between time stands still.
      </p>
    </section>
  )
}

function GivenLine({ line, regions }: { readonly line: ScriptLine; readonly regions: readonly string[] }) {
  if (line.kind === 'control') return <code>{line.line}</code>
  return (
    <>
      <RegionMark region={line.region} size={10} />{' '}
      <span className="visually-hidden">{regions[line.region - 1]}: </span>
      <code>{line.command.text}</code>
    </>
  )
}
