/**
 * One instance of the database: keys, sessions and commands. It reads no clock and starts no timer: every entrance carries its time. What it
 * wrote since the last `take` waits in `context.writes` for the replication layer.
 */
import { appended, NONE, Random, type Bytes } from '../lib/index.ts'
import { checkRegion, type Standing } from './admission.ts'
import { Blocking, type Waiting } from './blocking.ts'
import type { Clock } from './causality/clock.ts'
import type { Resolution } from './change-types.ts'
import { Context } from './commands/context.ts'
import { CommandError, wrongArity } from './commands/errors.ts'
import type { Command } from './commands/command.ts'
import { COMMANDS, TABLE, type CommandTable } from './commands/table.ts'
import { TEST_TABLE } from './commands/test-mode/index.ts'
import { expireDue } from './expiry.ts'
import { eventOf, type Effect, type Publication } from './keyspace/effect.ts'
import { Keyspace } from './keyspace/keyspace.ts'
import { error, isError, isPush, NO_REPLY, QUEUED, status, type ErrorReply, type Reply } from './reply.ts'
import type { InstanceOptions, SessionReply, Taken } from './instance-types.ts'
import { enforceNewLimit, makeRoom, needsMemory, NO_LIMIT, OUT_OF_MEMORY, type MemoryLimit } from './eviction.ts'
import type { SearchIndexes } from './search/indexes.ts'
import { MemoryMeter } from './memory-meter.ts'
import { monitorLine, Monitors } from './monitors.ts'
import { notify } from './notifications.ts'
import { busyText, forgetCaller, goOn, holdsBack, type LongScript } from './long-script.ts'
import { pauses, postpone, waitsForPause } from './pausing.ts'
import { PubSub } from './pubsub.ts'
import type { Scripting } from './scripting/index.ts'
import { Latency } from './latency.ts'
import { listening, listens, WHILE_LISTENING } from './listening.ts'
import { resolutionOf } from './resolution.ts'
import { newSession, OWN_SESSION, type Session } from './session.ts'
import { Slowlog } from './slowlog.ts'
import { Statistics } from './statistics.ts'
import { Tracking } from './tracking.ts'
import { Usage } from './usage.ts'
import { Watching } from './watching.ts'

const NOTHING = { writes: NONE, changes: NONE }

export class Instance {
  readonly options: InstanceOptions
  readonly explains: boolean
  readonly keyspace: Keyspace
  readonly context: Context
  readonly sessions = new Map<number, Session>()
  readonly statistics = new Statistics()
  readonly config = new Map<string, string>()
  readonly blocking = new Blocking()
  readonly pubsub = new PubSub((session, items) => this.push(session, items))
  readonly tracking = new Tracking()
  /** Scripts and functions, once there are any. */
  scripting: Scripting | null = null
  /** One that goes on with the next ticks. */
  script: LongScript | null = null
  /** What one that is over now has written. */
  earlier: Taken['earlier'] = null
  readonly watching: Watching
  readonly memory: MemoryMeter
  readonly usage: Usage
  limit: MemoryLimit = NO_LIMIT
  outOfMemory = false
  /** Made when first used. */
  search: SearchIndexes | undefined
  readonly slowlog = new Slowlog()
  readonly latency = new Latency()
  readonly monitors = new Monitors()
  /** Replies that did not come with their own command, and pushes, oldest first. */
  outbox: SessionReply[] = NONE
  /** The setting `notify-keyspace-events`. */
  notifies = ''
  /** Until when (ms since 1970) what clients send waits, and whether reads do too. */
  pause: { readonly until: number; readonly all: boolean } | null = null
  /** False: scripts may call every command (DEBUG SET-DISABLE-DENY-SCRIPTS). */
  deniesInScripts = true
  /** False: keys that expire are only hidden (DEBUG SET-ACTIVE-EXPIRE). */
  expiresActively = true
  standing: Standing = 'member'
  sharding = false // M5
  /** Wall clock at the first input, ms since 1970. */
  startedAt = -1
  resolutions: Resolution[] = NONE
  /** The commands, for those that speak of commands (COMMAND, ACL, HELP). */
  readonly table: CommandTable
  /** Sessions to be closed when their replies are taken. */
  readonly #ending = new Set<number>()

  constructor(options: InstanceOptions) {
    this.options = options
    this.explains = options.explains !== false
    this.table = options.testMode === true ? TEST_TABLE : TABLE
    this.keyspace = new Keyspace(options.id, options.solo)
    this.watching = new Watching(this.keyspace)
    this.memory = new MemoryMeter(this.keyspace)
    this.context = new Context(this, this.keyspace, new Random(options.seed))
    this.usage = new Usage(this.context.random)
  }

  /** Runs one command of a session and puts its reply, if it has one now, into the outbox. */
  submit(sessionId: number, argv: readonly Bytes[], now: number): void {
    if (this.script !== null && holdsBack(this, sessionId, argv, now)) return
    const session = this.session(sessionId, now)
    if (session.replies === 'skip' && session.waiting === null) session.replies = 'skipping'
    const reply = this.#execute(session, argv, now)
    const silent = session.replies !== 'on' && !isPush(reply)
    if (session.replies === 'skipping') session.replies = 'on'
    if (reply !== NO_REPLY && !silent) this.#say(sessionId, session.resp, reply)
  }

