/**
 * Lists: a sequence of elements (L1, L2, L4), each a byte string, and after LSET a register of its own (L5). Registers are cells whose siblings are the LSETs;
 * what the element was inserted with has been observed by all of them.
 */
import type { Bytes, ByteReader, ByteWriter } from '../../../lib/index.ts'
import { covers, numberOf, packDot, replicaOf, type Clock, type PackedDot } from '../../causality/clock.ts'
import {
  applyAssign,
  Cell,
  collectCell,
  contestOf,
  describeCell,
  isLive,
  mergeCell,
  observationsOf,
  smallestWriter,
  valueOf,
  type Observation,
} from '../parts/cell.ts'
import { decodeCell, decodeObservations, encodeCell, encodeObservations } from '../parts/cell-codec.ts'
import { decodeSequence, encodeSequence } from '../sequence/codec.ts'
import { mergeSequence } from '../sequence/merge.ts'
import {
  decodeInsert,
  decodeRunId,
  decodeSpans,
  encodeInsert,
  encodeRunId,
  encodeSpans,
  INSERT_HEADS,
} from '../sequence/op-codec.ts'
import { ROOT_ANCHOR, type Element, type RunId } from '../sequence/run.ts'
import { Sequence, type Insert, type Span } from '../sequence/sequence.ts'
import type { CrdtType, RuleId, Stamp } from '../type.ts'

/** An element's value: as it was pushed, or as LSET made it. */
export type ListValue = Bytes | Cell

export class ListState {
  sequence = new Sequence<ListValue>()
  /** LSETs that came before their element, by `nameOf`. */
  early: Map<string, Cell> | null = null
  /** Removed elements that not every replica knows to be removed, counted by the write that removed them (R4). Nothing depends on them. */
  tombstones: Map<PackedDot, number> | null = null
  get type(): CrdtType {
    return listType
  }
}

export type ListOp =
  | Insert<ListValue>
  | { readonly kind: 'remove'; readonly spans: readonly Span[] }
  | {
      readonly kind: 'set'
      readonly run: RunId
      readonly i: number
      readonly value: Bytes
      readonly observed: readonly Observation[] | null
    }

const REMOVE = INSERT_HEADS
const SET = INSERT_HEADS + 1
const SET_OBSERVED = INSERT_HEADS + 2

export function textOf(value: ListValue): Bytes {
  return typeof value === 'string' ? value : valueOf(value)
}

/** Assigns an element. */
export function assignElement({ run, i, value }: Element<ListValue>, self: number, to: Bytes): ListOp {
  const observed = typeof value === 'string' ? null : observationsOf(value, self)
  return { kind: 'set', run: run.id, i, value: to, observed }
}

const nameOf = (run: RunId, i: number): string => `${run}:${i}`

/** A value that is assigned already keeps that; otherwise what arrived. */
const adoptIn =
  (state: ListState) =>
  (run: RunId, i: number, value: ListValue): ListValue => {
    const name = nameOf(run, i)
    const cell = state.early?.get(name)
    if (cell === undefined) return value
    state.early?.delete(name)
    if (state.early?.size === 0) state.early = null
    return cell
  }

