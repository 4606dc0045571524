/**
 * The deterministic discrete-event scheduler: the only place where virtual time moves and where regions are handed their inputs. What must always
 * hold: the journal is a function of the settings and of the calls made here, never of how long a host takes to answer or where it lives. So work
 * goes in rounds: everything of one instant is handed out, each region's share as one batch, regions in parallel (within a round they cannot affect
 * each other); outputs are merged in the order of the work; what they cause at the same instant is the next round.
 *
 * Commands run at the present instant and never set off what else is due at it: that waits until time moves. So it does not matter whether time
 * was moved in between by steps of zero.
 *
 * Calls must not overlap; `Cluster` sees to that.
 */
import { assert, Random } from '../lib/index.ts'
import { error, type SessionReply } from '../engine/index.ts'
import {
  DEFAULT_SETTINGS,
  type Input,
  type Message,
  type Output,
  type ReplicaId,
  type ReplicaSettings,
} from '../replication/index.ts'
import { isLive, type Due } from './due.ts'
import { EventQueue } from './event-queue.ts'
import type { HostFactory } from './host.ts'
import { Journal } from './journal.ts'
import type { SessionSettings } from './journal-types.ts'
import type { LiveOptions } from './live.ts'
import { type Flight, type Link, Network } from './network.ts'
import {
  type CommandWork,
  inputOf,
  isMember,
  isRunning,
  newRegion,
  ownReply,
  type Region,
  type SessionWork,
  type Work,
} from './work.ts'

/** An instant that needs more rounds than this will never end: two replicas answer each other for ever. */
const MOST_ROUNDS_PER_INSTANT = 100_000

export class Kernel {
  readonly settings: SessionSettings
  readonly journal: Journal
  readonly network: Network
  /** By id; those that are gone stay, so that ids and names keep their meaning. */
  readonly #regions = new Map<ReplicaId, Region>()
  readonly #queue = new EventQueue<Due>()
  readonly #hosts: HostFactory
  readonly #live: LiveOptions | undefined
  readonly #onIncident: (region: ReplicaId, text: string) => void
  /** Whether links made from now on start held. */
  holdNewLinks: boolean
  #now = 0
  /** What the database was set to: every region that is added gets it. */
  database: ReplicaSettings

