/** A run of local events, folded into one mark as long as the run lasted. Selecting it selects its first event, which opens it. */
import { memo } from 'react'
import { regionColor, timeText, type Run } from '../../app/index.ts'
import { clipped, type LanePlace } from './geometry.ts'
import styles from './Diagram.module.css'

interface Props {
  readonly run: Run
  readonly lane: LanePlace
  readonly from: number
  readonly to: number
  readonly onSelect: (id: number) => void
}

export const RunMark = memo(function RunMark({ run, lane, from, to, onSelect }: Props) {
  const { first, last, count } = run
  const text = `${count} commands: ${first.label} … ${last.label}`
  return (
    <g
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- SVG has no option element
      role="option"
      aria-selected={false}
      aria-label={`${lane.name}, ${timeText(first.at)} to ${timeText(last.at)}: ${text}, folded`}
      className={styles.event}
      data-kind="run"
      onClick={(click) => {
        click.stopPropagation()
        onSelect(first.id)
      }}
    >
      <rect
        x={lane.x - 7}
        y={from - 9}
        width={14}
        height={to - from + 18}
        rx={7}
        className={styles.run}
        style={{ stroke: regionColor(run.region) }}
      />
      {[-4, 0, 4].map((dy) => (
        <circle key={dy} cx={lane.x} cy={(from + to) / 2 + dy} r={1.3} fill={regionColor(run.region)} />
      ))}
      <text x={lane.labelX} y={(from + to) / 2 + 4} textAnchor={lane.anchor} className={styles.label}>
        {clipped(text, lane.labelChars)}
      </text>
      <title>{text}</title>
    </g>
  )
})
