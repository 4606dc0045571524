/** Applies changes to a document: the only writer, for local writes and remote effects alike. */
import { covers, type Clock } from '../../causality/clock.ts'
import { applyAssign, applyRemove, Cell, type Observation } from '../parts/cell.ts'
import type { RuleId, Stamp } from '../type.ts'
import { ArrayNode, eraseElements, initialInsert, insertElements } from './array.ts'
import type { Insert } from '../sequence/sequence.ts'
import { counterKey, isContainer, type JsonDocument, type Place } from './document.ts'
import type { JsonChange, JsonOp } from './op.ts'
import {
  cellOfField,
  dropGone,
  dropLostCounters,
  dropNode,
  fileField,
  heldBy,
  leaveSlot,
  makeNode,
  openNode,
  openSlot,
  rankBefore,
  seenBy,
  type Seen,
} from './slots.ts'
import { isList, type Json } from './value.ts'
import { nodeKey, priorityOf, rankAfter, type NodeId } from './ids.ts'

/** `removed` is the key's removal clock: a document that it covers is dead on arrival. */
export function applyJson(document: JsonDocument, op: JsonOp, at: Stamp, removed: Clock | null): RuleId {
  const write = new Application(document, at, op.first)
  const dead = removed !== null && covers(removed, at.origin, at.n)
  let rule: RuleId = 'G3'
  for (const change of op.changes) rule = write.change(change, dead)
  dropLostCounters(document, seenBy(at))
  document.made = { origin: at.origin, n: at.n, count: write.next }
  return rule
}

class Application {
  readonly #document: JsonDocument
  readonly #at: Stamp
  readonly #seen: Seen
  /** The number that the next container of this write gets. */
  next: number

  constructor(document: JsonDocument, at: Stamp, first: number) {
    this.#document = document
    this.#at = at
    this.#seen = seenBy(at)
    this.next = first
  }

  change(change: JsonChange, dead: boolean): RuleId {
    switch (change.kind) {
      case 'assign':
        return this.#assign(change, dead && change.place === null)
      case 'increment':
        return this.#increment(change)
      case 'remove':
        return this.#remove(change.node, change.field, change.observed)
      case 'insert':
        return this.#insert(change)
      default:
        return this.#erase(change)
    }
  }

