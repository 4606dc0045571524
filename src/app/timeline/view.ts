/** What of the timeline is drawn: the events that are asked for, runs of local ones folded into one, and the ways that knowledge took through hidden regions. */
import type { ReplicaId } from '../../replication/index.ts'
import { writeOfDot } from './causality.ts'
import { filteredEvents, type TimelineFilter } from './filter.ts'
import type { Timeline, TimelineEvent } from './model.ts'

/** Events of one region between two arrivals there, drawn as one. */
export interface Run {
  readonly region: ReplicaId
  readonly first: TimelineEvent
  readonly last: TimelineEvent
  readonly count: number
}

/** A write of a shown region that reached another shown one only through what a hidden region wrote after it had seen it. */
export interface HiddenPath {
  /** Event ids. */
  readonly from: number
  readonly to: number
  readonly via: ReplicaId
}

export interface TimelineView {
  /** Drawn one by one, in order. */
  readonly events: readonly TimelineEvent[]
  readonly runs: readonly Run[]
  readonly hiddenPaths: readonly HiddenPath[]
  /** Whether a row has something in it; undefined when all have. */
  readonly rows: readonly boolean[] | undefined
}

/** Fewer than that are not worth a fold. */
const LEAST_RUN = 3

/** `collapse` folds runs, except the one that `selected` (an event id) is in. Costs O(events). */
export function viewOf(
  timeline: Timeline,
  filter: TimelineFilter,
  collapse: boolean,
  selected: number | null,
): TimelineView {
  const asked = filteredEvents(timeline, filter)
  const { events, runs } = collapse ? folded(asked, selected) : { events: asked, runs: [] }
  const hiddenPaths = pathsThrough(timeline, filter.hidden)
  if (events === timeline.events) return { events, runs, hiddenPaths, rows: undefined }
  const rows: boolean[] = Array.from({ length: timeline.rows.length }, () => false)
  for (const { row } of events) rows[row] = true
  for (const { row } of timeline.notes) rows[row] = true
  for (const { first, last } of runs) rows[first.row] = rows[last.row] = true
  return { events, runs, hiddenPaths, rows }
}

const isLocal = ({ kind }: TimelineEvent) => kind === 'write' || kind === 'read' || kind === 'expiry'

function folded(asked: readonly TimelineEvent[], selected: number | null): Pick<TimelineView, 'events' | 'runs'> {
  const open = new Map<ReplicaId, TimelineEvent[]>()
  const events: TimelineEvent[] = []
  const runs: Run[] = []
  const close = (run: readonly TimelineEvent[]) => {
    const first = run[0]
    const last = run.at(-1)
    const isPicked = selected !== null && run.some((event) => event.id === selected)
    if (!first || !last || run.length < LEAST_RUN || isPicked) events.push(...run)
    else runs.push({ region: first.region, first, last, count: run.length })
  }
  for (const event of asked) {
    const run = open.get(event.region)
    if (isLocal(event)) {
      if (run) run.push(event)
      else open.set(event.region, [event])
      continue
    }
    events.push(event)
    if (run) close(run)
    open.delete(event.region)
  }
  for (const run of open.values()) close(run)
  return { events: events.sort((a, b) => a.id - b.id), runs: runs.sort((a, b) => a.first.id - b.first.id) }
}

/**
 * A hidden region's write tells what it had seen. Of each shown region the newest write among that is led to the arrival; drawn once, when it is
 * newer than what came that way before.
 */
function pathsThrough(timeline: Timeline, hidden: ReadonlySet<ReplicaId>): HiddenPath[] {
  if (hidden.size === 0) return []
  const shown = timeline.lanes.map(({ region }) => region).filter((region) => !hidden.has(region))
  const told = new Map<string, number>()
  const paths: HiddenPath[] = []
  for (const receive of timeline.events) {
    if (receive.kind !== 'receive' || hidden.has(receive.region)) continue
    for (const { origin: via, dots } of receive.arrived) {
      const newest = hidden.has(via) ? writeOfDot(timeline, via, dots[1]) : undefined
      for (const region of newest ? shown : []) {
        const seen = newest?.clock[region] ?? 0
        const way = `${region}:${via}:${receive.region}`
        if (region === receive.region || seen <= (told.get(way) ?? 0)) continue
        told.set(way, seen)
        const write = writeOfDot(timeline, region, seen)
        if (write) paths.push({ from: write.id, to: receive.id, via })
      }
    }
  }
  return paths
}
