/** How far a group has come, counted in entries, as Redis estimates it: `entries-read` and `lag` of XINFO. */
import type { Reading } from '../../crdt/stream/group.ts'
import { compareIds, isZero, type Id } from '../../crdt/stream/id.ts'
import { entriesAdded, lastMark, type StreamState } from '../../crdt/stream/state.ts'

/** Whether entries were deleted at or after `start`, as far as the largest deleted ID tells. */
function hasGaps(state: StreamState, start: Id): boolean {
  const { entries, maxDeleted } = state
  if (entries.first === undefined || isZero(maxDeleted)) return false
  return compareIds(entries.first, maxDeleted) <= 0 && compareIds(start, maxDeleted) <= 0
}

/** How many entries were added up to and including `id`; −1 when that cannot be known. */
export function distanceTo(state: StreamState, id: Id): number {
  const added = entriesAdded(state)
  const { entries, maxDeleted } = state
  const { first } = entries
  if (added === 0) return 0
  const toLast = compareIds(id, lastMark(state))
  if (first === undefined && toLast <= 0) return added
  if (toLast === 0) return added
  if (toLast > 0 || first === undefined) return -1
  if (!isZero(maxDeleted) && compareIds(maxDeleted, first) >= 0) return -1
  const toFirst = compareIds(id, first)
  if (toFirst < 0) return added - entries.size
  return toFirst === 0 ? added - entries.size + 1 : -1
}

/** Counts one more entry, `id`, as read. */
export function countRead(state: StreamState, reading: Reading, id: Id): void {
  if (reading.entriesRead >= 0 && !hasGaps(state, id)) reading.entriesRead++
  else if (entriesAdded(state) > 0) reading.entriesRead = distanceTo(state, id)
}

/** How many entries a group has still to read; null when that cannot be known. */
export function lagOf(state: StreamState, last: Id, entriesRead: number): number | null {
  const added = entriesAdded(state)
  if (added === 0) return 0
  if (entriesRead >= 0 && !hasGaps(state, last)) return added - entriesRead
  const read = distanceTo(state, last)
  return read < 0 ? null : added - read
}
