/**
 * What travels between replicas. A message is a kind byte and its body; effects travel in envelopes: the writes of one input of one replica, with
 * consecutive dots, applied as one unit (M3).
 *
 * Each author's envelopes form one stream, and each is written relative to the one before it: wall clocks as differences, repeated names as
 * references. Every replica that has applied an author's writes up to n has the same `StreamState` for it, so it can read on from there; a full sync
 * carries these states along.
 */
import { ByteReader, ByteWriter, DecodeError, NameTable } from '../lib/index.ts'
import {
  decodeClock,
  decodeEffect,
  encodeClock,
  encodeEffect,
  type Clock,
  type Effect,
  type Write,
} from '../engine/index.ts'
import type { MessageKind } from './types.ts'

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

const KINDS: readonly MessageKind[] = ['effects', 'ack', 'pull', 'snapshot']

const EFFECTS = KINDS.indexOf('effects')

/** Flags beside an envelope's first dot. */
const SEVERAL = 1
const LATER = 2

const writer = new ByteWriter()
const body = new ByteWriter()

/**
 * A message of one envelope. `acknowledged`: what the author announced since its last envelope. The announcement itself is lost with a connection, the backlog is not: so whoever reads the
 * stream knows at every write what its author had announced before (`Stamp.known`).
 */
export function envelopeMessage(
  stream: StreamState,
  origin: number,
  wall: number,
  writes: readonly Write[],
  acknowledged: Clock | null,
): Uint8Array {
  const first = writes[0] as Write
  const single = writes.length === 1 && first.effects.length === 1 && acknowledged === null
  const sameWall = wall === stream.wall
  if (!sameWall) body.int(wall - stream.wall)
  stream.wall = wall
  body.names = stream.names
  for (const write of writes) {
    if (!single) body.uint(write.effects.length)
    for (const effect of write.effects) encodeEffect(body, effect)
  }
  writer.byte(EFFECTS)
  writer.byte(origin)
  writer.uint(first.n * 4 + (single ? 0 : SEVERAL) + (sameWall ? 0 : LATER))
  if (acknowledged !== null) {
    writer.uint(0)
    encodeClock(writer, acknowledged)
  }
  if (!single) writer.uint(writes.length)
  writer.uint(body.length)
  writer.append(body)
  return writer.take()
}

/** What stands before an envelope's body: enough to tell whether it has been applied already. */
export interface EnvelopeHead {
  readonly origin: number
  readonly first: number
  readonly count: number
  readonly single: boolean
  /** Written at the same time as the envelope before. */
  readonly sameWall: boolean
  readonly acknowledged: Clock | null
  readonly bodyLength: number
}

export function readEnvelopeHead(reader: ByteReader): EnvelopeHead {
  const origin = reader.byte()
  const head = reader.uint()
  const single = (head & SEVERAL) === 0
  let count = single ? 1 : reader.uint()
  let acknowledged: Clock | null = null
  if (count === 0) {
    acknowledged = decodeClock(reader)
    count = reader.uint()
  }
  const sameWall = (head & LATER) === 0
  return { origin, first: Math.floor(head / 4), count, single, sameWall, acknowledged, bodyLength: reader.uint() }
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
    const effects: Effect[] = []
    for (let left = single ? 1 : reader.uint(); left > 0; left--) effects.push(decodeEffect(reader))
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

/** One message of the envelopes of any number of others, back to back; empty when there was nothing to send. */
export function joinedMessages(messages: readonly Uint8Array[]): Uint8Array {
  writer.byte(EFFECTS)
  for (const message of messages) writer.raw(message, 1)
  return writer.take()
}

/** `ack`: what the sender has observed and will from now on treat as known. `pull`: send me what I lack. */
export function clockMessage(what: 'ack' | 'pull', clock: Clock): Uint8Array {
  writer.byte(KINDS.indexOf(what))
  encodeClock(writer, clock)
  return writer.take()
}

/** The sender's whole state; `write` writes it. */
export function snapshotMessage(write: (writer: ByteWriter) => void): Uint8Array {
  writer.byte(KINDS.indexOf('snapshot'))
  write(writer)
  return writer.take()
}

export function readMessage(bytes: Uint8Array): { what: MessageKind; body: ByteReader } {
  const reader = new ByteReader(bytes)
  const what = KINDS[reader.byte()]
  if (what === undefined) throw new DecodeError('unknown kind of message')
  return { what, body: reader }
}
