/** How frames begin and end, and what passes between them. */
import { CALL, TAILCALL } from '../compiler/operations.ts'
import { nameKey, type Proto } from '../compiler/proto.ts'
import { CLOSURE_BYTES, type Coroutine, type Frame } from './coroutine.ts'
import type { Machine } from './machine.ts'
import { heap, Table } from './table.ts'
import { type Box, Closure, type Results, type Value } from './value.ts'

/** A tail call: the callee takes the place of the running frame. */
export function replace(machine: Machine, co: Coroutine, callee: Closure, from: number, count: number): Frame {
  const { base, wanted, fromNative } = co.frames[co.depth - 1] as Frame
  for (let i = 0; i <= count; i++) co.stack[base - 1 + i] = co.stack[from + i]
  co.depth--
  const frame = machine.push(co, callee, base, count, wanted)
  frame.fromNative = fromNative
  frame.isTail = true
  return frame
}

/** Puts what a native function gave into registers, as many as are wanted (-1: all). */
export function place(co: Coroutine, at: number, results: Results, wanted: number): void {
  const { stack } = co
  const list = Array.isArray(results) ? results : [results]
  for (let i = 0; i < list.length; i++) stack[at + i] = list[i]
  co.top = at + list.length
  for (let i = list.length; i < wanted; i++) stack[at + i] = undefined
}

/** Ends a frame: its results to where its caller wants them, or, of the bottom frame, out. */
export function finish(co: Coroutine, frame: Frame, first: number, count: number, bottom: number): Value[] | undefined {
  const { stack } = co
  if (co.depth === bottom) {
    const results = stack.slice(first, first + count)
    co.depth--
    return results
  }
  const to = frame.base - 1
  for (let i = 0; i < count; i++) stack[to + i] = stack[first + i]
  for (let i = count; i < frame.wanted; i++) stack[to + i] = undefined
  co.top = to + count
  co.depth--
  return undefined
}

/** A function of the running one's, with the variables that it shares. */
export function makeClosure(proto: Proto, maker: Closure, stack: readonly Value[], base: number): Closure {
  const upvalues = proto.upvalues.map(({ isLocal, index: at }) =>
    isLocal ? (stack[base + at] as unknown as Box) : (maker.upvalues[at] as Box),
  )
  heap.allocated += CLOSURE_BYTES
  return new Closure(proto, upvalues, maker.environment)
}

/** Whether the latest instruction of a frame is a call. */
export function isCalling({ closure, pc }: Frame): boolean {
  const operation = closure.proto.code[pc - 4]
  return operation === CALL || operation === TAILCALL
}

/** How the called export function is called in the script, if it has a name. */
export function nameOfCallee({ closure, pc }: Frame): string | undefined {
  return closure.proto.names.get(nameKey(pc - 4, 0))
}

/** Where a frame is. */
export function lineOf(frame: Frame): number {
  const { lines } = frame.closure.proto
  return lines[Math.max(0, frame.pc / 4 - 1)] ?? 0
}

/** `arg`, of functions that were written for Lua 5.0. */
export function argTable(values: readonly Value[]): Table {
  const table = new Table()
  table.reserve(values.length)
  values.forEach((value, i) => table.set(i + 1, value))
  table.set('n', values.length)
  return table
}
