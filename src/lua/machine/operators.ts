/** What operators do beyond the plain cases: conversions, metamethods, errors. */
import { fault, raise } from './errors.ts'
import type { Machine } from './machine.ts'
import { compute, type Arithmetic } from './numbers.ts'
import { Table } from './table.ts'
import { Closure, Native, typeName, type Value } from './value.ts'

const MOST_INDIRECTIONS = 100

/** `name` is how the operand is called in the script, if it has a name. */
export function typeError(what: string, value: Value, name: string | undefined): never {
  const type = typeName(value)
  return fault(`attempt to ${what} ${name === undefined ? `a ${type} value` : `${name} (a ${type} value)`}`)
}

const isCallable = (value: Value): boolean => value instanceof Closure || value instanceof Native

/** `object[key]` with metamethods. */
export function index(machine: Machine, object: Value, key: Value, name?: string): Value {
  let from = object
  for (let n = 0; n < MOST_INDIRECTIONS; n++) {
    if (from instanceof Table) {
      const value = from.get(key)
      if (value !== undefined || from.meta === null) return value
    }
    const handler = machine.metamethod(from, '__index')
    if (handler === undefined) {
      if (from instanceof Table) return undefined
      typeError('index', from, n === 0 ? name : undefined)
    }
    if (isCallable(handler)) return machine.handle(handler, from, key)
    from = handler
  }
  return fault('loop in gettable')
}

/** `object[key] = value` with metamethods. */
export function setIndex(machine: Machine, object: Value, key: Value, value: Value, name?: string): void {
  let into = object
  for (let n = 0; n < MOST_INDIRECTIONS; n++) {
    if (into instanceof Table) {
      if (into.readonly) fault('Attempt to modify a readonly table')
      const handler = into.meta === null ? undefined : into.meta.field('__newindex')
      if (handler === undefined || into.get(key) !== undefined) {
        rawSet(into, key, value)
        return
      }
      checkKey(key)
    }
    const handler = machine.metamethod(into, '__newindex')
    if (handler === undefined) typeError('index', into, n === 0 ? name : undefined)
    if (isCallable(handler)) {
      machine.handle(handler, into, key, value)
      return
    }
    into = handler
  }
  fault('loop in settable')
}

function checkKey(key: Value): void {
  if (key === undefined) fault('table index is nil')
  if (typeof key === 'number' && Number.isNaN(key)) fault('table index is NaN')
}

/** Without metamethods; a key that cannot be one is an error. */
export function rawSet(table: Table, key: Value, value: Value): void {
  checkKey(key)
  table.set(key, value)
}

/** Arithmetic on any values. */
export function arithmetic(
  machine: Machine,
  event: Arithmetic,
  a: Value,
  b: Value,
  nameOf: (operand: 1 | 2) => string | undefined,
): Value {
  const x = machine.toNumber(a)
  const y = machine.toNumber(b)
  if (x !== undefined && y !== undefined) return compute(event, x, y)
  const handler = machine.metamethod(a, event) ?? machine.metamethod(b, event)
  if (handler !== undefined) return machine.handle(handler, a, b)
  return x === undefined
    ? typeError('perform arithmetic on', a, nameOf(1))
    : typeError('perform arithmetic on', b, nameOf(2))
}

export function equals(machine: Machine, a: Value, b: Value): boolean {
  if (a === b) return true
  if (!(a instanceof Table) || !(b instanceof Table) || a.meta === null || b.meta === null) return false
  const handler = a.meta.field('__eq')
  if (handler === undefined || (a.meta !== b.meta && b.meta.field('__eq') !== handler)) return false
  return isTrue(machine.handle(handler, a, b))
}

export const isTrue = (value: Value): boolean => value !== undefined && value !== false

export function lessThan(machine: Machine, a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b
  if (typeof a === 'string' && typeof b === 'string') return a < b
  return order(machine, '__lt', a, b) ?? orderError(a, b)
}

export function lessOrEqual(machine: Machine, a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a <= b
  if (typeof a === 'string' && typeof b === 'string') return a <= b
  const direct = order(machine, '__le', a, b)
  if (direct !== undefined) return direct
  const reverse = order(machine, '__lt', b, a)
  return reverse === undefined ? orderError(a, b) : !reverse
}

/** Both operands must have the same metamethod; undefined when they have not. */
function order(machine: Machine, event: string, a: Value, b: Value): boolean | undefined {
  if (typeName(a) !== typeName(b)) return orderError(a, b)
  const handler = machine.metamethod(a, event)
  if (handler === undefined || handler !== machine.metamethod(b, event)) return undefined
  return isTrue(machine.handle(handler, a, b))
}

function orderError(a: Value, b: Value): never {
  const [x, y] = [typeName(a), typeName(b)]
  return fault(x === y ? `attempt to compare two ${x} values` : `attempt to compare ${x} with ${y}`)
}

export function lengthOf(machine: Machine, value: Value, name?: string): Value {
  if (typeof value === 'string') return value.length
  if (value instanceof Table) {
    machine.spend(1)
    return value.length()
  }
  const handler = machine.metamethod(value, '__len')
  return handler === undefined ? typeError('get length of', value, name) : machine.handle(handler, value)
}

/** `values[0] .. values[1] .. …`, from the right. */
export function concatenate(
  machine: Machine,
  values: readonly Value[],
  nameOf: (i: number) => string | undefined,
): Value {
  let result = values.at(-1)
  for (let i = values.length - 2; i >= 0; i--) {
    const left = values[i]
    const a = machine.toText(left)
    const b = machine.toText(result)
    if (a !== undefined && b !== undefined) {
      machine.checkLength(a.length + b.length)
      result = a + b
      continue
    }
    const handler = machine.metamethod(left, '__concat') ?? machine.metamethod(result, '__concat')
    if (handler !== undefined) result = machine.handle(handler, left, result)
    else if (a === undefined) typeError('concatenate', left, nameOf(i))
    else typeError('concatenate', result, i === values.length - 2 ? nameOf(i + 1) : undefined)
  }
  if (typeof result === 'string') machine.joined(result)
  return result
}

/** What is called when a value is called: a function itself, or what `__call` gives. */
export function calleeOf(machine: Machine, value: Value, name: string | undefined): Value {
  const handler = machine.metamethod(value, '__call')
  if (handler !== undefined && isCallable(handler)) return handler
  const type = typeName(value)
  return raise(`attempt to call ${name === undefined ? `a ${type} value` : `${name} (a ${type} value)`}`)
}
