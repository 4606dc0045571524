/** `coroutine`. */
import { Coroutine, COROUTINE_BYTES, YIELDED } from '../machine/coroutine.ts'
import { LuaError, raise } from '../machine/errors.ts'
import type { Machine } from '../machine/machine.ts'
import { resume } from '../machine/resume.ts'
import { heap, Table } from '../machine/table.ts'
import { Closure, type Value } from '../machine/value.ts'
import type { Arguments } from './arguments.ts'
import { native, register } from './register.ts'

function create(args: Arguments, machine: Machine): Coroutine {
  const body = args.at(1)
  if (!(body instanceof Closure)) args.fail(1, 'Lua function expected')
  machine.spend(COROUTINE_BYTES >> 4)
  heap.allocated += COROUTINE_BYTES
  return new Coroutine(body)
}

function coroutineAt(args: Arguments): Coroutine {
  const co = args.at(1)
  return co instanceof Coroutine ? co : args.fail(1, 'coroutine expected')
}

export function addCoroutine(machine: Machine): void {
  const table = register(new Table(), {
    create,
    resume(args): Value[] {
      return resume(machine, coroutineAt(args), args.values.slice(1), (outcome) =>
        'results' in outcome ? [true, ...outcome.results] : [false, outcome.problem.value],
      )
    },
    running: () => (machine.current.body === undefined ? undefined : machine.current),
    status: (args) => coroutineAt(args).status,
    wrap(args) {
      const co = create(args, machine)
      return native('wrap', ({ values }) => {
        return resume(machine, co, [...values], (outcome) => {
          if ('results' in outcome) return outcome.results
          const { value } = outcome.problem
          return typeof value === 'string' ? raise(value) : fail(value)
        })
      })
    },
    yield({ values }) {
      machine.yielded = [...values]
      return YIELDED
    },
  })
  machine.globals.set('coroutine', table)
}

function fail(value: Value): never {
  throw new LuaError(value)
}
