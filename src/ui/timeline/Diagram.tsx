/**
 * The space-time diagram. Only what is in view (and a little around it) is drawn, so ten thousand events cost no more than fifty. The list of
 * events is one listbox: arrows walk along a lane and across lanes, and screen readers hear each event in words.
 */
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import {
  firstIndex,
  isTold,
  laneName,
  layoutOf,
  messageLabel,
  relation,
  timeOfY,
  yOfRow,
  yOfTime,
  type Timeline,
  type TimelineEvent,
  type TimelineMessage,
  type TimelineView,
  regionColor,
} from '../../app/index.ts'
import type { ClusterStatus } from '../../simulation/index.ts'
import { useSize } from '../hooks.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import { charsBetween, headsOf, messageStroke, placeLanes, shownLanes } from './geometry.ts'
import { EventMark } from './EventMark.tsx'
import { HiddenLine } from './HiddenLine.tsx'
import { MessageLine } from './MessageLine.tsx'
import { RunMark } from './RunMark.tsx'
import { NoteLine, SpanBand, TimeMarks } from './Backdrop.tsx'
import { nextEvent } from './walk.ts'
import { usePan } from './usePan.ts'
import { useVirtualNow } from './useVirtualNow.ts'
import styles from './Diagram.module.css'

const OVERSCAN_PX = 120
/** What is drawn changes once for so many pixels of scrolling; in between the browser moves what is there. */
const STEP_PX = 120
const TAIL_PX = 48
const MOST_MESSAGES = 200
const MOST_LOOKED_AT = 5000
/** Of commands that ran at one instant, a long paste, so many messages are drawn at either end: all of them would be one blot. */
const BURST_ENDS = 4

interface Props {
  readonly timeline: Timeline
  /** Which of its events are drawn. */
  readonly view: TimelineView
  readonly hidden: ReadonlySet<number>
  readonly version: number
  readonly status: ClusterStatus | null
  readonly selected: TimelineEvent | null
  readonly onSelect: (id: number | null) => void
  readonly zoom: number
  readonly onZoom: (factor: number) => void
  readonly housekeeping: boolean
}

