import { fieldsOf } from '../../crdt/json/document.ts'
import { bytesOf } from '../../crdt/json/size.ts'
import type { JsonState } from '../../crdt/json/json.ts'
import { kindAt, nodeAt, valueAt, type Slot } from '../../crdt/json/read.ts'
import type { Reply } from '../../reply.ts'
import { key, opt, str } from '../arguments.ts'
import { command } from '../command.ts'
import { fail } from '../errors.ts'
import {
  documentAt,
  firstMatch,
  isObject,
  noPathOr,
  NO_SUCH_DOCUMENT,
  pathOr,
  perMatch,
  wrongKind,
} from './document.ts'
import { respOf } from './get.ts'
import { matches } from './work.ts'

const about = {
  group: 'json',
  part: 'json' as const,
  since: '1.0.0',
  complexity: 'O(N) for N values in the document',
  flags: ['readonly'] as const,
  args: { key: key(), path: opt(str()) },
  activeActive: 'Shows the document as this region has it.',
}

function fieldNames(document: JsonState, slot: Slot): string[] {
  const node = nodeAt(document, slot)
  return node?.kind === 'object' ? [...fieldsOf(node).keys()] : []
}

/** JSON.OBJKEYS key [path] → names of the fields; null for what is no object. */
export const jsonObjkeys = command({
  ...about,
  name: 'JSON.OBJKEYS',
  summary: 'Lists the fields of objects in a JSON document.',
  run(ctx, args) {
    const path = pathOr(args.path)
    const document = documentAt(ctx, args.key)
    if (document === undefined) return path.legacy ? null : fail(NO_SUCH_DOCUMENT)
    if (!path.legacy) return perMatch(document, path, isObject, (slot) => fieldNames(document, slot))
    const slot = matches(document, path)[0]
    if (slot === undefined) return null
    return kindAt(slot) === 'object' ? fieldNames(document, slot) : fail(noPathOr(path.text, 'not an object'))
  },
})

/** JSON.OBJLEN key [path] → how many fields; null for what is no object. */
export const jsonObjlen = command({
  ...about,
  name: 'JSON.OBJLEN',
  summary: 'Counts the fields of objects in a JSON document.',
  run(ctx, args) {
    const path = pathOr(args.path)
    const document = documentAt(ctx, args.key)
    if (document === undefined) return path.legacy ? null : fail(noPathOr(path.text, 'not an object'))
    const count = (slot: Slot) => fieldNames(document, slot).length
    if (!path.legacy) return perMatch(document, path, isObject, count)
    const slot = matches(document, path)[0]
    if (slot === undefined) return null
    const kind = kindAt(slot)
    return kind === 'object' ? count(slot) : fail(wrongKind('object', kind))
  },
})

/** JSON.TYPE key [path] → names of types; null when there is no such key. RESP3 puts the reply into an array. */
export const jsonType = command({
  ...about,
  name: 'JSON.TYPE',
  summary: 'Gives the types of values in a JSON document.',
  run(ctx, args) {
    const path = pathOr(args.path)
    const document = documentAt(ctx, args.key)
    let reply: Reply = null
    if (document !== undefined) {
      const kinds = matches(document, path).map(kindAt)
      reply = path.legacy ? (kinds[0] ?? null) : kinds
    }
    return ctx.session.resp === 3 ? [reply] : reply
  },
})

/** JSON.RESP key [path] → the value as replies: containers as arrays that begin with their bracket. */
export const jsonResp = command({
  ...about,
  name: 'JSON.RESP',
  summary: 'Gives values of a JSON document as replies.',
  run(ctx, args) {
    const path = pathOr(args.path)
    const document = documentAt(ctx, args.key)
    if (document === undefined) return null
    if (path.legacy) return respOf(valueAt(document, firstMatch(document, path)))
    return matches(document, path).map((slot) => respOf(valueAt(document, slot)))
  },
})

/** JSON.DEBUG MEMORY key [path] → how many bytes values take, about. */
export const jsonDebugMemory = command({
  ...about,
  name: 'JSON.DEBUG MEMORY',
  summary: 'Reports how much memory values of a JSON document take.',
  run(ctx, args) {
    const path = pathOr(args.path)
    const document = documentAt(ctx, args.key)
    if (document === undefined) return path.legacy ? 0 : []
    if (path.legacy) return bytesOf(document, firstMatch(document, path).cell)
    return matches(document, path).map(({ cell }) => bytesOf(document, cell))
  },
})
