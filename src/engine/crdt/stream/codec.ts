/** Streams and their effects as bytes. Local state (readings, idempotence) is no part of either. */
import type { Bytes, ByteReader, ByteWriter } from '../../../lib/index.ts'
import { DecodeError } from '../../../lib/index.ts'
import { decodeClock, encodeClock, type Clock } from '../../causality/clock.ts'
import { Group, type Entry, type Place } from './group.ts'
import { decodeId, encodeId, type Id } from './id.ts'
import type { Names, StreamOp, StreamState } from './state.ts'

const KINDS = ['add', 'remove', 'trim', 'setid', 'restore', 'create', 'destroy', 'ack'] as const

function list<T>(writer: ByteWriter, items: readonly T[], one: (item: T) => void): void {
  writer.uint(items.length)
  for (const item of items) one(item)
}

function items<T>(reader: ByteReader, one: () => T): T[] {
  const out: T[] = []
  for (let count = reader.uint(); count > 0; count--) out.push(one())
  return out
}

/** Names of fields repeat from entry to entry; values seldom do. */
function encodeFields(writer: ByteWriter, fields: readonly Bytes[]): void {
  writer.uint(fields.length)
  fields.forEach((word, i) => (i % 2 === 0 ? writer.name(word) : writer.string(word)))
}

function decodeFields(reader: ByteReader): Bytes[] {
  let i = 0
  return items(reader, () => (i++ % 2 === 0 ? reader.name() : reader.string()))
}

export function encodeOp(writer: ByteWriter, op: StreamOp): void {
  writer.byte(KINDS.indexOf(op.kind) * 2 + ('forget' in op && op.forget ? 1 : 0))
  switch (op.kind) {
    case 'add':
      encodeId(writer, op.id)
      encodeFields(writer, op.fields)
      return
    case 'remove':
      list(writer, op.ids, (id) => encodeId(writer, id))
      encodeClock(writer, op.observed)
      return
    case 'trim':
      encodeId(writer, op.upTo)
      writer.uint(op.upTo.dot)
      encodeClock(writer, op.observed)
      return
    case 'setid':
      encodeId(writer, op.id)
      writer.int(op.added)
      encodeId(writer, op.maxDeleted)
      return
    case 'restore':
      encodeId(writer, op.id)
      writer.int(op.added)
      encodeId(writer, op.maxDeleted)
      list(writer, op.entries, ({ id, fields }) => {
        encodeId(writer, id)
        encodeFields(writer, fields)
      })
      return
    default:
      writer.name(op.group)
      encodeClock(writer, op.names.ofStream)
      encodeClock(writer, op.names.ofGroup)
      if (op.kind === 'destroy') return
      encodeId(writer, op.at)
      encodeClock(writer, op.clock)
      if (op.kind === 'create') writer.uint(op.read + 1)
  }
}

export function decodeOp(reader: ByteReader): StreamOp {
  const head = reader.byte()
  const kind = KINDS[head >> 1]
  const forget = (head & 1) === 1
  switch (kind) {
    case 'add':
      return { kind, id: decodeId(reader), fields: decodeFields(reader) }
    case 'remove':
      return { kind, ids: items(reader, () => decodeId(reader)), observed: decodeClock(reader), forget }
    case 'trim':
      return { kind, upTo: { ...decodeId(reader), dot: reader.uint() }, observed: decodeClock(reader), forget }
    case 'setid':
      return { kind, id: decodeId(reader), added: reader.int(), maxDeleted: decodeId(reader) }
    case 'restore': {
      const [id, added, maxDeleted] = [decodeId(reader), reader.int(), decodeId(reader)]
      return {
        kind,
        id,
        added,
        maxDeleted,
        entries: items(reader, () => ({ id: decodeId(reader), fields: decodeFields(reader) })),
      }
    }
    case 'destroy':
      return { kind, group: reader.name(), names: decodeNames(reader) }
    case 'create':
    case 'ack': {
      const [group, names] = [reader.name(), decodeNames(reader)]
      const [at, clock] = [decodeId(reader), decodeClock(reader)]
      return kind === 'ack'
        ? { kind, group, names, at, clock }
        : { kind, group, names, at, clock, read: reader.uint() - 1 }
    }
    default:
      throw new DecodeError(`unknown change of a stream ${head}`)
  }
}

function decodeNames(reader: ByteReader): Names {
  return { ofStream: decodeClock(reader), ofGroup: decodeClock(reader) }
}

function encodePlace(writer: ByteWriter, place: Place): void {
  encodeId(writer, place)
  writer.byte(place.author)
  writer.uint(place.n)
  encodeClock(writer, place.clock)
}

function decodePlace(reader: ByteReader): Place {
  const id: Id = decodeId(reader)
  const [author, n] = [reader.byte(), reader.uint()]
  const clock: Clock = decodeClock(reader)
  return { ...id, author, n, clock }
}

export function encodeState(writer: ByteWriter, state: StreamState): void {
  list(writer, [...state.entries], (entry) => {
    encodeId(writer, entry)
    writer.uint(entry.dot)
    list(writer, entry.fields, (word) => writer.string(word))
  })
  const marks = state.marks.flatMap((mark, r) => (mark === undefined ? [] : [{ r, mark }]))
  list(writer, marks, ({ r, mark }) => {
    writer.byte(r)
    encodeId(writer, mark)
    writer.uint(mark.n)
    writer.int(mark.added)
  })
  encodeId(writer, state.maxDeleted)
  encodeClock(writer, state.deletes)
  list(writer, [...state.groups], ([name, group]) => {
    writer.string(name)
    encodeClock(writer, group.deletes)
    list(writer, group.creations, (creation) => {
      encodePlace(writer, creation)
      writer.uint(creation.read + 1)
    })
    list(writer, group.acks, (ack) => encodePlace(writer, ack))
  })
  list(writer, [...state.buried], ([id, clock]) => {
    writer.string(id)
    encodeClock(writer, clock)
  })
  list(writer, [...state.trims], ([author, done]) => {
    writer.byte(author)
    encodeId(writer, done)
    writer.uint(done.dot)
    writer.uint(done.n)
    encodeClock(writer, done.observed)
  })
}

/** Fills an empty state. */
export function decodeState(reader: ByteReader, state: StreamState): StreamState {
  for (const entry of items(reader, () => decodeEntry(reader))) state.entries.add(entry)
  for (let count = reader.uint(); count > 0; count--) {
    const r = reader.byte()
    while (state.marks.length <= r) state.marks.push(undefined)
    state.marks[r] = { ...decodeId(reader), n: reader.uint(), added: reader.int() }
  }
  state.maxDeleted = decodeId(reader)
  state.deletes.push(...decodeClock(reader))
  for (let count = reader.uint(); count > 0; count--) {
    const group = new Group()
    state.groups.set(reader.string(), group)
    group.deletes.push(...decodeClock(reader))
    group.creations = items(reader, () => ({ ...decodePlace(reader), read: reader.uint() - 1 }))
    group.acks = items(reader, () => decodePlace(reader))
  }
  for (let count = reader.uint(); count > 0; count--) state.buried.set(reader.string(), decodeClock(reader))
  for (let count = reader.uint(); count > 0; count--) {
    const author = reader.byte()
    const [id, dot, n] = [decodeId(reader), reader.uint(), reader.uint()]
    state.trims.set(author, { ...id, dot, n, observed: decodeClock(reader) })
  }
  return state
}

function decodeEntry(reader: ByteReader): Entry {
  const id = decodeId(reader)
  return { ...id, dot: reader.uint(), fields: items(reader, () => reader.string()) }
}
