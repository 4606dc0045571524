/** What is to be said about the selected event: its reply, what its region had seen, what was decided about it and by which rule. */
import { memo } from 'react'
import {
  bytesText,
  eventDetails,
  laneName,
  timeText,
  type Contender,
  type Decision,
  type EventDetails,
  type Timeline,
  type TimelineEvent,
} from '../../app/index.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import styles from './Details.module.css'

const KINDS: Record<TimelineEvent['kind'], string> = {
  write: 'Write in',
  read: 'Command in',
  receive: 'Arrival in',
  expiry: 'Expiry in',
  region: 'News of',
}

interface Props {
  readonly timeline: Timeline
  readonly event: TimelineEvent
  /** The timeline grows in place; this says when there is more to tell. */
  readonly version: number
  readonly onSelect: (id: number | null) => void
}

export const Details = memo(function Details({ timeline, event, onSelect }: Props) {
  const details = eventDetails(timeline, event)
  const nameOf = (region: number) => laneName(timeline, region)
  return (
    <section className={styles.details} aria-label="Details of the selected event" aria-live="polite">
      <header className={styles.head}>
        <RegionMark region={event.region} />
        <span>
          {KINDS[event.kind]} {nameOf(event.region)} at {timeText(event.at)}
        </span>
        <button
          className="button"
          type="button"
          data-tone="plain"
          aria-label="Close the details"
          onClick={() => onSelect(null)}
        >
          ✕
        </button>
      </header>
      <div className={styles.body}>
        <p className={styles.line}>
          {event.kind === 'receive' && <span className="quiet">from {nameOf(event.from ?? 0)}: </span>}
          {event.label}
        </p>
        {event.reply !== undefined && <pre className={styles.reply}>{event.reply}</pre>}
        {details.decisions.map((decision, i) => (
          <DecisionCard key={i} decision={decision} nameOf={nameOf} onSelect={onSelect} />
        ))}
        <Facts details={details} nameOf={nameOf} onSelect={onSelect} />
      </div>
    </section>
  )
})

interface FactsProps {
  readonly details: EventDetails
  readonly nameOf: (region: number) => string
  readonly onSelect: (id: number) => void
}

function Facts({ details, nameOf, onSelect }: FactsProps) {
  const { event, seen, knownIn, unseenIn, missed, counts } = details
  return (
    <dl className={styles.facts}>
      {event.dots && (
        <>
          <dt>Is</dt>
          <dd>
            {writesText(event.dots)} of {nameOf(event.region)}
          </dd>
        </>
      )}
      {event.arrived.length > 0 && (
        <>
          <dt>Brought</dt>
          <dd>
            {event.arrived
              .map(({ origin, dots }) => {
                const relayed = origin !== event.from && event.fullSyncBytes === null ? ', passed on' : ''
                return `${writesText(dots)} of ${nameOf(origin)}${relayed}`
              })
              .join(' · ')}
          </dd>
        </>
      )}
      {event.fullSyncBytes !== null && (
        <>
          <dt>Full sync</dt>
          <dd>the whole state in {bytesText(event.fullSyncBytes)}, merged into what was here (R2)</dd>
        </>
      )}
      <dt>Seen by then</dt>
      <dd>{seen.map(({ region, writes }) => `${nameOf(region)}: ${writes}`).join(' · ')}</dd>
      {(event.kind === 'write' || event.kind === 'expiry') && event.dots && (
        <>
          <dt>Known in</dt>
          <dd>
            {knownIn.length === 0
              ? 'no other region yet'
              : knownIn.map(({ region, at }) => `${nameOf(region)} since ${timeText(at)}`).join(' · ')}
          </dd>
        </>
      )}
      {knownIn.length > 0 && unseenIn.length > 0 && (
        <>
          <dt>Not yet seen in</dt>
          <dd>{unseenIn.map(nameOf).join(' · ')}</dd>
        </>
      )}
      {missed.length > 0 && (
        <>
          <dt>Had not seen</dt>
          <dd>
            {missed.map((write) => (
              <button key={write.id} type="button" className="jump" onClick={() => onSelect(write.id)}>
                {write.label} in {nameOf(write.region)}
              </button>
            ))}
          </dd>
        </>
      )}
      <dt>Around it</dt>
      <dd>
        <span className={styles.count}>↑ {counts.past} past</span>{' '}
        <span className={styles.count}>↓ {counts.future} future</span>{' '}
        <span className={styles.count} data-kind="concurrent">
          ∥ {counts.concurrent} concurrent
        </span>
      </dd>
    </dl>
  )
}

