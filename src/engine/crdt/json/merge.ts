/** Joins two whole documents. A container that a side lacks although its clock covers the making had gone there. */
import { covers, joined, type Clock } from '../../causality/clock.ts'
import { Cell, mergeCell } from '../parts/cell.ts'
import { mergeSequence } from '../sequence/merge.ts'
import { ArrayNode, openElement } from './array.ts'
import { ObjectNode, type JsonDocument, type Node } from './document.ts'
import { cellOfField, fileField, makeNode, rankBefore, sweepCounters, sweepNodes } from './slots.ts'
import { elementKey } from './ids.ts'

export function mergeDocuments(into: JsonDocument, intoSeen: Clock, from: JsonDocument, fromSeen: Clock): void {
  mergeCell(into.root, intoSeen, from.root, fromSeen)
  for (const [key, { id }] of into.nodes) {
    if (!from.nodes.has(key) && covers(fromSeen, id.origin, id.n)) into.nodes.delete(key)
  }
  for (const [key, theirs] of from.nodes) {
    const { id, kind } = theirs
    const mine = into.nodes.get(key)
    if (mine === undefined && covers(intoSeen, id.origin, id.n)) continue
    mergeNodes(mine ?? makeNode(into, id, kind), intoSeen, theirs, fromSeen)
  }
  mergeCounters(into, from)
  const seen = joined(intoSeen, fromSeen)
  sweepNodes(into, seen)
  sweepCounters(into, (origin, n) => covers(seen, origin, n))
}

function mergeNodes(into: Node, intoSeen: Clock, from: Node, fromSeen: Clock): void {
  if (into instanceof ObjectNode && from instanceof ObjectNode) mergeObjects(into, intoSeen, from, fromSeen)
  else if (into instanceof ArrayNode && from instanceof ArrayNode) mergeArrays(into, intoSeen, from, fromSeen)
}

function mergeObjects(into: ObjectNode, intoSeen: Clock, from: ObjectNode, fromSeen: Clock): void {
  const nothing = new Cell()
  const names = new Set([
    ...into.fields.keys(),
    ...(into.buried?.keys() ?? []),
    ...from.fields.keys(),
    ...(from.buried?.keys() ?? []),
  ])
  for (const name of names) {
    const cell = cellOfField(into, name)
    const before = rankBefore(cell)
    mergeCell(cell, intoSeen, from.fields.get(name) ?? from.buried?.get(name) ?? nothing, fromSeen)
    fileField(into, name, cell, before)
  }
}

function mergeArrays(into: ArrayNode, intoSeen: Clock, from: ArrayNode, fromSeen: Clock): void {
  const join = (mine: Cell, theirs: Cell): Cell => {
    mergeCell(mine, intoSeen, theirs, fromSeen)
    return mine
  }
  mergeSequence(into.elements, intoSeen, from.elements, fromSeen, {
    join,
    adopt: (run, i, theirs) => {
      const early = into.early?.get(elementKey({ run, i }))
      return join(early === undefined ? new Cell() : early.cell, theirs)
    },
  })
  for (const { id, cell } of from.early?.values() ?? []) {
    const mine = openElement(into, id, (origin, n) => covers(intoSeen, origin, n) || covers(fromSeen, origin, n))
    if (mine !== undefined) join(mine, cell)
  }
  for (const [key, { id }] of into.early ?? []) {
    const here = into.elements.find(id.run, id.i)
    if (here !== undefined || into.elements.runs.get(id.run)?.knows(id.i) === true) into.early?.delete(key)
  }
  if (into.early?.size === 0) into.early = null
}

function mergeCounters(into: JsonDocument, from: JsonDocument): void {
  for (const [key, theirs] of from.counters) {
    const mine = into.counters.get(key)
    if (mine === undefined) {
      into.counters.set(key, theirs)
      continue
    }
    for (const [replica, entry] of theirs.sums) {
      const known = mine.sums.get(replica)
      if (known === undefined || entry.to > known.to) mine.sums.set(replica, entry)
    }
  }
}
