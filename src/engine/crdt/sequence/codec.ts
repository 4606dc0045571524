/** Whole sequences as bytes: runs, those above first, then elements, neighbours of a run together. */
import { DecodeError, type ByteReader, type ByteWriter } from '../../../lib/index.ts'
import { decodeAnchor, decodeRunId, encodeAnchor, encodeRunId } from './op-codec.ts'
import { attach, dotOfRun, type Element, type Range, type Run } from './run.ts'
import { Sequence } from './sequence.ts'

const DEFINED = 1
const RANKED = 2
const MOVED = 4
const EARLY = 8
const RIGHT = 16

export function encodeSequence<V>(
  writer: ByteWriter,
  sequence: Sequence<V>,
  write: (writer: ByteWriter, value: V) => void,
): void {
  const runs = [...sequence.runs.values()].sort((a, b) => order(a) - order(b))
  const places = new Map<Run<V>, number>([[sequence.root, 0]])
  runs.forEach((run, i) => places.set(run, i + 1))
  writer.uint(runs.length)
  for (const run of runs) encodeRunId(writer, run.id)
  for (const run of runs) encodeRun(writer, run, places)
  for (const elements of [[...sequence.order], runs.flatMap((run) => run.extra?.waiting ?? [])]) {
    const groups = neighbours(elements)
    writer.uint(groups.length)
    for (const group of groups) encodeGroup(writer, group, places, write)
  }
}

export function decodeSequence<V>(reader: ByteReader, read: (reader: ByteReader) => V): Sequence<V> {
  const sequence = new Sequence<V>()
  const runs: Run<V>[] = [sequence.root]
  for (let count = reader.uint(); count > 0; count--) runs.push(sequence.runOf(decodeRunId(reader)))
  for (const run of runs.slice(1)) decodeRun(reader, run, runs)
  for (let count = reader.uint(); count > 0; count--) {
    for (const element of decodeGroup(reader, runs, read)) {
      if (element.run.depth < 0) throw new DecodeError('an element without a place')
      sequence.places.append(element)
    }
  }
  for (let count = reader.uint(); count > 0; count--) {
    for (const element of decodeGroup(reader, runs, read)) sequence.wait(element)
  }
  return sequence
}

/** Those that are not placed come last. */
function order<V>(run: Run<V>): number {
  return run.depth < 0 ? Number.MAX_SAFE_INTEGER : run.depth
}

function encodeRun<V>(writer: ByteWriter, run: Run<V>, places: ReadonlyMap<Run<V>, number>): void {
  const original = run.extra?.original ?? null
  const early = run.extra?.early ?? []
  writer.byte(
    (run.parent === null ? 0 : DEFINED) |
      (run.rank === run.id ? 0 : RANKED) |
      (original === null ? 0 : MOVED) |
      (early.length === 0 ? 0 : EARLY) |
      (run.right ? RIGHT : 0),
  )
  if (run.parent !== null) {
    writer.uint(places.get(run.parent) as number)
    writer.int(run.at)
  }
  writer.int(run.min)
  writer.uint(run.max - run.min + 1)
  if (run.rank !== run.id) encodeRunId(writer, run.rank)
  if (original !== null) encodeAnchor(writer, original)
  if (early.length > 0) encodeRanges(writer, early)
}

function decodeRun<V>(reader: ByteReader, run: Run<V>, runs: readonly Run<V>[]): void {
  const head = reader.byte()
  if (head & DEFINED) {
    run.parent = runs[reader.uint()] ?? null
    if (run.parent === null || run.id === 0) throw new DecodeError('a run without a place')
    run.at = reader.int()
    run.right = (head & RIGHT) !== 0
    if (run.parent.depth >= 0) attach(run, run.parent)
    else run.parent.more.dependents.push(run)
  }
  run.min = reader.int()
  run.max = run.min + reader.uint() - 1
  if (head & RANKED) run.rank = decodeRunId(reader)
  if (head & MOVED) run.more.original = decodeAnchor(reader)
  if (head & EARLY) run.more.early = decodeRanges(reader)
}

function encodeRanges(writer: ByteWriter, ranges: readonly Range[]): void {
  writer.uint(ranges.length)
  for (const { from, to } of ranges) {
    writer.int(from)
    writer.uint(to - from)
  }
}

function decodeRanges(reader: ByteReader): Range[] {
  const ranges: Range[] = []
  for (let count = reader.uint(); count > 0; count--) {
    const from = reader.int()
    ranges.push({ from, to: from + reader.uint() })
  }
  return ranges
}

/** Stretches of consecutive indices of one run. */
function neighbours<V>(elements: readonly Element<V>[]): Element<V>[][] {
  const groups: Element<V>[][] = []
  let last: Element<V> | undefined
  for (const element of elements) {
    if (last !== undefined && last.run === element.run && last.i === element.i - 1) groups.at(-1)?.push(element)
    else groups.push([element])
    last = element
  }
  return groups
}

function encodeGroup<V>(
  writer: ByteWriter,
  group: readonly Element<V>[],
  places: ReadonlyMap<Run<V>, number>,
  write: (writer: ByteWriter, value: V) => void,
): void {
  const { run, i } = group[0] as Element<V>
  writer.uint(places.get(run) as number)
  writer.int(i)
  writer.uint(group.length)
  let before = dotOfRun(run.id)
  for (const { n, value } of group) {
    writer.int(n - before)
    before = n
    write(writer, value)
  }
}

function decodeGroup<V>(reader: ByteReader, runs: readonly Run<V>[], read: (reader: ByteReader) => V): Element<V>[] {
  const run = runs[reader.uint()]
  if (run === undefined || run.id === 0) throw new DecodeError('an element without a run')
  let i = reader.int()
  const out: Element<V>[] = []
  let n = dotOfRun(run.id)
  for (let count = reader.uint(); count > 0; count--) {
    n += reader.int()
    out.push({ run, i: i++, n, value: read(reader) })
    run.live++
  }
  return out
}
