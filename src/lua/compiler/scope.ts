/** The names that a function being parsed knows. */
import type { Bytes } from '../../lib/index.ts'
import type { Local, Upvalue } from './ast.ts'
import type { Lexer } from './lexer.ts'

const MOST_LOCALS = 200
const MOST_UPVALUES = 60

export class FunctionScope {
  readonly parent: FunctionScope | null
  readonly isVararg: boolean
  readonly line: number
  readonly upvalues: Upvalue[] = []
  /** `...` is used, so there is no `arg`. */
  usesVararg = false
  /** Loops that `break` may leave, within this function. */
  loops = 0
  readonly #lexer: Lexer
  readonly #active: Local[] = []

  constructor(parent: FunctionScope | null, isVararg: boolean, line: number, lexer: Lexer) {
    this.parent = parent
    this.isVararg = isVararg
    this.line = line
    this.#lexer = lexer
  }

  /** Makes a local that `activate` brings into scope. `pending`: how many others are about to come with it. */
  newLocal(name: Bytes, pending = 0): Local {
    if (this.#active.length + pending + 1 > MOST_LOCALS) this.#tooMany(MOST_LOCALS, 'local variables')
    return { name, captured: false, register: -1 }
  }

  activate(...locals: readonly Local[]): void {
    this.#active.push(...locals)
  }

  get depth(): number {
    return this.#active.length
  }

  leaveTo(depth: number): void {
    this.#active.length = depth
  }

  find(name: Bytes): Local | undefined {
    for (let i = this.#active.length - 1; i >= 0; i--) if (this.#active[i]?.name === name) return this.#active[i]
    return undefined
  }

  /** Which upvalue stands for a variable of an enclosing function; undefined: the name is global. */
  upvalue(name: Bytes): number | undefined {
    // Enclosing scopes do not change while an inner function is parsed, so a name means the same throughout it.
    const known = this.upvalues.findIndex((one) => one.name === name)
    if (known >= 0) return known
    if (this.parent === null) return undefined
    const local = this.parent.find(name)
    if (local !== undefined) {
      local.captured = true
      return this.#add({ name, local, index: -1 })
    }
    const outer = this.parent.upvalue(name)
    return outer === undefined ? undefined : this.#add({ name, local: null, index: outer })
  }

  #add(upvalue: Upvalue): number {
    if (this.upvalues.length + 1 > MOST_UPVALUES) this.#tooMany(MOST_UPVALUES, 'upvalues')
    this.upvalues.push(upvalue)
    return this.upvalues.length - 1
  }

  #tooMany(limit: number, what: string): never {
    const where = this.line === 0 ? 'main function' : `function at line ${this.line}`
    return this.#lexer.failHere(`${where} has more than ${limit} ${what}`)
  }
}