  /** Runs one command of a session. A user's mistake is an error reply, and changes nothing. */
  execute(sessionId: number, argv: readonly Bytes[], now: number): Reply {
    return this.#execute(this.session(sessionId, now), argv, now)
  }

  #execute(session: Session, argv: readonly Bytes[], now: number): Reply {
    if (this.startedAt < 0) this.startedAt = now
    if (this.keyspace.expiries.next <= now) this.expire(now)
    if (session.closing) return NO_REPLY
    if (session.waiting !== null) {
      session.pending.push(argv)
      return NO_REPLY
    }
    session.lastAt = now
    const command = this.table.lookup(argv)
    if ('type' in command) return this.#refuse(session, command)
    session.lastCommand = command.fullName
    if (command.arity > 0 ? argv.length !== command.arity : argv.length < -command.arity) {
      return this.#reject(session, command, wrongArity(command.name))
    }
    if (session.resp === 2 && listens(session) && !WHILE_LISTENING.has(command.name)) {
      return this.#reject(session, command, listening(command.fullName))
    }
    if (this.script === null) this.outOfMemory = this.limit.bytes > 0 && !makeRoom(this, now)
    else if (!command.flags.includes('allow_busy')) return this.#reject(session, command, busyText(this.script))
    if (this.outOfMemory && needsMemory(command, session)) return this.#reject(session, command, OUT_OF_MEMORY)
    if (this.pause !== null && waitsForPause(this, session, command, argv, now))
      return postpone(this, session, argv, now)
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
    const { context, statistics } = this
    const monitors = this.monitors.watching(command)
    // EXEC is shown after what it ran.
    if (monitors !== undefined && command.name !== 'EXEC') this.#show(monitors, monitorLine(session, argv, now))
    context.begin(session, now, argv)
    try {
      checkRegion(this, command, argv)
      const reply = command.execute(context, argv)
      if (session.tracking !== null) this.#track(session, command, argv)
      if (session.waiting !== null) session.waitsIn = { command, argv }
      else if (this.slowlog.threshold === 0) this.#log(session, command, argv, now, 0)
      return reply
    } catch (thrown) {
      if (!(thrown instanceof CommandError)) throw thrown
      statistics.countsOf(command).failed++
      if (!thrown.isCounted) statistics.failed(thrown.reply)
      return thrown.reply
    } finally {
      context.end()
      if (session.waiting === null) statistics.ran(command)
      if (monitors !== undefined && command.name === 'EXEC') this.#show(monitors, monitorLine(session, argv, now))
    }
  }

  /** EXEC is not logged, only what it runs. */
  #log(session: Session, command: Command, argv: readonly Bytes[], now: number, ms: number): void {
    if (command.name !== 'EXEC') this.slowlog.note(session, argv, now, ms * 1000)
    if (ms > 0) this.latency.note('command', now, ms)
  }

  /** Notes what a tracking client has read. What CLIENT CACHING said holds for one command. */
  #track(session: Session, command: Command, argv: readonly Bytes[]): void {
    if (command.flags.includes('readonly') && session.tracking?.bcast === false) {
      this.tracking.read(session, command.keysOf(argv), this.context.random)
    }
    if (command.name !== 'CLIENT CACHING' && !this.context.atomic) session.trackNext = null
  }

  // Out of band

  #show(monitors: ReadonlySet<Session>, line: string): void {
    for (const { id, resp } of monitors) this.#say(id, resp, status(line), true)
  }

  push(session: Session, items: readonly Reply[]): void {
    this.#say(session.id, session.resp, { type: 'push', items }, true)
  }

  #say(session: number, resp: 2 | 3, reply: Reply, push = false): void {
    this.outbox = appended(this.outbox, { session, reply, push, resp })
  }

  /** Tells the listeners of this region; how many there are. */
  publish({ channel, message, sharded }: Publication): number {
    return sharded ? this.pubsub.publishSharded(channel, message) : this.pubsub.publish(channel, message)
  }

  notify(key: Bytes, event: string): void {
    if (this.notifies !== '' && this.pubsub.hasListeners) notify(this.pubsub, this.notifies, key, event)
  }

  /** Refused before it ran; a transaction ends with that. */
  #reject(session: Session, command: Command, text: string): Reply {
    this.statistics.countsOf(command).rejected++
    if (command.name !== 'EXEC') return this.#refuse(session, error(text))
    this.discard(session)
    return this.#refuse(session, error(`EXECABORT Transaction discarded because of: ${text.replace(/^ERR /, '')}`))
  }

  #refuse(session: Session, reply: ErrorReply): Reply {
    if (session.queue !== null) session.queueFailed = true
    this.statistics.failed(reply)
    return reply
  }

  session(id: number, now: number): Session {
    let session = this.sessions.get(id)
    if (session === undefined) {
      this.sessions.set(id, (session = newSession(id, now)))
      this.statistics.connections++
    }
    return session
  }

  /** A connection stands. */
  openSession(id: number, now: number, ends: Pick<Session, 'address' | 'localAddress' | 'fd'>): void {
    Object.assign(this.session(id, now), ends)
  }

  /** Ends a session once its replies are out (QUIT, CLIENT KILL). */
  endSession(session: Session): void {
    session.closing = true
    this.#ending.add(session.id)
  }

  /** Ends all that a session listens to and watches. */
  forgetSession(session: Session): void {
    this.watching.unwatch(session)
    this.pubsub.leave(session)
    this.tracking.off(session)
    this.monitors.leave(session)
  }

  closeSession(id: number): void {
    const session = this.sessions.get(id)
    if (session === undefined) return
    if (session.waiting !== null) this.blocking.remove(session.waiting)
    forgetCaller(this, session)
    this.forgetSession(session)
    this.#ending.delete(id)
    this.sessions.delete(id)
  }

  /** Carries out the expiries that this instance owns and that are due (X2). */
  expire(now: number): void {
    if (!this.expiresActively || this.script !== null || pauses(this, now)) return
    this.context.begin(this.session(OWN_SESSION, now), now)
    expireDue(this.context, () => {
      this.statistics.expiredKeys++
      this.context.end()
      this.context.begin(this.context.session, now)
    })
    this.context.end()
    this.sessions.delete(OWN_SESSION)
  }

  /**
   * After each input: lets a script go on, makes room within a new limit, serves the clients that waited for what was written, ends the waiting of those whose
   * time is up, and tells those that track which keys changed.
   */
  afterInput(now: number): void {
    goOn(this, now)
    if (this.script !== null) return
    enforceNewLimit(this, now)
    this.#serveWaiting(now)
    this.tracking.tell(this.sessions, (session, items) => this.push(session, items))
  }

  #serveWaiting(now: number): void {
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
      return thrown.reply
    } finally {
      context.end()
    }
  }

  /** Gives a waiting client its reply; what it sent meanwhile runs now. */
  release(waiting: Waiting, reply: Reply, now: number): void {
    const { session } = waiting
    this.blocking.remove(waiting)
    this.#endWait(waiting, reply, now)
    if (reply !== NO_REPLY && session.replies === 'on') this.#say(session.id, session.resp, reply)
    while (session.waiting === null && session.pending.length > 0) {
      this.submit(session.id, session.pending.shift() as readonly Bytes[], now)
    }
  }

  /** Counts and logs the command that waited; a client that is merely paused waits in none. */
  #endWait({ session, busyMs = 0 }: Waiting, reply: Reply, now: number): void {
    const { waitsIn } = session
    session.waitsIn = null
    if (waitsIn === null) return
    const { command, argv } = waitsIn
    this.#log(session, command, argv, now, busyMs)
    this.statistics.ran(command)
    if (!isError(reply)) return
    this.statistics.countsOf(command).failed++
    this.statistics.failed(reply)
  }

  /** Applies one write of another replica. `known`: that replica's acknowledged clock. */
  applyRemote(origin: number, n: number, wall: number, effects: readonly Effect[], known: Clock): void {
    for (const effect of effects) {
      if (effect.type === 'publication') {
        this.publish(effect)
        continue
      }
      const rule = this.keyspace.apply(effect, origin, n, wall, known)
      if (this.explains) this.resolutions = appended(this.resolutions, resolutionOf(this.keyspace, effect, rule))
      const event = eventOf(effect)
      this.context.noteChange(effect.key, event)
      this.changed(effect.key, event, OWN_SESSION)
    }
    this.keyspace.observe(origin, n)
  }

  /** What was written, changed, resolved and said since the last call. What a script writes is taken when it is over. */
  take(): Taken {
    const { context, resolutions, outbox, earlier } = this
    const { writes, changes } = this.script === null ? context.takeWrites() : NOTHING
    this.earlier = null
    this.resolutions = NONE
    this.outbox = NONE
    const closed: readonly number[] = this.#ending.size === 0 ? NONE : [...this.#ending]
    for (const id of closed) this.closeSession(id)
    return { earlier, writes, changes, resolutions, replies: outbox, closed }
  }

  /** A key was changed, by a local (`by`: its session) or a remote write (`by` 0): tells everyone whom that concerns. */
  changed(key: Bytes, event: string, by: number): void {
    this.statistics.changes++
    if (this.keyspace.created && this.notifies.includes('n')) this.notify(key, 'new')
    this.notify(key, event)
    this.tracking.changed(key, by)
    this.touched(key)
  }

  /** The part of it that also holds for a merged key. */
  touched(key: Bytes): void {
    if (this.blocking.size > 0) this.blocking.touched(key)
    this.watching.touched(key)
    this.memory.touched(key)
    this.search?.touched(key)
  }

  /** Ends a session's transaction, if any, and its watches. */
  discard(session: Session): void {
    session.queue = null
    session.queueFailed = false
    this.watching.unwatch(session)
  }

  /** Every known command, as its literal was declared. */
  static get commands(): readonly Command[] {
    return COMMANDS
  }
}
