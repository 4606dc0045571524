/** Arrays: a sequence of slots (J4). An element that is removed takes all that was put into its slot with it. */
import type { Bytes } from '../../../lib/index.ts'
import { applyAssign, Cell } from '../parts/cell.ts'
import { dotOfRun, replicaOfRun, ROOT_ANCHOR } from '../sequence/run.ts'
import { Sequence, type Insert, type SequenceStamp, type Span } from '../sequence/sequence.ts'
import type { Stamp } from '../type.ts'
import { elementKey, nodeKey, priorityOf, type ElementId, type NodeId } from './ids.ts'
import type { Json } from './value.ts'

export interface Element {
  readonly id: ElementId
  readonly cell: Cell
}

export class ArrayNode {
  readonly kind = 'array'
  readonly id: NodeId
  readonly elements: Sequence<Cell>
  /** Slots that were assigned before their element arrived here, by `elementKey`. */
  early: Map<string, Element> | null = null
  constructor(id: NodeId, elements = new Sequence<Cell>()) {
    this.id = id
    this.elements = elements
  }
}

export function lengthOf(node: ArrayNode): number {
  return node.elements.length
}

export function elementAt(node: ArrayNode, index: number): Element | undefined {
  const element = node.elements.order.at(index)
  return element === undefined ? undefined : { id: { run: element.run.id, i: element.i }, cell: element.value }
}

export function* elementsOf(node: ArrayNode): IterableIterator<Element> {
  for (const { run, i, value } of node.elements.order) yield { id: { run: run.id, i }, cell: value }
}

/** Every slot there is: seen, waiting for a place, waiting for its element. */
export function* cellsOf(node: ArrayNode): IterableIterator<Cell> {
  for (const element of node.elements.order) yield element.value
  for (const run of node.elements.runs.values()) {
    for (const element of run.extra?.waiting ?? []) yield element.value
  }
  for (const element of node.early?.values() ?? []) yield element.cell
}

export function peekElement(node: ArrayNode, id: ElementId): Cell | undefined {
  return node.elements.find(id.run, id.i)?.value ?? node.early?.get(elementKey(id))?.cell
}

/** The slot of an element, made to wait for one that has not arrived; undefined when the element is gone. */
export function openElement(
  node: ArrayNode,
  id: ElementId,
  seen: (origin: number, n: number) => boolean,
): Cell | undefined {
  const known = peekElement(node, id)
  if (known !== undefined) return known
  const run = node.elements.runs.get(id.run)
  const gone = run === undefined ? seen(replicaOfRun(id.run), dotOfRun(id.run)) : run.knows(id.i)
  if (gone) return undefined
  const cell = new Cell()
  ;(node.early ??= new Map()).set(elementKey(id), { id, cell })
  return cell
}

// Preparing

/** Inserting values so that the first gets this index, 0 … length; undefined when this write has inserted too often. */
export function prepareInsert(
  node: ArrayNode,
  self: number,
  n: number,
  index: number,
  values: readonly Json[],
): Insert<Json> | undefined {
  const places = values.map(() => new Cell())
  const op = node.elements.prepareInsert(self, n, index, places)
  return op === undefined ? undefined : { ...op, values: op.left ? values.toReversed() : values }
}

export function prepareErase(node: ArrayNode, index: number, count: number): Span[] {
  return node.elements.prepareRemove(index, count)
}

/** What an array holds when it is made: the first run of the write that makes it. */
export function initialInsert(values: readonly Json[]): Insert<Json> {
  return { kind: 'insert', run: 0, anchor: ROOT_ANCHOR, left: false, values }
}

// Applying

export interface Arrival {
  readonly id: ElementId
  readonly code: Bytes
  readonly cell: Cell
}

/** `codes`: what the new slots hold. Says where each went; an element that had been removed before it came is among them. */
export function insertElements(node: ArrayNode, op: Insert<Json>, codes: readonly Bytes[], at: Stamp): Arrival[] {
  const arrivals: Arrival[] = []
  const cells = { ...op, values: codes.map(() => new Cell()) }
  node.elements.insert(cells, stampOf(node, at), false, (run, i, fresh) => {
    const id = { run, i }
    const code = codes[arrivals.length] as Bytes
    const cell = node.early?.get(elementKey(id))?.cell ?? fresh
    forgetEarly(node, id)
    applyAssign(cell, code, priorityOf(at.origin, 0), null, at)
    arrivals.push({ id, code, cell })
    return cell
  })
  return arrivals
}

function forgetEarly(node: ArrayNode, id: ElementId): void {
  if (node.early === null) return
  node.early.delete(elementKey(id))
  if (node.early.size === 0) node.early = null
}

/** Gives the elements that were there. */
export function eraseElements(node: ArrayNode, spans: readonly Span[], at: Stamp): Element[] {
  const gone: Element[] = []
  for (const { run: runId, from, to } of spans) {
    const run = node.elements.runs.get(runId)
    if (run === undefined) continue
    for (let i = Math.max(from, run.min); i <= Math.min(to, run.max); i++) {
      const element = node.elements.find(runId, i)
      if (element !== undefined) gone.push({ id: { run: runId, i }, cell: element.value })
    }
  }
  node.elements.remove(spans, stampOf(node, at))
  return gone
}

/** The tombstone of a run of this array, as `collect` gets it. */
export function runName(node: ArrayNode, run: string): Bytes {
  return `${nodeKey(node.id)}[${run}`
}

function stampOf(node: ArrayNode, at: Stamp): SequenceStamp {
  const { origin, n, seen, solo } = at
  return { origin, n, seen, solo, leave: (run) => at.leave(runName(node, run)) }
}

/** After a merge: runs without elements are left for collection. */
export function leaveEmptyRuns(node: ArrayNode, at: Stamp): void {
  node.elements.leaveEmptyRuns(stampOf(node, at))
}
