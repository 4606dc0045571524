/**
 * Hashes: an observed-remove map of cells (H1, H2), with an expiry time per field (H3). Live fields and tombstones are kept apart, so that the
 * number of fields is the size of a map. A field's expiry is a cell whose "wall clock" is the time it names, so that the longest wins (X1).
 */
import type { Bytes, ByteReader, ByteWriter } from '../../../lib/index.ts'
import { covers, type Clock } from '../../causality/clock.ts'
import {
  applyAssign,
  applyRemove,
  applyRemoveAll,
  Cell,
  collectCell,
  contestOf,
  describeCell,
  isLive,
  mergeCell,
  valueOf,
  type Observation,
} from '../parts/cell.ts'
import { decodeObservations, encodeObservations } from '../parts/cell-codec.ts'
import { CellMap, decodeCells, encodeCells } from '../parts/cell-map.ts'
import {
  decodeCellOp,
  decodeEach,
  encodeCellOp,
  encodeCount,
  FIRST_OWN_HEAD,
  observedOf,
  type CellOp,
} from '../parts/cell-ops.ts'
import { ruleOfCell } from '../parts/cell-rules.ts'
import { dropStableSiblings, expiryOf, expiryOwner } from '../parts/expiry.ts'
import type { CrdtType, RuleId, Stamp } from '../type.ts'

const newCell = (): Cell => new Cell()

export class HashState extends CellMap {
  expiries: Map<Bytes, Cell> | null = null
  constructor() {
    super(newCell)
  }
  get type(): CrdtType {
    return hashType
  }
}

/** `at` in ms since 1970, `PERSISTENT` for HPERSIST, 0 to forget what was observed (the field was assigned or removed, X4). */
export interface FieldExpiry {
  readonly kind: 'expire'
  readonly element: Bytes
  readonly at: number
  readonly observed: readonly Observation[] | null
}

/** An assignment, or an increment of a field that its author did not see, clears the expiry that was observed (X4). */
export type FieldOp = CellOp | FieldExpiry

/** Several field changes of one write. */
export type HashOp = readonly FieldOp[]

export function expireField(state: HashState | undefined, self: number, field: Bytes, at: number): FieldOp {
  return { kind: 'expire', element: field, at, observed: observedOf(state?.expiries?.get(field), self) }
}

/** When a field expires, ms since 1970; undefined when it does not. */
export function fieldExpiry(state: HashState, field: Bytes): number | undefined {
  const cell = state.expiries?.get(field)
  return cell === undefined ? undefined : expiryOf(cell)
}

/** A field's cell if it exists at `now`. */
export function fieldAt(state: HashState, field: Bytes, now: number): Cell | undefined {
  const cell = state.cells.get(field)
  if (cell === undefined || state.expiries === null) return cell
  const at = fieldExpiry(state, field)
  return at !== undefined && at <= now ? undefined : cell
}

/** How many fields exist at `now`. */
export function fieldCount(state: HashState, now: number): number {
  let count = state.cells.size
  for (const [field, cell] of state.expiries ?? []) {
    const at = expiryOf(cell)
    if (at !== undefined && at <= now && state.cells.has(field)) count--
  }
  return count
}

