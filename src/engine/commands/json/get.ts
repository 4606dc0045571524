import type { Bytes } from '../../../lib/index.ts'
import type { JsonState } from '../../crdt/json/json.ts'
import { valueAt } from '../../crdt/json/read.ts'
import { isList, kindOf, type Json } from '../../crdt/json/value.ts'
import { boolean, double, map, type Reply } from '../../reply.ts'
import { key, rest, str, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, fail } from '../errors.ts'
import { documentAt, firstMatch, noPath } from './document.ts'
import { COMPACT, enclose, formatJson, formatScalar, quoteJson, type Layout } from './format.ts'
import { type Path, ROOT } from './steps.ts'
import { matches, readPath } from './work.ts'

type Format = 'STRING' | 'EXPAND1' | 'EXPAND'

interface Wish {
  readonly layout: Layout
  readonly format: Format
  readonly paths: readonly Bytes[]
}

const OPTIONS = new Set(['INDENT', 'NEWLINE', 'SPACE', 'FORMAT', 'NOESCAPE'])

/** Options may stand before, between and behind the paths. */
function readWish(ctx: Context, words: readonly Bytes[]): Wish {
  const layout = { ...COMPACT }
  const paths: Bytes[] = []
  let format: Format = 'STRING'
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as Bytes
    const option = word.toUpperCase()
    if (!OPTIONS.has(option)) {
      paths.push(word)
      continue
    }
    if (option === 'NOESCAPE') continue
    const value = words[++i] ?? fail("ERR wrong number of arguments for 'json.get' command")
    if (option === 'INDENT') layout.indent = value
    else if (option === 'NEWLINE') layout.newline = value
    else if (option === 'SPACE') layout.space = value
    else format = readFormat(ctx, value)
  }
  return { layout, format, paths }
}

function readFormat(ctx: Context, word: Bytes): Format {
  if (ctx.session.resp === 2) fail('ERR FORMAT argument is not supported on RESP2')
  return word === 'STRING' || word === 'EXPAND1' || word === 'EXPAND' ? word : fail('ERR wrong reply format')
}

/** A value as RESP3 has it: EXPAND turns containers into arrays and maps, EXPAND1 leaves them text. */
export function expanded(value: Json, format: 'EXPAND1' | 'EXPAND'): Reply {
  if (typeof value === 'string') return scalarReply(value)
  if (format === 'EXPAND1') return formatJson(value)
  if (isList(value)) return value.map((item) => expanded(item, format))
  return map([...value].flatMap(([field, child]) => [field, expanded(child, format)]))
}

function scalarReply(code: Bytes): Reply {
  switch (kindOf(code)) {
    case 'null':
      return null
    case 'boolean':
      return boolean(code === 't')
    case 'string':
      return code.slice(1)
    case 'integer':
      return integerReply(code)
    default:
      return double(Number(code))
  }
}

/** Beyond 64 bits with a sign there is no integer reply. */
export function integerReply(code: Bytes): Reply {
  const value = Number(code)
  if (Number.isSafeInteger(value)) return value
  const exact = BigInt(code)
  return exact < 2n ** 63n ? exact : double(value)
}

/** All that a path finds, as one JSON array; in the older notation the first alone. */
export function textAt(document: JsonState, path: Path, layout: Layout = COMPACT): Bytes {
  if (path.legacy) return formatJson(valueAt(document, firstMatch(document, path)), layout)
  return formatJson(
    matches(document, path).map((slot) => valueAt(document, slot)),
    layout,
  )
}

/** Several paths: one JSON object. If one of them is a JSONPath, all reply with arrays. What is no path at all is left out. */
function textOfPaths(document: JsonState, words: readonly Bytes[], layout: Layout): Bytes {
  const paths = words.flatMap((word) => tryPath(word) ?? [])
  const legacy = words.every((word) => !/^\$($|[.[])/.test(word))
  const parts = new Map<Bytes, Bytes>()
  for (const path of paths) {
    const found = matches(document, path).map((slot) => valueAt(document, slot))
    const [first] = found
    if (legacy && first === undefined) fail(noPath(path.original))
    const value = legacy ? (first as Json) : found
    parts.set(path.original, `${quoteJson(path.original)}:${layout.space}${formatJson(value, layout, 1)}`)
  }
  return enclose('{}', [...parts.values()], layout, 0)
}

function tryPath(word: Bytes): Path | undefined {
  try {
    return readPath(word)
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

/**
 * JSON.GET key [INDENT indent] [NEWLINE newline] [SPACE space] [FORMAT STRING|EXPAND1|EXPAND] [path …] → JSON text; null when there is no such key. A
 * JSONPath gives an array of all that it finds, an older path the value itself, several paths an object of them. FORMAT is for RESP3 only.
 */
export const jsonGet = command({
  name: 'JSON.GET',
  group: 'json',
  part: 'json' as const,
  since: '1.0.0',
  summary: 'Gets values of a JSON document.',
  complexity: 'O(N) for N values in the document',
  flags: ['readonly'],
  arity: -2,
  args: {
    key: key(),
    words: rest('path'),
  },
  activeActive: 'Shows the document as this region has it; fields stand in the same order everywhere.',
  run(ctx, args) {
    const wish = readWish(ctx, args.words)
    const document = documentAt(ctx, args.key)
    if (document === undefined) return null
    const words = wish.paths.length === 0 ? [ROOT.original] : wish.paths
    const { format } = wish
    if (format !== 'STRING') {
      return words.map((word) => {
        const path = tryPath(word)
        return path === undefined
          ? []
          : matches(document, path).map((slot) => expanded(valueAt(document, slot), format))
      })
    }
    if (words.length > 1) return textOfPaths(document, words, wish.layout)
    return textAt(document, readPath(words[0] as Bytes), wish.layout)
  },
})

/** Keys, then one path: the last word of the line. */
const keysAndPath: Arg<{ keys: Bytes[]; path: Bytes }> = {
  type: 'block',
  children: { key: { ...key(), multiple: true }, path: str() },
  multiple: true,
  least: 2,
  read(reader) {
    const words = reader.argv.slice(reader.at)
    const path = words.pop() as Bytes
    reader.at = reader.argv.length
    reader.keys?.push(...words)
    return { keys: words, path }
  },
}

/** JSON.MGET key [key …] path → per key what JSON.GET gives; null for what is not there, or no document. */
export const jsonMget = command({
  name: 'JSON.MGET',
  group: 'json',
  part: 'json' as const,
  since: '1.0.0',
  summary: 'Gets the values at one path of several JSON documents.',
  complexity: 'O(N) for N values in the documents',
  flags: ['readonly'],
  args: { from: keysAndPath },
  activeActive: 'Shows the documents as this region has them.',
  run: (ctx, args) =>
    args.from.keys.map((name) => {
      try {
        const document = documentAt(ctx, name)
        return document === undefined ? null : textAt(document, readPath(args.from.path))
      } catch (error) {
        if (error instanceof CommandError) return null
        throw error
      }
    }),
})

/** JSON.RESP: a scalar as a reply. */
export function respOf(value: Json): Reply {
  if (typeof value === 'string') {
    return kindOf(value) === 'boolean' ? { type: 'status', text: formatScalar(value) } : scalarReply(value)
  }
  const open: Reply = { type: 'status', text: isList(value) ? '[' : '{' }
  if (isList(value)) return [open, ...value.map(respOf)]
  return [open, ...[...value].flatMap(([field, child]) => [field, respOf(child)])]
}
