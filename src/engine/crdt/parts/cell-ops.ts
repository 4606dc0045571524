/** What a write does to named cells (hash fields, sorted-set members): prepared at the origin, and its binary form. */
import type { Amount, Bytes, ByteReader, ByteWriter } from '../../../lib/index.ts'
import { nextIncrement, observationsOf, type Cell, type Observation } from './cell.ts'
import { decodeObservations, encodeObservations } from './cell-codec.ts'
import type { CellMap } from './cell-map.ts'

export type CellOp =
  | {
      readonly kind: 'assign'
      readonly element: Bytes
      readonly value: Bytes
      readonly observed: readonly Observation[] | null
    }
  /** `fresh`: the author saw no such element, so this creates it. */
  | {
      readonly kind: 'increment'
      readonly element: Bytes
      readonly from: number
      readonly sum: Amount
      readonly fresh: boolean
    }
  | { readonly kind: 'remove'; readonly element: Bytes; readonly observed: readonly Observation[] | null }

const KINDS = ['assign', 'increment', 'remove'] as const

/** The first head byte that `encodeCellOp` does not use: a type's own ops begin here. */
export const FIRST_OWN_HEAD = KINDS.length * 2

export function observedOf(cell: Cell | undefined, self: number): readonly Observation[] | null {
  return cell === undefined ? null : observationsOf(cell, self)
}

export function assignElement(map: CellMap | undefined, self: number, element: Bytes, value: Bytes): CellOp {
  const cell = map?.cells.get(element) ?? map?.tombstones?.get(element)
  return { kind: 'assign', element, value, observed: observedOf(cell, self) }
}

export function incrementElement(
  map: CellMap | undefined,
  self: number,
  n: number,
  element: Bytes,
  by: Amount,
): CellOp {
  const cell = map?.cells.get(element)
  const { from, sum } = cell === undefined ? { from: n, sum: by } : nextIncrement(cell, self, n, by)
  return { kind: 'increment', element, from, sum, fresh: cell === undefined }
}

export function removeElement(map: CellMap, self: number, element: Bytes): CellOp {
  return { kind: 'remove', element, observed: observedOf(map.cells.get(element), self) }
}

export function encodeCellOp(writer: ByteWriter, op: CellOp): void {
  const bit = op.kind === 'increment' ? op.fresh : op.observed !== null
  writer.byte(KINDS.indexOf(op.kind) * 2 + Number(bit))
  writer.name(op.element)
  if (op.kind === 'increment') {
    writer.uint(op.from)
    writer.amount(op.sum)
    return
  }
  if (op.kind === 'assign') writer.string(op.value)
  if (op.observed !== null) encodeObservations(writer, op.observed)
}

/** Stands where the head of a single change would, before a number of changes. */
const SEVERAL = 255

/** Before the changes of one write: nothing when it is but one. */
export function encodeCount(writer: ByteWriter, count: number): void {
  if (count === 1) return
  writer.byte(SEVERAL)
  writer.uint(count)
}

/** Reads the changes of one write, each by `decode` from its head on. */
export function decodeEach<T>(reader: ByteReader, decode: (head: number, reader: ByteReader) => T): T[] {
  const head = reader.byte()
  if (head !== SEVERAL) return [decode(head, reader)]
  const out: T[] = []
  for (let count = reader.uint(); count > 0; count--) out.push(decode(reader.byte(), reader))
  return out
}

/** `head`: the first byte, read already. */
export function decodeCellOp(head: number, reader: ByteReader): CellOp {
  const element = reader.name()
  const kind = KINDS[head >> 1] ?? 'remove'
  const bit = (head & 1) === 1
  if (kind === 'increment') return { kind, element, from: reader.uint(), sum: reader.amount(), fresh: bit }
  if (kind === 'assign') {
    const value = reader.string()
    return { kind, element, value, observed: bit ? decodeObservations(reader) : null }
  }
  return { kind, element, observed: bit ? decodeObservations(reader) : null }
}
