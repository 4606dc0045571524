/**
 * A replica: one instance and its part of the replication. `submit` is the one entrance. Links are FIFO connections: what a peer missed while its
 * connection was broken it pulls when the connection is made again, from the backlog (partial sync) or as a whole state (full sync, R2).
 */
import { appended, DecodeError, NONE, unreachable, type ByteReader } from '../lib/index.ts'
import {
  covers,
  coversAll,
  decodeClock,
  encodeClock,
  encodeKeyspace,
  Instance,
  mergeSnapshot,
  setComponent,
  type Change,
  type Clock,
  type Write,
} from '../engine/index.ts'
import { Backlog } from './backlog.ts'
import {
  clockMessage,
  decodeStream,
  encodeStream,
  envelopeMessage,
  joinedMessages,
  newStream,
  readEnvelopeBody,
  readEnvelopeHead,
  readMessage,
  snapshotMessage,
  type Envelope,
  type EnvelopeHead,
  type StreamState,
} from './envelope.ts'
import { infoLines, newCounters } from './info.ts'
import { Stability } from './stability.ts'
import type { DotRange, Input, Message, Output, ReplicaConfig, ReplicaId } from './types.ts'

/** A region tells the others what it has observed this long after it observed something new, ms. */
export const ACKNOWLEDGE_AFTER_MS = 1000

export interface Replica {
  submit(input: Input): Output
  /** Live content with its dots as canonical text: equal on replicas that have observed the same effects. */
  canonicalState(): string
  /** What CONFIG SET last gave a parameter; undefined: never set. */
  setting(name: string): string | undefined
}

export function createReplica(config: ReplicaConfig): Replica {
  return new ReplicaState(config)
}

class ReplicaState implements Replica {
  readonly #id: ReplicaId
  readonly #instance: Instance
  readonly #stability: Stability
  readonly #backlog: Backlog
  readonly #counters = newCounters()
  /** Peers that get every new envelope as it is written; never changed in place. */
  #streaming: readonly ReplicaId[] = []
  /** Peers asked for what was missed, that have not answered yet. */
  readonly #pulling = new Set<ReplicaId>()
  /** Per author, how far its stream has been read (for this replica itself: written). */
  readonly #streams = new Map<ReplicaId, StreamState>()
  #acknowledgeAt = Infinity
  readonly #live: boolean
  /** Of a live replica: what sessions wrote at one instant, its wall clock, and has yet to be sent. */
  #unsent: Write[] = []
  #unsentAt = 0
  /** Something was announced since the last envelope. */
  #unwritten = false
  #messages: Message[] = NONE
  /** The observed clock as it was last given out. */
  #shownClock: Clock = NONE

