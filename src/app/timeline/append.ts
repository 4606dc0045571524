/** What everything that is added to the timeline is made of: rows, events and spans. */
import type { Change, Resolution } from '../../engine/index.ts'
import type { DotRange, Relayed, ReplicaId } from '../../replication/index.ts'
import { quoteArgument as quoted } from '../../terminal/index.ts'
import type { EventKind, Timeline, TimelineEvent, TimelineSpan } from './model.ts'
import { noteWrite } from './rivals.ts'

/** What an event has of its journal entry. */
interface Happening {
  readonly at: number
  readonly dots?: DotRange | null
  readonly changes?: readonly Change[]
  readonly clock: readonly number[]
}

interface Specific {
  readonly kind: EventKind
  readonly label: string
  readonly outcome?: string
  readonly reply?: TimelineEvent['reply']
  readonly from?: ReplicaId
  readonly arrived?: readonly Relayed[]
  readonly fullSyncBytes?: number | null
  readonly resolutions?: readonly Resolution[]
  readonly conflict?: boolean
}

export function addEvent(
  timeline: Timeline,
  happening: Happening,
  region: ReplicaId,
  specific: Specific,
): TimelineEvent {
  const { kind, label } = specific
  const event: TimelineEvent = {
    id: timeline.events.length,
    row: rowFor(timeline, region, happening.at),
    at: happening.at,
    region,
    kind,
    label,
    outcome: specific.outcome ?? '',
    reply: specific.reply,
    dots: kind === 'receive' ? null : (happening.dots ?? null),
    from: specific.from ?? null,
    arrived: specific.arrived ?? [],
    fullSyncBytes: specific.fullSyncBytes ?? null,
    clock: happening.clock,
    keys: keysOf(happening.changes ?? []),
    resolutions: specific.resolutions ?? [],
    conflict: specific.conflict ?? false,
  }
  timeline.events.push(event)
  if (event.dots) {
    pushTo(timeline.writes, region, event)
    noteWrite(timeline.writesByKey, event)
  }
  return event
}

export function keysOf(changes: readonly Change[]): string[] {
  return [...new Set(changes.map((change) => quoted(change.key)))]
}

export function openSpan(timeline: Timeline, kind: TimelineSpan['kind'], a: ReplicaId, b: ReplicaId, at: number): void {
  timeline.spans.push({ kind, a, b, from: at, fromRow: lastRowIndex(timeline), to: null, toRow: null })
}

export function closeSpan(timeline: Timeline, span: TimelineSpan, at: number): void {
  span.to = at
  span.toRow = lastRowIndex(timeline)
}

export const lastRowIndex = (timeline: Timeline) => Math.max(0, timeline.rows.length - 1)

/** Events of one instant in different columns share a row; a second one in the same column moves on to the next. */
function rowFor(timeline: Timeline, region: ReplicaId, at: number): number {
  const column = timeline.lanes.find((lane) => lane.region === region)?.column ?? -region
  const joins = timeline.lastRow && timeline.rows.at(-1) === at && !timeline.lastRow.has(column)
  if (!joins) newRow(timeline, at)
  timeline.lastRow?.add(column)
  return lastRowIndex(timeline)
}

export function newRow(timeline: Timeline, at: number): number {
  timeline.rows.push(at)
  timeline.lastRow = new Set()
  return lastRowIndex(timeline)
}

export function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