  #assign(change: Extract<JsonChange, { kind: 'assign' }>, dead: boolean): RuleId {
    const at = this.#at
    const { place, value, observed } = change
    const cell = openSlot(this.#document, place, this.#seen)
    if (cell === undefined) return this.#lose(place, value)
    const before = heldBy(cell)
    const rank = rankBefore(cell)
    if (dead) {
      applyRemove(cell, observed, at, false)
      this.#lose(place, value)
    } else {
      this.#put(place, cell, value, change.rank, observed)
    }
    dropGone(this.#document, place, before, cell)
    this.#file(place, cell, rank)
    if (dead) return 'J2'
    return cell.siblings !== null && cell.siblings.next !== null ? 'J1' : 'G3'
  }

  /** Makes the value a sibling in the cell, unless a removal that arrived earlier took it out. */
  #put(place: Place, cell: Cell, value: Json, rank: number, observed: readonly Observation[] | null): void {
    const code = this.#build(value)
    applyAssign(cell, code, priorityOf(this.#at.origin, rank), observed, this.#at)
    this.#loseUnheld(place, cell, code)
  }

  #file(place: Place, cell: Cell, before: number | undefined): void {
    if (place !== null && 'field' in place) {
      const node = openNode(this.#document, place.node, 'object', this.#seen)
      if (node !== undefined) fileField(node, place.field, cell, before)
    }
    leaveSlot(place, cell, this.#at)
  }

  /** Makes the containers of a value and fills them; gives the code of the value itself. */
  #build(value: Json): string {
    if (typeof value === 'string') return value
    const { origin, n } = this.#at
    const id: NodeId = { origin, n, index: this.next++ }
    const waiting = this.#document.nodes.get(nodeKey(id))
    if (isList(value)) {
      const node = waiting instanceof ArrayNode ? waiting : makeNode(this.#document, id, 'array')
      if (node instanceof ArrayNode && value.length > 0) this.#fill(node, initialInsert(value))
      return `[${id.index}`
    }
    const node = waiting?.kind === 'object' ? waiting : makeNode(this.#document, id, 'object')
    if (node.kind !== 'object') return `{${id.index}`
    let rank = 0
    for (const [field, child] of value) {
      rank = rankAfter(rank, origin)
      const cell = cellOfField(node, field)
      const before = rankBefore(cell)
      this.#put({ node: id, field }, cell, child, rank, null)
      fileField(node, field, cell, before)
    }
    return `{${id.index}`
  }

  /** What is lost still has its numbers, and what waited for it goes. */
  #discard(value: Json): RuleId {
    if (typeof value === 'string') return 'J2'
    dropNode(this.#document, `${this.#at.origin}.${this.#at.n}.${this.next++}`)
    for (const child of value.values()) this.#discard(child)
    this.#document.dropped = true
    return 'J2'
  }

  #increment(change: Extract<JsonChange, { kind: 'increment' }>): RuleId {
    const { origin, n } = this.#at
    const { place, base, sum } = change
    const cell = openSlot(this.#document, place, this.#seen)
    if (cell === undefined) return 'J2'
    let s = cell.siblings
    while (s !== null && !(s.origin === base.origin && s.n === base.n)) s = s.next
    if (s === null && this.#seen(base.origin, base.n)) return 'J2'
    const key = counterKey(place, base.origin, base.n)
    let counter = this.#document.counters.get(key)
    if (counter === undefined) {
      this.#document.counters.set(key, (counter = { place, origin: base.origin, n: base.n, sums: new Map() }))
    }
    counter.sums.set(origin, { to: n, sum })
    return 'J5'
  }

  #remove(id: NodeId, field: string, observed: readonly Observation[] | null): RuleId {
    const node = openNode(this.#document, id, 'object', this.#seen)
    if (node === undefined) return 'J2'
    const place = { node: id, field }
    const cell = cellOfField(node, field)
    const before = heldBy(cell)
    const rank = rankBefore(cell)
    applyRemove(cell, observed, this.#at, true)
    dropGone(this.#document, place, before, cell)
    this.#file(place, cell, rank)
    return cell.siblings === null ? 'G3' : 'J3'
  }

  #insert(change: Extract<JsonChange, { kind: 'insert' }>): RuleId {
    const { node: id, where } = change
    const node = openNode(this.#document, id, 'array', this.#seen)
    if (node !== undefined) this.#fill(node, where)
    else for (const value of where.values) this.#discard(value)
    return node === undefined ? 'J2' : 'J4'
  }

  #fill(node: ArrayNode, where: Insert<Json>): void {
    const codes = where.values.map((value) => this.#build(value))
    for (const { id, code, cell } of insertElements(node, where, codes, this.#at)) {
      const place = { node: node.id, element: id }
      this.#loseUnheld(place, cell, code)
      if (node.elements.find(id.run, id.i) === undefined) dropGone(this.#document, place, heldBy(cell), null)
    }
  }

  #erase(change: Extract<JsonChange, { kind: 'erase' }>): RuleId {
    const node = openNode(this.#document, change.node, 'array', this.#seen)
    if (node === undefined) return 'J2'
    for (const { id, cell } of eraseElements(node, change.spans, this.#at)) {
      dropGone(this.#document, { node: change.node, element: id }, heldBy(cell), null)
    }
    return 'J4'
  }

  /** What belongs to a sibling that an earlier removal took out at once goes: the container that was built for it, or the counter that waited for it. */
  #loseUnheld(place: Place, cell: Cell, code: string): void {
    const { origin, n } = this.#at
    let s = cell.siblings
    while (s !== null && !(s.origin === origin && s.n === n && s.value === code)) s = s.next
    if (s !== null) return
    if (isContainer(code)) dropNode(this.#document, `${origin}.${n}.${code.slice(1)}`)
    else this.#forgetCounter(place)
  }

  #forgetCounter(place: Place): void {
    const { counters } = this.#document
    if (counters.size > 0) counters.delete(counterKey(place, this.#at.origin, this.#at.n))
  }

  /** A value that has no slot. */
  #lose(place: Place, value: Json): RuleId {
    if (typeof value === 'string') this.#forgetCounter(place)
    return this.#discard(value)
  }
}
