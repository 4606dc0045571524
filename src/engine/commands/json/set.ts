import type { Bytes } from '../../../lib/index.ts'
import { createDocument, jsonType, type JsonState } from '../../crdt/json/json.ts'
import { fieldSlot, kindAt, nodeAt, type Slot } from '../../crdt/json/read.ts'
import type { Json } from '../../crdt/json/value.ts'
import { OK, type Reply } from '../../reply.ts'
import { block, flag, key, many, named, oneOf, opt, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, fail, SYNTAX_ERROR } from '../errors.ts'
import { documentAt, outermost } from './document.ts'
import { isRoot, type Path } from './steps.ts'
import { editOf, matches, parseJson, readPath } from './work.ts'

const NOT_AT_ROOT = 'ERR new objects must be created at the root'

/** The whole document anew: it wins over concurrent changes in the old one (J2), and has no expiry (X4). */
export function setRoot(ctx: Context, name: Bytes, value: Json, event: string): void {
  ctx.replace(jsonType, name, createDocument(value), 'forget', event)
}

/** Where a path that finds nothing would put a value: objects, and the field that they lack. */
export function creations(document: JsonState, path: Path): { objects: Slot[]; field: Bytes } {
  const isStatic = path.steps.every(
    (step) =>
      (step.kind === 'fields' && step.names.length === 1) || (step.kind === 'indexes' && step.indexes.length === 1),
  )
  if (!isStatic) fail('Err wrong static path')
  const last = path.steps.at(-1)
  if (last?.kind !== 'fields') {
    return matches(document, path).length === 0 ? fail('ERR array index out of range') : { objects: [], field: '' }
  }
  const field = last.names[0] as Bytes
  const parents = matches(document, { ...path, steps: path.steps.slice(0, -1) })
  const objects = parents.filter((slot) => {
    if (kindAt(slot) !== 'object') return false
    const node = nodeAt(document, slot)
    return node?.kind === 'object' && fieldSlot(node, field, slot) === undefined
  })
  return { objects, field }
}

/** Assigns at every match, or adds what a path names and nothing holds yet. False when there was no place for it. */
export function setIn(
  ctx: Context,
  name: Bytes,
  document: JsonState,
  path: Path,
  value: Json,
  condition: 'NX' | 'XX' | undefined,
  event: string,
): boolean {
  const edit = editOf(ctx, document)
  const found = condition === 'NX' ? [] : outermost(matches(document, path))
  for (const slot of found) edit.assign(slot, value)
  if (found.length === 0 && condition !== 'XX') {
    const { objects, field } = creations(document, path)
    for (const object of objects) edit.add(object, field, value)
  }
  const changed = !edit.isEmpty
  edit.commit(name, event)
  return changed
}

function set(ctx: Context, name: Bytes, path: Path, value: Json, condition: 'NX' | 'XX' | undefined): Reply {
  const document = documentAt(ctx, name)
  if (document === undefined) {
    if (condition === 'XX') return null
    if (!isRoot(path)) fail(NOT_AT_ROOT)
  } else if (!isRoot(path)) {
    return setIn(ctx, name, document, path, value, condition, 'json.set') ? OK : null
  } else if (condition === 'NX') return null
  setRoot(ctx, name, value, 'json.set')
  return OK
}

const about = {
  group: 'json',
  part: 'json' as const,
  flags: ['write', 'denyoom'] as const,
  complexity: 'O(M+N) for M old and N new values',
}

/**
 * JSON.SET key path value [NX|XX] → OK, or null when the condition, or the lack of a place for it, kept it from being set. A new document begins at the
 * root; a path may name a field that its object lacks.
 */
export const jsonSet = command({
  ...about,
  name: 'JSON.SET',
  since: '1.0.0',
  summary: 'Sets a JSON value, at the root or in a document.',
  args: {
    key: key(),
    path: str(),
    value: str(),
    condition: opt(oneOf({ nx: flag('NX'), xx: flag('XX') }, SYNTAX_ERROR)),
    format: opt(named('FORMAT', str())),
  },
  activeActive:
    'Of concurrent values at one path the smaller replica id’s wins (J1); a new value wins over changes inside the old one and over a concurrent delete (J2).',
  run(ctx, args) {
    if (args.format !== undefined && args.format !== 'JSON' && args.format !== 'STRING') fail('ERR wrong format')
    documentAt(ctx, args.key)
    const value = parseJson(args.value)
    const condition = args.condition === undefined ? undefined : args.condition.as === 'nx' ? 'NX' : 'XX'
    return set(ctx, args.key, readPath(args.path), value, condition)
  },
})

/** JSON.MSET key path value [key path value …] → OK, or null when one of them had no place. All are checked before the first is written. */
export const jsonMset = command({
  ...about,
  name: 'JSON.MSET',
  since: '2.6.0',
  summary: 'Sets JSON values in several documents.',
  args: { triplets: many(block({ key: key(), path: str(), value: str() })) },
  activeActive: 'All arrive elsewhere as one write (M3); each follows the rules of JSON.SET.',
  run(ctx, args) {
    const sets = args.triplets.map(({ key: name, path: text, value }) => {
      const document = documentAt(ctx, name)
      const path = readPath(text)
      if (document === undefined && !isRoot(path)) fail(NOT_AT_ROOT)
      if (document !== undefined && !isRoot(path) && matches(document, path).length === 0) creations(document, path)
      return { name, path, value: parseJson(value) }
    })
    let all = true
    for (const { name, path, value } of sets) {
      const document = documentAt(ctx, name)
      if (document === undefined || isRoot(path)) setRoot(ctx, name, value, 'json.mset')
      else if (!setAfterOthers(ctx, name, document, path, value)) all = false
    }
    return all ? OK : null
  },
})

/** What was a place when the command began may be none after its earlier sets. */
function setAfterOthers(ctx: Context, name: Bytes, document: JsonState, path: Path, value: Json): boolean {
  const last = path.steps.at(-1)
  const missing = matches(document, path).length === 0
  if (missing && (last?.kind !== 'fields' || last.names.length !== 1)) return false
  try {
    return setIn(ctx, name, document, path, value, undefined, 'json.mset')
  } catch (error) {
    // Too deep a place, now.
    if (error instanceof CommandError) return false
    throw error
  }
}
