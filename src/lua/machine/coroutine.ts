/** A thread of execution: its registers and its calls. The main script is one too. */
import { Table } from './table.ts'
import { Box, Closure, type Value } from './value.ts'

/** One call of a Lua function. */
export class Frame {
  closure!: Closure
  /** Its first register. */
  base = 0
  /** The next instruction, while another frame or a native runs. */
  pc = 0
  /** How many results its caller wants, -1 for all. */
  wanted = 0
  varargs: Value[] | null = null
  /** Called by a native function, which gets the results. */
  fromNative = false
  /** Stands for calls that it replaced (tail calls). */
  isTail = false
}

/** What `coroutine.yield` gives to the loop that called it. */
export const YIELDED: Value[] = []
export const CANNOT_YIELD = 'attempt to yield across metamethod/C-call boundary'

/** Strings up to this length are not told apart from numbers, longer ones are counted once. */
const SHORT = 64
const STRING_BYTES = 16
export const CLOSURE_BYTES = 64
export const COROUTINE_BYTES = 1024

export type Status = 'suspended' | 'running' | 'normal' | 'dead'

export class Coroutine {
  readonly stack: Value[] = []
  readonly frames: Frame[] = []
  /** How many frames are in use. */
  depth = 0
  /** After a call with open results: the register after the last one. */
  top = 0
  status: Status = 'suspended'
  /** The function that it starts with. */
  readonly body: Value
  /** What resumed it. */
  resumer: Coroutine | null = null
  /** Where the values go that it is resumed with, once it has yielded. */
  waiting: { readonly register: number; readonly wanted: number; readonly isTail: boolean } | null = null

  constructor(body: Value) {
    this.body = body
  }

  /** The registers that its calls can still read. */
  get extent(): number {
    const frame = this.frames[this.depth - 1]
    return frame === undefined ? 0 : Math.max(frame.base + frame.closure.proto.registers, this.top)
  }
}

/**
 * Estimated bytes of everything that can be reached from `roots`, up to a little more than `most`; also, how much work that was. Long strings that are equal are made one on the way:
 * JavaScript cannot tell whether they already were.
 */
export function measure(roots: readonly Value[], most: number): { readonly bytes: number; readonly work: number } {
  const seen = new Set<object>()
  const texts = new Map<string, string>()
  const waiting: Value[] = []
  let bytes = 0
  let work = 0
  const visitText = (value: string): string => {
    bytes += STRING_BYTES
    if (value.length <= SHORT) return value
    const known = texts.get(value)
    if (known !== undefined) return known
    texts.set(value, value)
    bytes += value.length
    work += value.length >> 6
    return value
  }
  const visit = <T extends Value | Box>(value: T): T => {
    work++
    if (typeof value === 'string') return visitText(value) as T
    if (typeof value !== 'object' || seen.has(value)) return value
    seen.add(value)
    if (value instanceof Box) value.value = visit(value.value)
    else waiting.push(value as Value)
    return value
  }
  for (const root of roots) visit(root)
  for (let value = waiting.pop(); value !== undefined && bytes <= most; value = waiting.pop()) {
    if (value instanceof Table) {
      bytes += value.bytes
      if (value.meta !== null) visit(value.meta)
      value.visit(visit)
    } else if (value instanceof Closure) {
      bytes += CLOSURE_BYTES
      visit(value.environment)
      value.upvalues.forEach(visit)
    } else if (value instanceof Coroutine) visitCoroutine(value, visit)
    if (value instanceof Coroutine) bytes += COROUTINE_BYTES
  }
  return { bytes, work }
}

function visitCoroutine(co: Coroutine, visit: <T extends Value | Box>(value: T) => T): void {
  visit(co.body)
  if (co.resumer !== null) visit(co.resumer)
  for (let i = 0; i < co.extent; i++) co.stack[i] = visit(co.stack[i])
  for (let i = 0; i < co.depth; i++) {
    const frame = co.frames[i] as Frame
    visit(frame.closure)
    if (frame.varargs !== null) frame.varargs = frame.varargs.map(visit)
  }
}
