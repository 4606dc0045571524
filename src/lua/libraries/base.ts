/** The basic functions. */
import type { Bytes } from '../../lib/index.ts'
import { compile } from '../compiler/index.ts'
import { CompileError } from '../compiler/tokens.ts'
import { fault, LuaError, raise } from '../machine/errors.ts'
import type { Machine } from '../machine/machine.ts'
import { parseNumber, formatNumber } from '../machine/numbers.ts'
import { isTrue, rawSet } from '../machine/operators.ts'
import { heap, Table } from '../machine/table.ts'
import { Closure, LightUserdata, Native, NONE, typeName, type Value } from '../machine/value.ts'
import type { Arguments } from './arguments.ts'
import { type Implementation, native, register } from './register.ts'

/** As much as a C function may have on its stack. */
const MOST_VALUES = 8000
/** What the libraries themselves are reckoned to take. */
const BASE_KILOBYTES = 64

const isFunction = (value: Value): boolean => value instanceof Closure || value instanceof Native

function ipairsStep(args: Arguments): Value[] {
  const table = args.table(1)
  const next = args.integer(2) + 1
  const value = table.get(next)
  return value === undefined ? NONE : [next, value]
}

function next(args: Arguments): Value[] | undefined {
  const table = args.table(1)
  const position = table.after(args.at(2))
  if (position < 0) fault("invalid key to 'next'")
  return position === 0 ? undefined : [table.keyAt(position), table.valueAt(position)]
}

/** `tostring` with metamethods. */
export function toText(machine: Machine, value: Value): Value {
  const handler = machine.metamethod(value, '__tostring')
  if (handler !== undefined) return machine.callOne(handler, value)
  switch (typeof value) {
    case 'undefined':
      return 'nil'
    case 'boolean':
      return String(value)
    case 'number':
      return formatNumber(value)
    case 'string':
      return value
    default:
      return `${typeName(value)}: ${value instanceof LightUserdata ? '(nil)' : machine.addresses.of(value)}`
  }
}

function toNumber(args: Arguments): Value {
  const base = args.integerOr(2, 10)
  if (base === 10) {
    const value = args.any(1)
    if (typeof value === 'number') return value
    return typeof value === 'string' ? parseNumber(value) : undefined
  }
  const text = args.text(1)
  if (base < 2 || base > 36) args.fail(2, 'base out of range')
  const found = /^[ \t\n\v\f\r]*([+-]?)(0[xX](?=[0-9a-fA-F]))?([0-9a-zA-Z]+)[ \t\n\v\f\r]*$/.exec(text)
  if (found === null) return undefined
  const [, sign, prefix = '', rest = ''] = found
  const digits = base === 16 ? rest : prefix + rest
  let value = 0n
  for (const char of digits.toLowerCase()) {
    const digit = char >= 'a' ? char.charCodeAt(0) - 87 : Number(char)
    if (digit >= base) return undefined
    value = value * BigInt(base) + BigInt(digit)
  }
  const most = 2n ** 64n - 1n
  if (value > most) return Number(most)
  return Number(sign === '-' ? BigInt.asUintN(64, -value) : value)
}

/** Compiles a chunk: the function, or nil and what is wrong. */
export function load(machine: Machine, text: Bytes, source: Bytes): Value[] {
  try {
    if (text.startsWith('\x1b')) throw new CompileError('bad binary format (truncated precompiled chunk)')
    machine.spend(text.length)
    return [new Closure(compile(text, source), [], machine.globals)]
  } catch (problem) {
    if (!(problem instanceof CompileError)) throw problem
    return [undefined, problem.message]
  }
}

function loadPieces(args: Arguments, machine: Machine): Value[] {
  const source = args.isMissing(2) ? '=(load)' : args.text(2)
  if (!isFunction(args.at(1))) args.failType(1, 'function')
  let text = ''
  for (;;) {
    const [piece] = machine.call(args.at(1), [])
    if (piece === undefined || piece === '') return load(machine, text, source)
    if (typeof piece !== 'string') raise('reader function must return a string')
    text = machine.text(text + piece)
  }
}

function selectValues(args: Arguments): Value[] | number {
  const { values, count } = args
  if (values[0] === '#') return count - 1
  const n = args.integer(1)
  const from = n < 0 ? count + n : n
  if (from < 1) args.fail(1, 'index out of range')
  return values.slice(from)
}

