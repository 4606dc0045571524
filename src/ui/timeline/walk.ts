/** Which event an arrow key leads to: up and down along a lane, left and right to the nearest in the neighbouring lane. A folded run is its first event. */
import type { Timeline, TimelineEvent, TimelineView } from '../../app/index.ts'

export function nextEvent(
  timeline: Timeline,
  view: TimelineView,
  from: TimelineEvent | null,
  key: string,
): TimelineEvent | undefined {
  if (!['Home', 'End', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].includes(key)) return undefined
  const firsts = view.runs.map((run) => run.first)
  const events = firsts.length === 0 ? view.events : [...view.events, ...firsts].sort((a, b) => a.id - b.id)
  if (key === 'Home') return events[0]
  if (key === 'End' || !from) return events.at(-1)
  if (key === 'ArrowUp') return events.findLast((event) => event.region === from.region && event.id < from.id)
  if (key === 'ArrowDown') return events.find((event) => event.region === from.region && event.id > from.id)
  const columns = new Map(timeline.lanes.map(({ region, column }) => [region, column]))
  const there = [...new Set(events.map((event) => columns.get(event.region) ?? 0))].sort((a, b) => a - b)
  const column = there[there.indexOf(columns.get(from.region) ?? 0) + (key === 'ArrowLeft' ? -1 : 1)]
  let nearest: TimelineEvent | undefined
  for (const event of events) {
    if (columns.get(event.region) !== column) continue
    if (!nearest || Math.abs(event.row - from.row) < Math.abs(nearest.row - from.row)) nearest = event
  }
  return nearest
}
