/** The script cache: what EVAL, EVALSHA and SCRIPT work on. */
import type { Bytes } from '../../lib/index.ts'
import { CompileError, sha1Hex, type Rand48, type Value } from '../../lua/index.ts'
import type { Context } from '../commands/context.ts'
import { fail } from '../commands/errors.ts'
import type { Reply } from '../reply.ts'
import type { Run } from './redis-api.ts'
import { evalSandbox, setArguments, type Sandbox } from './sandbox.ts'
import { readShebang, type ScriptFlag } from './shebang.ts'

const NO_SCRIPT = 'NOSCRIPT No matching script. Please use EVAL.'
const NEEDS_MEMORY = "OOM allow-oom flag is not set on the script, can not run it when used memory > 'maxmemory'"
/** Scripts that only EVAL brought are forgotten beyond this number, the least recently made first. */
const MOST_EVALUATED = 500

interface Script {
  readonly sha: Bytes
  readonly body: Bytes
  readonly flags: ReadonlySet<ScriptFlag> | null
  readonly main: Value
  /** SCRIPT LOAD brought it, or EVALSHA used it: it stays. */
  isKept: boolean
}

export interface Call {
  readonly keys: readonly Bytes[]
  readonly args: readonly Bytes[]
  /** EVAL_RO, FCALL_RO …. */
  readonly readonly: boolean
}

export class Scripts {
  readonly #generator: Rand48
  #sandbox: Sandbox | undefined
  readonly #bySha = new Map<Bytes, Script>()
  readonly #byBody = new Map<Bytes, Script>()
  #evaluated: Script[] = []

  constructor(generator: Rand48) {
    this.#generator = generator
  }

  get count(): number {
    return this.#bySha.size
  }

  /** SCRIPT LOAD: the script's digest. A script that does not compile is an error. */
  load(body: Bytes): Bytes {
    const script = this.#define(body)
    script.isKept = true
    return script.sha
  }

  has(sha: Bytes): boolean {
    return this.#bySha.has(sha)
  }

  /** Known, and declared `no-writes`. */
  isReadonly(sha: Bytes): boolean {
    return this.#bySha.get(sha.toLowerCase())?.flags?.has('no-writes') === true
  }

  flush(): void {
    this.#bySha.clear()
    this.#byBody.clear()
    this.#evaluated = []
    this.#sandbox = undefined
  }

  evaluate(ctx: Context, body: Bytes, call: Call): Reply {
    return this.#run(ctx, this.#byBody.get(body) ?? this.#define(body), call)
  }

  evaluateSha(ctx: Context, sha: Bytes, call: () => Call): Reply {
    if (sha.length !== 40) fail(NO_SCRIPT)
    const given = call()
    const script = this.#bySha.get(sha.toLowerCase())
    if (script === undefined) fail(NO_SCRIPT)
    script.isKept = true
    return this.#run(ctx, script, given)
  }

  #define(body: Bytes): Script {
    const sha = sha1Hex(body)
    const known = this.#bySha.get(sha)
    if (known !== undefined) return known
    const { flags, code } = readShebang(body)
    this.#sandbox ??= evalSandbox(this.#generator)
    let main: Value
    try {
      main = this.#sandbox.interpreter.compile(code, '@user_script')
    } catch (problem) {
      if (!(problem instanceof CompileError)) throw problem
      fail(`ERR Error compiling script (new function): ${problem.message.replace(/[\r\n]+/g, ' ')}`)
    }
    const script: Script = { sha, body, flags, main, isKept: false }
    this.#bySha.set(sha, script)
    this.#byBody.set(body, script)
    this.#evaluated.push(script)
    if (this.#evaluated.length > MOST_EVALUATED) this.#forgetOne()
    return script
  }

  #forgetOne(): void {
    this.#evaluated = this.#evaluated.filter(({ isKept }) => !isKept)
    if (this.#evaluated.length <= MOST_EVALUATED) return
    const oldest = this.#evaluated.shift()
    if (oldest === undefined) return
    this.#bySha.delete(oldest.sha)
    this.#byBody.delete(oldest.body)
  }

  #run(ctx: Context, { sha, flags, main }: Script, { keys, args, readonly }: Call): Reply {
    const sandbox = (this.#sandbox ??= evalSandbox(this.#generator))
    const run = newRun(ctx, flags, readonly)
    setArguments(sandbox, keys, args)
    return sandbox.call(run, main, [], sha)
  }
}

/** `flags` null: a script without declared flags, which may do what its commands may. */
export function newRun(ctx: Context, flags: ReadonlySet<ScriptFlag> | null, readonly: boolean): Run {
  const mayWrite = flags === null || !flags.has('no-writes')
  if (flags !== null && mayWrite && readonly) fail('ERR Can not execute a script with write flag using *_ro command.')
  if (flags !== null && mayWrite && ctx.instance.outOfMemory && !flags.has('allow-oom')) fail(NEEDS_MEMORY)
  // Who declares that it may write without memory is not looked at again, command by command.
  if (flags?.has('allow-oom') === true) ctx.instance.outOfMemory = false
  return {
    ctx,
    // MONITOR shows `lua` where it shows a client's address.
    session: { ...ctx.session, address: 'lua', resp: 2, queue: null, isScript: true },
    readonly: readonly || !mayWrite,
    hasWritten: false,
  }
}
