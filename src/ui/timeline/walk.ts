/** Which event an arrow key leads to: up and down along a lane, left and right to the nearest in the neighbouring lane. */
import type { Timeline, TimelineEvent } from '../../app/index.ts'

export function nextEvent(timeline: Timeline, from: TimelineEvent | null, key: string): TimelineEvent | undefined {
  const { events } = timeline
  if (key === 'Home') return events[0]
  if (key === 'End') return events.at(-1)
  if (!['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].includes(key)) return undefined
  if (!from) return events.at(-1)
  if (key === 'ArrowUp') return events.findLast((event) => event.region === from.region && event.id < from.id)
  if (key === 'ArrowDown') return events.find((event) => event.region === from.region && event.id > from.id)
  const columns = new Map(timeline.lanes.map(({ region, column }) => [region, column]))
  const column = (columns.get(from.region) ?? 0) + (key === 'ArrowLeft' ? -1 : 1)
  let nearest: TimelineEvent | undefined
  for (const event of events) {
    if (columns.get(event.region) !== column) continue
    if (!nearest || Math.abs(event.row - from.row) < Math.abs(nearest.row - from.row)) nearest = event
  }
  return nearest
}
