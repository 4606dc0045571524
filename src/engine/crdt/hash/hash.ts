/**
 * Hashes: an observed-remove map of cells (H1, H2), with an expiry time per field (H3). Live fields and tombstones are kept apart, so that the
 * number of fields is the size of a map. A field's expiry is a cell whose "wall clock" is the time it names, so that the longest wins (X1).
 */
import type { Amount, Bytes, ByteReader, ByteWriter } from '../../../lib/index.ts'
import { covers, type Clock } from '../../causality/clock.ts'
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
import { dropStableSiblings, expiryOf, expiryOwner } from '../parts/expiry.ts'
import { NameIndex } from '../parts/name-index.ts'
import type { CrdtType, Residue, RuleId, Stamp } from '../type.ts'

export class HashState {
  readonly fields = new Map<Bytes, Cell>()
  tombstones: Map<Bytes, Cell> | null = null
  expiries: Map<Bytes, Cell> | null = null
  index: NameIndex | null = null
  get type(): CrdtType {
    return hashType
  }
}

export type FieldOp =
  | {
      readonly kind: 'assign'
      readonly field: Bytes
      readonly value: Bytes
      readonly observed: readonly Observation[] | null
    }
  /** `fresh`: the author saw no such field, so this creates it and clears the expiry that it had observed (X4), as every assignment does. */
  | {
      readonly kind: 'increment'
      readonly field: Bytes
      readonly from: number
      readonly sum: Amount
      readonly fresh: boolean
    }
  | { readonly kind: 'remove'; readonly field: Bytes; readonly observed: readonly Observation[] | null }
  /** `at` in ms since 1970, `PERSISTENT` for HPERSIST, 0 to forget what was observed (the field was assigned or removed, X4). */
  | {
      readonly kind: 'expire'
      readonly field: Bytes
      readonly at: number
      readonly observed: readonly Observation[] | null
    }

/** Several field changes of one write. */
export type HashOp = readonly FieldOp[]

const KINDS = ['assign', 'increment', 'remove', 'expire'] as const

export function assignField(state: HashState | undefined, self: number, field: Bytes, value: Bytes): FieldOp {
  const cell = state?.fields.get(field) ?? state?.tombstones?.get(field)
  return { kind: 'assign', field, value, observed: cell === undefined ? null : observationsOf(cell, self) }
}

export function incrementField(
  state: HashState | undefined,
  self: number,
  n: number,
  field: Bytes,
  by: Amount,
): FieldOp {
  const cell = state?.fields.get(field)
  const { from, sum } = cell === undefined ? { from: n, sum: by } : nextIncrement(cell, self, n, by)
  return { kind: 'increment', field, from, sum, fresh: cell === undefined }
}

export function removeField(state: HashState, self: number, field: Bytes): FieldOp {
  const cell = state.fields.get(field)
  return { kind: 'remove', field, observed: cell === undefined ? null : observationsOf(cell, self) }
}

export function expireField(state: HashState | undefined, self: number, field: Bytes, at: number): FieldOp {
  const cell = state?.expiries?.get(field)
  return { kind: 'expire', field, at, observed: cell === undefined ? null : observationsOf(cell, self) }
}

/** When a field expires, ms since 1970; undefined when it does not. */
export function fieldExpiry(state: HashState, field: Bytes): number | undefined {
  const cell = state.expiries?.get(field)
  return cell === undefined ? undefined : expiryOf(cell)
}

/** A field's cell if it exists at `now`. */
export function fieldAt(state: HashState, field: Bytes, now: number): Cell | undefined {
  const cell = state.fields.get(field)
  if (cell === undefined || state.expiries === null) return cell
  const at = fieldExpiry(state, field)
  return at !== undefined && at <= now ? undefined : cell
}

/** How many fields exist at `now`. */
export function fieldCount(state: HashState, now: number): number {
  let count = state.fields.size
  for (const [field, cell] of state.expiries ?? []) {
    const at = expiryOf(cell)
    if (at !== undefined && at <= now && state.fields.has(field)) count--
  }
  return count
}

export function nameIndexOf(state: HashState): NameIndex {
  return (state.index ??= new NameIndex(state.fields))
}

