/** How results are sorted by a field. */
import { bytesOfText, textOfBytes, type Bytes } from '../../lib/index.ts'
import type { Context } from '../commands/context.ts'
import { documentOf } from './documents.ts'
import type { Field } from './schema.ts'
import type { Entry, SearchIndex } from './search-index.ts'

/** A document's value in a field; undefined when it has none. */
export type SortValue = number | Bytes | undefined

/** Texts compare without regard to case. */
export function sortValue(ctx: Context, index: SearchIndex, entry: Entry, field: Field): SortValue {
  if (field.type === 'NUMERIC') return entry.numbers.get(field.name)
  const key = ctx.find(entry.key)
  const value = key && documentOf(key, index.definition.on, ctx.now)?.get(field.identifier)
  return value === undefined ? undefined : bytesOfText(textOfBytes(value).toLowerCase())
}

/** Documents without the field come last, in either direction. */
export function compareSortValues(a: SortValue, b: SortValue, descending: boolean): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1
  const order = a < b ? -1 : a > b ? 1 : 0
  return descending ? -order : order
}
