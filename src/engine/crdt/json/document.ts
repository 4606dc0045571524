/**
 * A document: containers by the write that made them, and what their slots hold. A slot (the root, a field, an array's element) is a cell whose siblings
 * are the values that concurrent writes put there; the smallest replica id's is shown (J1). A container's identity is the write that made it and a number
 * within that write, so that a change inside one is lost with it (J2), wherever the two arrive first:
 *
 * - a change in a container whose making has not been observed here waits in the container, which nothing holds yet;
 * - a change in one whose making has been observed and that is not here is a change in something that is gone.
 *
 * Always holds: every container here is held by a slot of a container here (or by the root), or its making has not been observed yet.
 */
import type { Amount, Bytes } from '../../../lib/index.ts'
import { Cell, type Sibling } from '../parts/cell.ts'
import type { ArrayNode } from './array.ts'
import { elementKey, nodeKey, rankOf, type ElementId, type NodeId } from './ids.ts'
import { kindOf, type Kind } from './value.ts'

export class ObjectNode {
  readonly kind = 'object'
  readonly id: NodeId
  /** Fields that can be seen. */
  readonly fields = new Map<Bytes, Cell>()
  /** Fields of which only tombstones are left. */
  buried: Map<Bytes, Cell> | null = null
  /** The largest rank that a field has had here. */
  lastRank = 0
  /** Whether `fields` is in the order of the ranks. */
  inOrder = true
  constructor(id: NodeId) {
    this.id = id
  }
}

export type Node = ObjectNode | ArrayNode

/** Where a slot is: null for the root. */
export type Place =
  | null
  | { readonly node: NodeId; readonly field: Bytes }
  | { readonly node: NodeId; readonly element: ElementId }

/** What was added to one number: per replica a running sum, which its write `to` reached (J5). */
export interface Counter {
  readonly place: Place
  /** The write that put the number there. */
  readonly origin: number
  readonly n: number
  readonly sums: Map<number, { readonly to: number; readonly sum: Amount }>
}

export class JsonDocument {
  readonly root = new Cell()
  readonly nodes = new Map<string, Node>()
  /** By `counterKey`; only numbers that were incremented have one. */
  readonly counters = new Map<string, Counter>()
  /** The last write that made containers here, and how many: what the same write makes next goes on counting. */
  made = { origin: 0, n: 0, count: 0 }
  /** A container was dropped since counters were last looked through. */
  dropped = false
}

export function slotKey(place: Place): string {
  if (place === null) return ''
  return 'field' in place
    ? `${nodeKey(place.node)}:${place.field}`
    : `${nodeKey(place.node)}#${elementKey(place.element)}`
}

export function placeOfSlotKey(key: string): Place {
  const match = /^(\d+)\.(\d+)\.(\d+)([:#])/.exec(key)
  if (match === null) return null
  const node = { origin: Number(match[1]), n: Number(match[2]), index: Number(match[3]) }
  const rest = key.slice(match[0].length)
  if (match[4] === ':') return { node, field: rest }
  const [run = 0, i = 0] = rest.split('.').map(Number)
  return { node, element: { run, i } }
}

export function counterKey(place: Place, origin: number, n: number): string {
  return `${origin}.${n}@${slotKey(place)}`
}

/** The container that a sibling stands for; undefined for a scalar. */
export function containerOf(document: JsonDocument, sibling: Sibling): Node | undefined {
  const key = containerKey(sibling)
  return key === undefined ? undefined : document.nodes.get(key)
}

/** `[` or `{` and the container's number is the code of a container. */
export function containerKey(sibling: Sibling): string | undefined {
  return isContainer(sibling.value) ? `${sibling.origin}.${sibling.n}.${sibling.value.slice(1)}` : undefined
}

export function isContainer(code: Bytes): boolean {
  const first = code.charCodeAt(0)
  return first === 91 || first === 123
}

/** The kind of what a slot shows; undefined when it shows nothing. */
export function kindOfSlot(cell: Cell): Kind | undefined {
  return cell.siblings === null ? undefined : kindOf(cell.siblings.value)
}

/** Fields that can be seen, in the order in which they were added. */
export function fieldsOf(node: ObjectNode): ReadonlyMap<Bytes, Cell> {
  if (!node.inOrder) {
    const sorted = [...node.fields].sort(
      ([a, x], [b, y]) => rankOf(x.siblings as Sibling) - rankOf(y.siblings as Sibling) || (a < b ? -1 : 1),
    )
    node.fields.clear()
    for (const [field, cell] of sorted) node.fields.set(field, cell)
    node.inOrder = true
  }
  return node.fields
}
