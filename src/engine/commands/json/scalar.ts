import type { Bytes } from '../../../lib/index.ts'
import { kindAt, stringAt } from '../../crdt/json/read.ts'
import { FALSE, stringCode, TRUE } from '../../crdt/json/value.ts'
import { key, opt, rest, str } from '../arguments.ts'
import { command } from '../command.ts'
import { fail, wrongArity } from '../errors.ts'
import {
  changeMatches,
  documentAt,
  existingDocument,
  firstMatch,
  isString,
  noPathOr,
  NO_SUCH_DOCUMENT,
  pathOr,
  perMatch,
  wrongKind,
} from './document.ts'
import { editOf, parseJson, readPath } from './work.ts'

const about = { group: 'json', part: 'json' as const, complexity: 'O(N) for N values in the document' }

/** JSON.STRAPPEND key [path] value → the new lengths, in bytes; null for what is no string. `value` is a JSON string. */
export const jsonStrappend = command({
  ...about,
  name: 'JSON.STRAPPEND',
  since: '1.0.0',
  summary: 'Appends to strings in a JSON document.',
  flags: ['write', 'denyoom'],
  arity: -3,
  args: { key: key(), words: rest('path-value') },
  activeActive: 'Sets the longer string: of concurrent ones the smaller replica id’s wins (J1, J5).',
  run(ctx, args) {
    const [first, second] = args.words
    if (first === undefined) fail(wrongArity('JSON.STRAPPEND'))
    const text = second ?? first
    const document = existingDocument(ctx, args.key)
    const path = pathOr(second === undefined ? undefined : first)
    const edit = editOf(ctx, document)
    const suffix = memo(() => suffixOf(text))
    const reply = changeMatches(document, path, isString, noPathOr(path.text, 'not a string'), (slot) => {
      const content = stringAt(slot) + suffix()
      edit.assign(slot, stringCode(content))
      return content.length
    })
    edit.commit(args.key, 'json.strappend')
    return reply
  },
})

function memo<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

function suffixOf(text: Bytes): Bytes {
  const value = parseJson(text)
  return typeof value === 'string' && value.startsWith('"') ? value.slice(1) : fail(wrongKind('string', text))
}

/** JSON.STRLEN key [path] → lengths in bytes; null for what is no string. */
export const jsonStrlen = command({
  ...about,
  name: 'JSON.STRLEN',
  since: '1.0.0',
  summary: 'Gives the lengths of strings in a JSON document.',
  flags: ['readonly'],
  args: { key: key(), path: opt(str()) },
  activeActive: 'Shows the document as this region has it.',
  run(ctx, args) {
    const path = pathOr(args.path)
    const document = documentAt(ctx, args.key)
    if (document === undefined) return path.legacy ? null : fail(NO_SUCH_DOCUMENT)
    if (!path.legacy) return perMatch(document, path, isString, (slot) => stringAt(slot).length)
    const slot = firstMatch(document, path)
    const kind = kindAt(slot)
    return kind === 'string' ? stringAt(slot).length : fail(wrongKind('string', kind))
  },
})

/** JSON.TOGGLE key path → 1 or 0, the new values; null for what is no boolean. In the older notation `true` or `false`. */
export const jsonToggle = command({
  ...about,
  name: 'JSON.TOGGLE',
  since: '2.0.0',
  summary: 'Inverts booleans in a JSON document.',
  flags: ['write'],
  args: { key: key(), path: str() },
  activeActive: 'Sets the inverse: of concurrent values the smaller replica id’s wins (J1, J5).',
  run(ctx, args) {
    const document = existingDocument(ctx, args.key)
    const path = readPath(args.path)
    const edit = editOf(ctx, document)
    const missing = noPathOr(path.text, 'not a bool')
    const reply = changeMatches(
      document,
      path,
      (kind) => kind === 'boolean',
      missing,
      (slot) => {
        const on = slot.cell.siblings?.value !== TRUE
        edit.assign(slot, on ? TRUE : FALSE)
        return path.legacy ? String(on) : Number(on)
      },
    )
    edit.commit(args.key, 'json.toggle')
    return reply
  },
})