  constructor(config: ReplicaConfig) {
    this.#id = config.id
    this.#live = config.live === true
    this.#backlog = new Backlog(config.backlogBytes)
    this.#stability = new Stability(config.id, config.members)
    this.#instance = new Instance({
      id: config.id,
      name: config.name,
      solo: config.members.length === 1,
      seed: config.seed,
      testMode: config.testMode === true,
      explains: !this.#live,
      replicationInfo: () => infoLines(this.#counters, this.#instance.keyspace, this.#stability, this.#backlog.bytes),
    })
    this.#instance.acceptsWrites = !config.joining
    this.#instance.context.xaddId = config.xaddId ?? 'strict'
    if (!config.joining) this.#streaming = config.members.filter((peer) => peer !== config.id)
  }

  submit(input: Input): Output {
    const instance = this.#instance
    const ofSession = input.kind === 'command' || input.kind === 'open-session' || input.kind === 'close-session'
    if (this.#unsent.length > 0 && !(ofSession && input.now === this.#unsentAt)) this.#sendUnsent()
    if (instance.keyspace.expiries.next <= input.now) instance.expire(input.now)
    this.#carryOut(input)
    instance.afterInput(input.now)
    const { writes, changes, resolutions, replies, closed } = instance.take()
    const dots = writes.length === 0 ? null : this.#publish(writes, input.now, ofSession)
    if (input.now >= this.#acknowledgeAt) this.#acknowledge()
    const output: Output = {
      replies,
      closed,
      messages: this.#messages,
      dots,
      changes: withoutRepeats(changes),
      resolutions,
      clock: this.#showClock(),
      wakeAt: this.#unsent.length > 0 ? input.now : this.#wakeAt(),
    }
    // An output is a value of its own: never the arrays that the next input goes on filling.
    this.#messages = NONE
    return output
  }

  #carryOut(input: Input): void {
    const instance = this.#instance
    switch (input.kind) {
      case 'command':
        instance.submit(input.session, input.argv, input.now)
        return
      case 'open-session': {
        const { session, now, address, localAddress, fd } = input
        Object.assign(instance.session(session, now), { address, localAddress, fd })
        return
      }
      case 'close-session':
        instance.closeSession(input.session)
        return
      case 'deliver':
        this.#receive(input.from, input.bytes, input.now)
        return
      case 'connect':
        this.#pulling.add(input.peer)
        this.#post([input.peer], 'pull', clockMessage('pull', instance.keyspace.clock))
        return
      case 'disconnect':
        this.#streaming = this.#streaming.filter((peer) => peer !== input.peer)
        this.#pulling.delete(input.peer)
        return
      case 'add-member':
        this.#stability.addMember(input.member)
        instance.keyspace.solo = false
        return
      case 'xadd-id':
        instance.context.xaddId = input.mode
        return
      case 'tick':
        return
      default:
        unreachable(input)
    }
  }

  /** A clock only grows: one that covers it is still the same. */
  #showClock(): Clock {
    const { clock } = this.#instance.keyspace
    if (!coversAll(this.#shownClock, clock)) this.#shownClock = clock.slice()
    return this.#shownClock
  }

  #wakeAt(): number | null {
    const { keyspace, blocking } = this.#instance
    const at = Math.min(keyspace.expiries.next, blocking.nextDeadline, this.#acknowledgeAt)
    return at === Infinity ? null : at
  }

  // Sending

  #post(to: readonly ReplicaId[], what: Message['what'], bytes: Uint8Array, dots: DotRange | null = null): void {
    this.#messages = appended(this.#messages, { to, what, dots, bytes })
  }

  #publish(writes: readonly Write[], now: number, ofSession: boolean): DotRange {
    if (!this.#live || !ofSession || this.#instance.keyspace.solo) return this.#send(writes, now)
    this.#unsentAt = now
    for (const write of writes) this.#unsent.push(write)
    return dotsOf(writes)
  }

  #sendUnsent(): void {
    const writes = this.#unsent
    this.#unsent = []
    this.#send(writes, this.#unsentAt)
  }

  #send(writes: readonly Write[], now: number): DotRange {
    const dots = dotsOf(writes)
    if (this.#instance.keyspace.solo) return dots
    // The others learn of own writes by receiving them, so nothing needs to be announced.
    setComponent(this.#stability.announced, this.#id, dots[1])
    const acknowledged = this.#unwritten ? this.#stability.announced : null
    this.#unwritten = false
    const message = envelopeMessage(this.#stream(this.#id), this.#id, now, writes, acknowledged)
    this.#backlog.append(dots[0], dots[1], message)
    if (this.#streaming.length > 0) this.#post(this.#streaming, 'effects', message, dots)
    return dots
  }

  #acknowledge(): void {
    if (this.#unsent.length > 0) this.#sendUnsent()
    const { clock } = this.#instance.keyspace
    this.#acknowledgeAt = Infinity
    this.#stability.announced = clock.slice()
    this.#unwritten = true
    if (this.#streaming.length > 0) this.#post(this.#streaming, 'ack', clockMessage('ack', clock))
    this.#collect()
  }

  #collect(): void {
    const { stable } = this.#stability
    this.#instance.keyspace.collect(stable, (name) => this.#instance.memory.touched(name))
    this.#backlog.dropUpTo(stable[this.#id] ?? 0)
  }

  // Receiving

  #receive(from: ReplicaId, bytes: Uint8Array, now: number): void {
    const { what, body } = readMessage(bytes)
    if (what === 'effects') this.#receiveEffects(body)
    else if (what === 'snapshot') this.#receiveSnapshot(body)
    else if (what === 'ack') this.#stability.acknowledge(from, decodeClock(body))
    else this.#answerPull(from, decodeClock(body))
    if (what === 'ack') this.#collect()
    if (what === 'effects' || what === 'snapshot') {
      if (this.#pulling.delete(from)) {
        if (what === 'effects') this.#counters.partialSyncs++
        if (this.#pulling.size === 0) this.#instance.acceptsWrites = true
      }
      if (!coversAll(this.#stability.announced, this.#instance.keyspace.clock)) {
        this.#acknowledgeAt = Math.min(this.#acknowledgeAt, now + ACKNOWLEDGE_AFTER_MS)
      }
    }
  }

  /** Reads the whole message before anything of it is applied: one that cannot be read changes no data. */
  #receiveEffects(body: ByteReader): void {
    const counters = this.#counters
    const envelopes: { readonly head: EnvelopeHead; readonly envelope: Envelope }[] = []
    const reached = this.#instance.keyspace.clock.slice()
    while (!body.done) {
      const head = readEnvelopeHead(body)
      const { origin, first, count } = head
      counters.effects += count
      if (covers(reached, origin, first + count - 1)) {
        counters.filtered += count
        body.skip(head.bodyLength)
        continue
      }
      if (origin === this.#id || !this.#stability.members.includes(origin) || first !== (reached[origin] ?? 0) + 1)
        throw new DecodeError(`write ${origin}.${first} cannot be next`)
      envelopes.push({ head, envelope: readEnvelopeBody(body, this.#stream(origin), head) })
      setComponent(reached, origin, first + count - 1)
    }
    for (const { head, envelope } of envelopes) {
      const { origin, acknowledged } = head
      const { wall, writes } = envelope
      if (acknowledged !== null) this.#stability.acknowledge(origin, acknowledged)
      for (const { n, effects } of writes) {
        this.#instance.applyRemote(origin, n, wall, effects, this.#stability.knownTo(origin))
        this.#stability.wrote(origin, n)
      }
    }
  }

  #stream(author: ReplicaId): StreamState {
    let stream = this.#streams.get(author)
    if (stream === undefined) this.#streams.set(author, (stream = newStream()))
    return stream
  }

  #receiveSnapshot(body: ByteReader): void {
    this.#counters.merges++
    this.#counters.fullSyncs++
    const known: [ReplicaId, number[]][] = []
    for (let count = body.uint(); count > 0; count--) known.push([body.byte(), decodeClock(body)])
    const { keyspace } = this.#instance
    const before = keyspace.clock.slice()
    const streams: [ReplicaId, StreamState][] = []
    for (let count = body.uint(); count > 0; count--) streams.push([body.byte(), decodeStream(body)])
    for (const key of mergeSnapshot(body, keyspace)) {
      this.#instance.context.announce(key, 'merge')
      this.#instance.touched(key)
    }
    for (const [author, stream] of streams) {
      if ((keyspace.clock[author] ?? 0) > (before[author] ?? 0)) this.#streams.set(author, stream)
    }
    for (const [member, clock] of known) {
      // What a member acknowledged counts only once its own effects up to there have been applied here.
      if (covers(keyspace.clock, member, clock[member] ?? 0)) this.#stability.acknowledge(member, clock)
    }
  }

  /** A peer (re)connected and says what it has observed: stream to it from there. */
  #answerPull(peer: ReplicaId, clock: number[]): void {
    const { keyspace } = this.#instance
    if (!this.#streaming.includes(peer)) this.#streaming = [...this.#streaming, peer]
    const latest = keyspace.clock[this.#id] ?? 0
    const missed = this.#backlog.after(clock[this.#id] ?? 0, latest)
    if (missed !== undefined) {
      this.#post([peer], 'effects', joinedMessages(missed.messages), missed.dots)
      // Acknowledgements that were lost with the connection count again once the peer has those effects.
      if (this.#stability.announced.length > 0)
        this.#post([peer], 'ack', clockMessage('ack', this.#stability.announced))
      return
    }
    const snapshot = snapshotMessage((writer) => {
      const others = this.#stability.members.filter((member) => member !== peer)
      writer.uint(others.length)
      for (const member of others) {
        writer.byte(member)
        encodeClock(writer, member === this.#id ? this.#stability.announced : this.#stability.knownTo(member))
      }
      writer.uint(this.#streams.size)
      for (const [author, stream] of this.#streams) {
        writer.byte(author)
        encodeStream(writer, stream)
      }
      encodeKeyspace(writer, keyspace)
    })
    this.#post([peer], 'snapshot', snapshot)
  }

  setting(name: string): string | undefined {
    return this.#instance.config.get(name)
  }

  canonicalState(): string {
    return this.#instance.keyspace.describe()
  }
}

function dotsOf(writes: readonly Write[]): DotRange {
  return [(writes[0] as Write).n, (writes.at(-1) as Write).n]
}

/** One entry per key and event, in order of first appearance. */
function withoutRepeats(changes: readonly Change[]): readonly Change[] {
  if (changes.length < 2) return changes
  const seen = new Set<string>()
  return changes.filter(({ key, event }) => {
    const name = `${event} ${key}`
    return !seen.has(name) && seen.add(name)
  })
}
