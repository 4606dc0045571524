/** News from outside the simulated world, such as a worker that died and was restarted. Stays until it is closed. */
import { usePage, usePlayground } from '../hooks.ts'
import { RegionMark } from './RegionMark.tsx'
import styles from './Incidents.module.css'

export function Incidents() {
  const { playground } = usePage()
  const incidents = usePlayground((state) => state.incidents)
  const regions = usePlayground((state) => state.status?.regions)
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an output element may not hold paragraphs and buttons
    <div className={styles.stack} role="status" aria-label="Incidents">
      {incidents.map((incident) => (
        <div key={incident.id} className={styles.toast}>
          <RegionMark region={incident.region} />
          <p>
            <strong>
              {regions?.find((region) => region.id === incident.region)?.name ?? `Region ${incident.region}`}:
            </strong>{' '}
            {incident.text}
          </p>
          <button
            className="button"
            type="button"
            data-tone="plain"
            aria-label="Close this message"
            onClick={() => playground.dismiss(incident.id)}
          >
            ✕
          </button>
        </div>
      ))}
    </div>
  )
}
