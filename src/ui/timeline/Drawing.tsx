/** What the diagram shows within a window of it: lanes, spans, messages, events, and now. Also what a picture of it holds. */
import {
  firstIndex,
  isTold,
  laneName,
  messageLabel,
  regionColor,
  relation,
  timeOfY,
  yOfRow,
  type TimelineEvent,
  type TimelineMessage,
  type TimelineView,
} from '../../app/index.ts'
import { NoteLine, SpanBand, TimeMarks } from './Backdrop.tsx'
import { EventMark } from './EventMark.tsx'
import { charsBetween, messageStroke, type Scene } from './geometry.ts'
import { HiddenLine } from './HiddenLine.tsx'
import { MessageLine } from './MessageLine.tsx'
import { RunMark } from './RunMark.tsx'
import styles from './Diagram.module.css'

/** In a window of a screen; a picture, which is as high as all of it, holds more. */
const MOST_MESSAGES = 200
const PX_PER_MESSAGE = 6
const MOST_LOOKED_AT = 5000
/** Of commands that ran at one instant, a long paste, so many messages are drawn at either end: all of them would be one blot. */
const BURST_ENDS = 4

export interface DrawingProps extends Scene {
  readonly view: TimelineView
  readonly hidden: ReadonlySet<number>
  readonly housekeeping: boolean
  readonly selected: TimelineEvent | null
  readonly onSelect: (id: number | null) => void
  /** When each message under way will arrive, by its id; null while it is held. */
  readonly arrivals: ReadonlyMap<number, number | null>
  readonly width: number
  readonly height: number
}

export function Drawing(props: DrawingProps) {
  const { timeline, view, selected, onSelect, arrivals, width, height } = props
  const { layout, lanes, nowY, window } = props
  const { top, bottom } = window
  const firstRow = firstIndex(layout.ys.length, (row) => yOfRow(layout, row) >= top)
  const lastRow = firstIndex(layout.ys.length, (row) => yOfRow(layout, row) > bottom) - 1
  const { events } = view
  const visible = events.slice(
    firstIndex(events.length, (i) => (events[i]?.row ?? 0) >= firstRow),
    firstIndex(events.length, (i) => (events[i]?.row ?? 0) > lastRow),
  )
  const fromTime = timeOfY(layout, timeline, top)
  const toTime = lastRow >= timeline.rows.length - 1 ? Infinity : timeOfY(layout, timeline, bottom)
  const messages = messagesBetween(props, fromTime, toTime)
  const laneOf = (region: number) => lanes.find((place) => place.region === region)
  const drawMessage = (message: TimelineMessage) => {
    const stroke = messageStroke(props, message, arrivals.get(message.id))
    if (!stroke) return null
    const touched = selected !== null && (message.sentBy === selected.id || message.receivedBy === selected.id)
    const isToName = touched || stroke.state === 'moving' || stroke.state === 'lost'
    return (
      <MessageLine
        key={message.id}
        {...stroke}
        from={message.from}
        what={message.what}
        bytes={message.bytes}
        wasNews={message.receivedBy !== null}
        touched={touched}
        words={isToName ? messageLabel(timeline, message) : ''}
        chars={charsBetween(stroke.x1, stroke.x2)}
      />
    )
  }
  return (
    <svg width={width} height={height} className={styles.drawing} role="presentation" onClick={() => onSelect(null)}>
      <Patterns />
      {timeline.spans.map((span, i) => (
        <SpanBand key={i} span={span} lanes={lanes} layout={layout} timeline={timeline} nowY={nowY} />
      ))}
      {lanes.map((lane) => (
        <line
          key={lane.region}
          x1={lane.x}
          x2={lane.x}
          y1={lane.fromRow === 0 ? 0 : yOfRow(layout, lane.fromRow)}
          y2={lane.toRow === null ? nowY : yOfRow(layout, lane.toRow)}
          className={styles.lane}
          style={{ stroke: regionColor(lane.region) }}
        />
      ))}
      <TimeMarks timeline={timeline} layout={layout} firstRow={firstRow} lastRow={lastRow} />
      {timeline.notes.map((note) =>
        note.row < firstRow || note.row > lastRow ? null : (
          <NoteLine key={note.id} note={note} y={yOfRow(layout, note.row)} width={width} />
        ),
      )}
      {view.runs.map((run) => {
        const lane = laneOf(run.region)
        if (!lane || run.last.row < firstRow || run.first.row > lastRow) return null
        const ys = { from: yOfRow(layout, run.first.row), to: yOfRow(layout, run.last.row) }
        return <RunMark key={run.first.id} run={run} lane={lane} {...ys} onSelect={onSelect} />
      })}
      {view.hiddenPaths.map(({ from, to, via }) => (
        <HiddenLine
          key={`${from}-${to}`}
          from={timeline.events[from]}
          to={timeline.events[to]}
          via={laneName(timeline, via)}
          {...{ lanes, layout, top, bottom }}
        />
      ))}
      {messages.map(drawMessage)}
      {visible.map((event) => {
        const lane = laneOf(event.region)
        return lane ? (
          <EventMark
            key={event.id}
            event={event}
            lane={lane}
            y={yOfRow(layout, event.row)}
            relation={selected ? relation(selected, event) : null}
            onSelect={onSelect}
          />
        ) : null
      })}
      {timeline.rows.length > 0 && (
        <g className={styles.now} aria-hidden="true">
          <line x1={0} x2={width} y1={nowY + 16} y2={nowY + 16} />
          <text x={10} y={nowY + 20}>
            now
          </text>
        </g>
      )}
    </svg>
  )
}

