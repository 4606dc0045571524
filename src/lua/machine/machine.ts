/**
 * The machine that runs compiled Lua: a register machine with frames of its own, so that Lua's calls take no room on JavaScript's stack and coroutines are just another set of
 * frames. What must always hold: the same script with the same inputs takes the same steps, whatever the computer; and it ends, because steps and memory are counted.
 */
import type { Bytes } from '../../lib/index.ts'
import { shortSource } from '../compiler/tokens.ts'
import { Addresses } from './addresses.ts'
import { CANNOT_YIELD, Coroutine, Frame, measure, YIELDED } from './coroutine.ts'
import { fault, LuaError, raise, Stopped } from './errors.ts'
import { execute } from './execute.ts'
import { argTable, isCalling, lineOf, nameOfCallee } from './frames.ts'
import { formatNumber, parseNumber } from './numbers.ts'
import { type Level, type Outcome, resultsOf, Suspension, type Then } from './suspension.ts'
import { heap, Table } from './table.ts'
import { Closure, Native, typeName, type Value } from './value.ts'

/** As in Lua: nested calls of Lua functions, and of native functions that call Lua again. */
const MOST_CALLS = 20_000
const MOST_NATIVE_CALLS = 200
const ROPE_BYTES = 64
/** Errors are slow. */
const PROBLEM_STEPS = 200
/** By so much a slice grows where it cannot end. */
const BORROWED_STEPS = 10_000

export interface Limits {
  /** Instructions, roughly; library functions count by what they do. */
  readonly steps: number
  /** Estimated bytes that a script may hold at once. */
  readonly bytes: number
}

export class Machine {
  /** The environment of functions compiled from now on. */
  globals = new Table()
  /** Methods of strings. */
  stringMeta: Table | null = null
  readonly limits: Limits
  /** Steps that are left of the slice, and for slices after it. */
  steps: number
  #later = 0
  /** How many it may take in all. */
  granted: number
  #isKilled = false
  current: Coroutine
  readonly addresses = new Addresses()
  /** The native function that runs was called by another one, not by Lua code. */
  calledByNative = false
  /** What `coroutine.yield` was called with. */
  yielded: Value[] = []
  #nativeCalls = 0
  /** How many of these native calls leave a continuation when they are interrupted: if all do, the script can be suspended. */
  #interruptible = 0
  #suspension: Suspension | undefined
  /** What it had allocated when its last slice ended. */
  #allocated = 0
  #measureAt: number

  constructor(limits: Limits) {
    this.limits = limits
    this.steps = this.granted = limits.steps
    this.#measureAt = limits.bytes
    this.current = new Coroutine(undefined)
    this.current.status = 'running'
  }

  /** Begins a run with an empty stack: so many steps in all, and in its first slice. */
  start(steps: number, slice = steps): void {
    this.granted = steps
    this.#isKilled = false
    this.steps = Math.min(steps, slice)
    this.#later = steps - this.steps
    this.#measureAt = this.limits.bytes
    heap.allocated = 0
    this.addresses.forget()
    this.#suspension = undefined
    this.level = { current: new Coroutine(undefined), calledByNative: false, nativeCalls: 0, interruptible: 0 }
    this.current.status = 'running'
  }

  /** Calls a function as the script: undefined when the slice ends before it does, then `goOn` goes on. */
  run(callee: Value, args: Value[]): Value[] | undefined {
    return this.#slice(() => this.callThen(callee, args, resultsOf))
  }

  /** The next slice of what was suspended, with so many steps. */
  goOn(slice: number): Value[] | undefined {
    const suspension = this.#suspension ?? raise('nothing is suspended')
    const steps = Math.min(slice, this.#later)
    this.steps += steps
    this.#later -= steps
    heap.allocated = this.#allocated
    return this.#slice(() => suspension.goOn(this))
  }

  /** What was suspended ends, with a `Stopped`, as soon as it goes on. */
  kill(): void {
    this.#isKilled = true
    this.steps = this.#later = 0
  }

  #slice(run: () => Value[]): Value[] | undefined {
    this.#suspension = undefined
    try {
      return run()
    } catch (problem) {
      if (!(problem instanceof Suspension)) throw problem
      this.#suspension = problem
      return undefined
    } finally {
      this.#allocated = heap.allocated
    }
  }

  get level(): Level {
    return {
      current: this.current,
      calledByNative: this.calledByNative,
      nativeCalls: this.#nativeCalls,
      interruptible: this.#interruptible,
    }
  }

  set level({ current, calledByNative, nativeCalls, interruptible }: Level) {
    this.current = current
    this.calledByNative = calledByNative
    this.#nativeCalls = nativeCalls
    this.#interruptible = interruptible
  }

