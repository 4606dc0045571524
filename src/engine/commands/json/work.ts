/** What the commands work with. The code is in a part that is loaded when the first of them comes; their declarations, and documents themselves, are always there. */
import { part } from '../../parts.ts'
import type { JsonState } from '../../crdt/json/json.ts'
import type { Context } from '../context.ts'
import type * as json from './part.ts'

export type Edit = json.Edit

export const readPath: typeof json.readPath = (text) => part('json').readPath(text)
export const matches: typeof json.matches = (document, path) => part('json').matches(document, path)
export const parseJson: typeof json.parseJson = (text) => part('json').parseJson(text)

/** Begins to change a document. */
export function editOf(ctx: Context, document: JsonState): Edit {
  return new (part('json').Edit)(ctx, document)
}
