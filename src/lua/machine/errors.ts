/** What ends a script early. */
import type { Value } from './value.ts'

/** A Lua error: `pcall` catches it. */
export class LuaError {
  value: Value
  /**
   * Whether the message still lacks a position. `library`: that of the Lua function that called the library function (`luaL_error`); `operator`: that of the running
   * function, which is none inside a native one (`luaG_runerror`).
   */
  lacks: 'library' | 'operator' | null
  /** Of a bad argument: which, and what is wrong. The message names the function as its caller calls it. */
  argument: { readonly n: number; readonly message: string } | undefined
  /** The line that was running, and in which chunk. */
  at: { readonly source: string; readonly line: number } | undefined
  constructor(value: Value, lacks: LuaError['lacks'] = null) {
    this.value = value
    this.lacks = lacks
  }

  /** `callee`: how the caller calls the function, `field 'rep'`; undefined when nobody knows. */
  nameFunction(callee: string | undefined): void {
    if (this.argument === undefined) return
    const { message } = this.argument
    const [, kind = '', name = '?'] = /^(\w+) '([\s\S]*)'$/.exec(callee ?? '') ?? []
    // The object of a method is no argument of its own.
    const n = kind === 'method' ? this.argument.n - 1 : this.argument.n
    this.value =
      n === 0 && kind === 'method'
        ? `calling '${name}' on bad self (${message})`
        : `bad argument #${n} to '${name}' (${message})`
    this.argument = undefined
  }
}

/** The script has used up what it may use, or somebody wants it to end: nothing in Lua catches this. */
export class Stopped {
  readonly reason: 'steps' | 'killed'
  at: LuaError['at']
  constructor(reason: 'steps' | 'killed') {
    this.reason = reason
  }
}

/** An error of a library function, with the position of its caller before it. */
export function raise(message: string): never {
  throw new LuaError(message, 'library')
}

/** An error of an operator: it has a position where Lua code uses the operator, and none where a native function does. */
export function fault(message: string): never {
  throw new LuaError(message, 'operator')
}

/** A bad argument of a library function; `n` counts from 1. */
export function argumentError(n: number, message: string): never {
  const problem = new LuaError(undefined, 'library')
  problem.argument = { n, message }
  throw problem
}
