/** How much memory documents take, in bytes: an estimate, in the round figures that `keyspace/memory.ts` uses. */
import type { Cell } from '../parts/cell.ts'
import { cellsOf } from './array.ts'
import { containerOf, type JsonDocument, type Node } from './document.ts'

const OBJECT = 56
const ENTRY = 40

/** All that a slot holds, what concurrent writes put there and what lies in containers included. */
export function bytesOf(document: JsonDocument, cell: Cell): number {
  let sum = bytesOfCell(cell)
  for (let s = cell.siblings; s !== null; s = s.next) {
    const node = containerOf(document, s)
    if (node === undefined) continue
    sum += bytesOfNode(node)
    for (const inner of node.kind === 'object' ? node.fields.values() : cellsOf(node)) sum += bytesOf(document, inner)
  }
  return sum
}

/** The whole document: tombstones, and what waits, too. */
export function bytesOfDocument(document: JsonDocument): number {
  let sum = OBJECT + bytesOfCell(document.root)
  for (const node of document.nodes.values()) {
    sum += bytesOfNode(node)
    for (const cell of node.kind === 'object' ? node.fields.values() : cellsOf(node)) sum += bytesOfCell(cell)
  }
  for (const { sums } of document.counters.values()) sum += ENTRY + OBJECT * (1 + sums.size)
  return sum
}

function bytesOfCell(cell: Cell): number {
  let sum = OBJECT
  for (let s = cell.siblings; s !== null; s = s.next) sum += OBJECT + 16 + s.value.length
  for (let r = cell.removals; r !== null; r = r.next) sum += OBJECT
  return sum
}

/** The container and its entries, without what the entries hold. */
function bytesOfNode(node: Node): number {
  let sum = OBJECT + ENTRY
  if (node.kind === 'array') return sum + OBJECT * (3 + node.elements.runs.size + node.elements.length)
  for (const field of node.fields.keys()) sum += ENTRY + 16 + field.length
  for (const [field, cell] of node.buried ?? []) sum += ENTRY + 16 + field.length + bytesOfCell(cell)
  return sum
}
