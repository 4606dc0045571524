/**
 * Streams as Redis keeps them: nodes of entries, each a listpack whose first entry gives the ID and the fields that most others share; then counters and
 * consumer groups with their pending entries.
 */
import type { Bytes } from '../../../lib/index.ts'
import type { Entry, Reading } from '../../crdt/stream/group.ts'
import { LEAST, type Id } from '../../crdt/stream/id.ts'
import { entriesAdded, lastIdOf, type StreamState } from '../../crdt/stream/state.ts'
import { bigEndian, encodeLength, encodeString } from './encode.ts'
import { bytesOf, encodeListpack } from './listpack.ts'

/** Redis's default `stream-node-max-entries`. */
const ENTRIES_IN_NODE = 100
/** The fields are those of the node's first entry. */
export const SAME_FIELDS = 2
const UNKNOWN = 2n ** 64n - 1n

/** As of Redis 7.0. Groups as clients of region `self` stand in them. */
export function encodeStream(state: StreamState, self: number): Bytes {
  const entries = [...state.entries]
  const nodes: Bytes[] = []
  for (let at = 0; at < entries.length; at += ENTRIES_IN_NODE) {
    nodes.push(encodeNode(entries.slice(at, at + ENTRIES_IN_NODE)))
  }
  const groups = [...state.groups].filter(([, group]) => group.isLive)
  return [
    encodeLength(nodes.length),
    ...nodes,
    encodeLength(entries.length),
    encodeId(lastIdOf(state)),
    encodeId(entries[0] ?? LEAST),
    encodeId(state.maxDeleted),
    encodeLength(entriesAdded(state)),
    encodeLength(groups.length),
    ...groups.map(([name, group]) => encodeGroup(name, group.readingIn(state.entries, self))),
  ].join('')
}

function encodeId({ ms, seq }: Id): Bytes {
  return encodeLength(ms) + encodeLength(seq)
}

function rawId({ ms, seq }: Id): Bytes {
  return bigEndian(ms, 8) + bigEndian(seq, 8)
}

function encodeNode(entries: readonly Entry[]): Bytes {
  const first = entries[0] as Entry
  const names = first.fields.filter((_, i) => i % 2 === 0)
  const items: (Bytes | number | bigint)[] = [entries.length, 0, names.length, ...names, 0]
  for (const { ms, seq, fields } of entries) {
    const shared =
      fields.length === first.fields.length && fields.every((word, i) => i % 2 === 1 || word === first.fields[i])
    const shown = shared ? fields.filter((_, i) => i % 2 === 1) : [fields.length / 2, ...fields]
    const steps = [ms, seq].map((part, i) => BigInt.asIntN(64, BigInt(part) - BigInt(i === 0 ? first.ms : first.seq)))
    items.push(shared ? SAME_FIELDS : 0, ...steps, ...shown, shown.length + 3)
  }
  return encodeString(rawId(first)) + encodeString(encodeListpack(items))
}

function encodeGroup(name: Bytes, reading: Reading): Bytes {
  const pending = [...reading.pending]
  const parts = [
    encodeString(name),
    encodeId(reading.last),
    encodeLength(reading.entriesRead < 0 ? UNKNOWN : reading.entriesRead),
    encodeLength(pending.length),
    ...pending.map((one) => rawId(one) + bytesOf(BigInt(Math.floor(one.at)), 8) + encodeLength(one.count)),
    encodeLength(reading.consumers.size),
  ]
  for (const consumer of reading.consumers.values()) {
    const ids = [...consumer.pending].map(rawId)
    parts.push(
      encodeString(consumer.name),
      bytesOf(BigInt(Math.floor(consumer.seenAt)), 8),
      encodeLength(ids.length),
      ...ids,
    )
  }
  return parts.join('')
}
