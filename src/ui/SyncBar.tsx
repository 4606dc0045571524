/** The pulse of the database, always in sight: is sync flowing, what is under way, how fast does time run. */
import { linksOf, pauseSync, resumeSync, setSpeed, syncNow, timeText, type Link } from '../app/index.ts'
import { usePage, usePlayground } from './hooks.ts'
import styles from './SyncBar.module.css'

const SPEEDS = [0, 0.1, 1, 10, Infinity]

export function SyncBar() {
  const { playground } = usePage()
  const status = usePlayground((state) => state.status)
  const busy = usePlayground((state) => state.busy)
  const links = linksOf(status?.links ?? [])
  const paused = links.length > 0 && links.every((link) => link.held)
  const cut = links.filter((link) => !link.up).length
  const waiting = links.reduce((sum, link) => sum + link.waiting, 0)
  const speed = status?.speed ?? 1
  const control = (line: string) => void playground.control(line)
  return (
    <div className={styles.bar} role="toolbar" aria-label="Sync and time">
      <button
        className="button"
        type="button"
        data-tone={paused ? 'hold' : undefined}
        disabled={!status}
        onClick={() => control(paused ? resumeSync() : pauseSync())}
      >
        <Glyph name={paused ? 'play' : 'pause'} />
        {paused ? 'Resume sync' : 'Pause sync'}
      </button>
      <button className="button" type="button" disabled={!status || busy} onClick={() => control(syncNow())}>
        <Glyph name="sync" />
        Sync now
      </button>
      <output className={styles.state} data-state={paused ? 'paused' : cut > 0 ? 'cut' : 'flowing'}>
        <span className={styles.lamp} aria-hidden="true" />
        <span className={styles.stateText}>{stateText(paused, cut, links)}</span>
        {waiting > 0 && (
          <span className={styles.waiting}>
            {waiting}
            <span className={styles.stateText}> under way</span>
          </span>
        )}
      </output>
      <span className={styles.clock}>
        <span className={styles.name}>Time</span> {timeText(status?.now ?? 0)}
      </span>
      {speed === 0 && (
        <button className="button" type="button" onClick={() => control('step')}>
          Step
        </button>
      )}
      <label className={styles.speed}>
        <span className={styles.name}>Speed</span>
        <select
          className="field"
          aria-label="Speed of time"
          value={String(speed)}
          disabled={!status}
          onChange={(event) => control(setSpeed(Number(event.target.value)))}
        >
          {(SPEEDS.includes(speed) ? SPEEDS : [...SPEEDS, speed]).map((each) => (
            <option key={each} value={String(each)}>
              {each === 0 ? 'paused' : each === Infinity ? 'max' : `${each}×`}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

function stateText(paused: boolean, cut: number, links: readonly Link[]): string {
  const how = links.every((link) => link.up || link.cut) ? 'cut' : 'down'
  const cuts = `${cut} of ${links.length} ${links.length === 1 ? 'link' : 'links'} ${how}`
  if (paused) return cut === 0 ? 'Sync is paused' : `Sync is paused, ${cuts}`
  return cut === 0 ? 'Sync is flowing' : cuts
}

const GLYPHS = {
  pause: 'M3.5 2v10M10.5 2v10',
  play: 'M3.5 2v10l8-5Z',
  sync: 'M2 5h9L8.5 2.2M12 9H3l2.5 2.8',
}

function Glyph({ name }: { readonly name: keyof typeof GLYPHS }) {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" className={styles.glyph}>
      <path d={GLYPHS[name]} />
    </svg>
  )
}
