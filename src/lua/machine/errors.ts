/** What ends a script early. */
import type { Value } from './value.ts'

/** A Lua error: `pcall` catches it. */
export class LuaError {
  value: Value
  /** The message still lacks the position of the Lua function that was running. */
  bare: boolean
  /** The line that was running, and in which chunk. */
  at: { readonly source: string; readonly line: number } | undefined
  constructor(value: Value, bare = false) {
    this.value = value
    this.bare = bare
  }
}

/** The script has used up what it may use: nothing in Lua catches this. */
export class Stopped {
  readonly reason: 'steps'
  at: LuaError['at']
  constructor(reason: 'steps') {
    this.reason = reason
  }
}

/** A runtime error with the position of the running Lua function before it. */
export function raise(message: string): never {
  throw new LuaError(message, true)
}

/** `raise`s what `luaL_argerror` does; `n` counts from 1. */
export function argumentError(n: number, name: string, message: string): never {
  return raise(`bad argument #${n} to '${name}' (${message})`)
}
