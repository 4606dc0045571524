/** Strings (S1–S4) and counters (C1–C6): one cell. Bitmaps, bitfields and counters are strings too. */
import type { Amount, Bytes, ByteReader, ByteWriter } from '../../../lib/index.ts'
import { covers } from '../../causality/clock.ts'
import {
  applyAssign,
  applyIncrement,
  applyRemove,
  applyRemoveAll,
  Cell,
  collectCell,
  contestOf,
  describeCell,
  isLive,
  mergeCell,
  nextIncrement,
  observationsOf,
  smallestWriter,
  valueOf,
  type Observation,
} from '../parts/cell.ts'
import { decodeCell, decodeObservations, encodeCell, encodeObservations } from '../parts/cell-codec.ts'
import { ruleOfCell } from '../parts/cell-rules.ts'
import type { CrdtType, Stamp } from '../type.ts'

export class StringState extends Cell {
  get type(): CrdtType {
    return stringType
  }
}

export type StringOp =
  | { readonly kind: 'assign'; readonly value: Bytes; readonly observed: readonly Observation[] | null }
  | { readonly kind: 'increment'; readonly from: number; readonly sum: Amount }

export function assign(state: StringState | undefined, self: number, value: Bytes): StringOp {
  return { kind: 'assign', value, observed: state === undefined ? null : observationsOf(state, self) }
}

export function increment(state: StringState | undefined, self: number, n: number, by: Amount): StringOp {
  if (state === undefined) return { kind: 'increment', from: n, sum: by }
  const { from, sum } = nextIncrement(state, self, n, by)
  return { kind: 'increment', from, sum }
}

/** What kind of change it is shares a number with its first number. */
const ASSIGN = 0
const ASSIGN_OBSERVED = 1
const INCREMENT = 2
const KINDS = 4

export const stringType: CrdtType<StringState, StringOp> = {
  name: 'string',
  code: 0,
  empty: () => new StringState(),
  isLive,
  isNeeded: (state) => isLive(state) || state.removals !== null,
  smallestWriter,
  apply(state, op, at, removed) {
    const dead = removed !== null && covers(removed, at.origin, at.n)
    if (op.kind === 'increment') {
      if (!dead) applyIncrement(state, op.from, op.sum, at)
    } else {
      if (dead) applyRemove(state, op.observed, at, false)
      else applyAssign(state, op.value, at.wall, op.observed, at)
      leaveIfNeeded(state, at)
    }
    return ruleOfCell(state, op.kind, 'S4')
  },
  eventOf: (op) => (op.kind === 'assign' ? 'set' : 'incrby'),
  removeAll(state, clock, residues, at) {
    applyRemoveAll(state, clock, residues?.[0]?.observed ?? null, at)
    leaveIfNeeded(state, at)
  },
  residuesOf(state, self) {
    const observed = state.increments === null && state.removals === null ? null : observationsOf(state, self)
    return observed === null ? null : [{ element: '', observed }]
  },
  merge: mergeCell,
  collect: (state, _element, stable) => collectCell(state, stable),
  encode: encodeCell,
  decode(reader) {
    const state = new StringState()
    decodeCell(reader, state)
    return state
  },
  encodeOp(writer: ByteWriter, op: StringOp) {
    if (op.kind === 'increment') {
      writer.uint(op.from * KINDS + INCREMENT)
      writer.amount(op.sum)
      return
    }
    writer.uint(op.value.length * KINDS + (op.observed === null ? ASSIGN : ASSIGN_OBSERVED))
    writer.characters(op.value)
    if (op.observed !== null) encodeObservations(writer, op.observed)
  },
  decodeOp(reader: ByteReader): StringOp {
    const head = reader.uint()
    const kind = head % KINDS
    const number = Math.floor(head / KINDS)
    if (kind === INCREMENT) return { kind: 'increment', from: number, sum: reader.amount() }
    const value = reader.characters(number)
    return { kind: 'assign', value, observed: kind === ASSIGN ? null : decodeObservations(reader) }
  },
  describe: (state) => [describeCell(state)],
  recreate: (state) => ({ kind: 'assign', value: valueOf(state), observed: null }),
  contest: (state) => contestOf(state),
}

function leaveIfNeeded(state: StringState, at: Stamp): void {
  if (state.removals !== null) at.leave('')
}