export const listType: CrdtType<ListState, ListOp> = {
  name: 'list',
  code: 3,
  empty: () => new ListState(),
  isLive: (state) => state.sequence.length > 0,
  isNeeded: (state) => state.sequence.isNeeded || state.early !== null || state.tombstones !== null,
  smallestWriter(state) {
    let least = Infinity
    for (const { run, value } of state.sequence.order) {
      least = Math.min(least, run.replica, typeof value === 'string' ? Infinity : smallestWriter(value))
    }
    return least
  },
  apply(state, op, at, removed) {
    if (op.kind === 'insert') {
      const dead = removed !== null && covers(removed, at.origin, at.n)
      state.sequence.insert(op, at, dead, state.early === null ? null : adoptIn(state))
      return dead ? 'G3' : 'L1'
    }
    return op.kind === 'remove' ? applyRemove(state, op.spans, at) : applySet(state, op, at)
  },
  eventOf: (op) => (op.kind === 'remove' ? 'lrem' : op.kind === 'set' ? 'lset' : op.left ? 'lpush' : 'rpush'),
  removeAll(state, clock, _residues, at) {
    state.sequence.removeAll(clock, at)
  },
  residuesOf: () => null,
  merge(into, intoSeen, from, fromSeen) {
    for (const [name, theirs] of from.early ?? []) joinEarly(into, intoSeen, name, theirs, fromSeen)
    mergeSequence(into.sequence, intoSeen, from.sequence, fromSeen, {
      join: (mine, theirs) => joinValues(mine, intoSeen, theirs, fromSeen),
      adopt: (run, i, value) => adoptMerged(into, intoSeen, run, i, value, fromSeen),
    })
    dropDeadEarly(into)
    for (const [dot, count] of from.tombstones ?? []) (into.tombstones ??= new Map()).set(dot, count)
  },
  reschedule(state, at) {
    state.sequence.leaveEmptyRuns(at)
    if (state.tombstones !== null) at.leave('')
    for (const { run, i, value } of state.sequence.order) leaveCell(value, nameOf(run.id, i), at)
  },
  collect(state, name, stable) {
    if (name === '') {
      for (const dot of state.tombstones?.keys() ?? []) {
        if (covers(stable, replicaOf(dot), numberOf(dot))) state.tombstones?.delete(dot)
      }
      if (state.tombstones?.size === 0) state.tombstones = null
      return false
    }
    const [run = '', i] = name.split(':')
    if (i === undefined) return state.sequence.collect(run, stable)
    const value = state.sequence.find(Number(run), Number(i))?.value
    return value instanceof Cell && collectCell(value, stable)
  },
  encode(writer, state) {
    encodeSequence(writer, state.sequence, encodeValue)
    writer.uint(state.early?.size ?? 0)
    for (const [name, cell] of state.early ?? []) {
      writer.string(name)
      encodeCell(writer, cell)
    }
    writer.uint(state.tombstones?.size ?? 0)
    for (const [dot, count] of state.tombstones ?? []) {
      writer.byte(replicaOf(dot))
      writer.uint(numberOf(dot))
      writer.uint(count)
    }
  },
  decode(reader) {
    const state = new ListState()
    state.sequence = decodeSequence(reader, decodeValue)
    for (let count = reader.uint(); count > 0; count--) {
      const cell = new Cell()
      ;(state.early ??= new Map()).set(reader.string(), cell)
      decodeCell(reader, cell)
    }
    for (let count = reader.uint(); count > 0; count--) {
      const dot = packDot(reader.byte(), reader.uint())
      ;(state.tombstones ??= new Map()).set(dot, reader.uint())
    }
    return state
  },
  encodeOp(writer: ByteWriter, op: ListOp) {
    if (op.kind === 'insert') {
      encodeInsert(writer, op, (to, value) => to.string(textOf(value)))
    } else if (op.kind === 'remove') {
      writer.byte(REMOVE)
      encodeSpans(writer, op.spans)
    } else {
      writer.byte(op.observed === null ? SET : SET_OBSERVED)
      encodeRunId(writer, op.run)
      writer.int(op.i)
      writer.string(op.value)
      if (op.observed !== null) encodeObservations(writer, op.observed)
    }
  },
  decodeOp(reader: ByteReader): ListOp {
    const head = reader.byte()
    if (head < INSERT_HEADS) return decodeInsert(reader, head, (of) => of.string())
    if (head === REMOVE) return { kind: 'remove', spans: decodeSpans(reader) }
    const run = decodeRunId(reader)
    const i = reader.int()
    const value = reader.string()
    return { kind: 'set', run, i, value, observed: head === SET ? null : decodeObservations(reader) }
  },
  describe: (state) =>
    [...state.sequence.order].map(({ run, n, value }) =>
      typeof value === 'string' ? `${value}@${run.replica}.${n}` : `@${run.replica}.${n} ${describeCell(value)}`,
    ),
  recreate: (state) => content([...state.sequence.order].map(({ value }) => textOf(value))),
  contest(state, op) {
    const value = op.kind === 'set' ? state.sequence.find(op.run, op.i)?.value : undefined
    return value instanceof Cell ? contestOf(value) : undefined
  },
}

