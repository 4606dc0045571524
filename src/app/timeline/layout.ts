/**
 * Rows → pixels. Time runs down, to scale, but a quiet minute does not cost a screen and a busy millisecond is not a blot: the gap
 * between rows stays within bounds. Positions depend on zoom only, never on what is selected or visible.
 */
import type { Timeline } from './model.ts'

export const ROW_MIN_PX = 24
const ROW_MAX_PX = 120
export const PX_PER_SECOND = 60
const TOP_PX = 20

export interface Layout {
  readonly zoom: number
  /** Pixel position of each row, ascending. */
  readonly ys: readonly number[]
}

/** `shown`: rows without anything in them take no room; when absent, all have something. */
export function layoutOf(timeline: Timeline, zoom: number, shown?: readonly boolean[]): Layout {
  const ys: number[] = []
  /** Time of the last row that takes room. */
  let before: number | null = null
  for (const [row, at] of timeline.rows.entries()) {
    const y = ys[row - 1] ?? 0
    if (shown && !shown[row]) ys.push(y)
    else {
      ys.push(before === null ? TOP_PX : y + Math.max(ROW_MIN_PX, gapPx(zoom, at - before)))
      before = at
    }
  }
  return { zoom, ys }
}

function gapPx(zoom: number, ms: number): number {
  return Math.min(ROW_MAX_PX * zoom, (ms / 1000) * PX_PER_SECOND * zoom)
}

export function yOfRow(layout: Layout, row: number): number {
  return layout.ys[row] ?? TOP_PX
}

/** Position of a moment: between the rows around it, or after the last one. */
export function yOfTime(layout: Layout, timeline: Timeline, at: number): number {
  const after = firstIndex(timeline.rows.length, (i) => (timeline.rows[i] ?? 0) > at)
  const before = after - 1
  if (before < 0) return TOP_PX
  const y = yOfRow(layout, before)
  const beforeAt = timeline.rows[before] ?? 0
  if (after >= timeline.rows.length) return y + gapPx(layout.zoom, at - beforeAt)
  const span = (timeline.rows[after] ?? 0) - beforeAt
  return span === 0 ? y : y + ((yOfRow(layout, after) - y) * (at - beforeAt)) / span
}

/** Moment of a position, the reverse of `yOfTime` (within the drawn range). */
export function timeOfY(layout: Layout, timeline: Timeline, y: number): number {
  const after = firstIndex(layout.ys.length, (i) => (layout.ys[i] ?? 0) > y)
  if (after === 0) return timeline.rows[0] ?? 0
  const before = after - 1
  const start = timeline.rows[before] ?? 0
  if (after >= layout.ys.length) return start
  const share = (y - yOfRow(layout, before)) / (yOfRow(layout, after) - yOfRow(layout, before))
  return start + share * ((timeline.rows[after] ?? 0) - start)
}

/** The smallest index in 0 … length for which `test` holds, given that it holds for all after it; `length` when for none. */
export function firstIndex(length: number, test: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (test(middle)) high = middle
    else low = middle + 1
  }
  return low
}
