/** The same as the diagram, as a table: one line per event, message, control line and span, in the order in which they happened. */
import { memo, useState } from 'react'
import { tableRows, type Timeline, type TimelineView } from '../../app/index.ts'
import { ScrollBox } from '../parts/ScrollBox.tsx'
import { RegionMark } from '../parts/RegionMark.tsx'
import styles from './TimelineTable.module.css'

const PAGE_ROWS = 100

interface Props {
  readonly timeline: Timeline
  readonly view: TimelineView
  readonly hidden: ReadonlySet<number>
  /** The timeline grows in place; this says when to look again. */
  readonly version: number
  readonly housekeeping: boolean
}

export const TimelineTable = memo(function TimelineTable({ timeline, view, hidden, housekeeping }: Props) {
  const rows = tableRows(timeline, view, hidden, housekeeping)
  const lastPage = Math.max(0, Math.ceil(rows.length / PAGE_ROWS) - 1)
  /** Null: always the newest page. */
  const [chosen, setChosen] = useState<number | null>(null)
  const page = Math.min(chosen ?? lastPage, lastPage)
  return (
    <div className={styles.box}>
      <ScrollBox className={styles.scroller} label="Timeline table">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Where</th>
              <th scope="col">What</th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS).map((row) => (
              <tr key={row.key}>
                <td className={styles.time}>{row.time}</td>
                <td>
                  <span className={styles.where}>
                    {row.region !== null && <RegionMark region={row.region} size={10} />} {row.where}
                  </span>
                </td>
                <td>
                  {row.kind} {row.what !== '' && <code>{row.what}</code>}
                </td>
                <td>{row.outcome}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {lastPage > 0 && (
        <div className={styles.pages}>
          <button className="button" type="button" disabled={page === 0} onClick={() => setChosen(page - 1)}>
            Earlier
          </button>
          <span>
            Part {page + 1} of {lastPage + 1}
          </span>
          <button
            className="button"
            type="button"
            disabled={page === lastPage}
            onClick={() => setChosen(page + 1 === lastPage ? null : page + 1)}
          >
            Later
          </button>
        </div>
      )}
    </div>
  )
})
