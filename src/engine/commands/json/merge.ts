import type { Bytes } from '../../../lib/index.ts'
import { fieldSlot, kindAt, nodeAt, type Slot } from '../../crdt/json/read.ts'
import type { JsonState } from '../../crdt/json/json.ts'
import { isList, NULL, type Json } from '../../crdt/json/value.ts'
import { OK } from '../../reply.ts'
import { key, str } from '../arguments.ts'
import { command } from '../command.ts'
import { fail } from '../errors.ts'
import { documentAt, outermost } from './document.ts'
import { creations, setRoot } from './set.ts'
import { isRoot } from './steps.ts'
import { type Edit, editOf, matches, parseJson, readPath } from './work.ts'

type Patch = ReadonlyMap<Bytes, Json>

function isPatch(value: Json): value is Patch {
  return typeof value !== 'string' && !isList(value)
}

/** What a patch makes of nothing: itself, without the fields that it would delete (RFC 7396). */
function withoutNulls(value: Json): Json {
  if (!isPatch(value)) return value
  const out = new Map<Bytes, Json>()
  for (const [field, child] of value) if (child !== NULL) out.set(field, withoutNulls(child))
  return out
}

/** Field by field, so that it unites with what other regions change beside it (J3). */
function merge(document: JsonState, edit: Edit, target: Slot, patch: Json): void {
  if (!isPatch(patch) || kindAt(target) !== 'object') {
    edit.assign(target, withoutNulls(patch))
    return
  }
  const node = nodeAt(document, target)
  if (node?.kind !== 'object') return
  for (const [field, child] of patch) {
    const slot = fieldSlot(node, field, target)
    if (child === NULL) {
      if (slot !== undefined) edit.remove(slot)
    } else if (slot === undefined) edit.add(target, field, withoutNulls(child))
    else merge(document, edit, slot, child)
  }
}

/** JSON.MERGE key path value → OK, or null when there was no place for it. Merges as RFC 7396 says: null deletes, objects unite, all else replaces. */
export const jsonMerge = command({
  name: 'JSON.MERGE',
  group: 'json',
  part: 'json' as const,
  since: '2.6.0',
  summary: 'Merges a JSON value into a document.',
  complexity: 'O(M+N) for M old and N new values',
  flags: ['write', 'denyoom'],
  args: { key: key(), path: str(), value: str() },
  activeActive: 'Changes only the fields that the patch names, so that changes of other fields elsewhere stay (J3).',
  run(ctx, args) {
    const document = documentAt(ctx, args.key)
    const value = parseJson(args.value)
    const path = readPath(args.path)
    if (document === undefined) {
      if (!isRoot(path)) fail('ERR new objects must be created at the root')
      setRoot(ctx, args.key, value, 'json.merge')
      return OK
    }
    const edit = editOf(ctx, document)
    const found = outermost(matches(document, path))
    if (found.length === 0) {
      const { objects, field } = creations(document, path)
      for (const object of objects) edit.add(object, field, value)
      if (edit.isEmpty) return null
    }
    for (const slot of found) merge(document, edit, slot, value)
    edit.commit(args.key, 'json.merge')
    return OK
  },
})
