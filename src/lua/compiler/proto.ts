/** A compiled function: what closures of it share. */
import type { Bytes } from '../../lib/index.ts'
import type { Value } from '../machine/value.ts'

export interface Proto {
  /** Four numbers an instruction: operation, a, b, c. Jump targets are indexes into this array. */
  readonly code: Int32Array
  /** The line of each instruction. */
  readonly lines: Int32Array
  readonly constants: readonly Value[]
  readonly protos: readonly Proto[]
  /** Where each upvalue comes from when a closure is made: a register of the maker, or one of its upvalues. */
  readonly upvalues: readonly { readonly isLocal: boolean; readonly index: number }[]
  readonly parameters: number
  readonly isVararg: boolean
  /** Register of the old-style `arg` table, or -1. */
  readonly argRegister: number
  /** How many registers a call needs. */
  readonly registers: number
  readonly source: Bytes
  /** What operands are called in error messages (`local 'x'`), by `nameKey`. */
  readonly names: ReadonlyMap<number, string>
}

/** `pc` counts in the code array; `operand` 0 … 255. */
export function nameKey(pc: number, operand: number): number {
  return pc * 64 + operand
}
