/** Expressions to instructions. */
import type { Comparison, Expression, Field } from './ast.ts'
import type { FunctionCode } from './function-code.ts'
import * as op from './operations.ts'

const ARITHMETIC = { '+': op.ADD, '-': op.SUB, '*': op.MUL, '/': op.DIV, '%': op.MOD, '^': op.POW } as const
const FLUSHED_AT_ONCE = 50
const TO_TOP = -1

/** Evaluates into a given register. It may be that of a local which the expression reads, unless `isLate` says otherwise. */
export function toRegister(code: FunctionCode, e: Expression, target: number): void {
  switch (e.kind) {
    case 'nil':
      code.loadNil(target, 1)
      return
    case 'true':
    case 'false':
      code.emit(op.LOADBOOL, target, e.kind === 'true' ? 1 : 0)
      return
    case 'number':
    case 'string':
      code.emit(op.LOADK, target, code.constant(e.value))
      return
    case 'vararg':
      code.line = e.line
      code.emit(op.VARARG, target, 1)
      return
    case 'function':
      code.line = e.line
      code.emit(op.CLOSURE, target, code.protos.push(code.compile(e.function, code.source)) - 1)
      return
    case 'local':
      if (e.local.captured) code.emit(op.GETBOX, target, e.local.register)
      else if (e.local.register !== target) code.emit(op.MOVE, target, e.local.register)
      return
    case 'upvalue':
      code.emit(op.GETUPVAL, target, e.index)
      return
    case 'global':
      code.line = e.line
      code.emit(op.GETGLOBAL, target, code.constant(e.name))
      return
    case 'index':
      index(code, e, target)
      return
    case 'call': {
      const first = call(code, e, 1)
      code.emit(op.MOVE, target, first)
      return
    }
    case 'binary':
      binary(code, e, target)
      return
    case 'unary':
    case 'not': {
      const { free } = code
      const operand = toOperand(code, e.operand)
      code.free = free
      if (e.kind === 'unary') code.line = e.line
      const operation = e.kind === 'not' ? op.NOT : e.operator === '-' ? op.UNM : op.LEN
      code.name(code.emit(operation, target, operand), 1, nameOf(e.operand))
      return
    }
    case 'compare': {
      const jumps = branch(code, e, true)
      code.emit(op.LOADBOOL, target, 0)
      const end = code.jump()
      code.patch(jumps)
      code.emit(op.LOADBOOL, target, 1)
      code.patch([end])
      return
    }
    case 'and':
    case 'or': {
      toRegister(code, e.left, target)
      const end = code.emit(e.kind === 'and' ? op.UNLESS : op.IF, target)
      toRegister(code, e.right, target)
      code.patch([end])
      return
    }
    case 'table':
      table(code, e.fields, e.line, target)
      return
    case 'single':
      toRegister(code, e.inner, target)
  }
}

/** True when `toRegister` writes its target only after everything was read. */
export function isLate(e: Expression): boolean {
  return e.kind === 'single' ? isLate(e.inner) : e.kind !== 'and' && e.kind !== 'or' && e.kind !== 'table'
}

/** Evaluates into the next free register. */
export function toNext(code: FunctionCode, e: Expression): number {
  const target = code.reserve(1)
  // What the expression needs besides comes after its target.
  toRegister(code, e, target)
  return target
}

/** A register that holds the value: a local's own, or a fresh one. */
export function toAny(code: FunctionCode, e: Expression): number {
  if (e.kind === 'local' && !e.local.captured) return e.local.register
  return e.kind === 'single' ? toAny(code, e.inner) : toNext(code, e)
}

/** A register, or a constant as ~k. */
export function toOperand(code: FunctionCode, e: Expression): number {
  switch (e.kind) {
    case 'number':
    case 'string':
      return ~code.constant(e.value)
    case 'nil':
      return ~code.constant(undefined)
    case 'true':
    case 'false':
      return ~code.constant(e.kind === 'true')
    default:
      return toAny(code, e)
  }
}

