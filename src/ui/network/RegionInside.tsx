/** What INFO's crdt section says of a region, each field with a line of explanation; and how much memory it uses. A look, not a command: it leaves no trace. */
import { useEffect, useState } from 'react'
import { bytesText, explainInfoField } from '../../app/index.ts'
import type { ClusterApi, RegionStatus } from '../../simulation/index.ts'
import { usePage } from '../hooks.ts'
import { Meter } from './fields.tsx'
import styles from './NetworkPanel.module.css'

const LOOK_AGAIN_MS = 700

type Inspection = Awaited<ReturnType<ClusterApi['inspect']>>

export function RegionInside({ region }: { readonly region: RegionStatus }) {
  const seen = useInspection(region.id)
  if (seen === undefined) return <p className={styles.fact}>Looking inside …</p>
  if (seen === null) return <p className={styles.fact}>Nothing runs here: what the region has is on its disk.</p>
  const limit = region.settings?.memoryBytes ?? 0
  const used = bytesText(seen.memoryBytes)
  return (
    <>
      {limit === 0 ? (
        <p className={styles.fact}>Keys take {used} of memory; there is no limit.</p>
      ) : (
        <Meter label="Memory" value={seen.memoryBytes} max={limit} text={`${used} of ${bytesText(limit)}`} />
      )}
      <h3 className={styles.infoTitle}>INFO crdt</h3>
      <dl className={styles.info}>
        {seen.info.map(([field, value]) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd className="mono">{value === '' ? '–' : String(value).replaceAll(',', ', ')}</dd>
            <dd className={styles.explained}>{explainInfoField(field)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** Undefined before the first look; null where nothing runs. */
function useInspection(region: number): Inspection | undefined {
  const { playground } = usePage()
  const [seen, setSeen] = useState<Inspection | undefined>(undefined)
  useEffect(() => {
    let over = false
    let timer: number | undefined
    const look = async () => {
      // The database may go down in the middle of a look; the panel then goes with it.
      const inspection = await playground
        .api()
        ?.inspect(region)
        .catch(() => undefined)
      if (over) return
      if (inspection !== undefined) setSeen(inspection)
      timer = window.setTimeout(() => void look(), LOOK_AGAIN_MS)
    }
    void look()
    return () => {
      over = true
      window.clearTimeout(timer)
    }
  }, [playground, region])
  return seen
}