export function Diagram(props: Props) {
  const { timeline, view, hidden, version, status, selected, onSelect, zoom, onZoom, housekeeping } = props
  const [sizeRef, size] = useSize()
  const scroller = useRef<HTMLDivElement | null>(null)
  /** How far it is scrolled, in steps. */
  const [step, setStep] = useState(0)
  const following = useRef(true)
  const now = useVirtualNow(status)

  const layout = useMemo(() => {
    void version
    return layoutOf(timeline, zoom, view.rows)
  }, [timeline, version, zoom, view])
  const nowY = yOfTime(layout, timeline, Math.max(now, timeline.rows.at(-1) ?? 0))
  const height = Math.max(size.height, nowY + TAIL_PX)
  const lanes = useMemo(
    () => placeLanes(shownLanes(timeline.lanes, hidden), size.width),
    [timeline.lanes, hidden, size.width],
  )

  const newest = timeline.rows.length - 1
  const newestY = newest < 0 ? 0 : yOfRow(layout, newest)
  const [newerBelow, setNewerBelow] = useState(false)
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    if (following.current && !selected) box.scrollTop = box.scrollHeight
    setNewerBelow(newestY > box.scrollTop + size.height)
  }, [height, selected, newestY, size.height])

  const selectedY = selected ? yOfRow(layout, selected.row) : null
  useEffect(() => {
    const box = scroller.current
    if (!box || selectedY === null) return
    if (selectedY < box.scrollTop + 30) box.scrollTop = selectedY - 30
    else if (selectedY > box.scrollTop + box.clientHeight - 40) box.scrollTop = selectedY - box.clientHeight + 40
  }, [selectedY, size.height])

  /** The moment that stays where it is when the scale, or what is shown, changes: under the pointer, else in the middle. */
  const anchor = useRef({ at: 0, offset: 0 })
  const drawn = useRef({ zoom, rows: view.rows?.length })
  useLayoutEffect(() => {
    const box = scroller.current
    const isSame = drawn.current.zoom === zoom && drawn.current.rows === view.rows?.length
    drawn.current = { zoom, rows: view.rows?.length }
    if (!box || isSame || (following.current && !selected)) return
    box.scrollTop = yOfTime(layout, timeline, anchor.current.at) - anchor.current.offset
  }, [layout, zoom, view, timeline, selected])
  const hold = (offset: number) => {
    anchor.current = { at: timeOfY(layout, timeline, (scroller.current?.scrollTop ?? 0) + offset), offset }
  }
  const zoomBy = (factor: number, offset = size.height / 2) => {
    hold(offset)
    onZoom(factor)
  }
  usePan(scroller, (deltaY, offset) => zoomBy(Math.exp(-deltaY / 300), offset))

  const top = Math.max(0, step * STEP_PX - OVERSCAN_PX)
  const bottom = (step + 1) * STEP_PX + size.height + OVERSCAN_PX
  const firstRow = firstIndex(layout.ys.length, (row) => yOfRow(layout, row) >= top)
  const lastRow = firstIndex(layout.ys.length, (row) => yOfRow(layout, row) > bottom) - 1
  const { notes } = timeline
  const { events } = view
  const visible = events.slice(
    firstIndex(events.length, (i) => (events[i]?.row ?? 0) >= firstRow),
    firstIndex(events.length, (i) => (events[i]?.row ?? 0) > lastRow),
  )
  const fromTime = timeOfY(layout, timeline, top)
  const toTime = lastRow >= timeline.rows.length - 1 ? Infinity : timeOfY(layout, timeline, bottom)
  const messages = messagesBetween(timeline, hidden, view, fromTime, toTime, housekeeping, selected)
  const arrivals = useMemo(() => arrivalsOf(status), [status])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === '+' || event.key === '=') return zoomBy(1.25)
    if (event.key === '-') return zoomBy(0.8)
    if (event.key === 'Escape' && selected) return onSelect(null)
    const next = nextEvent(timeline, view, selected, event.key)
    if (!next) return
    event.preventDefault()
    onSelect(next.id)
  }

  const onScroll = () => {
    const box = scroller.current
    if (!box) return
    following.current = box.scrollTop + box.clientHeight >= box.scrollHeight - 30
    setStep(Math.floor(box.scrollTop / STEP_PX))
    setNewerBelow(newestY > box.scrollTop + size.height)
    if (drawn.current.zoom === zoom) hold(size.height / 2)
  }

  const laneOf = (region: number) => lanes.find((place) => place.region === region)
  const scene = { timeline, layout, lanes, now, nowY, window: { top, bottom } }
  const drawMessage = (message: TimelineMessage) => {
    const stroke = messageStroke(scene, message, arrivals.get(message.id))
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
  const follow = () => {
    following.current = true
    onSelect(null)
    scroller.current?.scrollTo({ top: height })
  }

  return (
    <div className={styles.diagram} data-version={version}>
      <div className={styles.heads} aria-hidden="true">
        {headsOf(lanes).map((lane) => (
          <span
            key={lane.region}
            style={{ left: lane.x, maxWidth: lane.headPx }}
            data-anchor={lane.anchor}
            data-gone={lane.to !== null || undefined}
          >
            <RegionMark region={lane.region} /> <b>{lane.name}</b>
          </span>
        ))}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role depends on whether there is anything to list */}
      <div
        ref={(element) => {
          scroller.current = element
          sizeRef(element)
        }}
        className={styles.scroller}
        role={events.length + view.runs.length > 0 ? 'listbox' : 'group'}
        aria-label="Timeline: arrow keys walk from event to event"
        aria-activedescendant={selected ? `event-${selected.id}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={onScroll}
      >
        <svg
          width={size.width}
          height={height}
          className={styles.drawing}
          role="presentation"
          onClick={() => onSelect(null)}
        >
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
          {notes.map((note) =>
            note.row < firstRow || note.row > lastRow ? null : (
              <NoteLine key={note.id} note={note} y={yOfRow(layout, note.row)} width={size.width} />
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
              <line x1={0} x2={size.width} y1={nowY + 16} y2={nowY + 16} />
              <text x={10} y={nowY + 20}>
                now
              </text>
            </g>
          )}
        </svg>
      </div>
      {newerBelow && (
        <button type="button" className={`button ${styles.newer}`} onClick={follow}>
          ↓ Newer events
        </button>
      )}
    </div>
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
  { messages, events }: Timeline,
  hidden: ReadonlySet<number>,
  view: TimelineView,
  fromTime: number,
  toTime: number,
  housekeeping: boolean,
  selected: TimelineEvent | null,
): TimelineMessage[] {
  const found: TimelineMessage[] = []
  let i = firstIndex(messages.length, (at) => (messages[at]?.sentAt ?? 0) > toTime)
  const end = Math.max(0, i - MOST_LOOKED_AT)
  while (i > end && found.length < MOST_MESSAGES) {
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

/** When each message under way will arrive; null while it is held. */
function arrivalsOf(status: ClusterStatus | null): ReadonlyMap<number, number | null> {
  const links = status?.links ?? []
  return new Map(links.flatMap((link) => link.inFlight.map(({ message, arrivesAt }) => [message, arrivesAt] as const)))
}
