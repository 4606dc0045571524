/** What lies behind the events: times, control lines across all lanes, and spans that lasted. */
import {
  timeText,
  yOfRow,
  yOfTime,
  type Layout,
  type Timeline,
  type TimelineNote,
  type TimelineSpan,
} from '../../app/index.ts'
import { clipped, GUTTER_PX, type LanePlace } from './geometry.ts'
import styles from './Diagram.module.css'

interface MarksProps {
  readonly timeline: Timeline
  readonly layout: Layout
  readonly firstRow: number
  readonly lastRow: number
}

export function TimeMarks({ timeline, layout, firstRow, lastRow }: MarksProps) {
  const marks = []
  for (let row = firstRow; row <= lastRow; row++) {
    const at = timeline.rows[row]
    // A row that takes no room has nothing in it.
    if (yOfRow(layout, row) === yOfRow(layout, row - 1) || (row === 0 && yOfRow(layout, row) === 0)) continue
    if (at === undefined || (row > firstRow && timeText(at) === timeText(timeline.rows[row - 1] ?? -1))) continue
    marks.push(
      <text key={row} x={GUTTER_PX - 10} y={yOfRow(layout, row) + 4} textAnchor="end" className={styles.time}>
        {timeText(at)}
      </text>,
    )
  }
  return <g aria-hidden="true">{marks}</g>
}

interface NoteProps {
  readonly note: TimelineNote
  readonly y: number
  readonly width: number
}

export function NoteLine({ note, y, width }: NoteProps) {
  const text = clipped(note.ok ? note.line : `${note.line} — refused`, 44)
  const room = text.length * 7.3 + 18
  const middle = GUTTER_PX + (width - GUTTER_PX) / 2
  return (
    <g className={styles.note} aria-hidden="true">
      <line x1={GUTTER_PX} x2={width} y1={y} y2={y} />
      <rect x={middle - room / 2} y={y - 10} width={room} height={20} rx={10} />
      <text x={middle} y={y + 4} textAnchor="middle">
        {text}
      </text>
    </g>
  )
}

const STRIP_PX = 9

interface BandProps {
  readonly span: TimelineSpan
  readonly lanes: readonly LanePlace[]
  readonly layout: Layout
  readonly timeline: Timeline
  readonly nowY: number
}

export function SpanBand({ span, lanes, layout, timeline, nowY }: BandProps) {
  const y1 = span.kind === 'cut' ? yOfTime(layout, timeline, span.from) : yOfRow(layout, span.fromRow)
  const y2 =
    span.to === null ? nowY + 16 : span.toRow === null ? yOfTime(layout, timeline, span.to) : yOfRow(layout, span.toRow)
  const lane = (region: number) => lanes.find((each) => each.region === region)
  const [a, b] = span.kind === 'paused' ? endsOf(lanes) : leftToRight(lane(span.a), lane(span.b))
  if (!a || !b || y2 <= y1) return null
  if (span.kind === 'stopped') return <StoppedBand x={a.x} y1={y1} y2={y2} />
  const fill = `url(#hatch-${span.kind})`
  // A band across the lanes between two ends would tint lanes that are not concerned: there each end gets a strip on the side of the other.
  if (span.kind === 'cut' && new Set(lanes.map((each) => each.column)).size > 2) {
    return (
      <g aria-hidden="true">
        <rect x={a.x} y={y1} width={STRIP_PX} height={y2 - y1} fill={fill} />
        <rect x={b.x - STRIP_PX} y={y1} width={STRIP_PX} height={y2 - y1} fill={fill} />
      </g>
    )
  }
  return (
    <g aria-hidden="true">
      <rect x={a.x} y={y1} width={b.x - a.x} height={y2 - y1} fill={fill} />
      {y2 - y1 > 30 && (
        <text x={(a.x + b.x) / 2} y={y1 + 24} textAnchor="middle" className={styles.spanName} data-kind={span.kind}>
          {span.kind === 'cut' ? 'link cut' : 'sync paused'}
        </text>
      )}
    </g>
  )
}

type MaybeLane = LanePlace | undefined

function leftToRight(a: MaybeLane, b: MaybeLane): readonly [MaybeLane, MaybeLane] {
  return a && b && a.x > b.x ? [b, a] : [a, b]
}

function endsOf(lanes: readonly LanePlace[]): readonly [MaybeLane, MaybeLane] {
  const inOrder = [...lanes].sort((a, b) => a.x - b.x)
  return [inOrder[0], inOrder.at(-1)]
}

/** A region without power: its lane is struck through. */
function StoppedBand({ x, y1, y2 }: { readonly x: number; readonly y1: number; readonly y2: number }) {
  return <rect x={x - 6} y={y1} width={12} height={y2 - y1} fill="url(#hatch-stopped)" aria-hidden="true" />
}
