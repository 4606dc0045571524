/**
 * The links between regions, one per direction. A link is a reliable FIFO connection: a message never arrives before the one sent ahead of it,
 * loss shows as the delay of sending again, and a cut breaks the connection with all that is in flight. Nothing here knows what a message means.
 * Who moves messages off a link (the kernel) is told of every new arrival time through `schedule`, once per message and time; at that time it
 * takes the head of the link, if that is due, so that a message can never overtake another.
 */
import { assert, type Random } from '../lib/index.ts'
import { Fifo } from './fifo.ts'
import type { DotRange, Message, MessageKind, ReplicaId } from '../replication/index.ts'

/** A message on its way. */
export interface Flight {
  readonly message: number
  readonly link: Link
  readonly what: MessageKind
  readonly dots: DotRange | null
  readonly relayed: Message['relayed']
  readonly bytes: Uint8Array
  /** When it would arrive if nobody held it. */
  readonly dueAt: number
  /** Null while held, and once it has left the link. */
  arrivesAt: number | null
}

/** One direction. `up` and `cut` are the same in both directions of a pair. */
export interface Link {
  from: ReplicaId
  to: ReplicaId
  /** There is a connection: it is not cut, and both regions run. */
  up: boolean
  /** Cut by hand, until it is healed. */
  cut: boolean
  held: boolean
  latencyMs: number
  jitterMs: number
  /** Probability, 0 … 1. */
  loss: number
  /** Bytes per millisecond; Infinity when nothing limits it. */
  bandwidth: number
  /** When what was sent last has left the sender. */
  freeAt: number
  /** What arrived, newest last, for `resend`. */
  readonly delivered: Fifo<Flight>
  readonly inFlight: Fifo<Flight>
}

/** So many messages of a connection can be sent once more. */
const MOST_RESENT = 1000

/** A lost message is sent again after this long at least, as TCP's least retransmission timeout. */
const LEAST_RETRANSMISSION_MS = 200

export class Network {
  readonly #links: Link[] = []
  readonly #byEnds = new Map<number, Link>()
  readonly #random: Random
  readonly #schedule: (link: Link, at: number) => void
  #messages = 0

  constructor(random: Random, schedule: (link: Link, at: number) => void) {
    this.#random = random
    this.#schedule = schedule
  }

  /** Every direction, ordered by sender, then receiver. */
  get links(): readonly Link[] {
    return this.#links
  }

  add(from: ReplicaId, to: ReplicaId, latencyMs: number, held: boolean): void {
    const link: Link = {
      from,
      to,
      up: true,
      cut: false,
      held,
      latencyMs,
      jitterMs: 0,
      loss: 0,
      bandwidth: Number.POSITIVE_INFINITY,
      freeAt: 0,
      delivered: new Fifo(),
      inFlight: new Fifo(),
    }
    this.#links.push(link)
    this.#links.sort((a, b) => a.from - b.from || a.to - b.to)
    this.#byEnds.set(endsKey(from, to), link)
  }

  /** A region comes back under a new id: its links are the same as before. They are down. */
  rename(old: ReplicaId, id: ReplicaId): void {
    for (const link of this.#links) {
      if (link.from !== old && link.to !== old) continue
      assert(!link.up, 'only a region that is down comes back')
      this.#byEnds.delete(endsKey(link.from, link.to))
      if (link.from === old) link.from = id
      else link.to = id
      this.#byEnds.set(endsKey(link.from, link.to), link)
    }
    this.#links.sort((a, b) => a.from - b.from || a.to - b.to)
  }

  /** A region that was removed and does not know of it has no links to those that came later. */
  areLinked(a: ReplicaId, b: ReplicaId): boolean {
    return this.#byEnds.has(endsKey(a, b))
  }

  link(from: ReplicaId, to: ReplicaId): Link {
    const link = this.#byEnds.get(endsKey(from, to))
    assert(link !== undefined, `there is a link ${from}>${to}`)
    return link
  }

  /** Puts a message on a link that is up. */
  send(link: Link, message: Pick<Message, 'what' | 'dots' | 'relayed' | 'bytes'>, now: number): Flight {
    assert(link.up, 'messages travel on connections only')
    const ahead = link.inFlight.last
    const { what, dots, relayed, bytes } = message
    link.freeAt = Math.max(now, link.freeAt) + bytes.length / link.bandwidth
    const dueAt = Math.max(Math.ceil(link.freeAt) + this.#delay(link), ahead?.dueAt ?? 0)
    const flight: Flight = { message: this.#messages++, link, what, dots, relayed, bytes, dueAt, arrivesAt: null }
    link.inFlight.push(flight)
    if (!link.held) this.#arriveAt(flight, dueAt)
    return flight
  }

  hold(link: Link): void {
    link.held = true
    for (const flight of link.inFlight.values()) flight.arrivesAt = null
  }

  /** Held messages arrive when they would have, or now. */
  release(link: Link, now: number): void {
    if (!link.held) return
    link.held = false
    for (const flight of link.inFlight.values()) this.#arriveAt(flight, Math.max(flight.dueAt, now))
  }

  /** Takes the first message off a link: it has arrived. */
  take(link: Link): Flight {
    const flight = link.inFlight.shift()
    assert(flight !== undefined, 'only what is in flight arrives')
    flight.arrivesAt = null
    link.delivered.push(flight)
    if (link.delivered.size > MOST_RESENT) link.delivered.shift()
    return flight
  }

  /** Breaks the connection in one direction; what was in flight is returned. */
  breakOff(link: Link): readonly Flight[] {
    link.up = false
    link.freeAt = 0
    link.delivered.clear()
    const lost = link.inFlight.clear()
    for (const flight of lost) flight.arrivesAt = null
    return lost
  }

  #arriveAt(flight: Flight, at: number): void {
    flight.arrivesAt = at
    this.#schedule(flight.link, at)
  }

  /** Draws only for what is set, so that an even, lossless link costs no chance. */
  #delay(link: Link): number {
    let delayMs = link.latencyMs
    if (link.jitterMs > 0) delayMs += this.#random.below(2 * link.jitterMs + 1) - link.jitterMs
    if (link.loss > 0) {
      const retransmissionMs = Math.max(LEAST_RETRANSMISSION_MS, 2 * link.latencyMs)
      while (this.#random.chance(link.loss)) delayMs += retransmissionMs
    }
    return Math.max(0, delayMs)
  }
}

function endsKey(from: ReplicaId, to: ReplicaId): number {
  return from * 256 + to
}