/** Evaluates into consecutive fresh registers; gives their number, or -1 when the last one gives as many as it likes. */
export function toList(code: FunctionCode, list: readonly Expression[]): number {
  const last = list.at(-1)
  if (last === undefined) return 0
  for (const e of list.slice(0, -1)) toNext(code, e)
  if (isOpen(last)) {
    toTop(code, last)
    return TO_TOP
  }
  toNext(code, last)
  return list.length
}

/** Evaluates a list into exactly `wanted` consecutive fresh registers. */
export function toExactly(code: FunctionCode, list: readonly Expression[], wanted: number): number {
  const first = code.free
  list.forEach((e, i) => {
    const missing = wanted - i
    if (i < list.length - 1 || !isOpen(e) || missing < 1) {
      toNext(code, e)
      if (missing < 1) code.free--
      return
    }
    if (e.kind === 'vararg') {
      code.line = e.line
      code.emit(op.VARARG, code.reserve(missing), missing)
      return
    }
    const at = call(code, e, missing)
    code.free = at
    code.reserve(missing)
  })
  const filled = code.free - first
  if (filled < wanted) code.loadNil(code.reserve(wanted - filled), wanted - filled)
  return first
}

type Open = Extract<Expression, { kind: 'call' | 'vararg' }>

export function isOpen(e: Expression): e is Open {
  return e.kind === 'call' || e.kind === 'vararg'
}

function toTop(code: FunctionCode, e: Open): void {
  if (e.kind === 'call') {
    call(code, e, TO_TOP)
    return
  }
  code.line = e.line
  code.emit(op.VARARG, code.free, TO_TOP)
}

function index(code: FunctionCode, e: Extract<Expression, { kind: 'index' }>, target: number): void {
  const { free } = code
  const object = toAny(code, e.object)
  const isField = e.key.kind === 'string'
  const key = e.key.kind === 'string' ? code.constant(e.key.value) : toOperand(code, e.key)
  code.free = free
  code.line = e.line
  code.name(code.emit(isField ? op.GETFIELD : op.GETTABLE, target, object, key), 1, nameOf(e.object))
}

function binary(code: FunctionCode, e: Extract<Expression, { kind: 'binary' }>, target: number): void {
  const { free } = code
  if (e.operator === '..') {
    const operands = concatenated(e)
    const first = code.free
    for (const operand of operands) toNext(code, operand)
    code.free = free
    code.line = e.line
    const pc = code.emit(op.CONCAT, target, first, first + operands.length - 1)
    // Only the first few can be named: that is where errors are read.
    operands.slice(0, 62).forEach((operand, i) => code.name(pc, i, nameOf(operand)))
    return
  }
  const left = toOperand(code, e.left)
  const right = toOperand(code, e.right)
  code.free = free
  code.line = e.line
  const pc = code.emit(ARITHMETIC[e.operator], target, left, right)
  code.name(pc, 1, nameOf(e.left))
  code.name(pc, 2, nameOf(e.right))
}

/** `a .. (b .. (c .. d))` is one operation over four values. */
function concatenated(e: Expression): Expression[] {
  if (e.kind !== 'binary' || e.operator !== '..') return [e]
  return [e.left, ...concatenated(e.right)]
}

/** Calls, with `results` values from the returned register on (-1: up to the top). */
export function call(code: FunctionCode, e: Extract<Expression, { kind: 'call' }>, results: number): number {
  const first = code.free
  const count = pushCall(code, e)
  code.line = e.line
  const pc = code.emit(op.CALL, first, count, results)
  code.name(pc, 0, calleeName(e))
  code.free = first
  return first
}

/** Function and arguments into fresh registers; gives the number of arguments, or -1. */
export function pushCall(code: FunctionCode, e: Extract<Expression, { kind: 'call' }>): number {
  if (e.method === null) {
    toNext(code, e.callee)
    return toList(code, e.arguments)
  }
  const first = code.reserve(2)
  const { free } = code
  const object = toAny(code, e.callee)
  code.free = free
  code.line = e.line
  code.name(code.emit(op.SELF, first, object, code.constant(e.method)), 1, nameOf(e.callee))
  const count = toList(code, e.arguments)
  return count < 0 ? count : count + 1
}

