/** Regions that stop, start, join and leave, and the connections between them. */
import type { LinkEntry, RegionEntry, RegionEvent } from '../../simulation/index.ts'
import type { ReplicaId } from '../../replication/index.ts'
import { addEvent, closeSpan, lastRowIndex, openSpan } from './append.ts'
import type { Lane, Timeline, TimelineSpan } from './model.ts'

const WORDS: Record<RegionEvent, string> = {
  added: 'joined',
  stopped: 'power lost',
  lost: 'power and disk lost',
  started: 'started',
  removed: 'removed',
  purged: 'deleted',
}

export function appendRegion(timeline: Timeline, { region, name, what, at }: RegionEntry): void {
  if (what === 'added') addLane(timeline, region, name, at)
  // What it observes after a restart comes from its disk first.
  if (what === 'started') timeline.clocks.delete(region)
  addEvent(timeline, { at, clock: timeline.clocks.get(region) ?? [] }, region, { kind: 'region', label: WORDS[what] })
  if (what === 'stopped' || what === 'lost') openSpan(timeline, 'stopped', region, region, at)
  if (what === 'started') closeSpans(timeline, at, (span) => span.kind === 'stopped' && span.a === region)
  if (what === 'purged') endLane(timeline, region, at)
}

/** Takes the place of a region of the same name, which is gone. */
function addLane(timeline: Timeline, region: ReplicaId, name: string, at: number): void {
  const old = timeline.lanes.findLast((lane) => lane.name === name)
  if (old?.to === null) endLane(timeline, old.region, at)
  const column = old?.column ?? Math.max(-1, ...timeline.lanes.map((lane) => lane.column)) + 1
  const fromRow = lastRowIndex(timeline)
  timeline.lanes = [...timeline.lanes, { region, name, column, from: at, fromRow, to: null, toRow: null }]
}

function endLane(timeline: Timeline, region: ReplicaId, at: number): void {
  const toRow = lastRowIndex(timeline)
  timeline.lanes = timeline.lanes.map((lane): Lane => (lane.region === region ? { ...lane, to: at, toRow } : lane))
  closeSpans(timeline, at, ({ kind, a, b }) => kind !== 'paused' && (a === region || b === region))
}

function closeSpans(timeline: Timeline, at: number, ends: (span: TimelineSpan) => boolean): void {
  for (const span of timeline.spans) if (span.to === null && ends(span)) closeSpan(timeline, span, at)
}

/** A connection that is down because one end has no power is told by the span of that region. */
export function appendLink(timeline: Timeline, entry: LinkEntry): void {
  const a = Math.min(entry.a, entry.b)
  const b = Math.max(entry.a, entry.b)
  const isThis = (span: TimelineSpan) => span.kind === 'cut' && span.a === a && span.b === b && span.to === null
  if (entry.up) closeSpans(timeline, entry.at, isThis)
  const stopped = timeline.spans.some(
    (span) => span.kind === 'stopped' && span.to === null && (span.a === a || span.a === b),
  )
  if (!entry.up && !stopped && !timeline.spans.some(isThis)) openSpan(timeline, 'cut', a, b, entry.at)
}
