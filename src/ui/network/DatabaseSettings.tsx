/** Settings of the whole database. Those that regions have of their own are set for all of them here. */
import { setting } from '../../app/index.ts'
import { sizeWord, type ClusterStatus } from '../../simulation/index.ts'
import { Choice, NumberField, SureButton } from './fields.tsx'
import { BACKLOGS, COMPRESSIONS, EVICTIONS, MEMORIES, PERSISTENCE, XADD_IDS } from './settings-choices.ts'
import styles from './NetworkPanel.module.css'

interface Props {
  readonly database: NonNullable<ClusterStatus['database']>
  readonly control: (line: string) => void
}

export function DatabaseSettings({ database, control }: Props) {
  const toggle = (verb: string, on: boolean) => control(setting(verb, on ? 'on' : 'off'))
  return (
    <section className={styles.section} aria-labelledby="database-title">
      <div className={styles.sectionHead}>
        <h2 id="database-title">Database</h2>
        <span className={styles.buttons}>
          <button
            className="button"
            type="button"
            title="Let every region tell the others what it has observed, and collect tombstones"
            onClick={() => control('gc')}
          >
            Collect now
          </button>
          <SureButton label="Flush …" sure="Really empty it" onSure={() => control('flush')} />
        </span>
      </div>
      <div className={styles.fields}>
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={database.causal}
            onChange={(event) => toggle('causal', event.target.checked)}
          />
          Causal consistency
        </label>
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={database.sharding}
            onChange={(event) => toggle('sharding', event.target.checked)}
          />
          Sharding
        </label>
        <Choice
          label="Compression of traffic"
          value={String(database.compression)}
          options={COMPRESSIONS}
          onChange={(value) => control(setting('compression', value))}
        />
        <Choice
          label="Log reaches the disk"
          value={database.persistence}
          options={PERSISTENCE}
          onChange={(value) => control(setting('persistence', value))}
        />
        <Choice
          label="Backlog size"
          value={database.backlogBytes === null ? 'auto' : sizeWord(database.backlogBytes)}
          options={BACKLOGS}
          onChange={(value) => control(setting('backlog', value))}
        />
        <Choice
          label="Memory limit"
          value={database.memoryBytes === 0 ? 'unlimited' : sizeWord(database.memoryBytes)}
          options={MEMORIES}
          onChange={(value) => control(setting('memory', value))}
        />
        <Choice
          label="Eviction"
          value={database.eviction}
          options={EVICTIONS}
          onChange={(value) => control(setting('eviction', value))}
        />
        <NumberField
          label="Kept for replication"
          unit="%"
          min={0}
          max={100}
          value={database.oomThresholdPercent}
          onCommit={(percent) => control(setting('oom-threshold', String(Math.round(percent))))}
        />
        <Choice
          label="IDs that XADD takes"
          value={database.xaddId}
          options={XADD_IDS}
          onChange={(value) => control(setting('xadd-id', value))}
        />
      </div>
    </section>
  )
}
