/** Changes of sequences as bytes. */
import { DecodeError, type ByteReader, type ByteWriter } from '../../../lib/index.ts'
import { dotOfRun, nthOfRun, replicaOfRun, ROOT_ANCHOR, runIdOf, type Anchor, type RunId } from './run.ts'
import type { Insert, Span } from './sequence.ts'

/** The replica, and whether a third number follows (few dots make several runs), share the first. */
export function encodeRunId(writer: ByteWriter, id: RunId): void {
  const nth = nthOfRun(id)
  writer.uint(replicaOfRun(id) * 2 + (nth === 0 ? 0 : 1))
  if (id === 0) return
  writer.uint(dotOfRun(id))
  if (nth > 0) writer.uint(nth)
}

export function decodeRunId(reader: ByteReader): RunId {
  const head = reader.uint()
  return head < 2 ? 0 : checked(head >> 1, reader.uint(), head & 1 ? reader.uint() : 0)
}

function checked(replica: number, dot: number, nth: number): RunId {
  const id = runIdOf(replica, dot, nth)
  if (id === undefined || !Number.isSafeInteger(id)) throw new DecodeError('impossible run')
  return id
}

export function encodeAnchor(writer: ByteWriter, { run, at, right }: Anchor): void {
  encodeRunId(writer, run)
  if (run !== 0) writer.int(at * 2 + (right ? 1 : 0))
}

export function decodeAnchor(reader: ByteReader): Anchor {
  const run = decodeRunId(reader)
  if (run === 0) return ROOT_ANCHOR
  const place = reader.int()
  return { run, at: Math.floor(place / 2), right: place % 2 !== 0 }
}

const LEFT = 1
const NEW = 2
const NTH = 4
const SEVERAL = 8
/** The head of an insertion is less than this: other kinds of change may use what lies above. */
export const INSERT_HEADS = 16

export function encodeInsert<V>(
  writer: ByteWriter,
  op: Insert<V>,
  write: (writer: ByteWriter, value: V) => void,
): void {
  const { run, anchor, left, values } = op
  const nth = nthOfRun(run)
  writer.byte(
    (left ? LEFT : 0) | (anchor === null ? 0 : NEW) | (nth === 0 ? 0 : NTH) | (values.length === 1 ? 0 : SEVERAL),
  )
  if (nth > 0) writer.uint(nth)
  if (anchor === null) writer.uint(dotOfRun(run))
  else encodeAnchor(writer, anchor)
  if (values.length !== 1) writer.uint(values.length)
  for (const value of values) write(writer, value)
}

/** `head`: the first byte, read already. */
export function decodeInsert<V>(reader: ByteReader, head: number, read: (reader: ByteReader) => V): Insert<V> {
  const nth = head & NTH ? reader.uint() : 0
  const anchor = head & NEW ? decodeAnchor(reader) : null
  const run = checked(0, anchor === null ? reader.uint() : 0, nth)
  const values: V[] = []
  for (let count = head & SEVERAL ? reader.uint() : 1; count > 0; count--) values.push(read(reader))
  return { kind: 'insert', run, anchor, left: (head & LEFT) !== 0, values }
}

export function encodeSpans(writer: ByteWriter, spans: readonly Span[]): void {
  writer.uint(spans.length)
  for (const { run, from, to } of spans) {
    encodeRunId(writer, run)
    writer.int(from * 2 + (from === to ? 0 : 1))
    if (from !== to) writer.uint(to - from)
  }
}

export function decodeSpans(reader: ByteReader): Span[] {
  const spans: Span[] = []
  for (let count = reader.uint(); count > 0; count--) {
    const run = decodeRunId(reader)
    const place = reader.int()
    const from = Math.floor(place / 2)
    spans.push({ run, from, to: place % 2 === 0 ? from : from + reader.uint() })
  }
  return spans
}
