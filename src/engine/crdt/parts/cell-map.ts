/**
 * Named cells: the fields of a hash, the members of a sorted set. An observed-remove map: live cells and tombstones are kept apart, so that the number of live
 * ones is the size of a map. All that happens to a cell ends with `place`, which files it by what it has become.
 */
import type { Bytes, ByteReader, ByteWriter } from '../../../lib/index.ts'
import type { Clock } from '../../causality/clock.ts'
import type { Residue, Stamp } from '../type.ts'
import {
  applyAssign,
  applyIncrement,
  applyRemove,
  applyRemoveAll,
  Cell,
  collectCell,
  isLive,
  mergeCell,
  observationsOf,
  smallestWriter,
} from './cell.ts'
import { decodeCell, encodeCell } from './cell-codec.ts'
import type { CellOp } from './cell-ops.ts'
import { NameIndex } from './name-index.ts'

export class CellMap<C extends Cell = Cell> {
  /** Live cells only. */
  readonly cells = new Map<Bytes, C>()
  tombstones: Map<Bytes, C> | null = null
  #index: NameIndex | null = null
  readonly #newCell: () => C

  constructor(newCell: () => C) {
    this.#newCell = newCell
  }

  /** Built when a scan or a random choice first needs it. */
  get index(): NameIndex {
    return (this.#index ??= new NameIndex(this.cells))
  }

  /** The smallest replica id that has a live write in any cell; Infinity when none has (G10). */
  get smallestWriter(): number {
    let least = Infinity
    for (const cell of this.cells.values()) least = Math.min(least, smallestWriter(cell))
    return least
  }

  /** `dead`: the key's removal covers the write, so that only its own removals count. */
  change(op: CellOp, at: Stamp, dead: boolean): C {
    const cell = this.#touch(op.element)
    if (op.kind === 'increment') {
      if (!dead) applyIncrement(cell, op.from, op.sum, at)
    } else if (op.kind === 'assign' && !dead) {
      applyAssign(cell, op.value, at.wall, op.observed, at)
    } else {
      applyRemove(cell, op.observed, at, op.kind === 'remove')
    }
    this.place(op.element, cell, op.kind === 'increment' ? null : at)
    return cell
  }

  removeAll(clock: Clock, residues: readonly Residue[] | null, at: Stamp): void {
    const observed = new Map(residues?.map((r) => [r.element, r.observed]))
    for (const name of this.#names(observed.keys())) {
      const cell = this.#touch(name)
      applyRemoveAll(cell, clock, observed.get(name) ?? null, at)
      this.place(name, cell, at)
    }
  }

  residuesOf(self: number): Residue[] | null {
    const out: Residue[] = []
    for (const cells of [this.cells, this.tombstones ?? []]) {
      for (const [element, cell] of cells) {
        if (cell.increments === null && cell.removals === null) continue
        const observed = observationsOf(cell, self)
        if (observed !== null) out.push({ element, observed })
      }
    }
    return out.length === 0 ? null : out
  }

  merge(intoSeen: Clock, from: CellMap<C>, fromSeen: Clock): void {
    const nothing = new Cell()
    for (const name of this.#names(from.#names([]))) {
      const cell = this.#touch(name)
      mergeCell(cell, intoSeen, from.cells.get(name) ?? from.tombstones?.get(name) ?? nothing, fromSeen)
      this.place(name, cell, null)
    }
  }

  /** True when the element's tombstone must wait although its write is stable. */
  collect(name: Bytes, stable: Clock): boolean {
    const cell = this.cells.get(name) ?? this.tombstones?.get(name)
    if (cell === undefined) return false
    const wait = collectCell(cell, stable)
    if (cell.removals === null && !isLive(cell)) this.#unbury(name)
    return wait
  }

  /** Files a cell by what it is now: live, a tombstone, or nothing. `at` null: leaves no new tombstone behind. */
  place(name: Bytes, cell: C, at: Stamp | null): void {
    if (at !== null && cell.removals !== null) at.leave(name)
    if (isLive(cell)) {
      if (this.cells.get(name) === cell) return
      this.cells.set(name, cell)
      this.#index?.added(name)
      this.#unbury(name)
    } else {
      this.cells.delete(name)
      if (cell.removals === null) this.#unbury(name)
      else (this.tombstones ??= new Map()).set(name, cell)
    }
  }

  encode(writer: ByteWriter): void {
    encodeCells(writer, this.cells)
    encodeCells(writer, this.tombstones)
  }

  /** Into an empty map. */
  decode(reader: ByteReader): void {
    for (const [name, cell] of decodeCells(reader, this.#newCell)) this.place(name, cell, null)
    for (const [name, cell] of decodeCells(reader, this.#newCell)) this.place(name, cell, null)
  }

  /** The element's cell, live or buried, or a new one; `place` files it afterwards. */
  #touch(name: Bytes): C {
    return this.cells.get(name) ?? this.tombstones?.get(name) ?? this.#newCell()
  }

  #names(more: Iterable<Bytes>): Set<Bytes> {
    const names = new Set(this.cells.keys())
    for (const name of this.tombstones?.keys() ?? []) names.add(name)
    for (const name of more) names.add(name)
    return names
  }

  #unbury(name: Bytes): void {
    if (this.tombstones === null) return
    this.tombstones.delete(name)
    if (this.tombstones.size === 0) this.tombstones = null
  }
}

export function encodeCells(writer: ByteWriter, cells: ReadonlyMap<Bytes, Cell> | null): void {
  writer.uint(cells?.size ?? 0)
  for (const [name, cell] of cells ?? []) {
    writer.string(name)
    encodeCell(writer, cell)
  }
}

export function decodeCells<C extends Cell>(reader: ByteReader, newCell: () => C): Map<Bytes, C> {
  const out = new Map<Bytes, C>()
  for (let count = reader.uint(); count > 0; count--) {
    const name = reader.string()
    const cell = newCell()
    decodeCell(reader, cell)
    out.set(name, cell)
  }
  return out
}
