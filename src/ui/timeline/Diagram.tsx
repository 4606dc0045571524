/**
 * The space-time diagram. Only what is in view (and a little around it) is drawn, so ten thousand events cost no more than fifty. The list of
 * events is one listbox: arrows walk along a lane and across lanes, and screen readers hear each event in words.
 */
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import {
  extendLayout,
  firstIndex,
  isTold,
  layoutOf,
  relation,
  timeOfY,
  yOfRow,
  yOfTime,
  type Timeline,
  type TimelineEvent,
  type TimelineMessage,
  regionColor,
} from '../../app/index.ts'
import type { ClusterStatus } from '../../simulation/index.ts'
import { useSize } from '../hooks.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import { headsOf, placeLanes } from './geometry.ts'
import { EventMark } from './EventMark.tsx'
import { MessageLine } from './MessageLine.tsx'
import { NoteLine, SpanBand, TimeMarks } from './Backdrop.tsx'
import { nextEvent } from './walk.ts'
import { useVirtualNow } from './useVirtualNow.ts'
import styles from './Diagram.module.css'

const OVERSCAN_PX = 240
const TAIL_PX = 48
const MOST_MESSAGES = 200
const MOST_LOOKED_AT = 5000
/** Of commands that ran at one instant, a long paste, so many messages are drawn at either end: all of them would be one blot. */
const BURST_ENDS = 4

interface Props {
  readonly timeline: Timeline
  readonly version: number
  readonly status: ClusterStatus | null
  readonly selected: TimelineEvent | null
  readonly onSelect: (id: number | null) => void
  readonly zoom: number
  readonly onZoom: (factor: number) => void
  readonly housekeeping: boolean
}

export function Diagram({ timeline, version, status, selected, onSelect, zoom, onZoom, housekeeping }: Props) {
  const [sizeRef, size] = useSize()
  const scroller = useRef<HTMLDivElement | null>(null)
  const [scrollTop, setScrollTop] = useState(0)
  const following = useRef(true)
  const now = useVirtualNow(status)

  const layout = useMemo(() => layoutOf(timeline, zoom), [timeline, zoom])
  extendLayout(layout, timeline)
  const nowY = yOfTime(layout, timeline, Math.max(now, timeline.rows.at(-1) ?? 0))
  const height = Math.max(size.height, nowY + TAIL_PX)
  const lanes = useMemo(() => placeLanes(timeline.lanes, size.width), [timeline.lanes, size.width])

  useLayoutEffect(() => {
    const box = scroller.current
    if (box && following.current && !selected) box.scrollTop = box.scrollHeight
  }, [height, selected])

  const selectedY = selected ? yOfRow(layout, selected.row) : null
  useEffect(() => {
    const box = scroller.current
    if (!box || selectedY === null) return
    if (selectedY < box.scrollTop + 30) box.scrollTop = selectedY - 30
    else if (selectedY > box.scrollTop + box.clientHeight - 40) box.scrollTop = selectedY - box.clientHeight + 40
  }, [selectedY, size.height])

  // Ctrl + wheel zooms, as in maps; React's wheel listener is passive and could not keep the page from zooming too.
  useEffect(() => {
    const box = scroller.current
    const zoomByWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      onZoom(event.deltaY < 0 ? 1.25 : 0.8)
    }
    box?.addEventListener('wheel', zoomByWheel, { passive: false })
    return () => box?.removeEventListener('wheel', zoomByWheel)
  }, [onZoom])

  const top = Math.max(0, scrollTop - OVERSCAN_PX)
  const bottom = scrollTop + size.height + OVERSCAN_PX
  const firstRow = firstIndex(layout.ys.length, (row) => yOfRow(layout, row) >= top)
  const lastRow = firstIndex(layout.ys.length, (row) => yOfRow(layout, row) > bottom) - 1
  const { events, notes } = timeline
  const visible = events.slice(
    firstIndex(events.length, (i) => (events[i]?.row ?? 0) >= firstRow),
    firstIndex(events.length, (i) => (events[i]?.row ?? 0) > lastRow),
  )
  const fromTime = timeOfY(layout, timeline, top)
  const toTime = lastRow >= timeline.rows.length - 1 ? Infinity : timeOfY(layout, timeline, bottom)
  const messages = messagesBetween(timeline, fromTime, toTime, housekeeping, selected)
  const arrivals = useMemo(() => arrivalsOf(status), [status])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === '+' || event.key === '=') return onZoom(1.25)
    if (event.key === '-') return onZoom(0.8)
    if (event.key === 'Escape' && selected) return onSelect(null)
    const next = nextEvent(timeline, selected, event.key)
    if (!next) return
    event.preventDefault()
    onSelect(next.id)
  }

  const onScroll = () => {
    const box = scroller.current
    if (!box) return
    following.current = box.scrollTop + box.clientHeight >= box.scrollHeight - 30
    setScrollTop(box.scrollTop)
  }

  const newest = timeline.rows.length - 1
  const newerBelow = newest >= 0 && yOfRow(layout, newest) > scrollTop + size.height
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
        role={events.length > 0 ? 'listbox' : 'group'}
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
          {messages.map((message) => (
            <MessageLine
              key={message.id}
              message={message}
              lanes={lanes}
              layout={layout}
              timeline={timeline}
              now={now}
              nowY={nowY}
              arrivesAt={arrivals.get(message.id)}
              selected={selected}
              window={{ top, bottom }}
            />
          ))}
          {visible.map((event) => {
            const lane = lanes.find((place) => place.region === event.region)
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
  { messages }: Timeline,
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
    if (message.sentBy !== selected?.id && isInsideBurst(messages, i)) continue
    found.push(message)
  }
  return found.reverse()
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
