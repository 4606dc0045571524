/** What a write did to a document, and its encoding. Values travel as plain data: containers get their identity from the write's dot and their number in it. */
import { DecodeError, type Amount, type Bytes, type ByteReader, type ByteWriter } from '../../../lib/index.ts'
import type { Observation } from '../parts/cell.ts'
import { decodeObservations, encodeObservations } from '../parts/cell-codec.ts'
import { decodeInsert, decodeRunId, decodeSpans, encodeInsert, encodeRunId, encodeSpans } from '../sequence/op-codec.ts'
import type { Insert, Span } from '../sequence/sequence.ts'
import type { Place } from './document.ts'
import { decodeJson, encodeJson, type Json } from './value.ts'
import { type NodeId } from './ids.ts'

export type JsonChange =
  /** `rank`: where a field stands among its fellows. */
  | {
      readonly kind: 'assign'
      readonly place: Place
      readonly value: Json
      readonly rank: number
      readonly observed: readonly Observation[] | null
    }
  /** `base`: the write that put the number there; `sum`: all that the author ever added to it. */
  | {
      readonly kind: 'increment'
      readonly place: Place
      readonly base: { readonly origin: number; readonly n: number }
      readonly sum: Amount
    }
  | {
      readonly kind: 'remove'
      readonly node: NodeId
      readonly field: Bytes
      readonly observed: readonly Observation[] | null
    }
  | { readonly kind: 'insert'; readonly node: NodeId; readonly where: Insert<Json> }
  | { readonly kind: 'erase'; readonly node: NodeId; readonly spans: readonly Span[] }

export interface JsonOp {
  /** The number of the first container that this makes: above 0 when the same write made others in the document before. */
  readonly first: number
  readonly changes: readonly JsonChange[]
}

const KINDS = ['assign', 'increment', 'remove', 'insert', 'erase'] as const
const ROOT = 0
const FIELD = 1
const ELEMENT = 2

export function encodeJsonOp(writer: ByteWriter, op: JsonOp): void {
  writer.uint(op.first)
  writer.uint(op.changes.length)
  for (const change of op.changes) {
    writer.byte(KINDS.indexOf(change.kind))
    switch (change.kind) {
      case 'assign':
        encodePlace(writer, change.place)
        encodeJson(writer, change.value)
        writer.uint(change.rank)
        encodeObservations(writer, change.observed)
        break
      case 'increment':
        encodePlace(writer, change.place)
        writer.byte(change.base.origin)
        writer.uint(change.base.n)
        writer.amount(change.sum)
        break
      case 'remove':
        encodeNodeId(writer, change.node)
        writer.name(change.field)
        encodeObservations(writer, change.observed)
        break
      case 'insert':
        encodeNodeId(writer, change.node)
        encodeInsert(writer, change.where, encodeJson)
        break
      case 'erase':
        encodeNodeId(writer, change.node)
        encodeSpans(writer, change.spans)
    }
  }
}

export function decodeJsonOp(reader: ByteReader): JsonOp {
  const first = reader.uint()
  const changes: JsonChange[] = []
  for (let count = reader.uint(); count > 0; count--) changes.push(decodeChange(reader))
  return { first, changes }
}

function decodeChange(reader: ByteReader): JsonChange {
  const kind = KINDS[reader.byte()]
  switch (kind) {
    case 'assign':
      return {
        kind,
        place: decodePlace(reader),
        value: decodeJson(reader),
        rank: reader.uint(),
        observed: decodeObservations(reader),
      }
    case 'increment':
      return {
        kind,
        place: decodePlace(reader),
        base: { origin: reader.byte(), n: reader.uint() },
        sum: reader.amount(),
      }
    case 'remove':
      return { kind, node: decodeNodeId(reader), field: reader.name(), observed: decodeObservations(reader) }
    case 'insert':
      return {
        kind,
        node: decodeNodeId(reader),
        where: decodeInsert(reader, reader.byte(), (inner) => decodeJson(inner)),
      }
    case 'erase':
      return { kind, node: decodeNodeId(reader), spans: decodeSpans(reader) }
    default:
      throw new DecodeError('unknown change of a document')
  }
}

export function encodeNodeId(writer: ByteWriter, id: NodeId): void {
  writer.byte(id.origin)
  writer.uint(id.n)
  writer.uint(id.index)
}

export function decodeNodeId(reader: ByteReader): NodeId {
  return { origin: reader.byte(), n: reader.uint(), index: reader.uint() }
}

export function encodePlace(writer: ByteWriter, place: Place): void {
  if (place === null) {
    writer.byte(ROOT)
    return
  }
  writer.byte('field' in place ? FIELD : ELEMENT)
  encodeNodeId(writer, place.node)
  if ('field' in place) writer.name(place.field)
  else {
    encodeRunId(writer, place.element.run)
    writer.int(place.element.i)
  }
}

export function decodePlace(reader: ByteReader): Place {
  const kind = reader.byte()
  if (kind === ROOT) return null
  const node = decodeNodeId(reader)
  return kind === FIELD
    ? { node, field: reader.name() }
    : { node, element: { run: decodeRunId(reader), i: reader.int() } }
}
