/**
 * One instance of the database: keys, sessions and commands. It reads no clock and starts no timer: every entrance carries its time. What it
 * wrote since the last `take` waits in `context.writes` for the replication layer.
 */
import { Random, type Bytes } from '../lib/index.ts'
import { Blocking, type Waiting } from './blocking.ts'
import type { Clock } from './causality/clock.ts'
import type { Change, Resolution } from './change-types.ts'
import { Context, type Write } from './commands/context.ts'
import { CommandError, fail, wrongArity } from './commands/errors.ts'
import type { Command } from './commands/command.ts'
import { COMMANDS, lookup, subcommandsOf, type CommandTable } from './commands/table.ts'
import { expireDue } from './expiry.ts'
import type { Effect } from './keyspace/effect.ts'
import { Keyspace } from './keyspace/keyspace.ts'
import { error, NO_REPLY, QUEUED, type ErrorReply, type Reply } from './reply.ts'
import { newSession, type Session } from './session.ts'
import type { XaddIdMode } from './settings.ts'

export interface InstanceOptions {
  /** Replica id, 1 … 255. */
  readonly id: number
  readonly name: string
  readonly solo: boolean
  readonly seed: number
  /** Lines of INFO's `crdt` section, from the replication layer. */
  readonly replicationInfo: () => readonly (readonly [field: string, value: string | number])[]
}

export interface Statistics {
  commands: number
  expiredKeys: number
  hits: number
  misses: number
  errors: number
}

export interface SessionReply {
  readonly session: number
  readonly reply: Reply
}

/** Session 0 is the instance's own: expiry runs in it. */
const OWN_SESSION = 0

export class Instance {
  readonly options: InstanceOptions
  readonly keyspace: Keyspace
  readonly context: Context
  readonly sessions = new Map<number, Session>()
  readonly statistics: Statistics = { commands: 0, expiredKeys: 0, hits: 0, misses: 0, errors: 0 }
  readonly config = new Map<string, string>()
  readonly blocking = new Blocking()
  /** Replies that did not come with their own command, and pushes, oldest first. */
  outbox: SessionReply[] = []
  /** False while a joining region waits for its first sync: writes are refused (R6). */
  acceptsWrites = true
  /** Which entry IDs XADD takes (E2). */
  xaddId: XaddIdMode = 'strict'
  /** Wall clock at the first input, ms since 1970. */
  startedAt = -1
  resolutions: Resolution[] = []
  /** The commands, for those that speak of commands (COMMAND, ACL, HELP). */
  readonly table: CommandTable = { all: COMMANDS, lookup, subcommandsOf }
  readonly #watchers = new Map<Bytes, Set<Session>>()

  constructor(options: InstanceOptions) {
    this.options = options
    this.keyspace = new Keyspace(options.id, options.solo)
    this.context = new Context(this, this.keyspace, new Random(options.seed))
  }

  /** Runs one command of a session. A user's mistake is an error reply, and changes nothing. */
  execute(sessionId: number, argv: readonly Bytes[], now: number): Reply {
    if (this.startedAt < 0) this.startedAt = now
    if (this.keyspace.expiries.next <= now) this.expire(now)
    const session = this.session(sessionId, now)
    if (session.waiting !== null) {
      session.pending.push(argv)
      return NO_REPLY
    }
    session.lastAt = now
    const command = lookup(argv)
    if ('type' in command) return this.#refuse(session, command)
    session.lastCommand = command.fullName
    if (command.arity > 0 ? argv.length !== command.arity : argv.length < -command.arity) {
      const text = wrongArity(command.name)
      if (command.name !== 'EXEC') return this.#refuse(session, error(text))
      this.discard(session)
      return this.#refuse(session, error(`EXECABORT Transaction discarded because of: ${text.slice('ERR '.length)}`))
    }
    if (session.queue !== null && !command.flags.includes('no_multi')) {
      if (command.support.kind === 'refused')
        return this.#refuse(session, this.run(session, command, argv, now) as ErrorReply)
      session.queue.push({ command, argv })
      return QUEUED
    }
    return this.run(session, command, argv, now)
  }

  /** Runs one command as one write, outside or inside EXEC. */
  run(session: Session, command: Command, argv: readonly Bytes[], now: number): Reply {
    const { context } = this
    this.statistics.commands++
    context.begin(session, now)
    try {
      if (command.writes && !this.acceptsWrites) fail(JOINING)
      return command.execute(context, argv)
    } catch (thrown) {
      if (!(thrown instanceof CommandError)) throw thrown
      this.statistics.errors++
      return thrown.reply
    } finally {
      context.end()
    }
  }

