/**
 * A running database of several regions: the front ends' view of the kernel. What must always hold: calls take effect one after another, in the
 * order in which they were made; and whatever could tell one run from another is in the session's log, so that `Cluster.replay` gives an equal
 * journal.
 */
import { assert, type Bytes } from '../lib/index.ts'
import { type CommandDoc, type KeysAnswer, type KeysQuestion, type Reply, error } from '../engine/index.ts'
import type { ConnectionEnds, Inspection, ReplicaId } from '../replication/index.ts'
import type { ClusterApi, ClusterStatus, ClusterUpdate, ControlResult } from './cluster-types.ts'
import { type Dials, runControlLine } from './control/index.ts'
import type { HostFactory } from './host.ts'
import type { JournalEntry, SessionInput, SessionLog, SessionSettings } from './journal-types.ts'
import { Kernel } from './kernel.ts'
import type { LiveOptions } from './live.ts'
import { statusOf } from './status.ts'
import type { CommandWork, SessionWork } from './work.ts'

type Listener = (update: ClusterUpdate) => void

/** A call that waits for its turn. Commands that stand together in the queue run as one round, which changes nothing but the speed. */
type Call =
  | { readonly kind: 'command'; readonly work: CommandWork; readonly fail: (problem: unknown) => void }
  | { readonly kind: 'task'; readonly run: () => Promise<void> }

/** At speed "max" one pump runs at most this many instants, so that its caller can breathe. */
const INSTANTS_PER_PUMP = 1000

export class Cluster implements ClusterApi {
  readonly #kernel: Kernel
  readonly #dials: Dials = { speed: 1 }
  readonly #inputs: SessionInput[] = []
  /** Each with the number of entries that it has been told of. */
  readonly #listeners = new Map<Listener, number>()
  readonly #restarts = new Map<ReplicaId, number>()
  readonly #calls: Call[] = []
  #incidents: { readonly region: ReplicaId; readonly text: string }[] = []
  #running = false
  /** What was last announced: as long as nothing moves there is no news. */
  #announced = { entries: 0, at: 0 }
  /** Virtual time that real time has earned but that is not yet a whole millisecond. */
  #earnedMs = 0

  readonly #live: LiveOptions | undefined

  private constructor(kernel: Kernel, live: LiveOptions | undefined) {
    this.#kernel = kernel
    this.#live = live
  }

  /** `live`: for serving connections; such a cluster has an empty journal and log. */
  static async open(settings: SessionSettings, hosts: HostFactory, live?: LiveOptions): Promise<Cluster> {
    let note = (_region: ReplicaId, _text: string): void => assert(false, 'incidents happen to open clusters only')
    const kernel = await Kernel.open(settings, hosts, (region, text) => note(region, text), live)
    const cluster = new Cluster(kernel, live)
    note = (region, text) => cluster.#noteIncident(region, text)
    return cluster
  }

  /** Runs a recorded session again. */
  static async replay(log: SessionLog, hosts: HostFactory): Promise<Cluster> {
    const cluster = await Cluster.open(log.settings, hosts)
    for (const input of log.inputs) {
      await cluster.redo(input)
    }
    await cluster.advanceTo(log.until)
    return cluster
  }

  /** Carries out a recorded input at its time. */
  async redo(input: SessionInput): Promise<void> {
    await this.advanceTo(input.at)
    if (input.kind === 'control') await this.control(input.line)
    else if (input.kind === 'open') this.openSession(input.region, input.session, input)
    else if (input.kind === 'close') await this.closeSession(input.region, input.session)
    else if (this.#live !== undefined) this.send(input.region, input.session, input.argv)
    // A command that blocks is answered by a later input: its reply must not be waited for.
    else void this.command(input.region, input.session, input.argv)
  }

  // -- connections -----------------------------------------------------------------------------------------------------------------------

  /** Runs a command of a session at the present virtual time. Its replies go to the `live` options. */
  send(region: ReplicaId, session: number, argv: readonly Bytes[]): void {
    this.#act({ kind: 'send', region, session, argv })
  }

  /** A client has connected. */
  openSession(region: ReplicaId, session: number, { address, localAddress, fd }: ConnectionEnds): void {
    this.#act({ kind: 'open', region, session, ends: { address, localAddress, fd } })
  }

  closeSession(region: ReplicaId, session: number): Promise<void> {
    if (this.#live !== undefined) {
      this.#act({ kind: 'close', region, session })
      return Promise.resolve()
    }
    return this.#inTurn(async () => {
      if (!this.#kernel.has(region)) return
      this.#record({ at: this.#kernel.now, kind: 'close', region, session })
      await this.#kernel.closeSession(region, session)
    })
  }

