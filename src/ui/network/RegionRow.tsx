/** One region: how it stands, its power, its place in the database, its clock, and what is inside. */
import {
  bytesText,
  clock,
  healLink,
  isolate,
  purge,
  regionState,
  regionStateText,
  removeRegion,
  setting,
  start,
  stop,
  type Link,
} from '../../app/index.ts'
import { sizeWord, type RegionStatus } from '../../simulation/index.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import { Choice, Meter, More, NumberField, SureButton } from './fields.tsx'
import { RegionInside } from './RegionInside.tsx'
import { BACKLOGS, MEMORIES, PERSISTENCE } from './settings-choices.ts'
import styles from './NetworkPanel.module.css'

interface Props {
  readonly region: RegionStatus
  readonly regions: readonly RegionStatus[]
  readonly links: readonly Link[]
  readonly control: (line: string) => void
  readonly onKill: (region: number) => void
}

export function RegionRow({ region, regions, links, control, onKill }: Props) {
  const state = regionState(region, links)
  const own = links.filter((link) => link.a === region.id || link.b === region.id)
  const cutOff = own.length > 0 && own.every((link) => link.cut)
  const toggle = () => {
    const all = regions.map(({ id }) => id)
    if (!cutOff) return control(isolate(region.id, all))
    for (const link of own) if (link.cut) control(healLink(link.a, link.b))
  }
  const backlog = region.health?.backlogLimit ? region.health.backlogBytes / region.health.backlogLimit : 0
  const notes = [
    regionStateText(state),
    region.skewMs !== 0 && `clock ${skewText(region.skewMs)}`,
    backlog >= 0.01 && `backlog ${Math.round(backlog * 100)} %`,
    (region.health?.waiting ?? 0) > 0 && `${region.health?.waiting} writes wait for others`,
    region.restarts > 0 && `worker restarted ${region.restarts}×`,
  ].filter((note) => note !== false)
  return (
    <li className={styles.item}>
      <div className={styles.row}>
        <RegionMark region={region.id} />
        <span className={styles.name}>
          {region.name} <span className="quiet">replica {region.id}</span>
          <span className={styles.state} data-state={state}>
            {notes.join(' · ')}
          </span>
        </span>
        {state === 'stopped' ? (
          <button className="button" type="button" onClick={() => control(start(region.id))}>
            Start
          </button>
        ) : (
          state !== 'expelled' && (
            <button
              className="button"
              type="button"
              data-tone={cutOff ? 'cut' : undefined}
              aria-label={cutOff ? `Reconnect ${region.name}` : `Cut off ${region.name}`}
              onClick={toggle}
            >
              {cutOff ? 'Reconnect' : 'Cut off'}
            </button>
          )
        )}
      </div>
      <More name={`Inside ${region.name}`}>
        <Power {...{ region, control }} onKill={() => onKill(region.id)} />
        <Own {...{ region, control }} />
        <RegionInside region={region} />
      </More>
    </li>
  )
}

interface PowerProps {
  readonly region: RegionStatus
  readonly control: (line: string) => void
  readonly onKill: () => void
}

/** Its power, and whether it belongs to the database. */
function Power({ region, control, onKill }: PowerProps) {
  const { id, name, phase } = region
  if (phase === 'expelled')
    return (
      <div className={styles.buttons}>
        <SureButton label="Purge" sure="Delete what is left of it" onSure={() => control(purge(id))} />
      </div>
    )
  return (
    <div className={styles.buttons}>
      {phase === 'running' && (
        <>
          <button className="button" type="button" onClick={() => control(stop(id, false))}>
            Stop
          </button>
          <SureButton
            label="Stop, lose disk …"
            sure="Really lose its disk"
            title="Power and disk are lost: what nobody else received is gone"
            onSure={() => control(stop(id, true))}
          />
        </>
      )}
      {phase === 'running' && (
        <SureButton label="Remove …" sure={`Really remove ${name}`} onSure={() => control(removeRegion(id, false))} />
      )}
      <SureButton
        label="Remove by force …"
        sure="Really, though others may lack its writes"
        title="For a region that cannot be reached: its unsynced writes are lost to the others"
        onSure={() => control(removeRegion(id, true))}
      />
      {phase === 'running' && (
        <SureButton
          label="Kill the worker …"
          sure={`Really kill the worker of ${name}`}
          title="Ends the browser's worker as a crash of this page's machinery would; it is restarted from its inputs, and nothing is lost"
          onSure={onKill}
        />
      )}
    </div>
  )
}

/** Its clock, its settings and how full things are. */
function Own({ region, control }: { readonly region: RegionStatus; readonly control: (line: string) => void }) {
  const { id, skewMs, health, settings } = region
  return (
    <>
      {health && region.phase !== 'stopped' && (
        <Meter
          label="Backlog"
          value={health.backlogBytes}
          max={health.backlogLimit}
          text={`${bytesText(health.backlogBytes)} of ${bytesText(health.backlogLimit)}`}
        />
      )}
      {health && (
        <p className={styles.fact}>
          Log on disk: {bytesText(health.logBytes)}
          {health.logIsComplete
            ? ', holds all that the region has.'
            : ', lacks the latest: a power loss now would lose it.'}
        </p>
      )}
      <div className={styles.fields}>
        <NumberField
          label="Clock is off by"
          unit="ms"
          value={skewMs}
          onCommit={(ms) => control(clock(id, Math.round(ms)))}
        />
        {settings && (
          <>
            <Choice
              label="Memory limit"
              value={settings.memoryBytes === 0 ? 'unlimited' : sizeWord(settings.memoryBytes)}
              options={MEMORIES}
              onChange={(value) => control(setting('memory', value, id))}
            />
            <Choice
              label="Backlog size"
              value={settings.backlogBytes === null ? 'auto' : sizeWord(settings.backlogBytes)}
              options={BACKLOGS}
              onChange={(value) => control(setting('backlog', value, id))}
            />
            <Choice
              label="Log reaches the disk"
              value={settings.persistence}
              options={PERSISTENCE}
              onChange={(value) => control(setting('persistence', value, id))}
            />
          </>
        )}
      </div>
    </>
  )
}

function skewText(ms: number): string {
  const amount = Math.abs(ms) >= 1000 ? `${Math.abs(ms) / 1000} s` : `${Math.abs(ms)} ms`
  return `${amount} ${ms > 0 ? 'ahead' : 'behind'}`
}