function unpack(args: Arguments, machine: Machine): Value[] {
  const table = args.table(1)
  const from = args.integerOr(2, 1)
  const to = args.isMissing(3) ? table.length() : args.integer(3)
  if (from > to) return NONE
  const count = to - from + 1
  if (count >= MOST_VALUES) raise('too many results to unpack')
  machine.spend(count)
  return Array.from({ length: count }, (_, i) => table.get(from + i))
}

function setMetatable(args: Arguments): Value {
  const table = args.table(1)
  const meta = args.at(2)
  if (args.count < 2 || !(meta === undefined || meta instanceof Table)) args.fail(2, 'nil or table expected')
  if (table.meta?.field('__metatable') !== undefined) raise('cannot change a protected metatable')
  if (table.readonly) fault('Attempt to modify a readonly table')
  table.meta = meta ?? null
  return table
}

/** `pcall` gives the message of a table with an `err` field, as Redis's does for scripts written before errors were tables. */
function protectedCall(args: Arguments, machine: Machine): Value[] {
  // Redis's own calls its placeholder for the result when there is nothing to call.
  return machine.protect(args.count === 0 ? true : args.at(1), args.values.slice(1), (outcome) => {
    if ('results' in outcome) return [true, ...outcome.results]
    const { value } = outcome.problem
    const message = value instanceof Table ? value.field('err') : undefined
    return [false, typeof message === 'string' ? message : value]
  })
}

function protectedCallWithHandler(args: Arguments, machine: Machine): Value[] {
  args.any(2)
  return machine.protect(args.at(1), [], (outcome) => {
    if ('results' in outcome) return [true, ...outcome.results]
    return machine.protect(args.at(2), [outcome.problem.value], (handled) => [
      false,
      'results' in handled ? handled.results[0] : 'error in error handling',
    ])
  })
}

function collectGarbage(args: Arguments): Value {
  const option = args.isMissing(1) ? 'collect' : args.text(1)
  const known = ['stop', 'restart', 'collect', 'count', 'step', 'setpause', 'setstepmul']
  if (!known.includes(option)) args.fail(1, `invalid option '${option}'`)
  if (option === 'count') return BASE_KILOBYTES + heap.allocated / 1024
  return option === 'step' ? true : option.startsWith('set') ? 200 : 0
}

export function addBase(machine: Machine): void {
  const { globals } = machine
  const ipairsIterator = native('ipairs_aux', ipairsStep)
  const nextFunction = native('next', next)
  const functions: Record<string, Implementation> = {
    assert(args) {
      if (isTrue(args.any(1))) return [...args.values]
      throw new LuaError(args.isMissing(2) ? 'assertion failed!' : args.text(2), 'library')
    },
    collectgarbage: collectGarbage,
    error(args) {
      const value = args.at(1)
      const level = args.integerOr(2, 1)
      const isText = typeof value === 'string' || typeof value === 'number'
      if (!isText || level <= 0) throw new LuaError(value)
      if (level === 1) throw new LuaError(args.text(1), 'library')
      throw new LuaError(machine.where(level) + args.text(1))
    },
    gcinfo: () => Math.floor(BASE_KILOBYTES + heap.allocated / 1024),
    getmetatable(args) {
      const meta = machine.metatable(args.any(1))
      return meta?.field('__metatable') ?? meta ?? undefined
    },
    ipairs: (args) => [ipairsIterator, args.table(1), 0],
    load: loadPieces,
    loadstring(args) {
      const text = args.text(1)
      return load(machine, text, args.isMissing(2) ? text : args.text(2))
    },
    pairs: (args) => [nextFunction, args.table(1), undefined],
    pcall: protectedCall,
    rawequal: (args) => args.any(1) === args.any(2),
    rawget: (args) => args.table(1).get(args.any(2)),
    rawset(args) {
      const table = args.table(1)
      const key = args.any(2)
      const value = args.any(3)
      if (table.readonly) fault('Attempt to modify a readonly table')
      rawSet(table, key, value)
      return table
    },
    select: selectValues,
    setmetatable: setMetatable,
    tonumber: toNumber,
    tostring: (args) => toText(machine, args.any(1)),
    type: (args) => typeName(args.any(1)),
    unpack,
    xpcall: protectedCallWithHandler,
  }
  register(globals, functions)
  globals.set('next', nextFunction)
  globals.set('_G', globals)
  globals.set('_VERSION', 'Lua 5.1')
}
