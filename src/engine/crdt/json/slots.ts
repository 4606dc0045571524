/** Finding, filing and dropping slots: what keeps `document.ts`'s invariant. */
import { covers, type Clock } from '../../causality/clock.ts'
import { Cell, type Sibling } from '../parts/cell.ts'
import type { Stamp } from '../type.ts'
import { ArrayNode, cellsOf, openElement, peekElement } from './array.ts'
import { containerKey, counterKey, ObjectNode, slotKey, type JsonDocument, type Node, type Place } from './document.ts'
import { nodeKey, rankOf, type NodeId } from './ids.ts'

/** Whether a write has been applied here: what it made and is not here is gone, and not still to come. */
export type Seen = (origin: number, n: number) => boolean

/** While a write is applied, its own earlier effects count. */
export function seenBy(at: Stamp): Seen {
  return (origin, n) => covers(at.seen, origin, n) || (origin === at.origin && n <= at.n)
}

/**
 * The container with that identity; made empty, to wait, when its making has not been observed. Undefined when it is gone, and whatever a write does in it
 * is lost (J2).
 */
export function openNode(document: JsonDocument, id: NodeId, kind: 'object', seen: Seen): ObjectNode | undefined
export function openNode(document: JsonDocument, id: NodeId, kind: 'array', seen: Seen): ArrayNode | undefined
export function openNode(document: JsonDocument, id: NodeId, kind: Node['kind'], seen: Seen): Node | undefined {
  const key = nodeKey(id)
  const known = document.nodes.get(key)
  if (known !== undefined) return known.kind === kind ? known : undefined
  return seen(id.origin, id.n) ? undefined : makeNode(document, id, kind)
}

export function makeNode(document: JsonDocument, id: NodeId, kind: Node['kind']): Node {
  const node = kind === 'object' ? new ObjectNode(id) : new ArrayNode(id)
  document.nodes.set(nodeKey(id), node)
  return node
}

/** The slot's cell, live, buried or new; undefined when its container, or the element, is gone. `fileSlot` puts it where it belongs. */
export function openSlot(document: JsonDocument, place: Place, seen: Seen): Cell | undefined {
  if (place === null) return document.root
  if ('field' in place) {
    const node = openNode(document, place.node, 'object', seen)
    return node === undefined ? undefined : cellOfField(node, place.field)
  }
  const node = openNode(document, place.node, 'array', seen)
  return node === undefined ? undefined : openElement(node, place.element, seen)
}

export function cellOfField(node: ObjectNode, field: string): Cell {
  return node.fields.get(field) ?? node.buried?.get(field) ?? new Cell()
}

/** Files a field's cell by what it is now: something to see, a tombstone, or nothing. `before`: its rank until now, if it could be seen. */
export function fileField(node: ObjectNode, field: string, cell: Cell, before: number | undefined): void {
  if (cell.siblings === null) {
    node.fields.delete(field)
    if (cell.removals !== null) (node.buried ??= new Map()).set(field, cell)
    else buryNot(node, field)
    return
  }
  const rank = rankOf(cell.siblings)
  if (before === undefined) {
    if (rank < node.lastRank) node.inOrder = false
    node.fields.set(field, cell)
    buryNot(node, field)
  } else if (rank !== before) node.inOrder = false
  node.lastRank = Math.max(node.lastRank, rank)
}

export function rankBefore(cell: Cell): number | undefined {
  return cell.siblings === null ? undefined : rankOf(cell.siblings)
}

function buryNot(node: ObjectNode, field: string): void {
  if (node.buried === null) return
  node.buried.delete(field)
  if (node.buried.size === 0) node.buried = null
}

/** Says that a tombstone is left in a slot. */
export function leaveSlot(place: Place, cell: Cell, at: Stamp): void {
  if (cell.removals !== null) at.leave(slotKey(place))
}

// What siblings hold

interface Held {
  readonly origin: number
  readonly n: number
  readonly value: string
  readonly container: string | undefined
}

/** What a cell's siblings stand for, to be compared with later. */
export function heldBy(cell: Cell): Held[] {
  const held: Held[] = []
  for (let s = cell.siblings; s !== null; s = s.next) {
    held.push({ origin: s.origin, n: s.n, value: s.value, container: containerKey(s) })
  }
  return held
}

/** Drops what a cell held before and does not hold any more. */
export function dropGone(document: JsonDocument, place: Place, before: readonly Held[], cell: Cell | null): void {
  for (const held of before) {
    let s: Sibling | null = cell === null ? null : cell.siblings
    while (s !== null && !(s.origin === held.origin && s.n === held.n && s.value === held.value)) s = s.next
    if (s !== null) continue
    if (held.container !== undefined) dropNode(document, held.container)
    else if (document.counters.size > 0) document.counters.delete(counterKey(place, held.origin, held.n))
  }
}

/** A container goes, with all that lies in it. */
export function dropNode(document: JsonDocument, key: string): void {
  const node = document.nodes.get(key)
  if (node === undefined) return
  document.nodes.delete(key)
  document.dropped = true
  for (const cell of node.kind === 'object' ? node.fields.values() : cellsOf(node)) {
    for (let s = cell.siblings; s !== null; s = s.next) {
      const inner = containerKey(s)
      if (inner !== undefined) dropNode(document, inner)
    }
  }
}

/** After containers were dropped: counters of the numbers in them go too. */
export function dropLostCounters(document: JsonDocument, seen: Seen): void {
  if (document.dropped && document.counters.size > 0) sweepCounters(document, seen)
  document.dropped = false
}

/** Drops counters of numbers that are gone: their container is, or they were replaced. */
export function sweepCounters(document: JsonDocument, seen: Seen): void {
  for (const [key, { place, origin, n }] of document.counters) {
    const cell = peekSlot(document, place)
    let s = cell?.siblings ?? null
    while (s !== null && !(s.origin === origin && s.n === n)) s = s.next
    if (s !== null) continue
    const nodeGone = place !== null && !document.nodes.has(nodeKey(place.node)) && seen(place.node.origin, place.node.n)
    if (nodeGone || seen(origin, n)) document.counters.delete(key)
  }
}

export function peekSlot(document: JsonDocument, place: Place): Cell | undefined {
  if (place === null) return document.root
  const node = document.nodes.get(nodeKey(place.node))
  if (node === undefined) return undefined
  if ('field' in place) return node.kind === 'object' ? node.fields.get(place.field) : undefined
  return node.kind === 'array' ? peekElement(node, place.element) : undefined
}

/** Drops containers that nothing holds; those whose making has not been observed stay, with all that lies in them. */
export function sweepNodes(document: JsonDocument, seen: Clock): void {
  const reached = new Set<string>()
  const visit = (cell: Cell) => {
    for (let s = cell.siblings; s !== null; s = s.next) {
      const key = containerKey(s)
      if (key !== undefined) reach(key)
    }
  }
  const reach = (key: string) => {
    const node = document.nodes.get(key)
    if (node === undefined || reached.has(key)) return
    reached.add(key)
    for (const cell of node.kind === 'object' ? node.fields.values() : cellsOf(node)) visit(cell)
  }
  visit(document.root)
  for (const [key, node] of document.nodes) if (!covers(seen, node.id.origin, node.id.n)) reach(key)
  for (const key of document.nodes.keys()) if (!reached.has(key)) document.nodes.delete(key)
}
