/** Where lanes stand and how much text fits beside them. Time runs down; lanes stand side by side. */
import { yOfRow, yOfTime, type Lane, type Layout, type Timeline, type TimelineMessage } from '../../app/index.ts'

export const GUTTER_PX = 58
/** Below the newest moment. */
export const TAIL_PX = 48
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

/** How many characters fit between two places. */
export function charsBetween(x1: number, x2: number): number {
  return chars(Math.abs(x2 - x1) - 10)
}

export function clipped(text: string, chars: number): string {
  return text.length <= chars ? text : `${text.slice(0, Math.max(1, chars - 1))}…`
}

export type MessageState = 'arrived' | 'lost' | 'held' | 'moving'

/** A message's line, cut to the drawn window, and its end with the direction in which it points. All numbers, so that a line that did not move is not drawn anew. */
export interface MessageStroke {
  readonly state: MessageState
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly endX: number
  readonly endY: number
  readonly ux: number
  readonly uy: number
}

/** What is drawn, from top to bottom: a line dashed over ten thousand pixels would cost dearly. */
export interface DrawnWindow {
  readonly top: number
  readonly bottom: number
}

/** Where everything stands. */
export interface Scene {
  readonly timeline: Timeline
  readonly layout: Layout
  readonly lanes: readonly LanePlace[]
  readonly now: number
  readonly nowY: number
  readonly window: DrawnWindow
}

const MARK_PX = 9

/** `arrivesAt`: null while it is held, undefined when it is no longer under way. Null when nothing of it lies in the window. */
export function messageStroke(
  { timeline, layout, lanes, now, nowY, window }: Scene,
  message: TimelineMessage,
  arrivesAt: number | null | undefined,
): MessageStroke | null {
  const from = lanes.find((lane) => lane.region === message.from)
  const to = lanes.find((lane) => lane.region === message.to)
  if (!from || !to) return null
  const yOf = (id: number | null, at: number) => {
    const event = id === null ? undefined : timeline.events[id]
    return event ? yOfRow(layout, event.row) : yOfTime(layout, timeline, at)
  }
  const state = stateOf(message, arrivesAt)
  const sentY = yOf(message.sentBy, message.sentAt)
  const untilX = from.x + (to.x - from.x) * progress(message, state, arrivesAt, now)
  const untilY =
    state === 'arrived'
      ? yOf(message.receivedBy, message.arrivedAt ?? now)
      : state === 'lost'
        ? yOfTime(layout, timeline, message.lostAt ?? now)
        : Math.max(nowY, sentY)
  const length = Math.hypot(untilX - from.x, untilY - sentY) || 1
  const ux = (untilX - from.x) / length
  const uy = (untilY - sentY) / length
  const gap = state === 'arrived' ? MARK_PX : 0
  const endX = untilX - ux * gap
  const endY = untilY - uy * gap
  const startY = sentY + uy * MARK_PX
  if (startY > window.bottom || endY < window.top) return null
  const slope = uy === 0 ? 0 : ux / uy
  const y1 = Math.max(startY, window.top)
  const y2 = Math.min(endY, window.bottom)
  const x1 = from.x + ux * MARK_PX + (y1 - startY) * slope
  return { state, x1, y1, x2: endX - (endY - y2) * slope, y2, endX, endY, ux, uy }
}

function stateOf(message: TimelineMessage, arrivesAt: number | null | undefined): MessageState {
  if (message.arrivedAt !== null) return 'arrived'
  if (message.lostAt !== null) return 'lost'
  return typeof arrivesAt === 'number' ? 'moving' : 'held'
}

/** How far along it is drawn, 0 … 1: held and lost messages stop near their sender and half-way. */
function progress(
  message: TimelineMessage,
  state: MessageState,
  arrivesAt: number | null | undefined,
  now: number,
): number {
  if (state === 'arrived') return 1
  if (state === 'held') return 0.16
  if (state === 'lost' || typeof arrivesAt !== 'number') return 0.5
  const span = arrivesAt - message.sentAt
  return span <= 0 ? 1 : Math.min(1, Math.max(0, (now - message.sentAt) / span))
}
