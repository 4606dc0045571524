/** The inverse of `stream-payload.ts`, for the forms of Redis 5, 7.0 and 7.2. */
import type { Bytes } from '../../../lib/index.ts'
import { canonical, LEAST, type Id, type U64 } from '../../crdt/stream/id.ts'
import type { Restored } from '../../crdt/stream/state.ts'
import { bigEndianOf } from './encode.ts'
import { decodeListpack } from './listpack.ts'
import { Malformed } from './malformed.ts'
import type { PayloadReader } from './payload-reader.ts'
import { SAME_FIELDS } from './stream-payload.ts'

const DELETED = 1

export interface LoadedPending extends Id {
  /** Of the last delivery, ms since 1970. */
  readonly at: number
  readonly count: number
}

export interface LoadedConsumer {
  readonly name: Bytes
  readonly seenAt: number
  readonly activeAt: number
  readonly pending: Iterable<LoadedPending>
}

export interface LoadedGroup {
  readonly name: Bytes
  readonly last: Id
  /** −1: unknown; undefined: not told. */
  readonly read: number | undefined
  readonly consumers: readonly LoadedConsumer[]
}

export interface LoadedStream {
  readonly entries: readonly Restored[]
  readonly id: Id
  readonly added: number
  readonly maxDeleted: Id
  readonly groups: readonly LoadedGroup[]
}

/** `version`: 1 of Redis 5, 2 of 7.0 (counters), 3 of 7.2 (when consumers were active). */
export function readStream(reader: PayloadReader, version: 1 | 2 | 3): LoadedStream {
  const entries: Restored[] = []
  for (let nodes = reader.count(); nodes > 0; nodes--)
    readNode(reader.string(), decodeListpack(reader.string()), entries)
  if (reader.length() !== entries.length) throw new Malformed()
  const id = readId(reader)
  let maxDeleted = LEAST
  let added = entries.length
  if (version > 1) {
    readId(reader)
    maxDeleted = readId(reader)
    added = reader.length()
  }
  const groups = Array.from({ length: reader.count() }, () => readGroup(reader, version))
  return { entries, id, added, maxDeleted, groups }
}

function readId(reader: PayloadReader): Id {
  return { ms: canonical(reader.wide()), seq: canonical(reader.wide()) }
}

function rawId(bytes: Bytes): { ms: bigint; seq: bigint } {
  if (bytes.length !== 16) throw new Malformed()
  return { ms: bigEndianOf(bytes.slice(0, 8)), seq: bigEndianOf(bytes.slice(8)) }
}

function readNode(name: Bytes, items: readonly Bytes[], into: Restored[]): void {
  const first = rawId(name)
  let at = 0
  const next = () => {
    const item = items[at++]
    if (item === undefined) throw new Malformed()
    return item
  }
  const whole = () => {
    const item = next()
    if (!/^-?\d{1,19}$/.test(item)) throw new Malformed()
    return BigInt(item)
  }
  const words = (count: bigint) => {
    if (count < 0 || count > items.length) throw new Malformed()
    return Array.from({ length: Number(count) }, next)
  }
  const left = whole() + whole()
  const names = words(whole())
  next()
  for (let i = 0n; i < left; i++) {
    const flags = Number(whole())
    const id = { ms: moved(first.ms, whole()), seq: moved(first.seq, whole()) }
    const shared = (flags & SAME_FIELDS) !== 0
    const shown = words(shared ? BigInt(names.length) : 2n * whole())
    next()
    if ((flags & DELETED) !== 0) continue
    into.push({ id, fields: shared ? names.flatMap((field, n) => [field, shown[n] as Bytes]) : shown })
  }
  if (at !== items.length) throw new Malformed()
}

function moved(from: bigint, by: bigint): U64 {
  return canonical(BigInt.asUintN(64, from + by))
}

function readGroup(reader: PayloadReader, version: number): LoadedGroup {
  const name = reader.string()
  const last = readId(reader)
  const read = version > 1 ? Number(BigInt.asIntN(64, reader.wide())) : undefined
  if (read !== undefined && !Number.isSafeInteger(read)) throw new Malformed()
  const delivered = new Map<Bytes, LoadedPending>()
  for (let count = reader.count(); count > 0; count--) {
    const raw = reader.raw(16)
    const { ms, seq } = rawId(raw)
    const pending = { ms: canonical(ms), seq: canonical(seq), at: Number(reader.signed(8)), count: reader.length() }
    delivered.set(raw, pending)
  }
  const consumers = Array.from({ length: reader.count() }, () => {
    const consumer = reader.string()
    const seenAt = Number(reader.signed(8))
    const activeAt = version > 2 ? Number(reader.signed(8)) : seenAt
    const pending = Array.from({ length: reader.count() }, () => {
      const raw = reader.raw(16)
      const one = delivered.get(raw)
      // Each is of one consumer.
      if (one === undefined || !delivered.delete(raw)) throw new Malformed()
      return one
    })
    return { name: consumer, seenAt, activeAt, pending }
  })
  if (delivered.size > 0 || new Set(consumers.map((one) => one.name)).size < consumers.length) throw new Malformed()
  return { name, last, read, consumers }
}
