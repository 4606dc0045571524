/** `table`. */
import type { Bytes } from '../../lib/index.ts'
import { fault, raise } from '../machine/errors.ts'
import type { Machine } from '../machine/machine.ts'
import { isTrue, lessThan } from '../machine/operators.ts'
import { Table } from '../machine/table.ts'
import { typeName, type Value } from '../machine/value.ts'
import type { Arguments } from './arguments.ts'
import { register } from './register.ts'

function concat(args: Arguments, machine: Machine): Bytes {
  const table = args.table(1)
  const separator = args.isMissing(2) ? '' : args.text(2)
  const from = args.integerOr(3, 1)
  const to = args.isMissing(4) ? table.length() : args.integer(4)
  const parts: Bytes[] = []
  let length = 0
  for (let i = from; i <= to; i++) {
    const text = machine.toText(table.get(i))
    if (text === undefined) {
      raise(`invalid value (${typeName(table.get(i))}) at index ${i} in table for 'concat'`)
    }
    length += text.length + separator.length
    machine.checkLength(length)
    machine.spend(1)
    parts.push(text)
  }
  return machine.text(parts.join(separator))
}

function insert(args: Arguments, machine: Machine): Value[] {
  const table = args.table(1)
  const end = table.length() + 1
  if (args.count === 2) {
    put(table, end, args.at(2))
    return []
  }
  if (args.count !== 3) raise("wrong number of arguments to 'insert'")
  const at = args.integer(2)
  const last = Math.max(end, at)
  for (let i = last; i > at; i--) {
    machine.spend(1)
    put(table, i, table.get(i - 1))
  }
  put(table, at, args.at(3))
  return []
}

function remove(args: Arguments, machine: Machine): Value[] | Value {
  const table = args.table(1)
  const last = table.length()
  const at = args.integerOr(2, last)
  if (!(1 <= at && at <= last)) return []
  const removed = table.get(at)
  for (let i = at; i < last; i++) {
    machine.spend(1)
    put(table, i, table.get(i + 1))
  }
  put(table, last, undefined)
  return removed
}

function put(table: Table, at: number, value: Value): void {
  if (table.readonly) fault('Attempt to modify a readonly table')
  table.set(at, value)
}

type Less = (a: Value, b: Value) => boolean

/** Lua's own quicksort, so that an order function sees the same pairs and an inconsistent one fails alike. */
function sort(args: Arguments, machine: Machine): Value[] {
  const table = args.table(1)
  const order = args.at(2)
  if (order !== undefined && typeName(order) !== 'function') args.failType(2, 'function')
  const less: Less = (a, b) => {
    machine.spend(1)
    return order === undefined ? lessThan(machine, a, b) : isTrue(machine.callOne(order, a, b))
  }
  quicksort(table, 1, table.length(), less)
  return []
}

function quicksort(table: Table, from: number, to: number, less: Less): void {
  let [low, high] = [from, to]
  const swap = (i: number, j: number) => {
    const a = table.get(i)
    put(table, i, table.get(j))
    put(table, j, a)
  }
  while (low < high) {
    if (less(table.get(high), table.get(low))) swap(low, high)
    if (high - low === 1) return
    const middle = Math.floor((low + high) / 2)
    if (less(table.get(middle), table.get(low))) swap(middle, low)
    else if (less(table.get(high), table.get(middle))) swap(middle, high)
    if (high - low === 2) return
    const pivot = table.get(middle)
    swap(middle, high - 1)
    let i = low
    let j = high - 1
    for (;;) {
      while (less(table.get(++i), pivot)) if (i > high) raise('invalid order function for sorting')
      while (less(pivot, table.get(--j))) if (j < low) raise('invalid order function for sorting')
      if (j < i) break
      swap(i, j)
    }
    swap(high - 1, i)
    // The smaller part by recursion, the larger one by going round again.
    if (i - low < high - i) {
      quicksort(table, low, i - 1, less)
      low = i + 1
    } else {
      quicksort(table, i + 1, high, less)
      high = i - 1
    }
  }
}

function maxn(args: Arguments, machine: Machine): number {
  let most = 0
  for (const [key] of args.table(1).entries()) {
    machine.spend(1)
    if (typeof key === 'number' && key > most) most = key
  }
  return most
}

function forEach(
  args: Arguments,
  machine: Machine,
  keys: (table: Table) => Iterable<readonly [Value, Value]>,
): Value[] {
  const table = args.table(1)
  if (typeName(args.at(2)) !== 'function') args.failType(2, 'function')
  for (const [key, value] of keys(table)) {
    const result = machine.callOne(args.at(2), key, value)
    if (result !== undefined) return [result]
  }
  return []
}

function* listed(table: Table): Generator<readonly [Value, Value]> {
  const last = table.length()
  for (let i = 1; i <= last; i++) yield [i, table.get(i)]
}

export function addTable(machine: Machine): void {
  const table = register(new Table(), {
    concat,
    foreach: (args) => forEach(args, machine, (one) => one.entries()),
    foreachi: (args) => forEach(args, machine, listed),
    getn: (args) => args.table(1).length(),
    insert,
    maxn,
    remove,
    setn: () => raise("'setn' is obsolete"),
    sort,
  })
  machine.globals.set('table', table)
}
