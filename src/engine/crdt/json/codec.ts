/** Whole documents as bytes, tombstones and what waits included. */
import { DecodeError, type Bytes, type ByteReader, type ByteWriter } from '../../../lib/index.ts'
import { Cell } from '../parts/cell.ts'
import { decodeCell, encodeCell } from '../parts/cell-codec.ts'
import { decodeSequence, encodeSequence } from '../sequence/codec.ts'
import { decodeRunId, encodeRunId } from '../sequence/op-codec.ts'
import { ArrayNode } from './array.ts'
import { counterKey, fieldsOf, ObjectNode, type JsonDocument, type Node } from './document.ts'
import { decodeNodeId, decodePlace, encodeNodeId, encodePlace } from './op.ts'
import { elementKey, nodeKey, rankOf } from './ids.ts'

const OBJECT = 0
const ARRAY = 1

export function encodeDocument(writer: ByteWriter, document: JsonDocument): void {
  encodeCell(writer, document.root)
  writer.uint(document.nodes.size)
  for (const node of document.nodes.values()) encodeNode(writer, node)
  writer.uint(document.counters.size)
  for (const { place, origin, n, sums } of document.counters.values()) {
    encodePlace(writer, place)
    writer.byte(origin)
    writer.uint(n)
    writer.uint(sums.size)
    for (const replica of [...sums.keys()].sort((a, b) => a - b)) {
      const entry = sums.get(replica)
      if (entry === undefined) continue
      writer.byte(replica)
      writer.uint(entry.to)
      writer.amount(entry.sum)
    }
  }
}

export function decodeDocument(reader: ByteReader, document: JsonDocument): void {
  decodeCell(reader, document.root)
  for (let count = reader.uint(); count > 0; count--) {
    const node = decodeNode(reader)
    document.nodes.set(nodeKey(node.id), node)
  }
  for (let count = reader.uint(); count > 0; count--) {
    const place = decodePlace(reader)
    const origin = reader.byte()
    const n = reader.uint()
    const sums = new Map<number, { to: number; sum: ReturnType<ByteReader['amount']> }>()
    for (let entries = reader.uint(); entries > 0; entries--) {
      sums.set(reader.byte(), { to: reader.uint(), sum: reader.amount() })
    }
    document.counters.set(counterKey(place, origin, n), { place, origin, n, sums })
  }
}

function encodeNode(writer: ByteWriter, node: Node): void {
  writer.byte(node.kind === 'object' ? OBJECT : ARRAY)
  encodeNodeId(writer, node.id)
  if (node.kind === 'object') {
    encodeCells(writer, fieldsOf(node))
    encodeCells(writer, node.buried)
    return
  }
  encodeSequence(writer, node.elements, encodeCell)
  writer.uint(node.early?.size ?? 0)
  for (const { id, cell } of node.early?.values() ?? []) {
    encodeRunId(writer, id.run)
    writer.int(id.i)
    encodeCell(writer, cell)
  }
}

function decodeNode(reader: ByteReader): Node {
  const kind = reader.byte()
  const id = decodeNodeId(reader)
  if (kind === OBJECT) {
    const node = new ObjectNode(id)
    decodeCells(reader, (field, cell) => {
      if (cell.siblings === null) throw new DecodeError('a field without a value')
      node.fields.set(field, cell)
      node.lastRank = Math.max(node.lastRank, rankOf(cell.siblings))
    })
    decodeCells(reader, (field, cell) => (node.buried ??= new Map()).set(field, cell))
    return node
  }
  if (kind !== ARRAY) throw new DecodeError('unknown container')
  const node = new ArrayNode(id, decodeSequence(reader, readCell))
  for (let count = reader.uint(); count > 0; count--) {
    const element = { run: decodeRunId(reader), i: reader.int() }
    ;(node.early ??= new Map()).set(elementKey(element), { id: element, cell: readCell(reader) })
  }
  return node
}

function encodeCells(writer: ByteWriter, cells: ReadonlyMap<Bytes, Cell> | null): void {
  writer.uint(cells === null ? 0 : cells.size)
  for (const [field, cell] of cells ?? []) {
    writer.string(field)
    encodeCell(writer, cell)
  }
}

function decodeCells(reader: ByteReader, take: (field: Bytes, cell: Cell) => void): void {
  for (let count = reader.uint(); count > 0; count--) take(reader.string(), readCell(reader))
}

function readCell(reader: ByteReader): Cell {
  const cell = new Cell()
  decodeCell(reader, cell)
  return cell
}
