/** Lua 5.1 as Redis has it: a compiler, a machine with limits, and the libraries of the sandbox. Pure: the same script takes the same steps everywhere. */
import type { Bytes } from '../lib/index.ts'
import { compile as compileChunk } from './compiler/index.ts'
import { Machine, type Limits } from './machine/machine.ts'
import { Closure, type Value } from './machine/value.ts'
import { addBase } from './libraries/base.ts'
import { addBit } from './libraries/bit.ts'
import { addCjson } from './libraries/cjson.ts'
import { addCmsgpack } from './libraries/cmsgpack.ts'
import { addCoroutine } from './libraries/coroutine.ts'
import { addMath, Rand48 } from './libraries/math.ts'
import { addString } from './libraries/string.ts'
import { addStruct } from './libraries/struct.ts'
import { addTable } from './libraries/table.ts'

export { CompileError, shortSource } from './compiler/tokens.ts'
export { LuaError, raise, Stopped } from './machine/errors.ts'
export { Arguments, toInteger } from './libraries/arguments.ts'
export { native, register, type Implementation } from './libraries/register.ts'
export { formatGeneral, formatNumber } from './machine/numbers.ts'
export { Table } from './machine/table.ts'
export { Closure, LightUserdata, Native, NONE, typeName, type Results, type Value } from './machine/value.ts'
export { rawSet } from './machine/operators.ts'
export { sha1Hex } from './libraries/sha1.ts'
export { Machine, Rand48, type Limits }

/** A machine with the standard libraries and those that Redis adds. */
export interface Interpreter {
  readonly machine: Machine
  /** A chunk as a function; throws a `CompileError`. */
  compile(text: Bytes, source: Bytes): Value
}

/** `generator`: its random numbers, which several may share. */
export function newInterpreter(limits: Limits, generator = new Rand48()): Interpreter {
  const machine = new Machine(limits)
  addBase(machine)
  addTable(machine)
  addString(machine)
  addMath(machine, generator)
  addCoroutine(machine)
  addCjson(machine)
  addStruct(machine)
  addCmsgpack(machine)
  addBit(machine)
  return {
    machine,
    compile: (text, source) => new Closure(compileChunk(text, source), [], machine.globals),
  }
}