export const hashType: CrdtType<HashState, HashOp> = {
  name: 'hash',
  code: 1,
  empty: () => new HashState(),
  isLive: (state) => state.fields.size > 0,
  isNeeded: (state) => state.fields.size > 0 || state.tombstones !== null || state.expiries !== null,
  smallestWriter(state) {
    let least = Infinity
    for (const cell of state.fields.values()) least = Math.min(least, smallestWriter(cell))
    return least
  },
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
    const observed = new Map(residues?.map((r) => [r.element, r.observed]))
    for (const field of namesOf(state, observed.keys())) {
      const cell = touch(state, field)
      applyRemoveAll(cell, clock, observed.get(field) ?? null, at)
      place(state, field, cell, at)
    }
    for (const [field, cell] of state.expiries ?? []) {
      applyRemoveAll(cell, clock, null, at)
      if (isLive(cell)) at.leave(field)
      dropExpiryIfEmpty(state, field, cell)
    }
  },
  residuesOf(state, self) {
    const out: Residue[] = []
    for (const cells of [state.fields, state.tombstones ?? []]) {
      for (const [element, cell] of cells) {
        if (cell.increments === null && cell.removals === null) continue
        const observed = observationsOf(cell, self)
        if (observed !== null) out.push({ element, observed })
      }
    }
    return out.length === 0 ? null : out
  },
  merge(into, intoSeen, from, fromSeen) {
    const nothing = new Cell()
    for (const name of namesOf(into, namesOf(from, []))) {
      const cell = touch(into, name)
      mergeCell(cell, intoSeen, from.fields.get(name) ?? from.tombstones?.get(name) ?? nothing, fromSeen)
      place(into, name, cell, null)
    }
    for (const name of new Set([...(into.expiries?.keys() ?? []), ...(from.expiries?.keys() ?? [])])) {
      const cell = expiryCell(into, name)
      mergeCell(cell, intoSeen, from.expiries?.get(name) ?? nothing, fromSeen)
      dropExpiryIfEmpty(into, name, cell)
    }
  },
  collect(state, field, stable) {
    const cell = state.fields.get(field) ?? state.tombstones?.get(field)
    let wait = false
    if (cell !== undefined) {
      wait = collectCell(cell, stable)
      if (cell.removals === null && !isLive(cell)) forget(state, field)
    }
    const expiry = state.expiries?.get(field)
    if (expiry !== undefined) {
      wait = collectCell(expiry, stable) || wait
      wait = collectExpiry(state, field, expiry, stable) || wait
    }
    return wait
  },
  encode(writer, state) {
    encodeCells(writer, state.fields)
    encodeCells(writer, state.tombstones)
    encodeCells(writer, state.expiries)
  },
  decode(reader) {
    const state = new HashState()
    decodeCells(reader, state.fields)
    const tombstones = new Map<Bytes, Cell>()
    decodeCells(reader, tombstones)
    if (tombstones.size > 0) state.tombstones = tombstones
    const expiries = new Map<Bytes, Cell>()
    decodeCells(reader, expiries)
    if (expiries.size > 0) state.expiries = expiries
    return state
  },
  encodeOp(writer: ByteWriter, op: HashOp) {
    writer.uint(op.length)
    for (const one of op) {
      const observed = one.kind === 'increment' ? null : one.observed
      writer.byte(
        KINDS.indexOf(one.kind) * 2 + (one.kind === 'increment' ? Number(one.fresh) : observed === null ? 0 : 1),
      )
      writer.name(one.field)
      if (one.kind === 'assign') writer.string(one.value)
      else if (one.kind === 'expire') writer.uint(one.at)
      else if (one.kind === 'increment') {
        writer.uint(one.from)
        writer.amount(one.sum)
      }
      if (observed !== null) encodeObservations(writer, observed)
    }
  },
  decodeOp(reader: ByteReader): HashOp {
    const op: FieldOp[] = []
    for (let count = reader.uint(); count > 0; count--) {
      const head = reader.byte()
      const field = reader.name()
      const kind = KINDS[head >> 1]
      if (kind === 'increment') {
        op.push({ kind, field, from: reader.uint(), sum: reader.amount(), fresh: (head & 1) === 1 })
      } else if (kind === 'assign') {
        const value = reader.string()
        op.push({ kind, field, value, observed: head & 1 ? decodeObservations(reader) : null })
      } else if (kind === 'expire') {
        const at = reader.uint()
        op.push({ kind, field, at, observed: head & 1 ? decodeObservations(reader) : null })
      } else {
        op.push({ kind: 'remove', field, observed: head & 1 ? decodeObservations(reader) : null })
      }
    }
    return op
  },
  describe(state) {
    const lines: string[] = []
    for (const field of [...state.fields.keys()].sort()) {
      const at = fieldExpiry(state, field)
      lines.push(`${field}=${describeCell(state.fields.get(field) as Cell)}${at === undefined ? '' : ` until ${at}`}`)
    }
    return lines
  },
  visibleAt(state, now) {
    if (state.expiries === null || state.expiries.size < state.fields.size) return true
    for (const field of state.fields.keys()) if (fieldAt(state, field, now) !== undefined) return true
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
    for (const field of state.fields.keys()) {
      const cell = fieldAt(state, field, now)
      if (cell === undefined) continue
      op.push({ kind: 'assign', field, value: valueOf(cell), observed: null })
      const at = fieldExpiry(state, field)
      if (at !== undefined) op.push({ kind: 'expire', field, at, observed: null })
    }
    return op
  },
  contest(state, op) {
    for (const one of op) {
      const cell = one.kind === 'assign' ? state.fields.get(one.field) : undefined
      const contest = cell === undefined ? undefined : contestOf(cell)
      if (contest !== undefined) return { element: one.field, ...contest }
    }
    return undefined
  },
}

