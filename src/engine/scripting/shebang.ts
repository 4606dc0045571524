/** The first line of a script or library: `#!lua flags=no-writes,…` or `#!lua name=…`. */
import type { Bytes } from '../../lib/index.ts'
import { fail } from '../commands/errors.ts'

export const SCRIPT_FLAGS = ['no-writes', 'allow-oom', 'allow-stale', 'no-cluster', 'allow-cross-slot-keys'] as const
export type ScriptFlag = (typeof SCRIPT_FLAGS)[number]

export function isScriptFlag(word: Bytes): word is ScriptFlag {
  return (SCRIPT_FLAGS as readonly string[]).includes(word)
}

export interface Shebang {
  /** null: a script without a first line of this kind, to which older rules apply. */
  readonly flags: ReadonlySet<ScriptFlag> | null
  /** The script without it; its line break stays, so that lines keep their numbers. */
  readonly code: Bytes
}

/** Of a script for EVAL. */
export function readShebang(script: Bytes): Shebang {
  if (!script.startsWith('#!')) return { flags: null, code: script }
  const end = script.indexOf('\n')
  if (end < 0) fail('ERR Invalid script shebang')
  const parts = splitArguments(script.slice(0, end))
  if (parts === undefined || parts.length === 0) fail('ERR Invalid engine in script shebang')
  const [engine, ...options] = parts
  if (engine !== '#!lua') fail(`ERR Unexpected engine in script shebang: ${engine}`)
  const flags = new Set<ScriptFlag>()
  for (const option of options) {
    if (!option.startsWith('flags=')) fail(`ERR Unknown lua shebang option: ${option}`)
    const words = option.slice('flags='.length)
    for (const word of words === '' ? [] : words.split(',')) {
      if (!isScriptFlag(word)) fail(`ERR Unexpected flag in script shebang: ${word}`)
      flags.add(word)
    }
  }
  return { flags, code: script.slice(end) }
}

/** Of a library for FUNCTION LOAD. */
export function readLibraryHead(code: Bytes): { readonly name: Bytes; readonly engine: Bytes; readonly code: Bytes } {
  if (!code.startsWith('#!')) fail('ERR Missing library metadata')
  const end = code.indexOf('\n')
  const parts = end < 0 ? undefined : splitArguments(code.slice(0, end))
  if (parts === undefined || parts.length === 0) fail('ERR Invalid library metadata')
  let name: Bytes | undefined
  for (const part of parts.slice(1)) {
    if (!/^name=/i.test(part)) fail(`ERR Invalid metadata value given: ${part}`)
    if (name !== undefined) fail('ERR Invalid metadata value, name argument was given multiple times')
    name = part.slice('name='.length)
  }
  if (name === undefined) fail('ERR Library name was not given')
  return { name, engine: (parts[0] as Bytes).slice(2), code: code.slice(end) }
}

/** Words, with parts in quotes; undefined when quotes do not match, or something follows them at once. */
function splitArguments(line: Bytes): Bytes[] | undefined {
  const words: Bytes[] = []
  const part = /\s+|"((?:[^"\\]|\\.)*)"(?=\s|$)|'((?:[^'\\]|\\.)*)'(?=\s|$)|([^\s"']+)/y
  let isOpen = false
  while (part.lastIndex < line.length) {
    const found = part.exec(line)
    if (found === null) return undefined
    const text = found[1] ?? found[2] ?? found[3]
    if (text === undefined) isOpen = false
    else if (isOpen) words.push(`${words.pop()}${text}`)
    else words.push(text)
    isOpen = text !== undefined
  }
  return words
}
