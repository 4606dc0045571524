/**
 * Scripts and functions that do not end at once. They run in slices of steps, not of time, so that what happens is a function of the inputs: the first within its own command, the
 * others one a tick. Meanwhile the instance is the script's alone. Command lines of others wait, until the script counts as slow (`busy-reply-threshold`);
 * then nearly all are answered with BUSY, and SCRIPT KILL may end it. Expiry, deliveries and clients that wait for keys wait until the script is over.
 */
import type { Bytes } from '../lib/index.ts'
import type { Waiting } from './blocking.ts'
import type { Context } from './commands/context.ts'
import { CommandError, fail } from './commands/errors.ts'
import type { Instance } from './instance.ts'
import { NO_REPLY, OK, type Reply } from './reply.ts'
import type { Session } from './session.ts'

/** So much of a script counts as a millisecond: about five times as long as a common computer takes, which leaves time for other regions. */
export const STEPS_PER_MS = 10_000
/** A tenth of a second: nearly all scripts end within it. */
const FIRST_SLICE_MS = 500
const SLICE_MS = 50
const DEFAULT_THRESHOLD_MS = 5000

const NOT_BUSY = 'NOTBUSY No scripts in execution right now.'
const UNKILLABLE =
  'UNKILLABLE Sorry the script already executed write commands against the dataset. You can either wait the script termination or kill the server in a hard way using the SHUTDOWN NOSAVE command.'

/** A script whose slice has ended before it. */
export interface Suspended {
  readonly kind: 'script' | 'function'
  readonly name: Bytes
  /** It called a command that writes. */
  readonly hasWritten: boolean
  /** Runs the next slice. The reply, if the script ends within it. */
  goOn(steps: number): Reply | undefined
  /** Lets the next slice end it with an error. */
  kill(): void
}

/** The command that called it. */
interface Call {
  readonly caller: Session
  readonly line: readonly Bytes[]
  /** Wall clock, which stands still for the script, ms since 1970. */
  readonly startedAt: number
}

export interface LongScript extends Call {
  readonly run: Suspended
  readonly waiting: Waiting
  /** From when on commands are answered with BUSY, ms since 1970. */
  readonly busyAt: number
  /** When its next slice is due, ms since 1970. */
  nextAt: number
  /** Command lines of others, in the order in which they came. */
  held: { readonly session: number; readonly argv: readonly Bytes[] }[]
}

/** How long a script of this instance may run until others are told that it is busy, ms; Infinity: for ever. */
function thresholdMs({ config }: Instance): number {
  return Number(config.get('busy-reply-threshold') ?? DEFAULT_THRESHOLD_MS) || Infinity
}

/** Steps of a script's first slice. */
export function firstSlice(instance: Instance): number {
  return Math.min(FIRST_SLICE_MS, thresholdMs(instance)) * STEPS_PER_MS
}

/** Keeps a script that will go on with the next ticks; its caller waits. `spent`: its steps so far. */
export function suspend(instance: Instance, run: Suspended, call: Call, spent: number): Reply {
  const { caller, startedAt } = call
  instance.blocking.add(caller, { keys: [], timeoutMs: 0, attempt: () => undefined, timedOut: null }, startedAt)
  const waiting = caller.waiting as Waiting
  const nextAt = startedAt + Math.ceil(spent / STEPS_PER_MS)
  const busyAt = startedAt + thresholdMs(instance)
  instance.script = { ...call, run, waiting, busyAt, nextAt, held: [] }
  return NO_REPLY
}

/** Keeps a command line back while a script runs that does not count as slow yet. What waits for another reason does so already. */
export function holdsBack(instance: Instance, id: number, argv: readonly Bytes[], now: number): boolean {
  const { script } = instance
  if (script === null || instance.sessions.get(id)?.waiting) return false
  if (now < script.busyAt) script.held.push({ session: id, argv })
  else letIn(instance, script, now)
  return now < script.busyAt
}

export function busyText({ run: { kind } }: LongScript): string {
  return `BUSY Redis is busy running a script. You can only call ${kind.toUpperCase()} KILL or SHUTDOWN NOSAVE.`
}

/** SCRIPT KILL, FUNCTION KILL. */
export function killScript({ instance: { script } }: Context, kind: Suspended['kind']): Reply {
  if (script === null) fail(NOT_BUSY)
  if (script.run.hasWritten) fail(UNKILLABLE)
  if (script.run.kind !== kind) fail(busyText(script))
  end(script)
  return OK
}

function end(script: LongScript): void {
  script.run.kill()
  script.nextAt = 0
}

/** A session has ended. Nobody waits for the script that it called, so that ends too, unless it would leave half of its writes. */
export function forgetCaller({ script }: Instance, session: Session): void {
  if (script === null) return
  script.held = script.held.filter((one) => one.session !== session.id)
  if (script.caller === session && !script.run.hasWritten) end(script)
}

/** Runs the script's next slice, if that is due. */
export function goOn(instance: Instance, now: number): void {
  const { script, context } = instance
  if (script === null) return
  if (script.nextAt <= now) {
    script.nextAt = now + SLICE_MS
    context.begin(script.caller, script.startedAt, script.line)
    const reply = nextSlice(script.run)
    context.end()
    if (reply !== undefined) return finish(instance, script, reply, now)
  }
  if (script.busyAt <= now) letIn(instance, script, now)
}

function nextSlice(run: Suspended): Reply | undefined {
  try {
    return run.goOn(SLICE_MS * STEPS_PER_MS)
  } catch (thrown) {
    if (!(thrown instanceof CommandError)) throw thrown
    return thrown.reply
  }
}

function finish(instance: Instance, script: LongScript, reply: Reply, now: number): void {
  const { caller, waiting } = script
  instance.script = null
  const { writes } = instance.context
  if (writes.length > 0) instance.earlier = { writes, wall: script.startedAt }
  instance.context.writes = []
  // What the caller sent behind is run like what others sent: once those are served that wait for what the script wrote.
  const next = caller.pending.map((argv) => ({ session: caller.id, argv }))
  caller.pending = []
  if (caller.waiting === waiting) instance.release(waiting, reply, now)
  instance.afterInput(now)
  script.held.unshift(...next)
  letIn(instance, script, now)
}

function letIn(instance: Instance, script: LongScript, now: number): void {
  const { held } = script
  script.held = []
  for (const { session, argv } of held) {
    instance.submit(session, argv, now)
    instance.afterInput(now)
  }
}
