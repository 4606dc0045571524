/** Where lanes stand and how much text fits beside them. Time runs down; lanes stand side by side. */
import type { Lane } from '../../app/index.ts'

export const GUTTER_PX = 58
const CHAR_PX = 7.1
const LABEL_GAP_PX = 16
const EDGE_PX = 10

export interface LanePlace extends Lane {
  readonly x: number
  readonly labelX: number
  readonly anchor: 'start' | 'end'
  /** So many lanes that an arrival has no room for words. */
  readonly crowded: boolean
  /** Room for the lane's head. */
  readonly headPx: number
  /** How many characters of the diagram's type fit. */
  readonly labelChars: number
}

/** Two lanes leave the middle free for their messages, with labels on the outside; more lanes label to the right of each. */
export function placeLanes(lanes: readonly Lane[], width: number): readonly LanePlace[] {
  const room = Math.max(0, width - GUTTER_PX - EDGE_PX)
  const columns = Math.max(0, ...lanes.map((lane) => lane.column)) + 1
  if (columns === 2) {
    const side = room * 0.38
    const labelChars = chars(side - LABEL_GAP_PX)
    return lanes.map((lane) => {
      const left = lane.column === 0
      const x = GUTTER_PX + (left ? side : room - side)
      const labelX = left ? x - LABEL_GAP_PX : x + LABEL_GAP_PX
      return { ...lane, x, labelX, anchor: left ? 'end' : 'start', crowded: false, headPx: side, labelChars }
    })
  }
  const each = room / columns
  const crowded = columns > 3
  return lanes.map((lane) => {
    const x = GUTTER_PX + 12 + lane.column * each
    // In a crowd a command may run on over its neighbour's lane; the last one has no neighbour.
    const reach = crowded && lane.column < columns - 1 ? each * 1.8 : each
    const labelChars = chars(reach - LABEL_GAP_PX - 12)
    return { ...lane, x, labelX: x + LABEL_GAP_PX, anchor: 'start', crowded, headPx: each - 4, labelChars }
  })
}

/** The lanes without those of hidden regions, in columns without gaps. */
export function shownLanes(lanes: readonly Lane[], hidden: ReadonlySet<number>): readonly Lane[] {
  const shown = lanes.filter(({ region }) => !hidden.has(region))
  const columns = [...new Set(shown.map(({ column }) => column))].sort((a, b) => a - b)
  return shown.map((lane) => ({ ...lane, column: columns.indexOf(lane.column) }))
}

/** Who stands at the head of each column: the one that is there, or was last. */
export function headsOf(lanes: readonly LanePlace[]): readonly LanePlace[] {
  return lanes.filter((lane) => !lanes.some((other) => other.column === lane.column && other.from > lane.from))
}

const chars = (px: number) => Math.max(3, Math.floor(px / CHAR_PX))

export function clipped(text: string, chars: number): string {
  return text.length <= chars ? text : `${text.slice(0, Math.max(1, chars - 1))}…`
}