  #refuse(session: Session, reply: ErrorReply): Reply {
    if (session.queue !== null) session.queueFailed = true
    this.statistics.errors++
    return reply
  }

  session(id: number, now: number): Session {
    let session = this.sessions.get(id)
    if (session === undefined) this.sessions.set(id, (session = newSession(id, now)))
    return session
  }

  closeSession(id: number): void {
    const session = this.sessions.get(id)
    if (session === undefined) return
    this.unwatch(session)
    if (session.waiting !== null) this.blocking.remove(session.waiting)
    this.sessions.delete(id)
  }

  /** Carries out the expiries that this instance owns and that are due (X2). */
  expire(now: number): void {
    this.context.begin(this.session(OWN_SESSION, now), now)
    expireDue(this.context, () => {
      this.statistics.expiredKeys++
      this.context.end()
      this.context.begin(this.context.session, now)
    })
    this.context.end()
    this.sessions.delete(OWN_SESSION)
  }

  /** After each input: serves the clients that waited for what it wrote, and ends the waiting of those whose time is up. */
  serveWaiting(now: number): void {
    const { blocking } = this
    while (blocking.hasReady) {
      for (const waiting of blocking.takeReady()) {
        // Someone served before may have taken it all, or closed the session.
        if (waiting.session.waiting !== waiting) continue
        const reply = this.#attempt(waiting, now)
        if (reply !== undefined) this.release(waiting, reply, now)
      }
    }
    if (blocking.nextDeadline > now) return
    for (const waiting of blocking.overdue(now)) this.release(waiting, waiting.timedOut, now)
  }

  #attempt(waiting: Waiting, now: number): Reply | undefined {
    const { context } = this
    context.begin(waiting.session, now)
    try {
      return waiting.attempt(context)
    } catch (thrown) {
      if (!(thrown instanceof CommandError)) throw thrown
      this.statistics.errors++
      return thrown.reply
    } finally {
      context.end()
    }
  }

  /** Gives a waiting client its reply; what it sent meanwhile runs now. */
  release(waiting: Waiting, reply: Reply, now: number): void {
    const { session } = waiting
    this.blocking.remove(waiting)
    this.outbox.push({ session: session.id, reply })
    while (session.waiting === null && session.pending.length > 0) {
      const next = this.execute(session.id, session.pending.shift() as readonly Bytes[], now)
      if (next !== NO_REPLY) this.outbox.push({ session: session.id, reply: next })
    }
  }

  /** Applies one write of another replica. `known`: that replica's acknowledged clock. */
  applyRemote(origin: number, n: number, wall: number, effects: readonly Effect[], known: Clock): void {
    for (const effect of effects) {
      const rule = this.keyspace.apply(effect, origin, n, wall, known)
      const contest = rule === 'S1' || rule === 'G5' ? this.#contest(effect) : undefined
      this.resolutions.push({ key: effect.key, rule, ...contest })
      this.context.changes.push({ key: effect.key, event: eventOf(effect) })
      this.touched(effect.key)
    }
    this.keyspace.observe(origin, n)
  }

  #contest(effect: Effect): Pick<Resolution, 'element' | 'kept' | 'lost'> | undefined {
    const state = this.keyspace.get(effect.key)?.value
    if (state === null || state === undefined || state.type !== effect.type) return undefined
    return state.type.contest?.(state, effect.op)
  }

  /** What was written, changed, resolved and said since the last call. */
  take(): { writes: Write[]; changes: Change[]; resolutions: Resolution[]; replies: SessionReply[] } {
    const { context, resolutions, outbox } = this
    const { writes, changes } = context
    context.writes = []
    context.changes = []
    this.resolutions = []
    this.outbox = []
    return { writes, changes, resolutions, replies: outbox }
  }

  // WATCH (M3)

  watch(session: Session, key: Bytes, now: number): void {
    if (session.watched.has(key)) return
    session.watched.set(key, this.keyspace.find(key, now) !== undefined)
    let watchers = this.#watchers.get(key)
    if (watchers === undefined) this.#watchers.set(key, (watchers = new Set()))
    watchers.add(session)
  }

  unwatch(session: Session): void {
    for (const key of session.watched.keys()) {
      const watchers = this.#watchers.get(key)
      watchers?.delete(session)
      if (watchers?.size === 0) this.#watchers.delete(key)
    }
    session.watched.clear()
    session.dirty = false
  }

  /**
   * A key was changed, by a local or a remote write. Who watched it when nothing could be seen of it is not disturbed by the removal of what was
   * hidden: an expired key's late DEL (X2).
   */
  touched(key: Bytes): void {
    if (this.blocking.size > 0) this.blocking.touched(key)
    if (this.#watchers.size === 0) return
    const gone = (this.keyspace.keys.get(key)?.value ?? null) === null
    for (const session of this.#watchers.get(key) ?? []) {
      if (!gone || session.watched.get(key) === true) session.dirty = true
    }
  }

  /** True when EXEC must not run: a watched key was touched, or it expired meanwhile (a replica that does not own the expiry sees no DEL). */
  isDirty(session: Session, now: number): boolean {
    if (session.dirty) return true
    for (const [key, seen] of session.watched) if (seen && this.keyspace.find(key, now) === undefined) return true
    return false
  }

  /** Ends a session's transaction, if any, and its watches. */
  discard(session: Session): void {
    session.queue = null
    session.queueFailed = false
    this.unwatch(session)
  }

  /** Every known command, as its literal was declared. */
  static get commands(): readonly Command[] {
    return COMMANDS
  }
}

const JOINING = 'READONLY This region is joining the database: it refuses writes until its first sync'

function eventOf(effect: Effect): string {
  if (effect.type !== null) return effect.type.eventOf(effect.op)
  if (effect.removal !== null) return 'del'
  return effect.expiry?.at === Number.MAX_SAFE_INTEGER ? 'persist' : 'expire'
}