  private constructor(
    settings: SessionSettings,
    hosts: HostFactory,
    onIncident: (region: ReplicaId, text: string) => void,
    live: LiveOptions | undefined,
  ) {
    this.settings = settings
    this.journal = new Journal(live === undefined)
    this.#live = live
    this.#hosts = hosts
    this.#onIncident = onIncident
    this.holdNewLinks = settings.held
    this.database = {
      ...DEFAULT_SETTINGS,
      // Tests of Redis itself choose whole IDs.
      xaddId: settings.testMode === true ? 'liberal' : 'strict',
      // Between regions of one process nobody counts bytes, and nobody loses power.
      ...(live === undefined ? { persistence: 'always' } : { compression: 0 }),
    }
    this.network = new Network(new Random(settings.seed), (link, at) => this.#queue.push(at, { kind: 'arrival', link }))
  }

  /** All links are up from the start, and the replicas know each other as members. */
  static async open(
    settings: SessionSettings,
    hosts: HostFactory,
    onIncident: (region: ReplicaId, text: string) => void,
    live?: LiveOptions,
  ): Promise<Kernel> {
    const kernel = new Kernel(settings, hosts, onIncident, live)
    const members = settings.regions.map((_, index) => index + 1)
    const hostsOfRegions = await Promise.all(
      members.map(async (id) => kernel.#openHost(id, members, false, settings.regions[id - 1] ?? '')),
    )
    for (const [index, host] of hostsOfRegions.entries())
      kernel.adopt(newRegion(index + 1, settings.regions[index] ?? '', host, kernel.database))
    for (const b of members) for (const a of members.slice(0, b - 1)) kernel.#addLinks(a, b)
    return kernel
  }

  /** Virtual ms since the start. */
  get now(): number {
    return this.#now
  }

  /** All that there are and ever were, by id. */
  get everyRegion(): readonly Region[] {
    return [...this.#regions.values()]
  }

  /** Those that are there: members, and those that were removed by force and know nothing of it. */
  get regions(): readonly Region[] {
    return this.everyRegion.filter(({ phase }) => phase !== 'gone')
  }

  /** Those that belong to the database. */
  get members(): readonly Region[] {
    return this.everyRegion.filter(isMember)
  }

  /** Whether it is among `regions`. */
  has(id: ReplicaId): boolean {
    const region = this.#regions.get(id)
    return region !== undefined && region.phase !== 'gone'
  }

  region(id: ReplicaId): Region {
    const region = this.#regions.get(id)
    assert(region !== undefined, `there is a region ${id}`)
    return region
  }

  close(): void {
    for (const { host } of this.regions) host.close()
  }

  // -- running ---------------------------------------------------------------------------------------------------------------------------

  /** Runs commands at the present instant, merged in the given order. */
  async run(commands: readonly CommandWork[]): Promise<void> {
    const refused = commands.findIndex(({ region }) => !isRunning(this.region(region)))
    if (refused === -1) return this.round(commands)
    await this.round(commands.slice(0, refused))
    this.#refuse(commands[refused] as CommandWork)
    await this.run(commands.slice(refused + 1))
  }

  /** Does what a connection does, at once. For hosts that answer at once. */
  runNow(work: SessionWork): void {
    if (!isRunning(this.region(work.region))) return
    const output = this.region(work.region).host.submitNow?.(this.#input(work))
    assert(output !== undefined, 'connections are served by hosts in this thread')
    this.#merge(work, output)
  }

  /** `advanceTo`, at once. For hosts that answer at once. */
  advanceNow(target: number): void {
    if (target <= this.#now) return
    for (let next = this.nextEventAt(); next !== undefined && next <= target; next = this.nextEventAt()) {
      this.#now = next
      for (let works = this.#takeDue(); works.length > 0; works = this.#takeDue()) {
        assert(this.round(works) === undefined, 'connections are served by hosts in this thread')
      }
    }
    this.#now = target
  }

  /** A client has gone: whatever it waited for goes to others, and nobody hears its replies. */
  async closeSession(region: ReplicaId, session: number): Promise<void> {
    this.region(region).waiting.delete(session)
    if (isRunning(this.region(region))) await this.round([{ kind: 'close', region, session }])
  }

  /** The virtual time of the next thing to happen, or undefined when nothing is under way. May be the present: see above. */
  nextEventAt(): number | undefined {
    for (;;) {
      const event = this.#queue.peek()
      if (event === undefined || isLive(event.item, event.at)) return event?.at
      this.#queue.pop()
    }
  }

  /** Runs everything due up to and at `target`, and arrives there. Going nowhere does nothing. */
  async advanceTo(target: number): Promise<void> {
    assert(target >= this.#now, 'time does not run backwards')
    if (target === this.#now) return
    for (let next = this.nextEventAt(); next !== undefined && next <= target; next = this.nextEventAt()) {
      await this.runInstant(next)
    }
    this.#now = target
  }

  /** Moves to an instant at which something is due and runs all that happens there. */
  async runInstant(at: number): Promise<void> {
    assert(at >= this.#now, 'time does not run backwards')
    this.#now = at
    for (let rounds = 0; ; rounds++) {
      assert(rounds < MOST_ROUNDS_PER_INSTANT, 'an instant comes to its end')
      const works = this.#takeDue()
      if (works.length === 0) return
      await this.round(works)
    }
  }

  /** Delivers at once: of each given link the first message, of a link given n times the first n. */
  async deliverNow(links: readonly Link[]): Promise<void> {
    await this.round(links.map((link) => ({ kind: 'deliver', region: link.to, flight: this.network.take(link) })))
  }

  // -- changing the world ----------------------------------------------------------------------------------------------------------------

  setSkew(region: Region, skewMs: number): void {
    region.skewMs = skewMs
    this.#schedule(region, region.wakeAt, this.#now)
  }

  /** Makes an empty region that has yet to sync (R6), and links to all others; nobody is told of it yet. */
  async openRegion(id: ReplicaId, name: string): Promise<Region> {
    const members = [...this.members.map((region) => region.id), id]
    const region = this.adopt(newRegion(id, name, await this.#openHost(id, members, true, name), this.database))
    for (const other of members.slice(0, -1)) this.#addLinks(other, id)
    return region
  }

  adopt(region: Region): Region {
    this.#regions.set(region.id, region)
    return region
  }

  /** Nothing of a region runs any more; its connections are to be closed. */
  powerOff(id: ReplicaId): void {
    this.#live?.onStopped(id)
  }

  /** The same message arrives once more. */
  async deliverAgain(flight: Flight): Promise<void> {
    await this.round([{ kind: 'deliver', region: flight.link.to, flight }])
  }

  // -- inside ----------------------------------------------------------------------------------------------------------------------------

  #openHost(id: ReplicaId, members: readonly ReplicaId[], joining: boolean, name: string) {
    const seed = (this.settings.seed + Math.imul(id, 0x9e3779b1)) >>> 0
    return this.#hosts(
      {
        id,
        name,
        members,
        removed: this.everyRegion.filter((region) => !isMember(region)).map((region) => region.id),
        joining,
        seed,
        settings: this.database,
        testMode: this.settings.testMode === true,
        ...(this.#live === undefined ? {} : { live: true }),
      },
      (text) => this.#onIncident(id, text),
    )
  }

  #addLinks(a: ReplicaId, b: ReplicaId): void {
    this.network.add(a, b, this.settings.latencyMs, this.holdNewLinks)
    this.network.add(b, a, this.settings.latencyMs, this.holdNewLinks)
  }

  /** Nobody is there to take it. */
  #refuse({ region, session, argv, done }: CommandWork): void {
    const { name, clock } = this.region(region)
    const reply = error(`ERR Connection refused: region ${region} (${name}) is stopped`)
    done(reply)
    this.journal.add({ at: this.#now, kind: 'command', region, session, argv, reply, dots: null, changes: [], clock })
  }

  /** Takes what is due now out of the queue. */
  #takeDue(): Work[] {
    const works: Work[] = []
    for (let next = this.nextEventAt(); next !== undefined && next <= this.#now; next = this.nextEventAt()) {
      const { item } = this.#queue.pop()!
      if (item.kind === 'tick') {
        item.region.wake = null
        works.push({ kind: 'tick', region: item.region.id })
      } else {
        works.push({ kind: 'deliver', region: item.link.to, flight: this.network.take(item.link) })
      }
    }
    return works
  }

  /** Hands out work of the present instant and takes the outputs. A promise only if a host gives one. */
  round(works: readonly Work[]): Promise<void> | undefined {
    const batches = new Map<ReplicaId, Input[]>()
    for (const work of works) {
      const batch = batches.get(work.region)
      if (batch === undefined) batches.set(work.region, [this.#input(work)])
      else batch.push(this.#input(work))
    }
    const answers = [...batches].map(([id, batch]) => this.region(id).host.submit(batch))
    const mergeAll = (outputs: readonly (readonly Output[])[]) => this.#mergeAll(works, [...batches.keys()], outputs)
    if (answers.some((answer) => answer instanceof Promise))
      return Promise.all(answers.map((answer) => Promise.resolve(answer))).then(mergeAll)
    mergeAll(answers as (readonly Output[])[])
    return undefined
  }

  /** Takes outputs, given by region, in the order of the works. */
  #mergeAll(works: readonly Work[], regions: readonly ReplicaId[], outputs: readonly (readonly Output[])[]): void {
    const unread = new Map(regions.map((id, index) => [id, outputs[index]![Symbol.iterator]()]))
    for (const work of works) {
      const next = unread.get(work.region)!.next()
      assert(!next.done, 'a host gives one output per input')
      this.#merge(work, next.value)
    }
  }

  #input(work: Work): Input {
    return inputOf(work, this.settings.epochMs + this.#now + this.region(work.region).skewMs)
  }

  #merge(work: Work, output: Output): void {
    const region = this.region(work.region)
    const { dots, changes, clock, resolutions } = output
    const at = this.#now
    let { replies } = output
    if (work.kind === 'command') {
      const { session, argv } = work
      const own = ownReply(replies, session)
      if (own === undefined) {
        const waiting = region.waiting.get(session)
        if (waiting === undefined) region.waiting.set(session, [work.done])
        else waiting.push(work.done)
      } else {
        replies = replies.filter((reply) => reply !== own)
        work.done(own.reply)
      }
      const reply = own?.reply
      this.journal.add({ at, kind: 'command', region: region.id, session, argv, reply, dots, changes, clock })
    } else if (work.kind === 'deliver') {
      const { message, link, what, dots: carried, relayed } = work.flight
      const { from, to } = link
      this.journal.add({
        at,
        kind: 'deliver',
        message,
        from,
        to,
        what,
        dots: carried,
        relayed,
        changes,
        resolutions,
        clock,
      })
    } else if (work.kind !== 'send' && (dots !== null || changes.length > 0)) {
      this.journal.add({ at, kind: 'tick', region: region.id, dots, changes, clock })
    }
    region.clock = clock
    if (output.health !== undefined) region.health = output.health
    for (const late of replies) this.#lateReply(region, late)
    if (output.closed.length > 0) this.#live?.onClosed(region.id, output.closed)
    for (const message of output.messages) this.#send(region.id, message)
    if (dots !== null && this.journal.kept) region.writes.push({ last: dots[1], at })
    this.#schedule(region, output.wakeAt, work.kind === 'tick' ? at + 1 : at)
  }

  #lateReply(region: Region, late: SessionReply): void {
    const { session, reply, push } = late
    if (this.journal.kept) this.journal.add({ at: this.#now, kind: 'reply', region: region.id, session, reply, push })
    const waiting = region.waiting.get(session)
    if (this.#live !== undefined && waiting === undefined) {
      this.#live.onReply(region.id, late)
      return
    }
    if (push) return
    waiting?.shift()?.(reply)
    if (waiting?.length === 0) region.waiting.delete(session)
  }

  /** Where no connection is, nothing can be sent: the pull after the heal asks for it. */
  #send(from: ReplicaId, message: Message): void {
    const { what, dots, relayed } = message
    for (const to of message.to) {
      const link = this.network.link(from, to)
      if (!link.up) continue
      const flight = this.network.send(link, message, this.#now)
      const bytes = message.bytes.length
      this.journal.add({ at: this.#now, kind: 'send', message: flight.message, from, to, what, dots, relayed, bytes })
    }
  }

  /** Notes when a region wants its tick; `earliest` keeps a replica that is never content from stopping time. */
  #schedule(region: Region, wakeAt: number | null, earliest: number): void {
    region.wakeAt = wakeAt
    const wake = wakeAt === null ? null : Math.max(earliest, Math.ceil(wakeAt - this.settings.epochMs - region.skewMs))
    if (wake === region.wake) return
    region.wake = wake
    if (wake !== null) this.#queue.push(wake, { kind: 'tick', region })
  }
}
