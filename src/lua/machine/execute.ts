/**
 * The loop that carries out instructions. It runs until the frame at `bottom` returns, and gives that frame's results. Case labels are literals, because only then
 * does the switch become a jump table; `compiler/operations.ts` says what each does.
 */
import { nameKey, type Proto } from '../compiler/proto.ts'
import { CANNOT_YIELD, type Coroutine, type Frame, YIELDED } from './coroutine.ts'
import { fault, LuaError, raise, Stopped } from './errors.ts'
import { finish, makeClosure, place, replace } from './frames.ts'
import type { Machine } from './machine.ts'
import { compute, type Arithmetic } from './numbers.ts'
import {
  arithmetic,
  calleeOf,
  concatenate,
  equals,
  index,
  lengthOf,
  lessOrEqual,
  lessThan,
  setIndex,
} from './operators.ts'
import { passLoop, resultsOf, Suspension } from './suspension.ts'
import { Table } from './table.ts'
import { Box, Closure, Native, type Value } from './value.ts'

const EVENTS: readonly Arithmetic[] = ['__add', '__sub', '__mul', '__div', '__mod', '__pow']
const CALL_STEPS = 8

export function execute(machine: Machine, co: Coroutine, bottom: number): Value[] {
  const { stack } = co
  let frame = co.frames[co.depth - 1] as Frame
  let { closure, base, pc } = frame
  let { proto } = closure
  let { code, constants } = proto
  try {
    for (;;) {
      const a = base + (code[pc + 1] as number)
      const b = code[pc + 2] as number
      const c = code[pc + 3] as number
      const operation = code[pc] as number
      pc += 4
      switch (operation) {
        case 0: // MOVE
          stack[a] = stack[base + b]
          break
        case 1: // LOADK
          stack[a] = constants[b]
          break
        case 2: // LOADNIL
          for (let i = a; i <= base + b; i++) stack[i] = undefined
          break
        case 3: // LOADBOOL
          stack[a] = b !== 0
          break
        case 4: // GETUPVAL
          stack[a] = (closure.upvalues[b] as Box).value
          break
        case 5: // SETUPVAL
          ;(closure.upvalues[a - base] as Box).value = b < 0 ? constants[~b] : stack[base + b]
          break
        case 6: // GETBOX
          stack[a] = (stack[base + b] as unknown as Box).value
          break
        case 7: // SETBOX
          ;(stack[a] as unknown as Box).value = b < 0 ? constants[~b] : stack[base + b]
          break
        case 8: // NEWBOX
          stack[a] = new Box(stack[a]) as unknown as Value
          break
        case 9: {
          // GETGLOBAL
          const value = closure.environment.field(constants[b])
          if (value !== undefined) stack[a] = value
          else {
            frame.pc = pc
            stack[a] = index(machine, closure.environment, constants[b])
          }
          break
        }
        case 10: // SETGLOBAL
          frame.pc = pc
          setIndex(machine, closure.environment, constants[a - base], b < 0 ? constants[~b] : stack[base + b])
          break
        case 11: {
          // GETTABLE
          const object = stack[base + b]
          const key = c < 0 ? constants[~c] : stack[base + c]
          if (object instanceof Table) {
            const value = object.get(key)
            if (value !== undefined || object.meta === null) {
              stack[a] = value
              break
            }
          }
          frame.pc = pc
          stack[a] = index(machine, object, key, nameAt(proto, pc, 1))
          break
        }
        case 12: {
          // GETFIELD
          const object = stack[base + b]
          if (object instanceof Table) {
            const value = object.field(constants[c])
            if (value !== undefined || object.meta === null) {
              stack[a] = value
              break
            }
          }
          frame.pc = pc
          stack[a] = index(machine, object, constants[c], nameAt(proto, pc, 1))
          break
        }
        case 13: {
          // SETTABLE
          const object = stack[a]
          const key = b < 0 ? constants[~b] : stack[base + b]
          const value = c < 0 ? constants[~c] : stack[base + c]
          const isPlain = typeof key === 'string' || (typeof key === 'number' && key > 0)
          if (isPlain && object instanceof Table && object.meta === null && !object.readonly) {
            object.set(key, value)
            break
          }
          frame.pc = pc
          setIndex(machine, object, key, value, nameAt(proto, pc, 0))
          break
        }
        case 14: {
          // SELF
          const object = stack[base + b]
          frame.pc = pc
          const method = index(machine, object, constants[c], nameAt(proto, pc, 1))
          stack[a + 1] = object
          stack[a] = method
          break
        }
        case 15: {
          // NEWTABLE
          const table = new Table()
          if (b > 0) table.reserve(b)
          stack[a] = table
          break
        }
        case 16: {
          // SETLIST
          const table = stack[a] as Table
          const count = b < 0 ? co.top - a - 1 : b
          table.reserve(c + count)
          for (let i = 1; i <= count; i++) table.set(c + i, stack[a + i])
          break
        }
        case 17: {
          // ADD
          const x = b < 0 ? constants[~b] : stack[base + b]
          const y = c < 0 ? constants[~c] : stack[base + c]
          if (typeof x === 'number' && typeof y === 'number') {
            stack[a] = x + y
            break
          }
          frame.pc = pc
          stack[a] = slowArithmetic(machine, proto, pc, operation, x, y)
          break
        }
        case 18: {
          // SUB
          const x = b < 0 ? constants[~b] : stack[base + b]
          const y = c < 0 ? constants[~c] : stack[base + c]
          if (typeof x === 'number' && typeof y === 'number') {
            stack[a] = x - y
            break
          }
          frame.pc = pc
          stack[a] = slowArithmetic(machine, proto, pc, operation, x, y)
          break
        }
        case 19: {
          // MUL
          const x = b < 0 ? constants[~b] : stack[base + b]
          const y = c < 0 ? constants[~c] : stack[base + c]
          if (typeof x === 'number' && typeof y === 'number') {
            stack[a] = x * y
            break
          }
          frame.pc = pc
          stack[a] = slowArithmetic(machine, proto, pc, operation, x, y)
          break
        }
        case 20: // DIV
        case 21: // MOD
        case 22: {
          // POW
          const x = b < 0 ? constants[~b] : stack[base + b]
          const y = c < 0 ? constants[~c] : stack[base + c]
          if (typeof x === 'number' && typeof y === 'number') {
            stack[a] = compute(EVENTS[operation - 17] as Arithmetic, x, y)
            break
          }
          frame.pc = pc
          stack[a] = slowArithmetic(machine, proto, pc, operation, x, y)
          break
        }
        case 23: {
          // UNM
          const x = b < 0 ? constants[~b] : stack[base + b]
          frame.pc = pc
          stack[a] = typeof x === 'number' ? -x : arithmetic(machine, '__unm', x, x, () => nameAt(proto, pc, 1))
          break
        }
        case 24: {
          // NOT
          const x = b < 0 ? constants[~b] : stack[base + b]
          stack[a] = x === undefined || x === false
          break
        }
        case 25: {
          // LEN
          const x = b < 0 ? constants[~b] : stack[base + b]
          frame.pc = pc
          stack[a] = x instanceof Table ? x.length() : lengthOf(machine, x, nameAt(proto, pc, 1))
          break
        }
        case 26: // CONCAT
          frame.pc = pc
          stack[a] = concatenate(machine, stack.slice(base + b, base + c + 1), (i) => nameAt(proto, pc, i))
          break
        case 27: // JUMP
          pc = a - base
          break
        case 28: // LOOP
          frame.pc = pc
          machine.tick(b)
          pc = a - base
          break
        case 29: {
          // IF
          const x = stack[a]
          if (x !== undefined && x !== false) pc = b
          break
        }
        case 30: {
          // UNLESS
          const x = stack[a]
          if (x === undefined || x === false) pc = b
          break
        }
        case 31: // EQ
        case 32: {
          // NE
          const left = a - base
          const x = left < 0 ? constants[~left] : stack[a]
          const y = b < 0 ? constants[~b] : stack[base + b]
          frame.pc = pc
          if ((x === y || equals(machine, x, y)) === (operation === 31)) pc = c
          break
        }
        case 33: // LT
        case 34: {
          // NLT
          const left = a - base
          const x = left < 0 ? constants[~left] : stack[a]
          const y = b < 0 ? constants[~b] : stack[base + b]
          frame.pc = pc
          const isLess = typeof x === 'number' && typeof y === 'number' ? x < y : lessThan(machine, x, y)
          if (isLess === (operation === 33)) pc = c
          break
        }
        case 35: // LE
        case 36: {
          // NLE
          const left = a - base
          const x = left < 0 ? constants[~left] : stack[a]
          const y = b < 0 ? constants[~b] : stack[base + b]
          frame.pc = pc
          const isLess = typeof x === 'number' && typeof y === 'number' ? x <= y : lessOrEqual(machine, x, y)
          if (isLess === (operation === 35)) pc = c
          break
        }
        case 37: // CALL
        case 38: // TAILCALL
        case 39: {
          // RETURN
          let count = b < 0 ? co.top - a - (operation === 39 ? 0 : 1) : b
          if (operation !== 39) {
            let callee = stack[a]
            frame.pc = pc
            machine.tick(CALL_STEPS)
            if (!(callee instanceof Closure) && !(callee instanceof Native)) {
              const handler = calleeOf(machine, callee, nameAt(proto, pc, 0))
              for (let i = count; i >= 0; i--) stack[a + 1 + i] = stack[a + i]
              stack[a] = callee = handler
              count++
            }
            if (callee instanceof Closure) {
              frame =
                operation === 37 ? machine.push(co, callee, a + 1, count, c) : replace(machine, co, callee, a, count)
              ;({ closure, base, pc } = frame)
              ;({ proto } = closure)
              ;({ code, constants } = proto)
              break
            }
            const results = (callee as Native).run(machine, stack.slice(a + 1, a + 1 + count))
            if (results === YIELDED) {
              co.waiting = { register: a, wanted: operation === 37 ? c : -1, isTail: operation === 38 }
              if (bottom === 1 && co.resumer !== null) return YIELDED
              fault(CANNOT_YIELD)
            }
            if (operation === 37 && c === 1 && !Array.isArray(results)) {
              stack[a] = results
              break
            }
            place(co, a, results, operation === 37 ? c : -1)
            if (operation === 37) break
            // What a native function gives in a tail call is returned.
            count = co.top - a
          }
          const returned = finish(co, frame, a, count, bottom)
          if (returned !== undefined) return returned
          frame = co.frames[co.depth - 1] as Frame
          ;({ closure, base, pc } = frame)
          ;({ proto } = closure)
          ;({ code, constants } = proto)
          break
        }
        case 40: {
          // FORPREP
          frame.pc = pc
          const from = machine.toNumber(stack[a])
          const to = machine.toNumber(stack[a + 1])
          const step = machine.toNumber(stack[a + 2])
          if (from === undefined) raise("'for' initial value must be a number")
          if (to === undefined) raise("'for' limit must be a number")
          if (step === undefined) raise("'for' step must be a number")
          stack[a] = from - step
          stack[a + 1] = to
          stack[a + 2] = step
          pc = b
          break
        }
        case 41: {
          // FORLOOP
          const step = stack[a + 2] as number
          const next = (stack[a] as number) + step
          if (step > 0 ? next <= (stack[a + 1] as number) : next >= (stack[a + 1] as number)) {
            frame.pc = pc
            machine.tick(c)
            stack[a] = next
            stack[a + 3] = next
            pc = b
          }
          break
        }
        case 42: {
          // TFORCALL
          frame.pc = pc
          const iterator = stack[a]
          const state = [stack[a + 1], stack[a + 2]]
          const results =
            iterator instanceof Native ? iterator.run(machine, state) : machine.callThen(iterator, state, resultsOf)
          if (results === YIELDED) fault(CANNOT_YIELD)
          const list = Array.isArray(results) ? results : [results]
          for (let i = 0; i < c; i++) stack[a + 3 + i] = list[i]
          break
        }
        case 43: // TFORLOOP
          if (stack[a + 3] !== undefined) {
            frame.pc = pc
            machine.tick(c)
            stack[a + 2] = stack[a + 3]
            pc = b
          }
          break
        case 44: // CLOSURE
          stack[a] = makeClosure(proto.protos[b] as Proto, closure, stack, base)
          break
        case 45: {
          // VARARG
          const values = frame.varargs as Value[]
          const count = b < 0 ? values.length : b
          for (let i = 0; i < count; i++) stack[a + i] = values[i]
          if (b < 0) co.top = a + count
        }
      }
    }
  } catch (problem) {
    frame.pc = pc
    if (problem instanceof LuaError || problem instanceof Stopped) machine.locate(problem)
    if (problem instanceof Suspension) passLoop(machine, co, frame, bottom, problem, execute)
    throw problem
  }
}

function slowArithmetic(machine: Machine, proto: Proto, pc: number, operation: number, x: Value, y: Value): Value {
  const event = EVENTS[operation - 17] as Arithmetic
  return arithmetic(machine, event, x, y, (operand) => nameAt(proto, pc, operand))
}

/** The name of an operand of the instruction before `pc`. */
function nameAt(proto: Proto, pc: number, operand: number): string | undefined {
  return proto.names.get(nameKey(pc - 4, operand))
}
