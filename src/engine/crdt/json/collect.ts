/** Collects what removals left in a document (R4): of a slot, or of a run of an array. */
import type { Bytes } from '../../../lib/index.ts'
import type { Clock } from '../../causality/clock.ts'
import { collectCell } from '../parts/cell.ts'
import { placeOfSlotKey, type JsonDocument } from './document.ts'
import { cellOfField, fileField, rankBefore } from './slots.ts'
import { peekElement } from './array.ts'

/** `name`: of a slot, or of an array's run. True when it must wait. */
export function collectFromDocument(document: JsonDocument, name: Bytes, stable: Clock): boolean {
  const run = /^([\d.]+)\[(.*)$/.exec(name)
  if (run !== null) {
    const node = document.nodes.get(run[1] as string)
    return node?.kind === 'array' && node.elements.collect(run[2] as string, stable)
  }
  const place = placeOfSlotKey(name)
  if (place === null) return collectCell(document.root, stable)
  const node = document.nodes.get(name.slice(0, name.search(/[:#]/)))
  if (node?.kind === 'object' && 'field' in place) {
    const cell = cellOfField(node, place.field)
    const wait = collectCell(cell, stable)
    fileField(node, place.field, cell, rankBefore(cell))
    return wait
  }
  const cell = node?.kind === 'array' && 'element' in place ? peekElement(node, place.element) : undefined
  return cell !== undefined && collectCell(cell, stable)
}
