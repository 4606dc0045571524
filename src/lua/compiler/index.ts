import type { Bytes } from '../../lib/index.ts'
import { compileFunction } from './compile-function.ts'
import { parseChunk } from './parser.ts'
import type { Proto } from './proto.ts'

/** Compiles a chunk; `source` is its name as Lua takes it (`@name`, or the text itself). Throws a `CompileError`. */
export function compile(text: Bytes, source: Bytes): Proto {
  return compileFunction(parseChunk(text, source), source)
}
