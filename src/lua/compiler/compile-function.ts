/** Functions and statements to instructions. */
import type { Bytes } from '../../lib/index.ts'
import type { Expression, FunctionBody, Statement, Target } from './ast.ts'
import {
  branch,
  call,
  calleeName,
  isLate,
  nameOf,
  pushCall,
  toAny,
  toExactly,
  toList,
  toNext,
  toOperand,
  toRegister,
} from './compile-expression.ts'
import { FunctionCode } from './function-code.ts'
import * as op from './operations.ts'
import type { Proto } from './proto.ts'

export function compileFunction(fn: FunctionBody, source: Bytes): Proto {
  const code = new FunctionCode(source, compileFunction)
  code.line = fn.line
  for (const parameter of fn.parameters) code.declare(parameter, code.reserve(1))
  let argRegister = -1
  if (fn.argTable !== null) {
    argRegister = code.reserve(1)
    code.declare(fn.argTable, argRegister)
  }
  block(code, fn.body)
  code.line = fn.lastLine
  code.emit(op.RETURN, 0, 0)
  const upvalues = fn.upvalues.map(({ local, index }) => ({
    isLocal: local !== null,
    index: local === null ? index : local.register,
  }))
  return code.finish({ upvalues, parameters: fn.parameters.length, isVararg: fn.isVararg, argRegister })
}

function block(code: FunctionCode, statements: readonly Statement[]): void {
  const { free } = code
  for (const one of statements) statement(code, one)
  code.free = free
}

function statement(code: FunctionCode, s: Statement): void {
  switch (s.kind) {
    case 'local': {
      const first = toExactly(code, s.values, s.locals.length)
      code.line = s.line
      s.locals.forEach((local, i) => code.declare(local, first + i))
      return
    }
    case 'local-function': {
      const register = code.reserve(1)
      if (s.local.captured) code.loadNil(register, 1)
      code.declare(s.local, register)
      assignTo(code, { kind: 'local', local: s.local }, s.value)
      return
    }
    case 'assign':
      assign(code, s.targets, s.values, s.line)
      return
    case 'call':
      call(code, s.call, 0)
      return
    case 'do':
      block(code, s.body)
      return
    case 'while': {
      const start = code.here
      const out = branch(code, s.condition, false)
      loop(code, out, () => {
        block(code, s.body)
        code.line = s.line
        code.emit(op.LOOP, start, code.since(start) + 1)
      })
      return
    }
    case 'repeat': {
      const start = code.here
      const { free } = code
      loop(code, [], () => {
        for (const one of s.body) statement(code, one)
        code.line = s.line
        const out = branch(code, s.condition, true)
        code.emit(op.LOOP, start, code.since(start) + 1)
        code.patch(out)
        code.free = free
      })
      return
    }
    case 'if':
      ifStatement(code, s)
      return
    case 'for-number':
      forNumber(code, s)
      return
    case 'for-in':
      forIn(code, s)
      return
    case 'return':
      returnStatement(code, s.values, s.line)
      return
    case 'break':
      code.line = s.line
      code.breaks.at(-1)?.push(code.jump())
  }
}

/** `out`: jumps that leave the loop besides its breaks. */
function loop(code: FunctionCode, out: readonly number[], body: () => void): void {
  code.breaks.push([...out])
  body()
  code.patch(code.breaks.pop() ?? [])
}

function ifStatement(code: FunctionCode, s: Extract<Statement, { kind: 'if' }>): void {
  const ends: number[] = []
  s.branches.forEach(({ condition, body }, i) => {
    const next = branch(code, condition, false)
    block(code, body)
    if (i < s.branches.length - 1 || s.otherwise.length > 0) ends.push(code.jump())
    code.patch(next)
  })
  block(code, s.otherwise)
  code.patch(ends)
}

function forNumber(code: FunctionCode, s: Extract<Statement, { kind: 'for-number' }>): void {
  const { free } = code
  const base = toNext(code, s.from)
  toNext(code, s.to)
  toNext(code, s.step ?? { kind: 'number', value: 1 })
  const variable = code.reserve(1)
  code.line = s.line
  const prepare = code.emit(op.FORPREP, base)
  const start = code.here
  loop(code, [], () => {
    code.declare(s.local, variable)
    block(code, s.body)
    code.patch([prepare])
    code.line = s.line
    code.emit(op.FORLOOP, base, start, code.since(start) + 1)
  })
  code.free = free
}

