/** Cells and observations as bytes. The same state gives the same bytes, whatever order it came about in. */
import type { ByteReader, ByteWriter } from '../../../lib/index.ts'
import type { Cell, Observation, Sibling } from './cell.ts'

export function encodeObservations(writer: ByteWriter, observed: readonly Observation[] | null): void {
  writer.uint(observed === null ? 0 : observed.length)
  if (observed === null) return
  for (const o of observed) {
    writer.uint(o.origin * 2 + (o.sum === null ? 0 : 1))
    writer.uint(o.upTo)
    if (o.sum !== null) writer.amount(o.sum)
  }
}

export function decodeObservations(reader: ByteReader): Observation[] | null {
  const count = reader.uint()
  if (count === 0) return null
  const out: Observation[] = []
  for (let i = 0; i < count; i++) {
    const head = reader.uint()
    const upTo = reader.uint()
    out.push({ origin: head >> 1, upTo, sum: head & 1 ? reader.amount() : null })
  }
  return out
}

function encodeList<T extends { next: T | null }>(writer: ByteWriter, list: T | null, one: (item: T) => void): void {
  let count = 0
  for (let item = list; item !== null; item = item.next) count++
  writer.uint(count)
  for (let item = list; item !== null; item = item.next) one(item)
}

function byOrigin<T extends { readonly origin: number; next: T | null }>(list: T | null): T | null {
  if (list === null || list.next === null) return list
  const items: T[] = []
  for (let item: T | null = list; item !== null; item = item.next) items.push(item)
  items.sort((a, b) => a.origin - b.origin)
  items.forEach((item, i) => (item.next = items[i + 1] ?? null))
  return items[0] ?? null
}

export function encodeCell(writer: ByteWriter, cell: Cell): void {
  encodeList(writer, cell.siblings, (s) => {
    writer.byte(s.origin)
    writer.uint(s.n)
    writer.uint(s.wall)
    writer.string(s.value)
  })
  if (cell.increments === null && cell.removals === null) {
    writer.byte(0)
    return
  }
  writer.byte(1)
  cell.increments = byOrigin(cell.increments)
  encodeList(writer, cell.increments, (i) => {
    writer.byte(i.origin)
    writer.uint(i.from)
    writer.uint(i.to)
    writer.amount(i.sum)
  })
  cell.removals = byOrigin(cell.removals)
  encodeList(writer, cell.removals, (r) => {
    writer.uint(r.origin * 2 + (r.sum === null ? 0 : 1))
    writer.uint(r.upTo)
    writer.byte(r.byOrigin)
    writer.uint(r.byN)
    if (r.sum !== null) writer.amount(r.sum)
  })
}

export function decodeCell(reader: ByteReader, cell: Cell): void {
  let lastSibling: Sibling | null = null
  for (let count = reader.uint(); count > 0; count--) {
    const sibling: Sibling = {
      origin: reader.byte(),
      n: reader.uint(),
      wall: reader.uint(),
      value: reader.string(),
      next: null,
    }
    if (lastSibling === null) cell.siblings = sibling
    else lastSibling.next = sibling
    lastSibling = sibling
  }
  if (reader.byte() === 0) return
  for (let count = reader.uint(); count > 0; count--) {
    const origin = reader.byte()
    cell.increments = { origin, from: reader.uint(), to: reader.uint(), sum: reader.amount(), next: cell.increments }
  }
  for (let count = reader.uint(); count > 0; count--) {
    const head = reader.uint()
    const upTo = reader.uint()
    const by = reader.byte()
    const byN = reader.uint()
    const sum = head & 1 ? reader.amount() : null
    cell.removals = { origin: head >> 1, upTo, sum, byOrigin: by, byN, next: cell.removals }
  }
}