  /** What CONFIG SET last gave a parameter of a region; undefined: never set. */
  setting(region: ReplicaId, name: string): string | undefined {
    return this.#kernel.region(region).host.setting?.(name)
  }

  /** At once, unless calls are under way: then after them. */
  #act(work: SessionWork): void {
    if (this.#running) this.#actLater(work)
    else this.#actNow(work)
  }

  #actLater(work: SessionWork): void {
    void this.#inTurn(() => this.#actNow(work))
  }

  #actNow(work: SessionWork): void {
    const { region, session } = work
    if (!this.#kernel.has(region)) return
    if (this.#live === undefined || this.#live.record !== undefined) this.#record(recorded(work, this.#kernel.now))
    try {
      this.#kernel.runNow(work)
    } catch (problem) {
      this.#live?.onFailure(region, session, problem)
    }
  }

  #record(input: SessionInput): void {
    if (this.#live === undefined) this.#inputs.push(input)
    else this.#live.record?.(input)
  }

  // -- the front ends' view ----------------------------------------------------------------------------------------------------------------

  command(region: ReplicaId, session: number, argv: readonly Bytes[]): Promise<Reply> {
    if (!this.#kernel.has(region)) {
      return Promise.resolve(error(`ERR there is no region ${region}`))
    }
    return new Promise((done, fail) => {
      this.#enqueue({ kind: 'command', work: { kind: 'command', region, session, argv, done }, fail })
    })
  }

  control(line: string): Promise<ControlResult> {
    return this.#inTurn(() => {
      this.#record({ at: this.#kernel.now, kind: 'control', line })
      return runControlLine(line, { kernel: this.#kernel, dials: this.#dials })
    })
  }

  status(): Promise<ClusterStatus> {
    return this.#inTurn(() => this.#status())
  }

  catalogue(): Promise<readonly CommandDoc[]> {
    return this.#inTurn(() => this.#kernel.regions[0]!.host.catalogue())
  }

  inspect(region: ReplicaId): Promise<Inspection | null> {
    return this.#inTurn(() =>
      this.#kernel.has(region) ? (this.#kernel.region(region).host.inspect?.() ?? null) : null,
    )
  }

  look(region: ReplicaId, question: KeysQuestion): Promise<KeysAnswer | null> {
    return this.#inTurn(() => {
      if (!this.#kernel.has(region)) return null
      const { settings, now } = this.#kernel
      const { host, skewMs } = this.#kernel.region(region)
      return host.look?.(question, settings.epochMs + now + skewMs) ?? null
    })
  }

  log(): Promise<SessionLog> {
    return this.#inTurn(() => ({
      settings: this.#kernel.settings,
      inputs: [...this.#inputs],
      until: this.#kernel.now,
    }))
  }

  digest(): Promise<string> {
    return this.#inTurn(() => this.#kernel.journal.digest())
  }

  journal(): Promise<readonly JournalEntry[]> {
    return this.#inTurn(() => [...this.#kernel.journal.entries])
  }

  /** Runs everything that is due up to a virtual time. */
  advanceTo(virtualMs: number): Promise<void> {
    return this.#inTurn(() => this.#kernel.advanceTo(virtualMs))
  }

  /** Lets the virtual time of a live cluster follow at once; while calls are under way it does nothing and gives false. */
  passRealTime(elapsedRealMs: number): boolean {
    if (this.#running || this.#live === undefined || this.#dials.speed === Number.POSITIVE_INFINITY) return false
    const earnedMs = this.#earnedMs + elapsedRealMs * this.#dials.speed
    const wholeMs = Math.floor(earnedMs)
    this.#earnedMs = earnedMs - wholeMs
    this.#kernel.advanceNow(this.#kernel.now + wholeMs)
    return true
  }

  /** Lets virtual time follow: `elapsedRealMs` of real time passed since the last call. */
  advanceRealTime(elapsedRealMs: number): Promise<void> {
    return this.#inTurn(async () => {
      const kernel = this.#kernel
      if (this.#dials.speed === Number.POSITIVE_INFINITY) {
        for (let instants = 0; instants < INSTANTS_PER_PUMP; instants++) {
          const next = kernel.nextEventAt()
          if (next === undefined) return
          await kernel.runInstant(next)
        }
        return
      }
      this.#earnedMs += elapsedRealMs * this.#dials.speed
      const wholeMs = Math.floor(this.#earnedMs)
      this.#earnedMs -= wholeMs
      await kernel.advanceTo(kernel.now + wholeMs)
    })
  }

  /** Virtual time of the next thing to happen. Not a call in turn: a driver asks it between calls. */
  nextEventAt(): number | undefined {
    return this.#kernel.nextEventAt()
  }

  get now(): number {
    return this.#kernel.now
  }

  get speed(): number {
    return this.#dials.speed
  }

  /** Tells all that has happened so far, then what happens, at most once per call. Returns how to stop. */
  subscribe(listener: Listener): () => void {
    this.#listeners.set(listener, 0)
    void this.#inTurn(() => this.#tell(listener, []))
    return () => this.#listeners.delete(listener)
  }

  /** Ends the hosts; nothing may be called afterwards. */
  close(): void {
    this.#listeners.clear()
    this.#kernel.close()
  }

  // -- turns -----------------------------------------------------------------------------------------------------------------------------

  #inTurn<T>(action: () => T | Promise<T>): Promise<T> {
    return new Promise((done, fail) => {
      const run = async () => {
        try {
          done(await action())
        } catch (problem) {
          fail(problem)
        }
      }
      this.#enqueue({ kind: 'task', run })
    })
  }

  #enqueue(call: Call): void {
    this.#calls.push(call)
    if (this.#running) return
    this.#running = true
    void this.#runCalls()
  }

  async #runCalls(): Promise<void> {
    // Calls made in the same breath shall find each other in the queue.
    await Promise.resolve()
    while (this.#calls.length > 0) {
      const head = this.#calls[0]!
      if (head.kind === 'task') {
        this.#calls.shift()
        await head.run()
      } else {
        const end = this.#calls.findIndex((call) => call.kind === 'task')
        await this.#runCommands(this.#calls.splice(0, end === -1 ? this.#calls.length : end))
      }
      this.#announce()
    }
    this.#running = false
  }

  async #runCommands(calls: readonly Call[]): Promise<void> {
    const at = this.#kernel.now
    const works: CommandWork[] = []
    for (const call of calls) {
      assert(call.kind === 'command', 'only commands run together')
      const { region, session, argv } = call.work
      this.#record({ at, kind: 'command', region, session, argv })
      works.push(call.work)
    }
    try {
      await this.#kernel.run(works)
    } catch (problem) {
      for (const call of calls) if (call.kind === 'command') call.fail(problem)
    }
  }

  // -- news ------------------------------------------------------------------------------------------------------------------------------

  #noteIncident(region: ReplicaId, text: string): void {
    this.#incidents.push({ region, text })
    this.#restarts.set(region, (this.#restarts.get(region) ?? 0) + 1)
    if (!this.#running) this.#announce()
  }

  #announce(): void {
    const { journal, now } = this.#kernel
    const { entries, at } = this.#announced
    if (entries === journal.entries.length && at === now && this.#incidents.length === 0) return
    this.#announced = { entries: journal.entries.length, at: now }
    const incidents = this.#incidents
    this.#incidents = []
    for (const listener of this.#listeners.keys()) this.#tell(listener, incidents)
  }

  #tell(listener: Listener, incidents: ClusterUpdate['incidents']): void {
    const told = this.#listeners.get(listener)
    if (told === undefined) return
    const { entries } = this.#kernel.journal
    this.#listeners.set(listener, entries.length)
    listener({ entries: entries.slice(told), status: this.#status(), incidents })
  }

  #status(): ClusterStatus {
    return statusOf(this.#kernel, this.#dials.speed, (region) => this.#restarts.get(region) ?? 0)
  }
}

/** What a connection did, as the log has it. */
function recorded(work: SessionWork, at: number): SessionInput {
  const { region, session } = work
  if (work.kind === 'send') return { at, kind: 'command', region, session, argv: work.argv }
  return work.kind === 'open'
    ? { at, kind: 'open', region, session, ...work.ends }
    : { at, kind: 'close', region, session }
}
