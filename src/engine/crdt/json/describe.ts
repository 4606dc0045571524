/** A document's live content as lines: every value that concurrent writes put into a slot, with its dot, the one that is shown first. */
import { formatAmount, type Bytes } from '../../../lib/index.ts'
import type { Cell } from '../parts/cell.ts'
import { elementsOf } from './array.ts'
import { containerOf, fieldsOf, type JsonDocument, type Place } from './document.ts'
import { addedAt } from './read.ts'
import { isNumber, kindOf } from './value.ts'

/** The same on every replica that has seen the same. */
export function describeDocument(document: JsonDocument): string[] {
  const lines: string[] = []
  describeSlot(document, null, document.root, '$', lines)
  return lines
}

function describeSlot(document: JsonDocument, place: Place, cell: Cell, path: Bytes, lines: string[]): void {
  for (let s = cell.siblings; s !== null; s = s.next) {
    const node = containerOf(document, s)
    const added = isNumber(kindOf(s.value)) ? addedAt(document, place, s) : undefined
    const shown = node === undefined ? s.value : node.kind === 'object' ? '{}' : '[]'
    const sum = added === undefined ? '' : ` + ${formatAmount(added)}`
    lines.push(`${path} = ${shown}${sum} @${s.origin}.${s.n}`)
    if (node?.kind === 'object') {
      for (const [field, inner] of fieldsOf(node)) {
        describeSlot(document, { node: node.id, field }, inner, `${path}.${field}`, lines)
      }
    } else if (node?.kind === 'array') {
      let index = 0
      for (const { id, cell: inner } of elementsOf(node)) {
        describeSlot(document, { node: node.id, element: id }, inner, `${path}[${index++}]`, lines)
      }
    }
  }
}
