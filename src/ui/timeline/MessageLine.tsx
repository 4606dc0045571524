/** A message from its sending to its arrival: still under way, arrived, held back, or lost with its connection. */
import {
  bytesText,
  yOfRow,
  yOfTime,
  type Layout,
  type Timeline,
  type TimelineEvent,
  type TimelineMessage,
  regionColor,
} from '../../app/index.ts'
import type { LanePlace } from './geometry.ts'
import styles from './Diagram.module.css'

const MARK_PX = 9

interface Props {
  readonly message: TimelineMessage
  readonly lanes: readonly LanePlace[]
  readonly layout: Layout
  readonly timeline: Timeline
  readonly now: number
  readonly nowY: number
  /** Null: held; undefined: no longer under way. */
  readonly arrivesAt: number | null | undefined
  readonly selected: TimelineEvent | null
  /** What is drawn, from top to bottom: a line dashed over ten thousand pixels would cost dearly. */
  readonly window: { readonly top: number; readonly bottom: number }
}

export function MessageLine({ message, lanes, layout, timeline, now, nowY, arrivesAt, selected, window }: Props) {
  const from = lanes.find((lane) => lane.region === message.from)
  const to = lanes.find((lane) => lane.region === message.to)
  if (!from || !to) return null
  const y1 = eventY(layout, timeline, message.sentBy) ?? yOfTime(layout, timeline, message.sentAt)
  const state =
    message.arrivedAt !== null
      ? 'arrived'
      : message.lostAt !== null
        ? 'lost'
        : typeof arrivesAt !== 'number'
          ? 'held'
          : 'moving'
  const share = progress(message, state, arrivesAt, now)
  const endY =
    state === 'arrived'
      ? (eventY(layout, timeline, message.receivedBy) ?? yOfTime(layout, timeline, message.arrivedAt ?? now))
      : state === 'lost'
        ? yOfTime(layout, timeline, message.lostAt ?? now)
        : Math.max(nowY, y1)
  const endX = from.x + (to.x - from.x) * share
  const length = Math.hypot(endX - from.x, endY - y1) || 1
  const ux = (endX - from.x) / length
  const uy = (endY - y1) / length
  const x2 = state === 'arrived' ? endX - ux * MARK_PX : endX
  const y2 = state === 'arrived' ? endY - uy * MARK_PX : endY
  const startY = y1 + uy * MARK_PX
  if (startY > window.bottom || y2 < window.top) return null
  const slope = uy === 0 ? 0 : ux / uy
  const fromY = Math.max(startY, window.top)
  const toY = Math.min(y2, window.bottom)
  const touched = selected !== null && (message.sentBy === selected.id || message.receivedBy === selected.id)
  return (
    <g
      className={styles.message}
      data-state={state}
      data-what={message.what}
      data-touched={touched || undefined}
      data-empty={(state === 'arrived' && message.what === 'effects' && message.receivedBy === null) || undefined}
      aria-hidden="true"
    >
      <line
        x1={from.x + ux * MARK_PX + (fromY - startY) * slope}
        y1={fromY}
        x2={x2 - (y2 - toY) * slope}
        y2={toY}
        style={{ stroke: regionColor(message.from) }}
      />
      {state === 'arrived' && <path d={arrowHead(x2, y2, ux, uy)} style={{ fill: regionColor(message.from) }} />}
      {message.what === 'snapshot' && (
        <Words x={(from.x + endX) / 2} y={(fromY + toY) / 2 - 9} text={`full sync ${bytesText(message.bytes)}`} />
      )}
      {message.what === 'expelled' && (state !== 'arrived' || message.receivedBy !== null) && (
        <Words x={(from.x + endX) / 2} y={(fromY + toY) / 2 - 9} text="you are no member" />
      )}
      {state === 'moving' && <circle cx={x2} cy={y2} r={4} style={{ fill: regionColor(message.from) }} />}
      {state === 'held' && <path d={`M${x2 - 3} ${y2 - 5}v10M${x2 + 3} ${y2 - 5}v10`} className={styles.bars} />}
      {state === 'lost' && <path d={`M${x2 - 4} ${y2 - 4}l8 8M${x2 + 4} ${y2 - 4}l-8 8`} className={styles.cross} />}
    </g>
  )
}

/** What a message is, above the middle of its line. */
function Words({ x, y, text }: { readonly x: number; readonly y: number; readonly text: string }) {
  return (
    <text x={x} y={y} textAnchor="middle" className={styles.messageName}>
      {text}
    </text>
  )
}

function eventY(layout: Layout, timeline: Timeline, id: number | null): number | null {
  const event = id === null ? undefined : timeline.events[id]
  return event ? yOfRow(layout, event.row) : null
}

/** How far along it is drawn, 0 … 1: held and lost messages stop near their sender and half-way. */
function progress(message: TimelineMessage, state: string, arrivesAt: number | null | undefined, now: number): number {
  if (state === 'arrived') return 1
  if (state === 'held') return 0.16
  if (state === 'lost' || typeof arrivesAt !== 'number') return 0.5
  const span = arrivesAt - message.sentAt
  return span <= 0 ? 1 : Math.min(1, Math.max(0, (now - message.sentAt) / span))
}

function arrowHead(x: number, y: number, ux: number, uy: number): string {
  const backX = x - ux * 7
  const backY = y - uy * 7
  return `M${x} ${y}L${backX - uy * 3.5} ${backY + ux * 3.5}L${backX + uy * 3.5} ${backY - ux * 3.5}Z`
}
