/**
 * The space-time diagram. Only what is in view (and a little around it) is drawn, so ten thousand events cost no more than fifty. The list of
 * events is one listbox: arrows walk along a lane and across lanes, and screen readers hear each event in words.
 */
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import {
  layoutOf,
  timeOfY,
  yOfRow,
  yOfTime,
  type Timeline,
  type TimelineEvent,
  type TimelineView,
} from '../../app/index.ts'
import type { ClusterStatus } from '../../simulation/index.ts'
import { useSize } from '../hooks.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import { Drawing } from './Drawing.tsx'
import { headsOf, placeLanes, shownLanes, TAIL_PX } from './geometry.ts'
import { nextEvent } from './walk.ts'
import { usePan } from './usePan.ts'
import { useVirtualNow } from './useVirtualNow.ts'
import styles from './Diagram.module.css'

const OVERSCAN_PX = 120
/** What is drawn changes once for so many pixels of scrolling; in between the browser moves what is there. */
const STEP_PX = 120
interface Props {
  readonly timeline: Timeline
  /** Which of its events are drawn. */
  readonly view: TimelineView
  readonly hidden: ReadonlySet<number>
  readonly version: number
  readonly status: ClusterStatus | null
  readonly arrivals: ReadonlyMap<number, number | null>
  readonly selected: TimelineEvent | null
  readonly onSelect: (id: number | null) => void
  readonly zoom: number
  readonly onZoom: (factor: number) => void
  readonly housekeeping: boolean
}

export function Diagram(props: Props) {
  const { timeline, view, hidden, version, status, arrivals, selected, onSelect, zoom, onZoom, housekeeping } = props
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

  const window = {
    top: Math.max(0, step * STEP_PX - OVERSCAN_PX),
    bottom: (step + 1) * STEP_PX + size.height + OVERSCAN_PX,
  }

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
        role={view.events.length + view.runs.length > 0 ? 'listbox' : 'group'}
        aria-label="Timeline: arrow keys walk from event to event"
        aria-activedescendant={selected ? `event-${selected.id}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={onScroll}
      >
        <Drawing
          {...{ timeline, view, hidden, housekeeping, selected, onSelect, layout, lanes, now, nowY, arrivals, height }}
          window={window}
          width={size.width}
        />
      </div>
      {newerBelow && (
        <button type="button" className={`button ${styles.newer}`} onClick={follow}>
          ↓ Newer events
        </button>
      )}
    </div>
  )
}
