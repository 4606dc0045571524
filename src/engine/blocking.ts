/**
 * Sessions that wait in a blocking command. Each waits for some keys; when one of them is written, by a local command or a remote effect, its attempt runs
 * again, in the order in which clients began to wait. Time comes in through `serve`; nothing here starts a timer.
 */
import type { Bytes } from '../lib/index.ts'
import type { Context } from './commands/context.ts'
import type { Reply } from './reply.ts'
import type { Session } from './session.ts'

/** A command that may wait. */
export interface Wait {
  readonly keys: readonly Bytes[]
  /** 0: for ever. */
  readonly timeoutMs: number
  /** The reply, or undefined while there is nothing to serve. Runs as a write of its own; an error that it ends with goes to the client. */
  readonly attempt: (ctx: Context) => Reply | undefined
  /** The reply when time is up, or when the command may not wait (MULTI, scripts). */
  readonly timedOut: Reply
  /** How long the server is said to have been busy with it (DEBUG SLEEP). */
  readonly busyMs?: number
}

export interface Waiting extends Wait {
  readonly session: Session
  /** Wall clock, ms since 1970; Infinity: never. */
  readonly deadline: number
}

export class Blocking {
  /** Waiting clients of each key, longest first. */
  readonly #byKey = new Map<Bytes, Set<Waiting>>()
  readonly #all = new Set<Waiting>()
  #ready = new Set<Bytes>()
  /** When the first of them has waited long enough, ms since 1970. */
  nextDeadline = Infinity

  get size(): number {
    return this.#all.size
  }

  /** How many keys someone waits for. */
  get keyCount(): number {
    return this.#byKey.size
  }

  add(session: Session, wait: Wait, now: number): void {
    const deadline = wait.timeoutMs === 0 ? Infinity : now + wait.timeoutMs
    const waiting = { ...wait, session, deadline }
    session.waiting = waiting
    this.#all.add(waiting)
    for (const key of wait.keys) {
      let clients = this.#byKey.get(key)
      if (clients === undefined) this.#byKey.set(key, (clients = new Set()))
      clients.add(waiting)
    }
    this.nextDeadline = Math.min(this.nextDeadline, deadline)
  }

  remove(waiting: Waiting): void {
    waiting.session.waiting = null
    this.#all.delete(waiting)
    for (const key of waiting.keys) {
      const clients = this.#byKey.get(key)
      clients?.delete(waiting)
      if (clients?.size === 0) this.#byKey.delete(key)
    }
    if (waiting.deadline === this.nextDeadline) {
      this.nextDeadline = Infinity
      for (const { deadline } of this.#all) this.nextDeadline = Math.min(this.nextDeadline, deadline)
    }
  }

  /** A key was written. */
  touched(key: Bytes): void {
    if (this.#byKey.has(key)) this.#ready.add(key)
  }

  get hasReady(): boolean {
    return this.#ready.size > 0
  }

  /** Who waits for keys written since the last call, in the order of these writes and of the clients' waiting. */
  takeReady(): Waiting[] {
    const out = new Set<Waiting>()
    for (const key of this.#ready) for (const waiting of this.#byKey.get(key) ?? []) out.add(waiting)
    this.#ready = new Set()
    return [...out]
  }

  /** Whose time is up, the earliest first. */
  overdue(now: number): Waiting[] {
    return [...this.#all].filter(({ deadline }) => deadline <= now).sort((a, b) => a.deadline - b.deadline)
  }
}
