/**
 * A replica while it runs: one instance and its part of the replication. Links are FIFO connections: what a peer missed while its connection was broken it
 * pulls when the connection is made again, from the backlog (partial sync) or as a whole state (full sync, R2).
 */
import { assert, type ByteReader } from '../lib/index.ts'
import {
  covers,
  coversAll,
  flush,
  hasRoom,
  Instance,
  lookAtKeys,
  setComponent,
  type KeysQuestion,
  type Write,
} from '../engine/index.ts'
import { applyPersistence, applySettings, collectStable, type Parts } from './apply-settings.ts'
import { dotsOf, joinedDots, ShownClock, together, withoutRepeats } from './changes.ts'
import { newCounters } from './counters.ts'
import type { Disk } from './disk.ts'
import { HeldInputs } from './held-inputs.ts'
import { healthOf } from './health.ts'
import { Inbox, type Ready } from './inbox.ts'
import { infoLines, inspectionOf } from './info.ts'
import { takeIn } from './recovery.ts'
import { Outbox } from './outbox.ts'
import { backlogLimit, type ReplicaSettings } from './settings.ts'
import { Stability } from './stability.ts'
import type { Acknowledgement, DotRange, Input, Membership, Output, ReplicaConfig, ReplicaId } from './types.ts'
import { Syncs } from './syncs.ts'
import { joinWholeState, wholeState } from './whole-state.ts'
import { effectsMessage, expelledMessage, pullMessage, readAck, readMessage, readPull, snapshotOf } from './wire.ts'

/** A region tells the others what it has observed this long after it observed something new, ms. */
export const ACKNOWLEDGE_AFTER_MS = 1000

export class RunningReplica {
  readonly #id: ReplicaId
  readonly #live: boolean
  #settings: ReplicaSettings
  readonly #instance: Instance
  readonly #stability: Stability
  readonly #disk: Disk
  readonly #counters = newCounters()
  readonly #outbox: Outbox
  readonly #inbox = new Inbox()
  readonly #syncs = new Syncs()
  readonly #held = new HeldInputs()
  readonly #parts: Parts
  #acknowledgeAt = Infinity
  /** Of a live replica: what sessions wrote at one instant, its wall clock, and has yet to be sent. */
  #unsent: Write[] = []
  #unsentAt = 0
  /** Something was announced since the last envelope. */
  #unwritten = false
  readonly #shown = new ShownClock()

