/** One link: how it is, how far each end is behind, and what is on its way. */
import {
  bandwidth,
  bytesText,
  hold,
  latency,
  letThrough,
  linkState,
  loss,
  release,
  timeText,
  type Link,
  type LinkState,
} from '../../app/index.ts'
import type { LinkStatus } from '../../simulation/index.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import { Choice, More, NumberField } from './fields.tsx'
import { LatencySelect } from './LatencySelect.tsx'
import styles from './NetworkPanel.module.css'

const STATES: Record<LinkState, string> = {
  removed: 'an end was removed from the database',
  cut: 'out of sync: cut',
  off: 'out of sync: an end is stopped',
  held: 'messages held',
  syncing: 'syncing',
  flowing: 'in sync',
}

const SYNCER: Record<LinkStatus['syncer'], string> = {
  'in-sync': 'in sync',
  syncing: 'syncing',
  'out-of-sync': 'out of sync',
}

const BANDWIDTHS = [
  ['unlimited', 'unlimited'],
  ['64kbps', '64 kbit/s'],
  ['1mbps', '1 Mbit/s'],
  ['100mbps', '100 Mbit/s'],
] as const

/** So many messages are listed; the rest is counted. */
const MOST_LISTED = 20

interface Props {
  readonly link: Link
  readonly now: number
  readonly nameOf: (id: number) => string
  readonly toggle: (link: Link) => void
  readonly control: (line: string) => void
}

export function LinkRow({ link, now, nameOf, toggle, control }: Props) {
  const name = `${nameOf(link.a)} – ${nameOf(link.b)}`
  const state = linkState(link)
  const lag = Math.max(...link.directions.map(({ lagOps }) => lagOps))
  const lagMs = Math.max(...link.directions.map((direction) => direction.lagMs))
  return (
    <li className={styles.item}>
      <div className={styles.row}>
        <span className={styles.ends}>
          <RegionMark region={link.a} />
          <span className={styles.wire} data-state={state} aria-hidden="true" />
          <RegionMark region={link.b} />
        </span>
        <span className={styles.name}>
          {name}
          <span className={styles.state} data-state={state}>
            {STATES[state]}
            {lag > 0 && state !== 'removed' && ` · ${lagText(lag, lagMs)}`}
          </span>
        </span>
        <LatencySelect
          label={`Delay of ${name}`}
          valueMs={link.latencyMs}
          onChange={(ms) => control(latency(link.a, link.b, ms))}
        />
        <button
          className="button"
          type="button"
          data-tone={link.cut ? 'cut' : undefined}
          aria-label={`${link.cut ? 'Heal' : 'Cut'} ${name}`}
          onClick={() => toggle(link)}
        >
          {link.cut ? 'Heal' : 'Cut'}
        </button>
      </div>
      <More name={`Messages and quality${link.waiting > 0 ? ` · ${link.waiting} under way` : ''}`}>
        {link.directions.map((direction) => (
          <Direction key={direction.from} {...{ direction, now, nameOf, control }} />
        ))}
        <Quality {...{ link, control }} />
      </More>
    </li>
  )
}

function lagText(ops: number, ms: number): string {
  return `${ops} ${ops === 1 ? 'write' : 'writes'}, ${timeText(ms)} behind`
}

interface DirectionProps {
  readonly direction: LinkStatus
  readonly now: number
  readonly nameOf: (id: number) => string
  readonly control: (line: string) => void
}

function Direction({ direction, now, nameOf, control }: DirectionProps) {
  const { from, to, held, up, inFlight, syncer, lagOps, lagMs } = direction
  const name = `${nameOf(from)} to ${nameOf(to)}`
  return (
    <section className={styles.direction} aria-label={name}>
      <div className={styles.row}>
        <span className={styles.name}>
          <RegionMark region={from} size={10} /> → <RegionMark region={to} size={10} /> {nameOf(to)}{' '}
          <span data-syncer={held && up ? 'syncing' : syncer} className={styles.syncer}>
            {held && up ? 'held' : SYNCER[syncer]}
          </span>
          <span className={styles.state}>{lagOps === 0 ? 'has every write' : `is ${lagText(lagOps, lagMs)}`}</span>
        </span>
        <button
          className="button"
          type="button"
          data-tone={held ? 'hold' : undefined}
          aria-label={`${held ? 'Let go' : 'Hold'} messages from ${name}`}
          onClick={() => control(held ? release(from, to) : hold(from, to))}
        >
          {held ? 'Let go' : 'Hold'}
        </button>
      </div>
      {inFlight.length > 0 && (
        <>
          <ol className={styles.flights} aria-label={`On the way from ${name}`}>
            {inFlight.slice(0, MOST_LISTED).map(({ message, what, bytes, arrivesAt }, i) => (
              <li key={message}>
                <span className="mono">{WHAT[what]}</span> {bytesText(bytes)}
                <span className="quiet">
                  {arrivesAt === null ? 'held' : `in ${timeText(Math.max(0, arrivesAt - now))}`}
                </span>
                {i === 0 && up && (
                  <button
                    className="button"
                    type="button"
                    aria-label={`Let the next message from ${name} through`}
                    onClick={() => control(letThrough(from, to))}
                  >
                    Let through
                  </button>
                )}
              </li>
            ))}
          </ol>
          {inFlight.length > 1 && (
            <p className={styles.rest}>
              {inFlight.length > MOST_LISTED && `and ${inFlight.length - MOST_LISTED} more`}
              <button className="button" type="button" onClick={() => control(letThrough(from, to, 'all'))}>
                Let all {inFlight.length} through
              </button>
            </p>
          )}
        </>
      )}
    </section>
  )
}

const WHAT: Record<LinkStatus['inFlight'][number]['what'], string> = {
  effects: 'effects',
  ack: 'ack',
  pull: 'sync request',
  snapshot: 'full sync',
  expelled: 'you were removed',
}

function Quality({ link, control }: { readonly link: Link; readonly control: (line: string) => void }) {
  const [there] = link.directions
  if (!there) return null
  const { a, b } = link
  const bits = there.bandwidth === null ? 'unlimited' : bitsWord(there.bandwidth * 8)
  return (
    <div className={styles.fields}>
      <NumberField
        label="Delay, one way"
        unit="ms"
        min={0}
        max={600_000}
        value={there.latencyMs}
        onCommit={(ms) => control(latency(a, b, Math.round(ms)))}
      />
      <NumberField
        label="Loss (sent again, so late)"
        unit="%"
        min={0}
        max={99}
        value={Math.round(there.loss * 1000) / 10}
        onCommit={(percent) => control(loss(a, b, percent))}
      />
      <Choice
        label="Bandwidth"
        value={bits}
        options={BANDWIDTHS}
        onChange={(speed) => control(bandwidth(a, b, speed))}
      />
    </div>
  )
}

/** As the control language has it. */
function bitsWord(bits: number): string {
  if (bits % 1e6 === 0) return `${bits / 1e6}mbps`
  return bits % 1000 === 0 ? `${bits / 1000}kbps` : `${Math.round(bits)}bps`
}
