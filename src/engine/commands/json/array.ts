import type { Bytes } from '../../../lib/index.ts'
import { elementAt, lengthOf, type ArrayNode } from '../../crdt/json/array.ts'
import type { JsonState } from '../../crdt/json/json.ts'
import { kindAt, nodeAt, valueAt, type Slot } from '../../crdt/json/read.ts'
import { equalJson, type Json } from '../../crdt/json/value.ts'
import type { Reply } from '../../reply.ts'
import { key, many, opt, rest, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { parseIndex } from '../numbers.ts'
import {
  changeMatches,
  documentAt,
  existingDocument,
  firstMatch,
  isArray,
  noPath,
  noPathOr,
  NO_SUCH_DOCUMENT,
  pathOr,
  perMatch,
  wrongKind,
} from './document.ts'
import { formatJson } from './format.ts'
import { expanded } from './get.ts'
import { type Path, ROOT } from './steps.ts'
import { type Edit, editOf, matches, parseJson, readPath } from './work.ts'

const about = {
  group: 'json',
  part: 'json' as const,
  since: '1.0.0',
  complexity: 'O(N) for N values in the document, O(log N) for N elements of one array',
}
const changing = {
  ...about,
  flags: ['write', 'denyoom'] as const,
  activeActive: 'Arrays merge, and each region’s elements keep their order (J4).',
}

export function arrayAt(document: JsonState, slot: Slot): ArrayNode {
  return nodeAt(document, slot) as ArrayNode
}

function integer(text: Bytes): number {
  return parseIndex(text.startsWith('+') ? text.slice(1) : text) ?? fail("Couldn't parse as integer")
}

function change(
  ctx: Context,
  name: Bytes,
  path: Path,
  event: string,
  each: (edit: Edit, document: JsonState, slot: Slot, length: number) => Reply,
  shownPath = path.text,
): Reply {
  const document = existingDocument(ctx, name)
  const edit = editOf(ctx, document)
  const reply = changeMatches(document, path, isArray, noPathOr(shownPath, 'not an array'), (slot) =>
    each(edit, document, slot, lengthOf(arrayAt(document, slot))),
  )
  edit.commit(name, event)
  return reply
}

/** JSON.ARRAPPEND key path value [value …] → the new lengths; null for what is no array. */
export const jsonArrappend = command({
  ...changing,
  name: 'JSON.ARRAPPEND',
  summary: 'Appends values to arrays in a JSON document.',
  args: { key: key(), path: str(), values: many(str('value')) },
  run(ctx, args) {
    const path = readPath(args.path)
    const values = args.values.map(parseJson)
    return change(
      ctx,
      args.key,
      path,
      'json.arrappend',
      (edit, _document, slot, length) => {
        edit.insert(slot, length, values)
        return length + values.length
      },
      path.original,
    )
  },
})

/** JSON.ARRINSERT key path index value [value …] → the new lengths; null for what is no array. Index −1 is before the last. */
export const jsonArrinsert = command({
  ...changing,
  name: 'JSON.ARRINSERT',
  summary: 'Inserts values into arrays in a JSON document.',
  args: { key: key(), path: str(), index: str(), values: many(str('value')) },
  run(ctx, args) {
    const path = readPath(args.path)
    const index = integer(args.index)
    const values = args.values.map(parseJson)
    return change(ctx, args.key, path, 'json.arrinsert', (edit, _document, slot, length) => {
      const at = index < 0 ? length + index : index
      if (at < 0 || at > length) fail('ERR index out of bounds')
      edit.insert(slot, at, values)
      return length + values.length
    })
  },
})

/** JSON.ARRTRIM key path start stop → the new lengths; null for what is no array. Both ends stay. */
export const jsonArrtrim = command({
  ...changing,
  name: 'JSON.ARRTRIM',
  summary: 'Trims arrays in a JSON document.',
  flags: ['write'],
  args: { key: key(), path: str(), start: str(), stop: str() },
  run(ctx, args) {
    const path = readPath(args.path)
    const [from, to] = [integer(args.start), integer(args.stop)]
    return change(ctx, args.key, path, 'json.arrtrim', (edit, _document, slot, length) => {
      const last = to < 0 ? Math.max(0, length + to) : Math.min(to, length - 1)
      const first = from < 0 ? Math.max(0, length + from) : from < length ? from : last + 1
      const kept = length === 0 ? 0 : Math.max(0, last - first + 1)
      if (kept === 0) edit.erase(slot, 0, length)
      else {
        edit.erase(slot, last + 1, length - last - 1)
        edit.erase(slot, 0, first)
      }
      return kept
    })
  },
})

/** The index that a pop or a search starts from. */
function startIndex(index: number, length: number): number {
  return index < 0 ? Math.max(0, length + index) : Math.min(index, length - 1)
}

/**
 * JSON.ARRPOP key [FORMAT STRINGS|EXPAND1|EXPAND] [path [index]] → what was taken out, as JSON text; null for an empty array or none. FORMAT is for RESP3 only.
 */
export const jsonArrpop = command({
  ...changing,
  name: 'JSON.ARRPOP',
  summary: 'Takes elements out of arrays in a JSON document.',
  flags: ['write'],
  args: { key: key(), words: rest('path-index') },
  arity: -2,
  activeActive:
    'Removes the elements that this region chose; an element is removed even if it is changed elsewhere meanwhile (J4).',
  run(ctx, args) {
    let words = args.words
    let format: 'STRINGS' | 'EXPAND1' | 'EXPAND' = 'STRINGS'
    if (words.length > 1 && (words[0] as Bytes).toUpperCase() === 'FORMAT') {
      const word = words[1] as Bytes
      if (word !== 'STRINGS' && word !== 'EXPAND1' && word !== 'EXPAND') fail('ERR wrong reply format')
      if (ctx.session.resp === 2) fail('ERR FORMAT argument is not supported on RESP2')
      format = word
      words = words.slice(2)
    }
    const path = words[0] === undefined ? ROOT : readPath(words[0])
    const index = words[1] === undefined ? -1 : (parseIndex(words[1]) ?? -1)
    if (path.legacy && format !== 'STRINGS') fail('Legacy paths are supported only with FORMAT STRINGS')
    return change(ctx, args.key, path, 'json.arrpop', (edit, document, slot, length) => {
      if (length === 0) return null
      const at = startIndex(index, length)
      const value = valueOfElement(document, slot, at)
      edit.erase(slot, at, 1)
      return format === 'STRINGS' ? formatJson(value) : expanded(value, format)
    })
  },
})

function valueOfElement(document: JsonState, slot: Slot, index: number): Json {
  const node = arrayAt(document, slot)
  const element = elementAt(node, index)
  if (element === undefined) return 'n'
  return valueAt(document, { place: { node: node.id, element: element.id }, cell: element.cell, parent: slot })
}

/** JSON.ARRLEN key [path] → lengths; null for what is no array. */
export const jsonArrlen = command({
  ...about,
  name: 'JSON.ARRLEN',
  summary: 'Gives the lengths of arrays in a JSON document.',
  flags: ['readonly'],
  args: { key: key(), path: opt(str()) },
  activeActive: 'Shows the document as this region has it.',
  run(ctx, args) {
    const path = pathOr(args.path)
    const document = documentAt(ctx, args.key)
    if (document === undefined) return path.legacy ? null : fail(NO_SUCH_DOCUMENT)
    if (!path.legacy) return perMatch(document, path, isArray, (slot) => lengthOf(arrayAt(document, slot)))
    const slot = matches(document, path)[0] ?? fail(noPath(path.original))
    return kindAt(slot) === 'array' ? lengthOf(arrayAt(document, slot)) : fail(noPathOr(path.original, 'not an array'))
  },
})

/** JSON.ARRINDEX key path value [start [stop]] → index of the first equal element, −1 when there is none; null for what is no array. */
export const jsonArrindex = command({
  ...about,
  name: 'JSON.ARRINDEX',
  summary: 'Searches arrays in a JSON document for a value.',
  flags: ['readonly'],
  args: { key: key(), path: str(), value: str(), start: opt(str()), stop: opt(str()) },
  activeActive: 'Shows the document as this region has it.',
  run(ctx, args) {
    const path = readPath(args.path)
    const start = args.start === undefined ? 0 : integer(args.start)
    const stop = args.stop === undefined ? 0 : integer(args.stop)
    const document = documentAt(ctx, args.key)
    const value = parseJson(args.value)
    if (document === undefined) fail(noPath(path.original))
    const search = (slot: Slot) => indexIn(document, slot, value, start, stop)
    if (!path.legacy) return perMatch(document, path, isArray, search)
    const slot = firstMatch(document, path)
    const kind = kindAt(slot)
    return kind === 'array' ? search(slot) : fail(wrongKind('array', kind))
  },
})

/** `stop` 0 is the end. */
function indexIn(document: JsonState, slot: Slot, value: Json, start: number, stop: number): number {
  const length = lengthOf(arrayAt(document, slot))
  if (length === 0) return -1
  const to = stop === 0 ? length : stop < 0 ? Math.max(0, length + stop) : Math.min(stop, length)
  for (let i = startIndex(start, length); i < to; i++) {
    if (equalJson(valueOfElement(document, slot, i), value)) return i
  }
  return -1
}
