/**
 * One consumer group. What replicates is delete-wins content (E5): who created it and from where, and how far each region has acknowledged (E6). What one
 * region's clients read, their consumers and pending lists, is a `Reading`: local, never part of an effect or a snapshot.
 */
import type { Bytes } from '../../../lib/index.ts'
import { covers, numberOf, replicaOf, type Clock } from '../../causality/clock.ts'
import { compareIds, GREATEST, LEAST, type Id } from './id.ts'
import { Ordered, type Item } from './ordered.ts'

export interface Entry extends Item {
  /** Field, value, field, value … */
  readonly fields: readonly Bytes[]
}

/**
 * A place in the stream as its author saw it: the entries up to this ID that the author had observed (`clock`). Entries of other regions with smaller IDs
 * that arrived later are not before it: XREADGROUP never skips (E4).
 */
export interface Place extends Id {
  readonly author: number
  /** The author's write that set it. */
  readonly n: number
  readonly clock: Clock
}

/**
 * Where a group begins. Of its author's own log, all up to the ID counts as before it, also what is yet to be written (`OWN`). `read`: how many entries had
 * been read up to there, −1 when unknown.
 */
export interface Creation extends Place {
  readonly read: number
}

export const OWN = Number.MAX_SAFE_INTEGER

export function isBefore(entry: Item, place: Place): boolean {
  return compareIds(entry, place) <= 0 && covers(place.clock, replicaOf(entry.dot), numberOf(entry.dot))
}

export interface Consumer {
  readonly name: Bytes
  /** Wall clocks, ms since 1970: last tried something, last got something (−1: never). */
  seenAt: number
  activeAt: number
  readonly pending: Ordered<Pending>
}

/** An ID that was delivered and not acknowledged; it stands for every entry with that ID (E7). */
export interface Pending extends Id {
  readonly dot: 0
  consumer: Consumer
  /** Wall clock of the last delivery, ms since 1970. */
  at: number
  count: number
}

/** How far the clients of one region have come. */
export class Reading {
  /** Replica id of the region. */
  readonly self: number
  /** Everything up to here was delivered, apart from `late`. */
  last: Id = LEAST
  /** As Redis counts: entries read since the stream began; −1 when unknown. */
  entriesRead = -1
  /** Undelivered entries of other regions that came in behind `last`. */
  readonly late = new Ordered<Entry>()
  readonly pending = new Ordered<Pending>()
  readonly consumers = new Map<Bytes, Consumer>()
  /** The last acknowledgement that was sent to the other regions (E6). */
  announced: Id = LEAST

  constructor(self: number) {
    this.self = self
  }

  /** An entry came in. One of another region behind `last` is late; an own one is where the clients of this region said they had been. */
  arrived(entry: Entry): void {
    if (replicaOf(entry.dot) !== this.self && compareIds(entry, this.last) <= 0) this.late.add(entry)
  }

  /** Moves on to a place: what lies before it counts as delivered and acknowledged, what the place left out is late. */
  advance(entries: Ordered<Entry>, place: Id, isDone: (entry: Entry) => boolean): void {
    this.late.retain((entry) => !isDone(entry))
    if (compareIds(place, this.last) > 0) {
      for (const entry of entries.range(this.last, place)) {
        if (compareIds(entry, this.last) > 0 && !isDone(entry)) this.late.add(entry)
      }
      this.last = place
    }
    for (const pending of this.pending.range(LEAST, place)) {
      const same = entries.range(pending, pending)
      if (same.length > 0 && same.every(isDone)) this.forget(pending)
    }
  }

  /** Entries not delivered yet, late ones first, at most `count`. */
  undelivered(entries: Ordered<Entry>, count = Infinity): Entry[] {
    const late = this.late.range(LEAST, GREATEST, count)
    const fresh: Entry[] = []
    if (late.length < count) {
      for (const entry of entries.range(this.last, GREATEST, count - late.length + sharing(entries, this.last))) {
        if (compareIds(entry, this.last) > 0 && late.length + fresh.length < count) fresh.push(entry)
      }
    }
    return late.length === 0 ? fresh : late.concat(fresh)
  }

  assign(id: Id, consumer: Consumer, at: number, count: number): Pending {
    const pending: Pending = { ms: id.ms, seq: id.seq, dot: 0, consumer, at, count }
    this.pending.add(pending)
    consumer.pending.add(pending)
    return pending
  }

  hand(pending: Pending, to: Consumer): void {
    if (pending.consumer === to) return
    pending.consumer.pending.remove(pending)
    pending.consumer = to
    to.pending.add(pending)
  }

  forget(pending: Pending): void {
    this.pending.remove(pending)
    pending.consumer.pending.remove(pending)
  }
}

function sharing(entries: Ordered<Entry>, id: Id): number {
  return entries.range(id, id).length
}

export class Group {
  /** Destructions of this group, known by its content. */
  readonly deletes: Clock = []
  /** At most one per author. */
  creations: Creation[] = []
  acks: Place[] = []
  reading: Reading | null = null

  get isLive(): boolean {
    return this.creations.length > 0
  }

  get isNeeded(): boolean {
    return this.creations.length > 0 || this.acks.length > 0 || this.deletes.some((n) => n > 0)
  }

  drop(): void {
    this.creations = []
    this.acks = []
    this.reading = null
  }

  /** Where reading begins in a region that has not read yet: the earliest of concurrent creations. */
  get start(): Creation | undefined {
    return this.creations.reduce<Creation | undefined>(
      (least, one) => (least === undefined || compareIds(one, least) < 0 ? one : least),
      undefined,
    )
  }

  isAcknowledged(entry: Entry): boolean {
    return this.acks.some((ack) => isBefore(entry, ack))
  }

  /** The region's own reading, begun if need be. */
  readingIn(entries: Ordered<Entry>, self: number): Reading {
    if (this.reading !== null) return this.reading
    const reading = (this.reading = new Reading(self))
    const { start } = this
    if (start === undefined) return reading
    reading.advance(entries, start, (entry) => this.creations.every((one) => isBefore(entry, one)))
    reading.entriesRead = start.read
    for (const ack of this.acks) reading.advance(entries, ack, (entry) => isBefore(entry, ack))
    return reading
  }
}

/** Puts an author's later place over its earlier one; keeps the order of authors. */
export function withPlace<P extends Place>(places: readonly P[], place: P): P[] {
  const known = places.find(({ author }) => author === place.author)
  if (known !== undefined && known.n >= place.n) return places as P[]
  return places
    .filter((one) => one !== known)
    .concat(place)
    .sort((a, b) => a.author - b.author)
}
