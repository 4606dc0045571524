/** What a document shows: values behind slots, and what lies in containers. */
import { addAmounts, type Amount, type Bytes } from '../../../lib/index.ts'
import { smallestWriter, type Cell, type Sibling } from '../parts/cell.ts'
import { cellsOf } from './array.ts'
import {
  containerOf,
  counterKey,
  fieldsOf,
  kindOfSlot,
  type JsonDocument,
  type Node,
  type ObjectNode,
  type Place,
} from './document.ts'
import { addedCode } from './number.ts'
import { isNumber, kindOf, type Json, type Kind } from './value.ts'

/** A slot that shows something, and the way to it. */
export interface Slot {
  readonly place: Place
  readonly cell: Cell
  readonly parent: Slot | null
}

export function rootSlot(document: JsonDocument): Slot {
  return { place: null, cell: document.root, parent: null }
}

export function kindAt(slot: Slot): Kind {
  return kindOfSlot(slot.cell) ?? 'null'
}

export function nodeAt(document: JsonDocument, slot: Slot): Node | undefined {
  return slot.cell.siblings === null ? undefined : containerOf(document, slot.cell.siblings)
}

export function fieldSlot(node: ObjectNode, field: Bytes, parent: Slot): Slot | undefined {
  const cell = node.fields.get(field)
  return cell === undefined ? undefined : { place: { node: node.id, field }, cell, parent }
}

/** Visits the slots in a container, in order; none in a scalar. */
export function eachChild(document: JsonDocument, parent: Slot, visit: (child: Slot) => void): void {
  const node = nodeAt(document, parent)
  if (node === undefined) return
  if (node.kind === 'object') {
    for (const [field, cell] of fieldsOf(node)) visit({ place: { node: node.id, field }, cell, parent })
  } else {
    for (const { run, i, value } of node.elements.order) {
      visit({ place: { node: node.id, element: { run: run.id, i } }, cell: value, parent })
    }
  }
}

/** How deep a slot lies: 0 for the root. */
export function depthOfSlot(slot: Slot): number {
  let depth = 0
  for (let at = slot.parent; at !== null; at = at.parent) depth++
  return depth
}

/** The code of what a slot shows, increments included. */
export function codeAt(document: JsonDocument, place: Place, sibling: Sibling): Bytes {
  if (document.counters.size === 0) return sibling.value
  const kind = kindOf(sibling.value)
  if (!isNumber(kind)) return sibling.value
  const sum = addedAt(document, place, sibling)
  return sum === undefined ? sibling.value : addedCode(sibling.value, sum)
}

/** What was added to a number; undefined when nothing was. */
export function addedAt(document: JsonDocument, place: Place, sibling: Sibling): Amount | undefined {
  const counter = document.counters.get(counterKey(place, sibling.origin, sibling.n))
  if (counter === undefined) return undefined
  let total: Amount = 0
  for (const { sum } of counter.sums.values()) total = addAmounts(total, sum)
  return total
}

/** A copy of what a slot shows. */
export function valueAt(document: JsonDocument, slot: Slot): Json {
  const sibling = slot.cell.siblings
  if (sibling === null) return 'n'
  const node = containerOf(document, sibling)
  if (node === undefined) return codeAt(document, slot.place, sibling)
  if (node.kind === 'array') {
    const list: Json[] = []
    eachChild(document, slot, (child) => list.push(valueAt(document, child)))
    return list
  }
  const map = new Map<Bytes, Json>()
  for (const [field, cell] of fieldsOf(node)) {
    map.set(field, valueAt(document, { place: { node: node.id, field }, cell, parent: slot }))
  }
  return map
}

/** The string that a slot shows. */
export function stringAt(slot: Slot): Bytes {
  return slot.cell.siblings === null ? '' : slot.cell.siblings.value.slice(1)
}

/** The smallest replica id of which something lives in the document; Infinity when nothing does (G10). */
export function smallestWriterOf(document: JsonDocument): number {
  return smallestWriterIn(document, document.root)
}

function smallestWriterIn(document: JsonDocument, cell: Cell): number {
  let least = smallestWriter(cell)
  for (let s = cell.siblings; s !== null; s = s.next) {
    const node = containerOf(document, s)
    if (node === undefined) continue
    for (const inner of node.kind === 'object' ? node.fields.values() : cellsOf(node)) {
      least = Math.min(least, smallestWriterIn(document, inner))
    }
  }
  return least
}