  // Limits

  /** Steps taken since the start. */
  get spent(): number {
    return this.granted - this.#later - this.steps
  }

  /** Takes steps for work; ends the script when none are left. */
  spend(steps: number): void {
    this.steps -= steps
    if (this.steps < 0) this.#borrow()
    if (heap.allocated > this.#measureAt) this.#measure()
  }

  /** As `spend`, of an instruction that has done nothing yet: here the script can be suspended. */
  tick(steps: number): void {
    this.steps -= steps
    if (this.steps < 0) this.#interrupt(steps)
    if (heap.allocated > this.#measureAt) this.#measure()
  }

  #interrupt(steps: number): void {
    if (this.#later === 0 || this.#nativeCalls !== this.#interruptible) return this.#borrow()
    this.steps += steps
    throw new Suspension()
  }

  /** The slice goes on where it cannot end. */
  #borrow(): void {
    while (this.steps < 0 && this.#later > 0) {
      const steps = Math.min(BORROWED_STEPS, this.#later)
      this.steps += steps
      this.#later -= steps
    }
    if (this.steps < 0) throw new Stopped(this.#isKilled ? 'killed' : 'steps')
  }

  /** Counts a new string, and the work of making it. */
  text(value: Bytes): Bytes {
    heap.allocated += value.length
    this.spend(value.length >> 4)
    return value
  }

  /** Counts a string made by `..`, which JavaScript does not copy until someone looks at it. */
  joined(value: Bytes): void {
    heap.allocated += Math.min(value.length, ROPE_BYTES)
    this.spend(1 + (value.length >> 10))
  }

  /** Before a string of this length is made. */
  checkLength(length: number): void {
    if (length > this.limits.bytes / 2) throw new LuaError('not enough memory')
  }

  /** What is still held? If it is too much the script fails; else that is looked at again after as much has been allocated. */
  #measure(): void {
    const { bytes, work } = measure([this.current, this.globals], this.limits.bytes)
    this.steps -= work
    heap.allocated = bytes
    this.#measureAt = bytes + this.limits.bytes
    if (bytes > this.limits.bytes) throw new LuaError('not enough memory')
  }

  // Calling

  /** Calls any value from native code; gives all its results. */
  call(callee: Value, args: Value[]): Value[] {
    if (callee instanceof Native) return this.#callNative(callee, args)
    if (!(callee instanceof Closure)) {
      const handler = this.metamethod(callee, '__call')
      if (handler === undefined) fault(`attempt to call a ${typeName(callee)} value`)
      return this.call(handler, [callee, ...args])
    }
    const co = this.current
    const { calledByNative } = this
    this.enterNative()
    this.calledByNative = false
    try {
      const at = co.extent
      co.stack[at] = callee
      for (let i = 0; i < args.length; i++) co.stack[at + 1 + i] = args[i]
      const frame = this.push(co, callee, at + 1, args.length, -1)
      frame.fromNative = true
      return execute(this, co, co.depth)
    } finally {
      this.calledByNative = calledByNative
      this.leaveNative()
    }
  }

  /** Native code has no position and no names, so errors of a native function that was called by another have none. */
  #callNative(callee: Native, args: Value[]): Value[] {
    const { calledByNative } = this
    this.enterNative()
    this.calledByNative = true
    try {
      const results = callee.run(this, args)
      if (results === YIELDED) fault(CANNOT_YIELD)
      return Array.isArray(results) ? results : [results]
    } catch (problem) {
      if (problem instanceof LuaError) loseNames(problem)
      else if (problem instanceof Suspension) problem.add(this.level, withoutNames)
      throw problem
    } finally {
      this.calledByNative = calledByNative
      this.leaveNative()
    }
  }

  /** The first result of a call. */
  callOne(callee: Value, ...args: Value[]): Value {
    return this.call(callee, args)[0]
  }

  /** Calls a metamethod for the Lua function that runs: that is where errors of native ones are. */
  handle(handler: Value, ...args: Value[]): Value {
    if (!(handler instanceof Native)) return this.call(handler, args)[0]
    this.enterNative()
    try {
      const results = handler.run(this, args)
      if (results === YIELDED) fault(CANNOT_YIELD)
      return Array.isArray(results) ? results[0] : results
    } finally {
      this.leaveNative()
    }
  }

  /** Calls, and lets `then` make results of the outcome: now, or after the script was suspended within that call. */
  callThen(callee: Value, args: Value[], then: Then): Value[] {
    return this.interruptibly(() => this.call(callee, args), then)
  }

  /** Does what enters native code once, and lets `then` make results of the outcome: now, or after the script was suspended meanwhile. */
  interruptibly(action: () => Value[], then: Then): Value[] {
    let outcome: Outcome
    this.#interruptible++
    try {
      outcome = { results: action() }
      this.#interruptible--
    } catch (problem) {
      this.#interruptible--
      if (problem instanceof Suspension) problem.add(this.level, then)
      if (!(problem instanceof LuaError)) throw problem
      outcome = { problem }
    }
    return then(outcome)
  }

  enterNative(): void {
    if (++this.#nativeCalls <= MOST_NATIVE_CALLS) return
    this.#nativeCalls--
    fault('C stack overflow')
  }

  leaveNative(): void {
    this.#nativeCalls--
  }

  /** Calls, and tells `then` what was wrong instead of throwing it; what was called is undone as far as frames go. */
  protect(callee: Value, args: Value[], then: Then): Value[] {
    const co = this.current
    const { depth, top } = co
    return this.callThen(callee, args, (outcome) => {
      if ('problem' in outcome) {
        this.locate(outcome.problem)
        co.depth = depth
        co.top = top
        this.spend(PROBLEM_STEPS)
      }
      return then(outcome)
    })
  }

  /** A frame for a call whose arguments are in `base …`. */
  push(co: Coroutine, closure: Closure, base: number, count: number, wanted: number): Frame {
    const { proto } = closure
    const { stack } = co
    if (co.depth >= MOST_CALLS) raise('stack overflow')
    let frame = co.frames[co.depth]
    if (frame === undefined) co.frames[co.depth] = frame = new Frame()
    co.depth++
    frame.closure = closure
    frame.base = base
    frame.pc = 0
    frame.wanted = wanted
    frame.fromNative = false
    frame.isTail = false
    frame.varargs = proto.isVararg
      ? stack.slice(base + proto.parameters, Math.max(base + proto.parameters, base + count))
      : null
    while (stack.length < base + proto.registers) stack.push(undefined)
    for (let i = count; i < proto.parameters; i++) stack[base + i] = undefined
    if (proto.argRegister >= 0) stack[base + proto.argRegister] = argTable(frame.varargs ?? [])
    return frame
  }

  // Errors

  /** Gives an error its position, and the place where it happened, while the frames still tell. */
  locate(problem: LuaError | Stopped): void {
    const { current } = this
    const frame = current.frames[current.depth - 1]
    if (problem.at === undefined && frame !== undefined) {
      problem.at = { source: frame.closure.proto.source, line: lineOf(frame) }
    }
    if (!(problem instanceof LuaError) || problem.lacks === null) return
    const calls = frame !== undefined && isCalling(frame)
    problem.nameFunction(calls ? nameOfCallee(frame) : undefined)
    if (problem.lacks === 'library' || !calls) problem.value = this.where(1) + (this.toText(problem.value) ?? '')
    problem.lacks = null
  }

  /** `chunk:line: ` of the function at a level of calls, 1 being the Lua function that runs; empty for native ones. */
  where(given: number): Bytes {
    const co = this.current
    // Of a native function that was called by another, level 1 is that one.
    const level = this.calledByNative ? given - 1 : given
    if (level === 0) return ''
    let at = co.depth - 1
    for (let n = 1; n < level; n++) {
      const frame = co.frames[at]
      if (at < 0 || frame === undefined) return ''
      if (frame.fromNative || frame.isTail) {
        // The caller is a native function, or forgotten.
        if (n + 1 === level) return ''
        n++
      }
      at--
    }
    const frame = co.frames[at]
    return at < 0 || frame === undefined ? '' : `${shortSource(frame.closure.proto.source)}:${lineOf(frame)}: `
  }

  // Values

  metatable(value: Value): Table | null {
    if (value instanceof Table) return value.meta
    return typeof value === 'string' ? this.stringMeta : null
  }

  metamethod(value: Value, event: string): Value {
    return this.metatable(value)?.field(event)
  }

  toNumber(value: Value): number | undefined {
    if (typeof value === 'number') return value
    return typeof value === 'string' ? parseNumber(value) : undefined
  }

  /** A string, or a number as one; undefined for other values. */
  toText(value: Value): Bytes | undefined {
    if (typeof value === 'string') return value
    return typeof value === 'number' ? formatNumber(value) : undefined
  }
}

function loseNames(problem: LuaError): void {
  problem.nameFunction(undefined)
  problem.lacks = null
}

function withoutNames(outcome: Outcome): Value[] {
  if ('problem' in outcome) loseNames(outcome.problem)
  return resultsOf(outcome)
}
