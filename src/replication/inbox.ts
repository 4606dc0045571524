/**
 * What came in from other replicas, until it may be applied. Usually that is at once: an envelope that is the next of its author. Two kinds must wait, as the
 * bytes that they are: one whose author had observed what this replica has not (R3), and one that another replica passed on before those ahead of it came.
 */
import { ByteReader, DecodeError } from '../lib/index.ts'
import { covers, coversAll, setComponent, type Clock } from '../engine/index.ts'
import {
  newStream,
  readEnvelopeBody,
  readEnvelopeHead,
  type Envelope,
  type EnvelopeHead,
  type StreamState,
} from './envelope.ts'
import type { ReplicaId } from './types.ts'

/** An envelope that is next. `from`: who sent it here. */
export interface Ready {
  readonly head: EnvelopeHead
  readonly envelope: Envelope
  readonly from: ReplicaId
  readonly bytes: Uint8Array
}

interface Waiting {
  readonly head: EnvelopeHead
  readonly from: ReplicaId
  readonly bytes: Uint8Array
}

export interface Received {
  readonly ready: Ready[]
  /** Writes that came, and how many of them had been observed already. */
  readonly writes: number
  readonly filtered: number
}

export class Inbox {
  /** Per author, how far its stream has been applied (for the replica itself: written). */
  readonly #streams = new Map<ReplicaId, StreamState>()
  /** Per author, in its order, without repeats. */
  readonly #waiting = new Map<ReplicaId, Waiting[]>()

  stream(author: ReplicaId): StreamState {
    let stream = this.#streams.get(author)
    if (stream === undefined) this.#streams.set(author, (stream = newStream()))
    return stream
  }

  get streams(): ReadonlyMap<ReplicaId, StreamState> {
    return this.#streams
  }

  /** Takes over how far a stream was applied elsewhere (full sync). */
  setStream(author: ReplicaId, stream: StreamState): void {
    this.#streams.set(author, stream)
  }

  /** Writes that wait. */
  get waiting(): number {
    let count = 0
    for (const queue of this.#waiting.values()) for (const { head } of queue) count += head.count
    return count
  }

  /** Reads the whole message before anything of it is kept: one that cannot be read changes nothing. `isAuthor`: whose writes are taken. */
  read(body: ByteReader, from: ReplicaId, clock: Clock, isAuthor: (id: ReplicaId) => boolean): Received {
    const reached = clock.slice()
    const ready: Ready[] = []
    const early: Waiting[] = []
    let writes = 0
    let filtered = 0
    while (!body.done) {
      const start = body.at
      const head = readEnvelopeHead(body)
      const { origin, first, count } = head
      const last = first + count - 1
      writes += count
      if (covers(reached, origin, last) || this.#isWaiting(origin, first)) {
        filtered += count
        body.skip(head.bodyLength)
        continue
      }
      if (!isAuthor(origin)) throw new DecodeError(`nobody takes writes of replica ${origin}`)
      if (isNext(head, reached)) {
        const envelope = readEnvelopeBody(body, this.stream(origin), head)
        ready.push({ head, envelope, from, bytes: body.readSince(start) })
        setComponent(reached, origin, last)
        continue
      }
      const known = Math.max(reached[origin] ?? 0, lastOf(this.#waiting.get(origin)), lastOf(early, origin))
      if (covers(reached, origin, first) || (from === origin && first > known + 1))
        throw new DecodeError(`write ${origin}.${first} cannot be next`)
      body.skip(head.bodyLength)
      early.push({ head, from, bytes: body.readSince(start) })
    }
    for (const one of early) this.#wait(one)
    return { ready, writes, filtered }
  }

  /** One of those that waited and need not any more. */
  next(clock: Clock): Ready | undefined {
    for (const [author, queue] of this.#waiting) {
      while (queue[0] !== undefined && covers(clock, author, queue[0].head.first)) queue.shift()
      const oldest = queue[0]
      if (oldest === undefined) {
        this.#waiting.delete(author)
      } else if (isNext(oldest.head, clock)) {
        queue.shift()
        const reader = new ByteReader(oldest.bytes)
        const head = readEnvelopeHead(reader)
        const envelope = readEnvelopeBody(reader, this.stream(author), head)
        return { head, envelope, from: oldest.from, bytes: oldest.bytes }
      }
    }
    return undefined
  }

  #isWaiting(author: ReplicaId, first: number): boolean {
    return this.#waiting.get(author)?.some(({ head }) => head.first === first) === true
  }

  #wait(one: Waiting): void {
    const { origin, first } = one.head
    const queue = this.#waiting.get(origin)
    if (queue === undefined) {
      this.#waiting.set(origin, [one])
      return
    }
    let at = queue.length
    while (at > 0 && (queue[at - 1] as Waiting).head.first > first) at--
    if (queue[at - 1]?.head.first !== first) queue.splice(at, 0, one)
  }
}

function isNext({ origin, first, depends }: EnvelopeHead, clock: Clock): boolean {
  return first === (clock[origin] ?? 0) + 1 && (depends === null || coversAll(clock, depends))
}

/** The last write that waits; 0 when none does. */
function lastOf(queue: readonly Waiting[] | undefined, origin?: ReplicaId): number {
  const last = queue?.findLast(({ head }) => origin === undefined || head.origin === origin)?.head
  return last === undefined ? 0 : last.first + last.count - 1
}
