/**
 * What a replica sends: its own stream of envelopes and, with causal consistency, what it passes on of others (R3); and what of both it keeps for peers that
 * reconnect (R2).
 */
import { appended, NONE } from '../lib/index.ts'
import { covers, setComponent, type Clock, type Write } from '../engine/index.ts'
import { Backlog } from './backlog.ts'
import type { Counters } from './counters.ts'
import { encodeEnvelope, type StreamState } from './envelope.ts'
import type { Ready } from './inbox.ts'
import type { Acknowledgement, DotRange, Message, Relayed, ReplicaId } from './types.ts'
import { ackMessage, compressed, effectsMessage } from './wire.ts'

/** The dots in a message. */
export type Carried = Pick<Message, 'dots' | 'relayed'>

const NOTHING: Carried = { dots: null }

export class Outbox {
  readonly #id: ReplicaId
  readonly #counters: Counters
  readonly #own: Backlog
  /** What was received of each other author. */
  readonly #others = new Map<ReplicaId, Backlog>()
  /** Peers that get every new envelope as it is written. */
  readonly streaming = new Set<ReplicaId>()
  /** What the own envelopes so far have said that they depend on. */
  readonly #depended: Clock = []
  #messages: Message[] = NONE
  /** How hard messages are compressed (R9). */
  compression = 0

  constructor(id: ReplicaId, counters: Counters, backlogLimit: number) {
    this.#id = id
    this.#counters = counters
    this.#own = new Backlog(backlogLimit)
  }

  get backlogBytes(): number {
    return this.#own.bytes
  }

  get backlogLimit(): number {
    return this.#own.limit
  }

  set backlogLimit(bytes: number) {
    for (const backlog of [this.#own, ...this.#others.values()]) backlog.limit = bytes
  }

  post(to: readonly ReplicaId[], what: Message['what'], message: Uint8Array, carried = NOTHING): void {
    if (to.length === 0) return
    const bytes = compressed(message, this.compression)
    this.#counters.sentBytes += bytes.length * to.length
    const { dots, relayed } = carried
    const posted = relayed === undefined ? { to, what, bytes, dots } : { to, what, bytes, dots, relayed }
    this.#messages = appended(this.#messages, posted)
  }

  acknowledge(to: readonly ReplicaId[], ack: Acknowledgement): void {
    if (to.length > 0) this.post(to, 'ack', ackMessage(ack))
  }

  take(): readonly Message[] {
    const messages = this.#messages
    this.#messages = NONE
    return messages
  }

  /** Writes of this replica as the next envelope of its stream. `observed`: what it has observed, with causal consistency; else null. */
  envelope(
    stream: StreamState,
    wall: number,
    writes: readonly Write[],
    acknowledged: Clock | null,
    observed: Clock | null,
    unsynced: boolean,
  ): Uint8Array {
    const depends = observed === null ? null : this.#dependencies(observed)
    return encodeEnvelope(stream, this.#id, wall, writes, acknowledged, depends, unsynced)
  }

  /** What has been observed of others and was not said yet. */
  #dependencies(observed: Clock): Clock {
    const news: Clock = []
    for (let author = 1; author < observed.length; author++) {
      const n = observed[author] ?? 0
      if (author === this.#id || n <= (this.#depended[author] ?? 0)) continue
      setComponent(news, author, n)
      setComponent(this.#depended, author, n)
    }
    return news
  }

  keep([first, last]: DotRange, envelope: Uint8Array): void {
    this.#own.append(first, last, envelope)
  }

  /** To every streaming peer. `message` carries the writes `dots`. */
  stream(message: Uint8Array, dots: DotRange): void {
    if (this.streaming.size > 0) this.post([...this.streaming], 'effects', message, { dots })
  }

  /** Passes on what was received to all that did not send or write it, and keeps it (R3). */
  passOn(received: readonly Ready[]): void {
    for (const { head, from, bytes } of received) {
      const { origin, first, count } = head
      const dots = [first, first + count - 1] as const
      let backlog = this.#others.get(origin)
      if (backlog === undefined) this.#others.set(origin, (backlog = new Backlog(this.#own.limit)))
      backlog.append(...dots, bytes)
      const to = this.streamingBut(origin, from)
      this.#counters.relayed += count * to.length
      this.post(to, 'effects', effectsMessage([bytes]), { dots: null, relayed: [{ origin, dots }] })
    }
  }

  streamingBut(...excluded: readonly ReplicaId[]): ReplicaId[] {
    return [...this.streaming].filter((peer) => !excluded.includes(peer))
  }

  /** Causal consistency was turned off: nothing of others is kept. */
  forgetOthers(): void {
    this.#others.clear()
  }

  /** Every member has what `stable` covers: nobody will ask for it again. */
  dropUpTo(stable: Clock): void {
    this.#own.dropUpTo(stable[this.#id] ?? 0)
    for (const [author, backlog] of this.#others) backlog.dropUpTo(stable[author] ?? 0)
  }

  /** What a peer lacks of own writes, and of those authors that `passesOn` names; undefined when some of it is not kept. */
  missedBy(
    peer: ReplicaId,
    theirs: Clock,
    own: Clock,
    passesOn: (author: ReplicaId) => boolean,
  ): { readonly envelopes: readonly Uint8Array[]; readonly carried: Carried } | undefined {
    const missed = this.#own.after(theirs[this.#id] ?? 0, own[this.#id] ?? 0)
    if (missed === undefined) return undefined
    const { envelopes, dots } = missed
    const relayed: Relayed[] = []
    for (let author = 1; author < own.length; author++) {
      if (author === this.#id || author === peer || covers(theirs, author, own[author] ?? 0) || !passesOn(author))
        continue
      const more = this.#others.get(author)?.after(theirs[author] ?? 0, own[author] ?? 0)
      if (more === undefined) return undefined
      envelopes.push(...more.envelopes)
      if (more.dots !== null) relayed.push({ origin: author, dots: more.dots })
    }
    return { envelopes, carried: relayed.length === 0 ? { dots } : { dots, relayed } }
  }
}