export const hashType: CrdtType<HashState, HashOp> = {
  name: 'hash',
  code: 1,
  empty: () => new HashState(),
  isLive: (state) => state.cells.size > 0,
  isNeeded: (state) => state.cells.size > 0 || state.tombstones !== null || state.expiries !== null,
  smallestWriter: (state) => state.smallestWriter,
  apply(state, op, at, removed) {
    const dead = removed !== null && covers(removed, at.origin, at.n)
    let rule: RuleId = 'H1'
    for (const one of op) {
      if (one.kind === 'expire') rule = applyExpire(state, one, at, dead)
      else rule = applyToField(state, one, at, dead)
    }
    return rule
  },
  eventOf(op) {
    const kind = op[0]?.kind
    return kind === 'increment' ? 'hincrby' : kind === 'remove' ? 'hdel' : kind === 'expire' ? 'hexpire' : 'hset'
  },
  removeAll(state, clock, residues, at) {
    state.removeAll(clock, residues, at)
    for (const [field, cell] of state.expiries ?? []) {
      applyRemoveAll(cell, clock, null, at)
      if (isLive(cell)) at.leave(field)
      dropExpiryIfEmpty(state, field, cell)
    }
  },
  residuesOf: (state, self) => state.residuesOf(self),
  merge(into, intoSeen, from, fromSeen) {
    into.merge(intoSeen, from, fromSeen)
    const nothing = new Cell()
    for (const name of new Set([...(into.expiries?.keys() ?? []), ...(from.expiries?.keys() ?? [])])) {
      const cell = expiryCell(into, name)
      mergeCell(cell, intoSeen, from.expiries?.get(name) ?? nothing, fromSeen)
      dropExpiryIfEmpty(into, name, cell)
    }
  },
  collect(state, field, stable) {
    let wait = state.collect(field, stable)
    const expiry = state.expiries?.get(field)
    if (expiry !== undefined) {
      wait = collectCell(expiry, stable) || wait
      wait = collectExpiry(state, field, expiry, stable) || wait
    }
    return wait
  },
  encode(writer, state) {
    state.encode(writer)
    encodeCells(writer, state.expiries)
  },
  decode(reader) {
    const state = new HashState()
    state.decode(reader)
    const expiries = decodeCells(reader, newCell)
    if (expiries.size > 0) state.expiries = expiries
    return state
  },
  encodeOp(writer: ByteWriter, op: HashOp) {
    encodeCount(writer, op.length)
    for (const one of op) {
      if (one.kind !== 'expire') {
        encodeCellOp(writer, one)
        continue
      }
      writer.byte(FIRST_OWN_HEAD + (one.observed === null ? 0 : 1))
      writer.name(one.element)
      writer.uint(one.at)
      if (one.observed !== null) encodeObservations(writer, one.observed)
    }
  },
  decodeOp: (reader: ByteReader): HashOp => decodeEach(reader, decodeFieldOp),
  describe(state) {
    const lines: string[] = []
    for (const field of [...state.cells.keys()].sort()) {
      const at = fieldExpiry(state, field)
      lines.push(`${field}=${describeCell(state.cells.get(field) as Cell)}${at === undefined ? '' : ` until ${at}`}`)
    }
    return lines
  },
  visibleAt(state, now) {
    if (state.expiries === null || state.expiries.size < state.cells.size) return true
    for (const field of state.cells.keys()) if (fieldAt(state, field, now) !== undefined) return true
    return false
  },
  reschedule(state, at) {
    for (const [field, cell] of state.expiries ?? []) {
      const until = expiryOf(cell)
      if (until !== undefined) at.schedule(field, expiryOwner(cell), until)
    }
  },
  recreate(state, now) {
    const op: FieldOp[] = []
    for (const field of state.cells.keys()) {
      const cell = fieldAt(state, field, now)
      if (cell === undefined) continue
      op.push({ kind: 'assign', element: field, value: valueOf(cell), observed: null })
      const at = fieldExpiry(state, field)
      if (at !== undefined) op.push({ kind: 'expire', element: field, at, observed: null })
    }
    return op
  },
  contest(state, op) {
    for (const one of op) {
      const cell = one.kind === 'assign' ? state.cells.get(one.element) : undefined
      const contest = cell === undefined ? undefined : contestOf(cell)
      if (contest !== undefined) return { element: one.element, ...contest }
    }
    return undefined
  },
}

function decodeFieldOp(head: number, reader: ByteReader): FieldOp {
  if (head < FIRST_OWN_HEAD) return decodeCellOp(head, reader)
  const element = reader.name()
  const at = reader.uint()
  return { kind: 'expire', element, at, observed: head & 1 ? decodeObservations(reader) : null }
}

function applyToField(state: HashState, op: CellOp, at: Stamp, dead: boolean): RuleId {
  const cell = state.change(op, at, dead)
  const expiry = state.expiries?.get(op.element)
  if (expiry !== undefined && (op.kind === 'assign' || (op.kind === 'increment' && op.fresh))) {
    applyRemove(expiry, null, at, false)
    dropExpiryIfEmpty(state, op.element, expiry)
  }
  const until = expiry === undefined ? undefined : expiryOf(expiry)
  if (expiry !== undefined && until !== undefined) at.revived(op.element, expiryOwner(expiry), until)
  return ruleOfCell(cell, op.kind, 'H1')
}

function applyExpire(state: HashState, op: FieldExpiry, at: Stamp, dead: boolean): RuleId {
  const cell = expiryCell(state, op.element)
  if (op.at === 0 || dead) applyRemove(cell, op.observed, at, false)
  else applyAssign(cell, '', op.at, op.observed, at)
  const contended = cell.siblings !== null && cell.siblings.next !== null
  if (cell.removals !== null || cell.siblings !== null) at.leave(op.element)
  const until = expiryOf(cell)
  if (until !== undefined) at.schedule(op.element, expiryOwner(cell), until)
  dropExpiryIfEmpty(state, op.element, cell)
  return contended ? 'X1' : 'G3'
}

function expiryCell(state: HashState, field: Bytes): Cell {
  state.expiries ??= new Map()
  let cell = state.expiries.get(field)
  if (cell === undefined) state.expiries.set(field, (cell = new Cell()))
  return cell
}

function dropExpiryIfEmpty(state: HashState, field: Bytes, cell: Cell): void {
  if (isLive(cell) || cell.removals !== null) return
  state.expiries?.delete(field)
  if (state.expiries?.size === 0) state.expiries = null
}

/** An expiry that every replica has observed is not needed when it says "never", or when its field is gone. True when it must wait for that. */
function collectExpiry(state: HashState, field: Bytes, cell: Cell, stable: Clock): boolean {
  const idle = !state.cells.has(field) || expiryOf(cell) === undefined
  const wait = idle && !dropStableSiblings(cell, stable)
  dropExpiryIfEmpty(state, field, cell)
  return wait
}