function writesText([first, last]: readonly [number, number]): string {
  return first === last ? `write ${first}` : `writes ${first} to ${last}`
}

interface DecisionProps {
  readonly decision: Decision
  readonly nameOf: (region: number) => string
  readonly onSelect: (id: number) => void
}

function DecisionCard({ decision, nameOf, onSelect }: DecisionProps) {
  const subject = decision.element === null ? decision.key : `${decision.key} · ${decision.element}`
  return (
    <article className={styles.decision}>
      <h3>
        <span className={styles.rule}>{decision.rule}</span> {decision.title}{' '}
        <span className="quiet mono">{subject}</span>
      </h3>
      <p>{decision.explanation}</p>
      <ul>
        {decision.kept.map((contender) => (
          <Side key={`${contender.region}:${contender.n}`} verdict="Kept" {...{ contender, nameOf, onSelect }} />
        ))}
        {decision.lost.map((contender) => (
          <Side key={`${contender.region}:${contender.n}`} verdict="Lost" {...{ contender, nameOf, onSelect }} />
        ))}
        {decision.between.map((contender) => (
          <Side key={`${contender.region}:${contender.n}`} verdict="Concurrent" {...{ contender, nameOf, onSelect }} />
        ))}
      </ul>
      <p className="quiet">
        Decided in {decision.regions.map(nameOf).join(' and ')}.{' '}
        <a href={`./rules.html#${decision.rule}`} target="_blank">
          Rule {decision.rule}
          <span className="visually-hidden"> in the list of rules, in a new tab</span>
        </a>
        {decision.documentation !== null && (
          <>
            {' · '}
            <a href={decision.documentation} target="_blank" rel="noreferrer">
              Redis’s documentation<span className="visually-hidden">, in a new tab</span>
            </a>
          </>
        )}
      </p>
    </article>
  )
}

/** What the author of a write had seen of the others: why it knew nothing of its rival. */
function seenText(seen: Contender['seen'], nameOf: (region: number) => string): string {
  const known = seen.filter(({ writes }) => writes > 0)
  if (known.length === 0) return 'had seen nothing of the others'
  return `had seen ${known.map(({ region, writes }) => `${nameOf(region)} up to write ${writes}`).join(', ')}`
}

const VERDICT_SIGNS = { Kept: '✓', Lost: '✕', Concurrent: '∥' }

interface SideProps {
  readonly verdict: 'Kept' | 'Lost' | 'Concurrent'
  readonly contender: Contender
  readonly nameOf: (region: number) => string
  readonly onSelect: (id: number) => void
}

function Side({ verdict, contender, nameOf, onSelect }: SideProps) {
  const { event, region, n, seen } = contender
  return (
    <li className={styles.side} data-verdict={verdict}>
      <span className={styles.verdict}>
        {VERDICT_SIGNS[verdict]} {verdict}
      </span>
      <RegionMark region={region} size={10} />
      {event ? (
        <button type="button" className="jump" onClick={() => onSelect(event.id)}>
          {event.label}
          <span className="visually-hidden"> in {nameOf(region)}: select</span>
        </button>
      ) : (
        <span>
          write {n} of {nameOf(region)}
        </span>
      )}
      {seen.length > 0 && <span className={styles.seen}> {seenText(seen, nameOf)}</span>}
    </li>
  )
}
