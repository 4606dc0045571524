import type { Bytes } from '../lib/index.ts'
import type { Timeline } from './timeline/index.ts'

const MOST_KEYS = 8
/** So far back are keys looked for. */
const MOST_EVENTS = 400

/** The keys that were used last, newest first. */
export function recentKeys({ events }: Pick<Timeline, 'events'>): readonly Bytes[] {
  const latest = events.slice(-MOST_EVENTS).toReversed()
  return [...new Set(latest.flatMap(({ keys }) => keys))].slice(0, MOST_KEYS)
}
