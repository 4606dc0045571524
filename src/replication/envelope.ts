/**
 * Envelopes: the writes of one input of one replica, with consecutive dots, applied as one unit (M3).
 *
 * Each author's envelopes form one stream, and each is written relative to the one before it: wall clocks as differences, repeated names as
 * references. Every replica that has applied an author's writes up to n has the same `StreamState` for it, so it can read on from there; a full sync
 * carries these states along.
 */
import { appended, ByteReader, ByteWriter, DecodeError, NameTable, NONE } from '../lib/index.ts'
import {
  decodeClock,
  decodeEffect,
  encodeClock,
  encodeEffect,
  type Clock,
  type Effect,
  type Write,
} from '../engine/index.ts'

export interface Envelope {
  /** The author's wall clock, ms since 1970. */
  readonly wall: number
  readonly writes: readonly { readonly n: number; readonly effects: readonly Effect[] }[]
}

/** How far one author's stream has been written or read. */
export interface StreamState {
  wall: number
  readonly names: NameTable
}

export function newStream(): StreamState {
  return { wall: 0, names: new NameTable() }
}

const writer = new ByteWriter()
const body = new ByteWriter()

/** What an envelope's head says besides its place in the author's stream. */
const SEVERAL = 1
const ACKNOWLEDGES = 2
const DEPENDS = 4
const UNSYNCED = 8

/** Beside its first dot: whether any of these is so, and whether the author's clock has moved since the envelope before. */
const FLAGGED = 1
const LATER = 2

/**
 * `acknowledged`: what the author announced since its last envelope. The announcement itself is lost with a connection, the backlog is not: so whoever reads the
 * stream knows at every write what its author had announced before (`Stamp.known`). `depends`: what must be observed before this is applied, as far as
 * the author's earlier envelopes have not said so; null without causal consistency (R3). `unsynced`: the author may yet lose it (R7), so that having written it is
 * no promise to know it.
 */
export function encodeEnvelope(
  stream: StreamState,
  origin: number,
  wall: number,
  writes: readonly Write[],
  acknowledged: Clock | null,
  depends: Clock | null,
  unsynced: boolean,
): Uint8Array {
  const first = writes[0] as Write
  const single = writes.length === 1 && first.effects.length === 1
  const sameWall = wall === stream.wall
  if (!sameWall) body.int(wall - stream.wall)
  stream.wall = wall
  body.names = stream.names
  for (const write of writes) {
    if (!single) body.uint(write.effects.length)
    for (const effect of write.effects) encodeEffect(body, effect)
  }
  const flags =
    (single ? 0 : SEVERAL) +
    (acknowledged === null ? 0 : ACKNOWLEDGES) +
    (depends === null ? 0 : DEPENDS) +
    (unsynced ? UNSYNCED : 0)
  writer.byte(origin)
  writer.uint(first.n * 4 + (flags === 0 ? 0 : FLAGGED) + (sameWall ? 0 : LATER))
  if (flags !== 0) writer.byte(flags)
  if (acknowledged !== null) encodeClock(writer, acknowledged)
  if (depends !== null) encodeClock(writer, depends)
  if (!single) writer.uint(writes.length)
  writer.uint(body.length)
  writer.append(body)
  return writer.take()
}

/** What stands before an envelope's body: enough to tell whether it has been applied already, and whether it may be. */
export interface EnvelopeHead {
  readonly origin: number
  readonly first: number
  readonly count: number
  readonly single: boolean
  /** Written at the same time as the envelope before. */
  readonly sameWall: boolean
  readonly acknowledged: Clock | null
  readonly depends: Clock | null
  readonly unsynced: boolean
  readonly bodyLength: number
}

export function readEnvelopeHead(reader: ByteReader): EnvelopeHead {
  const origin = reader.byte()
  const head = reader.uint()
  const flags = (head & FLAGGED) === 0 ? 0 : reader.byte()
  const sameWall = (head & LATER) === 0
  const single = (flags & SEVERAL) === 0
  const acknowledged = (flags & ACKNOWLEDGES) === 0 ? null : decodeClock(reader)
  const depends = (flags & DEPENDS) === 0 ? null : decodeClock(reader)
  const count = single ? 1 : reader.uint()
  if (count === 0) throw new DecodeError('an envelope without writes')
  const first = Math.floor(head / 4)
  const unsynced = (flags & UNSYNCED) !== 0
  return { origin, first, count, single, sameWall, acknowledged, depends, unsynced, bodyLength: reader.uint() }
}

/** Reads the next envelope of its author's stream. */
export function readEnvelopeBody(
  reader: ByteReader,
  stream: StreamState,
  { first, count, single, sameWall }: EnvelopeHead,
): Envelope {
  const wall = sameWall ? stream.wall : stream.wall + reader.int()
  stream.wall = wall
  reader.names = stream.names
  const writes: Envelope['writes'][number][] = []
  for (let i = 0; i < count; i++) {
    let effects: Effect[] = NONE
    for (let left = single ? 1 : reader.uint(); left > 0; left--) effects = appended(effects, decodeEffect(reader))
    writes.push({ n: first + i, effects })
  }
  reader.names = null
  return { wall, writes }
}

export function encodeStream(to: ByteWriter, stream: StreamState): void {
  to.uint(stream.wall)
  to.uint(stream.names.size)
  for (const name of stream.names.names()) to.string(name)
}

export function decodeStream(reader: ByteReader): StreamState {
  const stream = { wall: reader.uint(), names: new NameTable() }
  for (let count = reader.uint(); count > 0; count--) stream.names.placeOf(reader.string())
  return stream
}
