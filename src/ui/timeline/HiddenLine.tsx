/** How knowledge went from one shown region to another through a hidden one: a dashed line, so that effect still has its cause. */
import { yOfRow, type Layout, type TimelineEvent } from '../../app/index.ts'
import type { LanePlace } from './geometry.ts'
import styles from './Diagram.module.css'

interface Props {
  readonly from: TimelineEvent | undefined
  readonly to: TimelineEvent | undefined
  /** The hidden region's name. */
  readonly via: string
  readonly lanes: readonly LanePlace[]
  readonly layout: Layout
  readonly top: number
  readonly bottom: number
}

export function HiddenLine({ from, to, via, lanes, layout, top, bottom }: Props) {
  const a = lanes.find((lane) => lane.region === from?.region)
  const b = lanes.find((lane) => lane.region === to?.region)
  if (!from || !to || !a || !b) return null
  const y1 = yOfRow(layout, from.row)
  const y2 = yOfRow(layout, to.row)
  if (y1 > bottom || y2 < top) return null
  const x = (a.x + b.x) / 2
  const y = Math.min(bottom, Math.max(top, (y1 + y2) / 2))
  return (
    <g className={styles.hiddenPath} aria-hidden="true">
      <line x1={a.x} y1={y1} x2={b.x} y2={y2} />
      <text x={x} y={y - 4} textAnchor="middle">
        via {via}
      </text>
    </g>
  )
}