/** The insertion that makes these values the whole content of an empty list. */
export function content(values: readonly Bytes[]): ListOp {
  return { kind: 'insert', run: 0, anchor: ROOT_ANCHOR, left: false, values }
}

function applyRemove(state: ListState, spans: readonly Span[], at: Stamp): RuleId {
  const removed = state.sequence.remove(spans, at)
  if (!at.solo) {
    let count = 0
    for (const { from, to } of spans) count += to - from + 1
    ;(state.tombstones ??= new Map()).set(packDot(at.origin, at.n), count)
    at.leave('')
  }
  return removed === 0 ? 'L3' : 'G3'
}

function applySet(state: ListState, op: Extract<ListOp, { kind: 'set' }>, at: Stamp): RuleId {
  const { run, i, value, observed } = op
  const element = state.sequence.find(run, i)
  const name = nameOf(run, i)
  if (element === undefined && state.sequence.runs.get(run)?.knows(i)) return 'L5'
  const cell = element === undefined ? (state.early?.get(name) ?? new Cell()) : cellOf(element)
  applyAssign(cell, value, at.wall, observed, at)
  leaveCell(cell, name, at)
  if (element === undefined) (state.early ??= new Map()).set(name, cell)
  return cell.siblings !== null && cell.siblings.next !== null ? 'L5' : 'G3'
}

function cellOf(element: Element<ListValue>): Cell {
  if (typeof element.value === 'string') element.value = new Cell()
  return element.value
}

/** A removal in a register (an LSET that was observed elsewhere before it came here) goes once everyone knows it. */
function leaveCell(value: ListValue, name: string, at: Stamp): void {
  if (value instanceof Cell && value.removals !== null) at.leave(name)
}

/** What an element was inserted with counts only while nobody has assigned it. */
function joinValues(mine: ListValue, mineSeen: Clock, theirs: ListValue, theirsSeen: Clock): ListValue {
  if (typeof mine === 'string' && typeof theirs === 'string') return mine
  const cell = typeof mine === 'string' ? new Cell() : mine
  mergeCell(cell, mineSeen, typeof theirs === 'string' ? new Cell() : theirs, theirsSeen)
  if (isLive(cell)) return cell
  return typeof mine === 'string' ? mine : theirs
}

function joinEarly(into: ListState, intoSeen: Clock, name: string, theirs: Cell, fromSeen: Clock): void {
  const [run, i] = name.split(':').map(Number) as [number, number]
  const element = into.sequence.find(run, i)
  if (element !== undefined) element.value = joinValues(element.value, intoSeen, theirs, fromSeen)
  else if (into.sequence.runs.get(run)?.knows(i) !== true) {
    const cell = into.early?.get(name) ?? new Cell()
    mergeCell(cell, intoSeen, theirs, fromSeen)
    ;(into.early ??= new Map()).set(name, cell)
  }
}

function adoptMerged(
  into: ListState,
  intoSeen: Clock,
  run: RunId,
  i: number,
  value: ListValue,
  fromSeen: Clock,
): ListValue {
  const mine = adoptIn(into)(run, i, value)
  return mine === value ? value : joinValues(mine, intoSeen, value, fromSeen)
}

/** LSETs of elements that turned out to be dead. */
function dropDeadEarly(state: ListState): void {
  for (const name of state.early?.keys() ?? []) {
    const [run, i] = name.split(':').map(Number) as [number, number]
    if (state.sequence.runs.get(run)?.knows(i)) state.early?.delete(name)
  }
  if (state.early?.size === 0) state.early = null
}

function encodeValue(writer: ByteWriter, value: ListValue): void {
  if (typeof value === 'string') {
    writer.byte(0)
    writer.string(value)
  } else {
    writer.byte(1)
    encodeCell(writer, value)
  }
}

function decodeValue(reader: ByteReader): ListValue {
  if (reader.byte() === 0) return reader.string()
  const cell = new Cell()
  decodeCell(reader, cell)
  return cell
}
