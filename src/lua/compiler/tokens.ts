/** Lua 5.1's tokens. A token is its own text; names, strings and numbers carry a value. */
import type { Bytes } from '../../lib/index.ts'

export const NAME = '<name>'
export const STRING = '<string>'
export const NUMBER = '<number>'
export const END_OF_SCRIPT = '<eof>'

export interface Token {
  /** The token's kind as error messages show it: `<name>`, `<string>`, `<number>`, `<eof>`, a reserved word or a symbol. */
  readonly kind: string
  readonly text: Bytes
  /** As error messages show it, where that is not `text`. */
  readonly shown?: Bytes
  /** Of a number. */
  readonly value: number
  /** The line that it ends in. */
  readonly line: number
}

export const RESERVED: ReadonlySet<string> = new Set(
  'and break do else elseif end false for function if in local nil not or repeat return then true until while'.split(
    ' ',
  ),
)

/** A script that cannot be compiled; `message` has its position. */
export class CompileError {
  readonly message: Bytes
  constructor(message: Bytes) {
    this.message = message
  }
}

/** How a chunk's source is shown in messages (`luaO_chunkid`): `@name` is a name, anything else is the text itself. */
export function shortSource(source: Bytes): Bytes {
  const first = source[0]
  if (first === '=') return source.slice(1, 60)
  if (first === '@') return source.length > 53 ? `...${source.slice(-52)}` : source.slice(1)
  const line = source.split(/[\n\r]/, 1)[0] as string
  const shown = line.slice(0, 45)
  return shown.length < source.length ? `[string "${shown}..."]` : `[string "${source}"]`
}