export function calleeName(e: Extract<Expression, { kind: 'call' }>): string | null {
  return e.method === null ? nameOf(e.callee) : `method '${e.method}'`
}

function table(code: FunctionCode, fields: readonly Field[], line: number, target: number): void {
  const { free } = code
  const items = fields.filter(({ key }) => key === null).length
  code.line = line
  const last = fields.at(-1)
  const endsOpen = last !== undefined && last.key === null && isOpen(last.value)
  // SETLIST finds the values right after the table.
  const at = target === free - 1 ? target : code.reserve(1)
  code.emit(op.NEWTABLE, at, items - (endsOpen ? 1 : 0))
  let pending = 0
  let done = 0
  const flush = (count: number) => {
    code.emit(op.SETLIST, at, count, done)
    done += pending
    pending = 0
    code.free = at + 1
  }
  for (const field of fields) {
    if (field.key !== null) {
      const { free: before } = code
      const key = toOperand(code, field.key)
      const value = toOperand(code, field.value)
      code.line = field.line
      code.emit(op.SETTABLE, at, key, value)
      code.free = before
      continue
    }
    if (field === last && isOpen(field.value)) {
      toTop(code, field.value)
      flush(TO_TOP)
      break
    }
    toNext(code, field.value)
    pending++
    if (pending === FLUSHED_AT_ONCE) flush(pending)
  }
  if (pending > 0) flush(pending)
  if (at !== target) code.emit(op.MOVE, target, at)
  code.free = free
}

// Conditions

const JUMP_IF: Readonly<Record<Comparison, readonly [whenTrue: number, whenFalse: number]>> = {
  '==': [op.EQ, op.NE],
  '~=': [op.NE, op.EQ],
  '<': [op.LT, op.NLT],
  '>': [op.LT, op.NLT],
  '<=': [op.LE, op.NLE],
  '>=': [op.LE, op.NLE],
}

/** Goes on when the condition's truth is not `when`; gives the jumps that are taken when it is. */
export function branch(code: FunctionCode, e: Expression, when: boolean): number[] {
  switch (e.kind) {
    case 'nil':
    case 'false':
      return when ? [] : [code.jump()]
    case 'true':
    case 'number':
    case 'string':
      return when ? [code.jump()] : []
    case 'not':
      return branch(code, e.operand, !when)
    case 'single':
      return branch(code, e.inner, when)
    case 'and':
    case 'or': {
      // `and` is decided by a false left side, `or` by a true one.
      const decides = e.kind === 'or'
      const left = branch(code, e.left, decides)
      const right = branch(code, e.right, when)
      if (decides === when) return [...left, ...right]
      code.patch(left)
      return right
    }
    case 'compare': {
      const { free } = code
      const left = toOperand(code, e.left)
      const right = toOperand(code, e.right)
      code.free = free
      code.line = e.line
      const operation = JUMP_IF[e.operator][when ? 0 : 1]
      const isSwapped = e.operator === '>' || e.operator === '>='
      return [code.emit(operation, isSwapped ? right : left, isSwapped ? left : right)]
    }
    default: {
      const { free } = code
      const operand = toAny(code, e)
      code.free = free
      return [code.emit(when ? op.IF : op.UNLESS, operand)]
    }
  }
}

/** How an expression is called when something is wrong with its value: `local 'x'`, `field 'y'` …; null for what has no name. */
export function nameOf(e: Expression): string | null {
  switch (e.kind) {
    case 'local':
      return `local '${e.local.name}'`
    case 'upvalue':
      return `upvalue '${e.name}'`
    case 'global':
      return `global '${e.name}'`
    case 'index':
      return `field '${e.key.kind === 'string' ? e.key.value : '?'}'`
    case 'single':
      return nameOf(e.inner)
    default:
      return null
  }
}
