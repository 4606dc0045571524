/** The two sandboxes, as in Redis: one for scripts, whose arguments are globals, and one for functions. */
import type { Bytes } from '../../lib/index.ts'
import {
  LuaError,
  newInterpreter,
  type Rand48,
  register,
  Stopped,
  Table,
  type Interpreter,
  type Limits,
  type Machine,
  type Value,
} from '../../lua/index.ts'
import { CommandError, fail } from '../commands/errors.ts'
import { firstSlice, STEPS_PER_MS, suspend, type Suspended } from '../long-script.ts'
import { isError, type Reply } from '../reply.ts'
import { guarded, listOf, lock, oneLine, toReply } from './convert.ts'
import { addEvalOnly, addLog, addVersion, redisTable, type Run } from './redis-api.ts'

/** About four seconds of a common computer, and as much memory as a page can spare. See docs/limits.md. */
const SCRIPT_LIMITS: Limits = { steps: 200_000_000, bytes: 64 * 1024 * 1024 }
/** Of a script in a transaction, which cannot be interrupted. */
const ATOMIC_STEPS = 50_000_000
/** A library only registers its functions. */
const LOAD_STEPS = 10_000_000

/** Runs one script or function at a time. */
export class Sandbox {
  readonly interpreter: Interpreter
  readonly kind: Suspended['kind']
  /** What runs now. */
  run: Run | undefined

  constructor(kind: Suspended['kind'], generator: Rand48) {
    this.kind = kind
    this.interpreter = newInterpreter(SCRIPT_LIMITS, generator)
    const { machine } = this.interpreter
    const redis = redisTable(() => this.run)
    machine.globals.set('redis', redis)
    addClock(machine)
  }

  /** Calls a compiled function and turns what it gives, or what went wrong, into the reply; if it does not end soon, that comes later. `name` is what the error shows. */
  call(run: Run, callee: Value, args: Value[], name: Bytes): Reply {
    const { machine } = this.interpreter
    const { ctx } = run
    const { session, line } = ctx
    if (ctx.atomic) machine.start(ATOMIC_STEPS)
    else machine.start(SCRIPT_LIMITS.steps, firstSlice(ctx.instance))
    const reply = this.#slice(run, name, () => machine.run(callee, args))
    if (reply !== undefined) return reply
    const call = { caller: session, line, startedAt: ctx.now }
    return suspend(ctx.instance, this.#suspended(run, name), call, machine.spent)
  }

  #suspended(run: Run, name: Bytes): Suspended {
    const { machine } = this.interpreter
    return {
      kind: this.kind,
      name,
      get hasWritten() {
        return run.hasWritten
      },
      goOn: (steps) => this.#slice(run, name, () => machine.goOn(steps)),
      kill: () => machine.kill(),
    }
  }

  /** Undefined when the slice ends before the script. */
  #slice(run: Run, name: Bytes, go: () => Value[] | undefined): Reply | undefined {
    const { machine } = this.interpreter
    this.run = run
    const { ctx } = run
    const before = ctx.atomic
    ctx.atomic = true
    try {
      const results = go()
      if (results === undefined) return undefined
      const [result] = results
      const reply = toReply(result, run.session.resp, machine)
      if (isError(reply)) throw new CommandError(reply.text, isCounted(result))
      return reply
    } catch (problem) {
      if (problem instanceof CommandError) throw problem
      return this.#fail(problem, name)
    } finally {
      ctx.atomic = before
      this.run = undefined
    }
  }

  #fail(problem: unknown, name: Bytes): never {
    if (!(problem instanceof LuaError) && !(problem instanceof Stopped)) throw problem
    const where = problem.at === undefined ? '' : ` script: ${name}, on ${problem.at.source}:${problem.at.line}.`
    if (problem instanceof Stopped) return fail(`ERR ${stoppedText(problem, this.interpreter.machine)}${where}`)
    const text = `${messageOf(problem.value, this.interpreter.machine)}${where}`
    throw new CommandError(oneLine(text), isCounted(problem.value))
  }
}

function stoppedText({ reason }: Stopped, machine: Machine): Bytes {
  if (reason === 'killed') return 'Script killed by user with SCRIPT KILL...'
  return `Script killed: it ran for more than ${machine.granted} steps.`
}

/** The statistics know of an error that a command gave. */
function isCounted(value: Value): boolean {
  return value instanceof Table && value.field('ignore_error_stats_update') === true
}

function messageOf(value: Value, machine: Machine): Bytes {
  if (value instanceof Table) {
    const message = value.field('err')
    return typeof message === 'string' ? message : 'ERR unknown error'
  }
  const text =
    machine.toText(value) ??
    (value === undefined ? 'nil' : typeof value === 'boolean' ? String(value) : 'unknown error')
  return `ERR ${text}`
}

/** `os.clock`: processor time is what the steps take. */
function addClock(machine: Machine): void {
  const os = new Table()
  register(os, { clock: () => machine.spent / (STEPS_PER_MS * 1000) })
  machine.globals.set('os', os)
}

/** For EVAL. */
export function evalSandbox(generator: Rand48): Sandbox {
  const sandbox = new Sandbox('script', generator)
  const { globals } = sandbox.interpreter.machine
  addEvalOnly(globals.field('redis') as Table)
  // Set before every run; here already, so that their place among the globals is fixed.
  setArguments(sandbox, [], [])
  lock(guarded(globals))
  lock(sandbox.interpreter.machine.stringMeta as Table)
  return sandbox
}

export function setArguments(sandbox: Sandbox, keys: readonly Bytes[], args: readonly Bytes[]): void {
  const { globals } = sandbox.interpreter.machine
  globals.set('KEYS', listOf(keys))
  globals.set('ARGV', listOf(args))
}

/** A function that a library registers while it is loaded. */
export interface Registration {
  readonly name: Bytes
  readonly description: Bytes | undefined
  readonly callback: Value
  readonly flags: readonly Bytes[]
}

/** For FUNCTION LOAD and FCALL: the globals of a library being loaded are others than those of its functions when they run. */
export class FunctionSandbox extends Sandbox {
  readonly #visible = new Table()
  readonly #running: Table
  readonly #loading: Table

  constructor(generator: Rand48, registerFunction: (args: readonly Value[]) => void) {
    super('function', generator)
    const { machine } = this.interpreter
    this.#running = machine.globals
    lock(guarded(this.#running))
    lock(machine.stringMeta as Table)
    const redis = register(new Table(), {
      register_function(args) {
        registerFunction(args.values)
        return []
      },
    })
    addLog(redis)
    addVersion(redis)
    this.#loading = new Table()
    this.#loading.set('redis', guarded(redis))
    lock(guarded(this.#loading))
    this.#visible.meta = new Table()
    this.#visible.meta.set('__index', this.#running)
    lock(this.#visible)
    machine.globals = this.#visible
  }

  /** Runs a library's code. Throws what Lua throws. */
  load(code: Bytes): void {
    const { interpreter } = this
    const main = interpreter.compile(code, '@user_function')
    const meta = this.#visible.meta as Table
    interpreter.machine.start(LOAD_STEPS)
    meta.set('__index', this.#loading)
    try {
      interpreter.machine.call(main, [])
    } finally {
      meta.set('__index', this.#running)
    }
  }
}