  constructor(config: ReplicaConfig, settings: ReplicaSettings, membership: Membership, disk: Disk) {
    const { id, name, seed, testMode, joining } = config
    const { members } = membership
    this.#id = id
    this.#live = config.live === true
    this.#settings = settings
    this.#disk = disk
    this.#outbox = new Outbox(id, this.#counters, backlogLimit(settings))
    this.#stability = new Stability(id, membership)
    this.#instance = new Instance({
      id,
      name,
      // With members that are gone it may have to do with what they wrote.
      solo: members.length === 1 && membership.removed.length === 0,
      seed,
      testMode: testMode === true,
      explains: !this.#live,
      replicationInfo: () =>
        infoLines(this.#counters, this.#instance.keyspace, this.#stability, healthOf(this.#parts, this.#syncs)),
    })
    this.#parts = {
      instance: this.#instance,
      stability: this.#stability,
      inbox: this.#inbox,
      outbox: this.#outbox,
      disk,
    }
    this.#instance.keyspace.inherit(this.#stability.inherited)
    if (joining) this.#instance.standing = 'joining'
    else for (const peer of members) if (peer !== id) this.#outbox.streaming.add(peer)
    applySettings(settings, this.#parts)
  }

  submit(input: Input): Output {
    const output = this.#submit(this.#instance.script === null ? input : this.#held.sift(input, this.#outbox))
    if (this.#instance.script !== null || this.#held.isEmpty) return output
    return together([output, ...this.#held.take(input.now).map((one) => this.submit(one))])
  }

  #submit(input: Input): Output {
    const instance = this.#instance
    const { kind, now } = input
    const ofSession = kind === 'command' || kind === 'open-session' || kind === 'close-session'
    this.#disk.pass(now, instance.keyspace.clock)
    if (this.#unsent.length > 0 && !(ofSession && now === this.#unsentAt)) this.#sendUnsent()
    if (instance.keyspace.expiries.next <= now) instance.expire(now)
    this.#carryOut(input)
    instance.afterInput(now)
    const { earlier, writes, changes, resolutions, replies, closed } = instance.take()
    if (earlier !== null && this.#unsent.length > 0) this.#sendUnsent()
    const sent = earlier && this.#send(earlier.writes, earlier.wall)
    const published = writes.length === 0 ? null : this.#publish(writes, now, ofSession)
    if (instance.script === null && now >= this.#acknowledgeAt) this.#acknowledge(now)
    if (instance.standing === 'inconsistent') this.#reconcile(now)
    if (instance.script === null && this.#disk.wantsRewrite) this.#disk.rewrite(wholeState(this.#parts))
    return {
      replies,
      closed,
      messages: this.#outbox.take(),
      dots: joinedDots(sent, published),
      changes: withoutRepeats(changes),
      resolutions,
      clock: this.#shown.copyOf(instance.keyspace.clock),
      wakeAt: this.#unsent.length > 0 ? now : this.#wakeAt(),
      health: this.#live && ofSession ? undefined : healthOf(this.#parts, this.#syncs),
    }
  }

  #carryOut(input: Input): void {
    const instance = this.#instance
    switch (input.kind) {
      case 'command':
        return instance.submit(input.session, input.argv, input.now)
      case 'open-session': {
        const { session, now, address, localAddress, fd } = input
        instance.openSession(session, now, { address, localAddress, fd })
        return
      }
      case 'close-session':
        return instance.closeSession(input.session)
      case 'deliver':
        return this.#receive(input.from, input.bytes, input.now)
      case 'connect':
        // Effects do not tell a region that joins of deletions that were collected before (R6).
        if (this.#stability.isMember(input.peer)) this.#pull(input.peer, instance.standing === 'joining')
        return
      case 'disconnect':
        this.#outbox.streaming.delete(input.peer)
        this.#syncs.disconnected(input.peer)
        return
      case 'add-member':
        this.#stability.addMember(input.member)
        instance.keyspace.solo = false
        return
      case 'remove-member':
        return this.#removeMember(input.member, input.now)
      case 'configure':
        this.#settings = { ...this.#settings, ...input.settings }
        applySettings(this.#settings, this.#parts)
        applyPersistence(this.#settings, this.#parts)
        return
      case 'collect':
        return this.#acknowledge(input.now)
      case 'flush':
        return flush(instance, input.now)
      default:
        // `stop` and `start` are what is done to a replica, not what it does.
        assert(input.kind === 'tick', 'a running replica does what its input says')
    }
  }

  #wakeAt(): number | null {
    const { keyspace, blocking, script } = this.#instance
    if (script !== null) return script.nextAt
    const at = Math.min(keyspace.expiries.next, blocking.nextDeadline, this.#acknowledgeAt)
    return at === Infinity ? null : at
  }

  // Sending

  #publish(writes: readonly Write[], now: number, ofSession: boolean): DotRange {
    if (!this.#live || !ofSession || this.#instance.keyspace.solo) return this.#send(writes, now)
    this.#unsentAt = now
    for (const write of writes) this.#unsent.push(write)
    return dotsOf(writes)
  }

  #sendUnsent(): void {
    this.#send(this.#unsent, this.#unsentAt)
    this.#unsent = []
  }

  #send(writes: readonly Write[], now: number): DotRange {
    const dots = dotsOf(writes)
    const { solo, clock } = this.#instance.keyspace
    if (solo && this.#disk.persistence === 'none') {
      this.#disk.skip()
      return dots
    }
    const unsynced = this.#disk.mayLose
    // The others learn of own writes by receiving them: nothing needs to be announced, unless they might yet be lost.
    if (unsynced) this.#acknowledgeBy(now + ACKNOWLEDGE_AFTER_MS)
    else setComponent(this.#stability.announced, this.#id, dots[1])
    const acknowledged = this.#unwritten ? this.#stability.announced : null
    this.#unwritten = false
    const observed = this.#settings.causal ? clock : null
    const envelope = this.#outbox.envelope(this.#inbox.stream(this.#id), now, writes, acknowledged, observed, unsynced)
    const message = effectsMessage([envelope])
    this.#disk.append(() => message)
    if (solo) return dots
    this.#outbox.keep(dots, envelope)
    this.#outbox.stream(message, dots)
    return dots
  }

  #acknowledge(now: number): void {
    if (this.#unsent.length > 0) this.#sendUnsent()
    const { clock } = this.#instance.keyspace
    const known = this.#disk.safe(clock)
    this.#acknowledgeAt = coversAll(known, clock) ? Infinity : now + ACKNOWLEDGE_AFTER_MS
    this.#stability.announced = known.slice()
    this.#unwritten = true
    this.#outbox.acknowledge([...this.#outbox.streaming], this.#stability.saying)
    collectStable(this.#parts)
  }

  #acknowledgeBy(at: number): void {
    this.#acknowledgeAt = Math.min(this.#acknowledgeAt, at)
  }

  // Receiving

  #receive(from: ReplicaId, bytes: Uint8Array, now: number): void {
    this.#counters.receivedBytes += bytes.length
    const { what, body } = readMessage(bytes)
    if (what === 'expelled') {
      this.#instance.standing = 'expelled'
      this.#outbox.streaming.clear()
    } else if (!this.#stability.isMember(from)) {
      this.#counters.rejected++
      if (what === 'pull') this.#outbox.post([from], 'expelled', expelledMessage())
    } else if (what === 'pull') {
      this.#answerPull(from, body)
    } else if (what === 'ack') {
      this.#receiveAck(from, readAck(body))
    } else {
      this.#receiveData(from, what, body, now)
    }
  }

  #receiveAck(from: ReplicaId, ack: Acknowledgement): void {
    const { clock } = ack
    const own = this.#instance.keyspace.clock
    // What a removed region wrote and only some have, all are to have (R6). What the sender wrote itself may be waiting for just that.
    const lacks = this.#stability.removed.some((author) => !covers(own, author, clock[author] ?? 0))
    if (lacks && !this.#syncs.isAsked(from)) this.#pull(from, false)
    if (this.#stability.receiveAck(from, ack, own)) collectStable(this.#parts)
  }

  #receiveData(from: ReplicaId, what: 'effects' | 'snapshot', body: ByteReader, now: number): void {
    const instance = this.#instance
    // Where effects were dropped, those after them are, too: the whole state on its way has all of them.
    const awaitsWhole = this.#syncs.awaitsWhole(from)
    if (what === 'effects' && (awaitsWhole || instance.standing === 'inconsistent' || !hasRoom(instance))) {
      if (!awaitsWhole) instance.standing = 'inconsistent'
      this.#counters.dropped++
      return
    }
    if (what === 'snapshot') this.#receiveSnapshot(from, body)
    else this.#receiveEffects(from, body)
    this.#syncs.answered(from, what, instance.standing !== 'member', this.#counters)
    this.#joined(now)
    const { clock } = instance.keyspace
    for (const [member, ack] of this.#stability.takeDueAcks(clock)) this.#receiveAck(member, ack)
    if (!coversAll(this.#stability.announced, clock)) this.#acknowledgeBy(now + ACKNOWLEDGE_AFTER_MS)
  }

  /** A region that joins does so once all that it asked have answered (R6). */
  #joined(now: number): void {
    if (this.#instance.standing !== 'joining' || this.#syncs.asked.length > 0) return
    this.#instance.standing = 'member'
    // Whole states may lack deletions that the others have collected: before it writes it must have said, and be sure to keep, that it knows them (R4).
    this.#disk.sync(this.#instance.keyspace.clock)
    this.#acknowledge(now)
  }

  #receiveEffects(from: ReplicaId, body: ByteReader): void {
    const { clock } = this.#instance.keyspace
    const { ready, writes, filtered } = this.#inbox.read(body, from, clock, (author) =>
      this.#stability.isOtherAuthor(author),
    )
    this.#counters.effects += writes
    this.#counters.filtered += filtered
    for (const envelope of ready) this.#receiveEnvelope(envelope)
    this.#applyWaiting(ready)
  }

  /** `applied`: what has just been applied, to be passed on with what now need not wait any more. */
  #applyWaiting(applied: Ready[]): void {
    const { clock } = this.#instance.keyspace
    for (let next = this.#inbox.next(clock); next !== undefined; next = this.#inbox.next(clock)) {
      this.#receiveEnvelope(next)
      applied.push(next)
    }
    if (this.#settings.causal) this.#outbox.passOn(applied)
  }

  #receiveEnvelope(envelope: Ready): void {
    this.#apply(envelope)
    this.#disk.append(() => effectsMessage([envelope.bytes]))
  }

  #apply({ head: { origin, acknowledged, unsynced }, envelope: { wall, writes } }: Ready): void {
    if (acknowledged !== null) this.#stability.acknowledge(origin, acknowledged)
    for (const { n, effects } of writes) {
      this.#instance.applyRemote(origin, n, wall, effects, this.#stability.knownTo(origin))
      if (!unsynced) this.#stability.wrote(origin, n)
    }
  }

  #receiveSnapshot(from: ReplicaId, body: ByteReader): void {
    const { causal } = this.#settings
    const { keyspace } = this.#instance
    const before = keyspace.clock.slice()
    const received = body.rest()
    this.#counters.merges++
    this.#counters.fullSyncs++
    joinWholeState(body, this.#parts)
    if (coversAll(before, keyspace.clock)) return
    const message = snapshotOf(received)
    this.#disk.append(() => message)
    if (causal) this.#outbox.post(this.#outbox.streamingBut(from), 'snapshot', message)
    this.#applyWaiting([])
  }

  // Syncing

  /** Asks a peer for what is missing here. */
  #pull(peer: ReplicaId, whole: boolean): void {
    this.#syncs.ask(peer, whole)
    this.#outbox.post([peer], 'pull', pullMessage(this.#instance.keyspace.clock, whole))
  }

  /** A peer (re)connected and says what it has observed: stream to it from there. */
  #answerPull(peer: ReplicaId, body: ByteReader): void {
    const { clock, whole } = readPull(body)
    this.#outbox.streaming.add(peer)
    // Nobody else sends what a removed region wrote.
    const passesOn = (author: ReplicaId) => this.#settings.causal || this.#stability.wasRemoved(author)
    const missed = whole ? undefined : this.#outbox.missedBy(peer, clock, this.#instance.keyspace.clock, passesOn)
    if (missed === undefined) return this.#outbox.post([peer], 'snapshot', wholeState(this.#parts))
    this.#outbox.post([peer], 'effects', effectsMessage(missed.envelopes), missed.carried)
    // Acknowledgements that were lost with the connection count again once the peer has those effects.
    if (this.#stability.announced.length > 0) this.#outbox.acknowledge([peer], this.#stability.saying)
  }

  #removeMember(member: ReplicaId, now: number): void {
    this.#stability.removeMember(member)
    this.#instance.keyspace.inherit(this.#stability.inherited)
    this.#outbox.streaming.delete(member)
    this.#syncs.removed(member)
    this.#joined(now)
    // The others compare what they have of it with what this one has.
    this.#acknowledge(now)
  }

  /** Once there is room again (R8): what was dropped comes back with whole states. */
  #reconcile(now: number): void {
    if (!hasRoom(this.#instance)) return
    this.#instance.standing = 'joining'
    for (const peer of this.#outbox.streaming) this.#pull(peer, true)
    this.#joined(now)
  }

  /** Takes in what the disk holds (R7). Connections are made afterwards; until every other member has told what was missed, the region is stale. */
  recover(now: number): void {
    const { keyspace, standing } = this.#instance
    takeIn(this.#disk.messages, this.#parts, (envelope) => this.#apply(envelope))
    setComponent(this.#stability.announced, this.#id, keyspace.clock[this.#id] ?? 0)
    this.#syncs.restarted(this.#stability.members.filter((member) => member !== this.#id))
    this.#acknowledgeAt = now + ACKNOWLEDGE_AFTER_MS
    this.#disk.begin(keyspace.clock, standing === 'joining')
    if (this.#stability.members.length === 1) this.#joined(now)
    applyPersistence(this.#settings, this.#parts)
  }

  setting = (name: string): string | undefined => this.#instance.config.get(name)
  isJoining = (): boolean => this.#instance.standing === 'joining'
  inspect = () => inspectionOf(this.#instance)
  look = (question: KeysQuestion, now: number) => lookAtKeys(this.#instance.keyspace, question, now)
  canonicalState = (): string => this.#instance.keyspace.describe()
}
