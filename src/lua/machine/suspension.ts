/**
 * How a script is interrupted and goes on. The instruction that has no steps left throws a `Suspension`. On its way out it gathers what was under way: of each loop the frames stay
 * where they are, and whoever would have got an outcome (a loop, `pcall`, a coroutine's resumer) leaves a continuation that takes it later. So running costs nothing
 * for being interruptible; only who calls Lua without leaving a continuation (metamethods, `table.sort`, `string.gsub` …) cannot be interrupted, and the machine knows.
 */
import { CALL, TFORCALL } from '../compiler/operations.ts'
import type { Coroutine, Frame } from './coroutine.ts'
import { LuaError } from './errors.ts'
import { finish, place } from './frames.ts'
import type { Machine } from './machine.ts'
import type { Value } from './value.ts'

export type Outcome = { readonly results: Value[] } | { readonly problem: LuaError }

/** Takes what its callee gives, at once or after an interruption, and gives its own results or throws. */
export type Then = (outcome: Outcome) => Value[]

/** What the machine knows of the calls under way. */
export interface Level {
  readonly current: Coroutine
  readonly calledByNative: boolean
  readonly nativeCalls: number
  readonly interruptible: number
}

export class Suspension {
  /** Innermost first. */
  readonly #under: { readonly level: Level; readonly take: Then }[] = []

  get isNew(): boolean {
    return this.#under.length === 0
  }

  add(level: Level, take: Then): void {
    this.#under.push({ level, take })
  }

  /** Goes on from the innermost outwards; gives the outermost results. May be suspended anew. */
  goOn(machine: Machine): Value[] {
    let outcome: Outcome = { results: [] }
    for (const [i, { level, take }] of this.#under.entries()) {
      machine.level = level
      try {
        outcome = { results: take(outcome) }
      } catch (problem) {
        if (problem instanceof Suspension) problem.#under.push(...this.#under.slice(i + 1))
        if (!(problem instanceof LuaError)) throw problem
        outcome = { problem }
      }
    }
    return resultsOf(outcome)
  }
}

export function resultsOf(outcome: Outcome): Value[] {
  if ('problem' in outcome) throw outcome.problem
  return outcome.results
}

/**
 * A suspension passes the loop that runs a coroutine's frames down to `bottom`: by its own instruction, which will begin again, or out of a native function that it called.
 * `enter` enters the loop as it was left.
 */
export function passLoop(
  machine: Machine,
  co: Coroutine,
  frame: Frame,
  bottom: number,
  suspension: Suspension,
  enter: (machine: Machine, co: Coroutine, bottom: number) => Value[],
): void {
  if (suspension.isNew) {
    frame.pc -= 4
    suspension.add(machine.level, () => enter(machine, co, bottom))
    return
  }
  suspension.add(machine.level, (outcome) => {
    if ('problem' in outcome) machine.locate(outcome.problem)
    return takeResults(co, frame, resultsOf(outcome), bottom) ?? enter(machine, co, bottom)
  })
}

/** Puts results where the instruction wants them that called a native function. Gives those of the loop, if that ends it. */
function takeResults(co: Coroutine, frame: Frame, results: Value[], bottom: number): Value[] | undefined {
  const { code } = frame.closure.proto
  const [operation = 0, a = 0, , c = 0] = code.slice(frame.pc - 4, frame.pc)
  const register = frame.base + a
  if (operation === TFORCALL) {
    for (let i = 0; i < c; i++) co.stack[register + 3 + i] = results[i]
    return undefined
  }
  place(co, register, results, operation === CALL ? c : -1)
  return operation === CALL ? undefined : finish(co, frame, register, results.length, bottom)
}
