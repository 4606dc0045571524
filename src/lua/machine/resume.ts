/** Coroutines: resuming one runs its frames until it yields, ends or fails. */
import { type Coroutine, type Frame, YIELDED } from './coroutine.ts'
import { LuaError } from './errors.ts'
import { execute } from './execute.ts'
import { finish, place } from './frames.ts'
import type { Machine } from './machine.ts'
import type { Then } from './suspension.ts'
import type { Closure, Value } from './value.ts'

const RESUME_STEPS = 20

/** Resumes; `then` makes results of what it yielded or returned, or of what was wrong. */
export function resume(machine: Machine, co: Coroutine, args: Value[], then: Then): Value[] {
  if (co.status !== 'suspended') return then({ problem: new LuaError(`cannot resume ${co.status} coroutine`) })
  machine.spend(RESUME_STEPS)
  const resumer = machine.current
  const body = () => {
    machine.enterNative()
    resumer.status = 'normal'
    co.resumer = resumer
    co.status = 'running'
    machine.current = co
    try {
      return run(machine, co, args)
    } finally {
      machine.current = resumer
      machine.leaveNative()
    }
  }
  return machine.interruptibly(body, (outcome) => {
    co.resumer = null
    resumer.status = 'running'
    const yields = 'results' in outcome && outcome.results === YIELDED
    co.status = yields ? 'suspended' : 'dead'
    return then(yields ? { results: machine.yielded } : outcome)
  })
}

function run(machine: Machine, co: Coroutine, args: Value[]): Value[] {
  const { waiting } = co
  if (waiting === null) {
    const body = co.body as Closure
    co.stack[0] = body
    for (let i = 0; i < args.length; i++) co.stack[1 + i] = args[i]
    machine.push(co, body, 1, args.length, -1).fromNative = true
    return execute(machine, co, 1)
  }
  co.waiting = null
  place(co, waiting.register, args, waiting.wanted)
  if (!waiting.isTail) return execute(machine, co, 1)
  const frame = co.frames[co.depth - 1] as Frame
  return finish(co, frame, waiting.register, args.length, 1) ?? execute(machine, co, 1)
}