function applyToField(state: HashState, op: Exclude<FieldOp, { kind: 'expire' }>, at: Stamp, dead: boolean): RuleId {
  const cell = touch(state, op.field)
  if (op.kind === 'increment') {
    if (!dead) applyIncrement(cell, op.from, op.sum, at)
  } else if (op.kind === 'assign' && !dead) {
    applyAssign(cell, op.value, at.wall, op.observed, at)
  } else {
    applyRemove(cell, op.observed, at, op.kind === 'remove')
  }
  place(state, op.field, cell, op.kind === 'increment' ? null : at)
  const expiry = state.expiries?.get(op.field)
  if (expiry !== undefined && (op.kind === 'assign' || (op.kind === 'increment' && op.fresh))) {
    applyRemove(expiry, null, at, false)
    dropExpiryIfEmpty(state, op.field, expiry)
  }
  const until = expiry === undefined ? undefined : expiryOf(expiry)
  if (expiry !== undefined && until !== undefined) at.revived(op.field, expiryOwner(expiry), until)
  return ruleOfCell(cell, op.kind, 'H1')
}

function applyExpire(state: HashState, op: Extract<FieldOp, { kind: 'expire' }>, at: Stamp, dead: boolean): RuleId {
  const cell = expiryCell(state, op.field)
  if (op.at === 0 || dead) applyRemove(cell, op.observed, at, false)
  else applyAssign(cell, '', op.at, op.observed, at)
  const contended = cell.siblings !== null && cell.siblings.next !== null
  if (cell.removals !== null || cell.siblings !== null) at.leave(op.field)
  const until = expiryOf(cell)
  if (until !== undefined) at.schedule(op.field, expiryOwner(cell), until)
  dropExpiryIfEmpty(state, op.field, cell)
  return contended ? 'X1' : 'G3'
}

/** The field's cell, live or buried, or a new one; `place` files it afterwards. */
function touch(state: HashState, field: Bytes): Cell {
  return state.fields.get(field) ?? state.tombstones?.get(field) ?? new Cell()
}

function namesOf(state: HashState, more: Iterable<Bytes>): Set<Bytes> {
  const names = new Set(state.fields.keys())
  for (const name of state.tombstones?.keys() ?? []) names.add(name)
  for (const name of more) names.add(name)
  return names
}

/** Files a cell by what it is now: a live field, a tombstone, or nothing. `at` null: leaves no new tombstone behind. */
function place(state: HashState, field: Bytes, cell: Cell, at: Stamp | null): void {
  if (at !== null && cell.removals !== null) at.leave(field)
  if (isLive(cell)) {
    if (state.fields.get(field) === cell) return
    state.fields.set(field, cell)
    state.index?.added(field)
    buryNot(state, field)
  } else {
    state.fields.delete(field)
    if (cell.removals === null) buryNot(state, field)
    else (state.tombstones ??= new Map()).set(field, cell)
  }
}

function buryNot(state: HashState, field: Bytes): void {
  if (state.tombstones === null) return
  state.tombstones.delete(field)
  if (state.tombstones.size === 0) state.tombstones = null
}

function forget(state: HashState, field: Bytes): void {
  state.fields.delete(field)
  buryNot(state, field)
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
  const idle = !state.fields.has(field) || expiryOf(cell) === undefined
  const wait = idle && !dropStableSiblings(cell, stable)
  dropExpiryIfEmpty(state, field, cell)
  return wait
}

function encodeCells(writer: ByteWriter, cells: ReadonlyMap<Bytes, Cell> | null): void {
  writer.uint(cells?.size ?? 0)
  for (const [name, cell] of cells ?? []) {
    writer.string(name)
    encodeCell(writer, cell)
  }
}

function decodeCells(reader: ByteReader, into: Map<Bytes, Cell>): void {
  for (let count = reader.uint(); count > 0; count--) {
    const name = reader.string()
    const cell = new Cell()
    decodeCell(reader, cell)
    into.set(name, cell)
  }
}