function forIn(code: FunctionCode, s: Extract<Statement, { kind: 'for-in' }>): void {
  const { free } = code
  const base = toExactly(code, s.values, 3)
  const first = code.reserve(s.locals.length)
  // The iterator is called in registers of its own.
  code.reserve(3)
  code.free -= 3
  code.line = s.line
  const toTest = code.jump()
  const start = code.here
  loop(code, [], () => {
    s.locals.forEach((local, i) => code.declare(local, first + i))
    block(code, s.body)
    code.patch([toTest])
    code.line = s.line
    code.emit(op.TFORCALL, base, 0, s.locals.length)
    code.emit(op.TFORLOOP, base, start, code.since(start) + 1)
  })
  code.free = free
}

function returnStatement(code: FunctionCode, values: readonly Expression[], line: number): void {
  const { free } = code
  const [only] = values
  if (values.length === 1 && only?.kind === 'call') {
    const count = pushCall(code, only)
    code.line = only.line
    code.name(code.emit(op.TAILCALL, free, count), 0, calleeName(only))
  } else if (values.length === 1 && only !== undefined && only.kind !== 'vararg') {
    const register = toAny(code, only)
    code.line = line
    code.emit(op.RETURN, register, 1)
  } else {
    const count = toList(code, values)
    code.line = line
    code.emit(op.RETURN, free, count)
  }
  code.free = free
}

// Assignment

function assign(code: FunctionCode, targets: readonly Target[], values: readonly Expression[], line: number): void {
  const { free } = code
  const [target] = targets
  const [value] = values
  if (targets.length === 1 && values.length === 1 && target !== undefined && value !== undefined) {
    assignTo(code, target, value)
    code.free = free
    return
  }
  // Objects and keys are read before anything is assigned: `i, t[i] = i + 1, 20`.
  const places = targets.map((one) => (one.kind === 'index' ? placeOf(code, one, true) : one))
  const first = toExactly(code, values, targets.length)
  code.line = line
  for (let i = targets.length - 1; i >= 0; i--) store(code, places[i] as Place, first + i)
  code.free = free
}

interface IndexPlace {
  readonly kind: 'place'
  readonly object: number
  readonly key: number
  readonly name: string | null
  readonly line: number
}

type Place = IndexPlace | Exclude<Target, { kind: 'index' }>

function placeOf(code: FunctionCode, target: Extract<Target, { kind: 'index' }>, isolated: boolean): IndexPlace {
  const object = isolated ? toNext(code, target.object) : toAny(code, target.object)
  const isConstant = target.key.kind === 'string' || target.key.kind === 'number'
  const key = isolated && !isConstant ? toNext(code, target.key) : toOperand(code, target.key)
  return { kind: 'place', object, key, name: nameOf(target.object), line: target.line }
}

function assignTo(code: FunctionCode, target: Target, value: Expression): void {
  const { free } = code
  if (target.kind === 'local' && !target.local.captured && isLate(value)) {
    toRegister(code, value, target.local.register)
  } else {
    const place = target.kind === 'index' ? placeOf(code, target, false) : target
    store(code, place, toOperand(code, value))
  }
  code.free = free
}

function store(code: FunctionCode, place: Place, value: number): void {
  switch (place.kind) {
    case 'local':
      if (place.local.captured) code.emit(op.SETBOX, place.local.register, value)
      else code.emit(value < 0 ? op.LOADK : op.MOVE, place.local.register, value < 0 ? ~value : value)
      return
    case 'upvalue':
      code.emit(op.SETUPVAL, place.index, value)
      return
    case 'global':
      code.line = Math.max(code.line, place.line)
      code.emit(op.SETGLOBAL, code.constant(place.name), value)
      return
    case 'place':
      code.line = Math.max(code.line, place.line)
      code.name(code.emit(op.SETTABLE, place.object, place.key, value), 0, place.name)
  }
}
