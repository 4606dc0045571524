/** Puts together what one command changes in a document. Nothing is written before `commit`. */
import { addAmounts, type Amount, type Bytes } from '../../../lib/index.ts'
import { prepareErase, prepareInsert, type ArrayNode } from '../../crdt/json/array.ts'
import { counterKey, type JsonDocument, type ObjectNode } from '../../crdt/json/document.ts'
import { rankAfter, rankOf } from '../../crdt/json/ids.ts'
import { jsonType } from '../../crdt/json/json.ts'
import type { JsonChange } from '../../crdt/json/op.ts'
import { depthOfSlot, fieldSlot, nodeAt, type Slot } from '../../crdt/json/read.ts'
import { cellOfField } from '../../crdt/json/slots.ts'
import { containersIn, depthOf, MAX_DEPTH, type Json } from '../../crdt/json/value.ts'
import { observationsOf, type Sibling } from '../../crdt/parts/cell.ts'
import { MAX_ELEMENTS } from '../capacity.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'

export class Edit {
  readonly #ctx: Context
  readonly #document: JsonDocument
  readonly #changes: JsonChange[] = []
  /** The last rank given out in an object. */
  readonly #ranks = new Map<ObjectNode, number>()
  #made = 0

  constructor(ctx: Context, document: JsonDocument) {
    this.#ctx = ctx
    this.#document = document
  }

  get isEmpty(): boolean {
    return this.#changes.length === 0
  }

  /** Puts a value into a slot that shows something. */
  assign({ place, cell, parent }: Slot, value: Json): void {
    this.#checkRoom(parent === null ? 0 : depthOfSlot(parent) + 1, value)
    const rank = place !== null && 'field' in place ? rankOf(cell.siblings as Sibling) : 0
    this.#changes.push({ kind: 'assign', place, value, rank, observed: observationsOf(cell, this.#ctx.self) })
  }

  /** Adds a field that an object does not show. */
  add(object: Slot, field: Bytes, value: Json): void {
    const node = nodeAt(this.#document, object) as ObjectNode
    this.#checkRoom(depthOfSlot(object) + 1, value)
    if (node.fields.size >= MAX_ELEMENTS) fail(`ERR an object holds at most ${MAX_ELEMENTS} fields`)
    const rank = rankAfter(this.#ranks.get(node) ?? node.lastRank, this.#ctx.self)
    this.#ranks.set(node, rank)
    const observed = observationsOf(cellOfField(node, field), this.#ctx.self)
    this.#changes.push({ kind: 'assign', place: { node: node.id, field }, value, rank, observed })
  }

  /** Takes a field or an element out. Not for the root. */
  remove({ place, cell }: Slot): void {
    if (place === null) return
    if ('field' in place) {
      const { node, field } = place
      this.#changes.push({ kind: 'remove', node, field, observed: observationsOf(cell, this.#ctx.self) })
    } else {
      const { run, i } = place.element
      this.#changes.push({ kind: 'erase', node: place.node, spans: [{ run, from: i, to: i }] })
    }
  }

  /** Takes everything out of a container. */
  clear(container: Slot): void {
    const node = nodeAt(this.#document, container)
    if (node === undefined) return
    if (node.kind === 'array') this.erase(container, 0, node.elements.length)
    else for (const field of node.fields.keys()) this.remove(fieldSlot(node, field, container) as Slot)
  }

  /** Adds to a number (J5). */
  increment({ place, cell }: Slot, by: Amount): void {
    const { origin, n } = cell.siblings as Sibling
    const known = this.#document.counters.get(counterKey(place, origin, n))?.sums.get(this.#ctx.self)
    const sum = known === undefined ? by : addAmounts(known.sum, by)
    this.#changes.push({ kind: 'increment', place, base: { origin, n }, sum })
  }

  /** Inserts values into an array so that the first gets this index, 0 … length. */
  insert(array: Slot, index: number, values: readonly Json[]): void {
    const node = nodeAt(this.#document, array) as ArrayNode
    for (const value of values) this.#checkRoom(depthOfSlot(array) + 1, value)
    const where = prepareInsert(node, this.#ctx.self, this.#ctx.dot, index, values)
    if (where === undefined) fail('ERR too many insertions in one command')
    this.#changes.push({ kind: 'insert', node: node.id, where })
  }

  /** Removes `count` elements of an array from an index on; there must be as many. */
  erase(array: Slot, index: number, count: number): void {
    if (count <= 0) return
    const node = nodeAt(this.#document, array) as ArrayNode
    this.#changes.push({ kind: 'erase', node: node.id, spans: prepareErase(node, index, count) })
  }

  /** Writes, if there is anything to write. */
  commit(key: Bytes, event: string): void {
    if (this.#changes.length === 0) return
    const { made } = this.#document
    const { self, dot } = this.#ctx
    const first = made.origin === self && made.n === dot ? made.count : 0
    this.#ctx.update(jsonType, key, { first, changes: this.#changes }, event)
  }

  #checkRoom(depth: number, value: Json): void {
    if (typeof value === 'string') return
    if (depth + depthOf(value) > MAX_DEPTH) fail('ERR recursion limit exceeded')
    this.#made += containersIn(value)
    if (this.#document.nodes.size + this.#made > MAX_ELEMENTS) {
      fail(`ERR a document holds at most ${MAX_ELEMENTS} objects and arrays`)
    }
  }
}
