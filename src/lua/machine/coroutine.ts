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

/** Strings up to this length are counted wherever they are held, longer ones once. */
const SHORT = 64

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

/** Estimated bytes of everything that can be reached from `roots`; also, how many things that were. */
export function measure(roots: readonly Value[], most: number): { bytes: number; visited: number } {
  const seen = new Set<object>()
  const waiting: Value[] = [...roots]
  let bytes = 0
  let visited = 0
  const texts = new Set<string>()
  const text = (value: string) => {
    if (value.length <= SHORT) bytes += 16
    else if (!texts.has(value)) {
      texts.add(value)
      bytes += 16 + value.length
    }
  }
  const visit = (value: Value | Box) => {
    if (typeof value === 'string') text(value)
    else if (typeof value === 'object' && !seen.has(value)) {
      seen.add(value)
      if (value instanceof Box) visit(value.value)
      else waiting.push(value)
    }
  }
  for (let value = waiting.pop(); value !== undefined && bytes <= most; value = waiting.pop()) {
    visited++
    if (value instanceof Table) {
      bytes += value.bytes
      if (value.meta !== null) visit(value.meta)
      for (const [key, item] of value.entries()) {
        visited++
        visit(key)
        visit(item)
      }
    } else if (value instanceof Closure) {
      bytes += 48
      visit(value.environment)
      for (const box of value.upvalues) visit(box)
    } else if (value instanceof Coroutine) {
      bytes += 1024
      visit(value.body)
      if (value.resumer !== null) visit(value.resumer)
      for (let i = 0; i < value.extent; i++) visit(value.stack[i] as Value | Box)
      for (let i = 0; i < value.depth; i++) {
        const frame = value.frames[i] as Frame
        visit(frame.closure)
        for (const one of frame.varargs ?? []) visit(one)
      }
    } else if (typeof value === 'string') text(value)
  }
  return { bytes, visited }
}