function Patterns() {
  return (
    <defs>
      <pattern id="hatch-cut" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="7" height="7" className={styles.cutFill} />
        <line x1="0" y1="0" x2="0" y2="7" className={styles.cutHatch} />
      </pattern>
      <pattern id="hatch-paused" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect width="9" height="9" className={styles.pausedFill} />
        <line x1="0" y1="0" x2="0" y2="9" className={styles.pausedHatch} />
      </pattern>
      <pattern id="hatch-stopped" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" className={styles.stoppedFill} />
        <line x1="0" y1="3" x2="6" y2="3" className={styles.stoppedHatch} />
      </pattern>
    </defs>
  )
}

/** The last messages that were under way at some moment of a time span, in order. */
function messagesBetween(
  { timeline, hidden, view, housekeeping, selected, window }: DrawingProps,
  fromTime: number,
  toTime: number,
): TimelineMessage[] {
  const { messages, events } = timeline
  const most = Math.max(MOST_MESSAGES, (window.bottom - window.top) / PX_PER_MESSAGE)
  const found: TimelineMessage[] = []
  let i = firstIndex(messages.length, (at) => (messages[at]?.sentAt ?? 0) > toTime)
  const end = Math.max(0, i - MOST_LOOKED_AT)
  while (i > end && found.length < most) {
    const message = messages[--i]
    if (!message || (message.arrivedAt ?? message.lostAt ?? Infinity) < fromTime) continue
    if (!housekeeping && !isTold(message)) continue
    if (hidden.has(message.from) || hidden.has(message.to)) continue
    if (view.events !== events && !isDrawn(view, message.sentBy) && !isDrawn(view, message.receivedBy)) continue
    if (message.sentBy !== selected?.id && isInsideBurst(messages, i)) continue
    found.push(message)
  }
  return found.reverse()
}

/** Whether an event is drawn one by one. */
function isDrawn({ events }: TimelineView, id: number | null): boolean {
  return id !== null && events[firstIndex(events.length, (i) => (events[i]?.id ?? 0) >= id)]?.id === id
}

function isInsideBurst(messages: readonly TimelineMessage[], at: number): boolean {
  const { from, to, sentAt } = messages[at] as TimelineMessage
  const reaches = (step: 1 | -1) => {
    let alike = 0
    for (let i = at + step; alike < BURST_ENDS; i += step) {
      const other = messages[i]
      if (other?.sentAt !== sentAt) return false
      if (other.from === from && other.to === to) alike++
    }
    return true
  }
  return reaches(-1) && reaches(1)
}
