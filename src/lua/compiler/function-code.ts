/** The code of one function as it grows: instructions, constants, registers. */
import type { Bytes } from '../../lib/index.ts'
import type { Value } from '../machine/value.ts'
import type { FunctionBody, Local } from './ast.ts'
import { JUMP, LOADNIL, NEWBOX } from './operations.ts'
import { nameKey, type Proto } from './proto.ts'
import { CompileError, shortSource } from './tokens.ts'

const MOST_REGISTERS = 250
const WIDTH = 4

export class FunctionCode {
  readonly source: Bytes
  readonly protos: Proto[] = []
  /** Jumps out of each loop that encloses the present place. */
  readonly breaks: number[][] = []
  /** The first register that is free. */
  free = 0
  line = 0
  readonly #code: number[] = []
  readonly #lines: number[] = []
  readonly #constants: Value[] = []
  readonly #constantAt = new Map<Value, number>()
  readonly #names = new Map<number, string>()
  #registers = 2

  /** Compiles an inner function. */
  readonly compile: (fn: FunctionBody, source: Bytes) => Proto

  constructor(source: Bytes, compile: FunctionCode['compile']) {
    this.source = source
    this.compile = compile
  }

  /** Where the next instruction goes. */
  get here(): number {
    return this.#code.length
  }

  /** Adds an instruction; gives its place. */
  emit(operation: number, a: number, b = 0, c = 0): number {
    const at = this.#code.length
    this.#code.push(operation, a, b, c)
    this.#lines.push(this.line)
    return at
  }

  /** How an operand of the instruction at `pc` is called in error messages. */
  name(pc: number, operand: number, name: string | null): void {
    if (name !== null) this.#names.set(nameKey(pc, operand), name)
  }

  constant(value: Value): number {
    // 0 and -0 are one key of a Map, but two constants.
    const key = Object.is(value, -0) ? 'number -0' : typeof value === 'string' ? `string ${value}` : value
    let at = this.#constantAt.get(key)
    if (at === undefined) {
      at = this.#constants.push(value) - 1
      this.#constantAt.set(key, at)
    }
    return at
  }

  /** Sets the target of jumps: the operand that holds it depends on the operation. */
  patch(jumps: readonly number[], target = this.here): void {
    for (const at of jumps) this.#code[at + targetOperand(this.#code[at] as number)] = target
  }

  jump(): number {
    return this.emit(JUMP, 0)
  }

  /** How many instructions lie between a place and the present one. */
  since(place: number): number {
    return (this.here - place) / WIDTH
  }

  reserve(count: number): number {
    const first = this.free
    this.free += count
    if (this.free > MOST_REGISTERS) {
      throw new CompileError(`${shortSource(this.source)}:${this.line}: function or expression too complex`)
    }
    if (this.free > this.#registers) this.#registers = this.free
    return first
  }

  /** Makes a register that holds a value already the home of a local. */
  declare(local: Local, register: number): void {
    local.register = register
    if (local.captured) this.emit(NEWBOX, register)
  }

  loadNil(first: number, count: number): void {
    if (count > 0) this.emit(LOADNIL, first, first + count - 1)
  }

  finish(about: Pick<Proto, 'upvalues' | 'parameters' | 'isVararg' | 'argRegister'>): Proto {
    return {
      ...about,
      code: Int32Array.from(this.#code),
      lines: Int32Array.from(this.#lines),
      constants: this.#constants,
      protos: this.protos,
      // Calls of iterators and methods need a few more than expressions claim.
      registers: this.#registers + 4,
      source: this.source,
      names: this.#names,
    }
  }
}

function targetOperand(operation: number): number {
  if (operation === JUMP) return 1
  return TARGET_IN_C.has(operation) ? 3 : 2
}

/** EQ, NE, LT, NLT, LE, NLE. */
const TARGET_IN_C = new Set([31, 32, 33, 34, 35, 36])
