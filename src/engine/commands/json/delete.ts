import type { Bytes } from '../../../lib/index.ts'
import { kindAt, nodeAt, rootSlot, valueAt, type Slot } from '../../crdt/json/read.ts'
import type { JsonState } from '../../crdt/json/json.ts'
import { key, opt, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { documentAt, existingDocument, outermost, pathOr } from './document.ts'
import { isRoot } from './steps.ts'
import { editOf, matches } from './work.ts'

/** A document of which nothing is left goes with its key. */
function del(ctx: Context, args: { key: Bytes; path: Bytes | undefined }): number {
  const document = documentAt(ctx, args.key)
  if (document === undefined) return 0
  const path = pathOr(args.path)
  const found = isRoot(path) ? [rootSlot(document)] : outermost(matches(document, path))
  if (found.some(({ parent }) => parent === null) || emptiesRoot(document, found)) {
    ctx.announce(args.key, 'json.del')
    ctx.remove(args.key, 'del')
    return found.length
  }
  const edit = editOf(ctx, document)
  for (const slot of found) edit.remove(slot)
  edit.commit(args.key, 'json.del')
  return found.length
}

function emptiesRoot(document: JsonState, found: readonly Slot[]): boolean {
  const node = nodeAt(document, rootSlot(document))
  const inRoot = found.filter(({ parent }) => parent?.parent === null).length
  return node !== undefined && inRoot > 0 && inRoot === sizeOf(node)
}

function sizeOf(node: NonNullable<ReturnType<typeof nodeAt>>): number {
  return node.kind === 'object' ? node.fields.size : node.elements.length
}

const deletion = {
  group: 'json',
  part: 'json' as const,
  since: '1.0.0',
  summary: 'Deletes values of a JSON document.',
  complexity: 'O(N) for N values in the document',
  flags: ['write'] as const,
  args: { key: key(), path: opt(str()) },
  activeActive:
    'Deleting wins over concurrent changes inside what is deleted; a value that was set anew at the same time stays (J2).',
  run: del,
}

/** JSON.DEL key [path] → how many values were deleted. The last one takes the key with it. */
export const jsonDel = command({ ...deletion, name: 'JSON.DEL' })

/** JSON.FORGET key [path] → as JSON.DEL. */
export const jsonForget = command({
  ...deletion,
  name: 'JSON.FORGET',
  summary: 'Deletes values; JSON.DEL does the same.',
})

/** JSON.CLEAR key [path] → how many arrays and objects were emptied, and numbers set to 0. */
export const jsonClear = command({
  group: 'json',
  part: 'json' as const,
  name: 'JSON.CLEAR',
  since: '2.0.0',
  summary: 'Empties arrays and objects, sets numbers to 0.',
  complexity: 'O(N) for N values in the document',
  flags: ['write'],
  args: { key: key(), path: opt(str()) },
  activeActive: 'Takes out what this region had observed; what was added elsewhere at the same time stays (J3).',
  run(ctx, args) {
    const document = existingDocument(ctx, args.key)
    const edit = editOf(ctx, document)
    const found = matches(document, pathOr(args.path)).filter((slot) => isClearable(document, slot))
    const cleared = outermost(found)
    for (const slot of cleared) {
      if (nodeAt(document, slot) === undefined) edit.assign(slot, '0')
      else edit.clear(slot)
    }
    edit.commit(args.key, 'json.clear')
    return cleared.length
  },
})

function isClearable(document: JsonState, slot: Slot): boolean {
  const node = nodeAt(document, slot)
  if (node !== undefined) return sizeOf(node) > 0
  const kind = kindAt(slot)
  return (kind === 'integer' || kind === 'number') && Number(valueAt(document, slot)) !== 0
}
