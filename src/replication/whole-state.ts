/** A replica's whole state as a message (full sync, R2), and its join into another replica's. */
import type { ByteReader } from '../lib/index.ts'
import {
  covers,
  decodeClock,
  encodeClock,
  encodeKeyspace,
  mergeSnapshot,
  type Clock,
  type Instance,
} from '../engine/index.ts'
import { decodeStream, encodeStream, type StreamState } from './envelope.ts'
import type { Inbox } from './inbox.ts'
import type { Stability } from './stability.ts'
import type { ReplicaId } from './types.ts'
import { snapshotMessage } from './wire.ts'

/** What a whole state is the state of: data, what is known of the others, how far their streams were read. */
export interface Whole {
  readonly instance: Instance
  readonly stability: Stability
  readonly inbox: Inbox
}

export function wholeState({ instance, stability, inbox }: Whole): Uint8Array {
  const { keyspace } = instance
  return snapshotMessage((writer) => {
    const { members } = stability
    writer.uint(members.length)
    for (const member of members) {
      writer.byte(member)
      encodeClock(writer, stability.knownTo(member))
    }
    writer.uint(inbox.streams.size)
    for (const [author, stream] of inbox.streams) {
      writer.byte(author)
      encodeStream(writer, stream)
    }
    encodeKeyspace(writer, keyspace)
  })
}

export function joinWholeState(body: ByteReader, { instance, stability, inbox }: Whole): void {
  const { keyspace } = instance
  const known: [ReplicaId, Clock][] = []
  for (let count = body.uint(); count > 0; count--) known.push([body.byte(), decodeClock(body)])
  const before = keyspace.clock.slice()
  const streams: [ReplicaId, StreamState][] = []
  for (let count = body.uint(); count > 0; count--) streams.push([body.byte(), decodeStream(body)])
  for (const key of mergeSnapshot(body, keyspace)) {
    instance.context.announce(key, 'merge')
    instance.touched(key)
  }
  for (const [author, stream] of streams) {
    if ((keyspace.clock[author] ?? 0) > (before[author] ?? 0)) inbox.setStream(author, stream)
  }
  for (const [member, clock] of known) {
    // What a member acknowledged counts only once its own effects up to there have been applied here.
    if (covers(keyspace.clock, member, clock[member] ?? 0)) stability.acknowledge(member, clock)
  }
}
