/** The inside of a key's CRDTs as sections of parts, one function per type: see `look.ts`. */
import { formatAmount, type Bytes } from '../../lib/index.ts'
import { numberOf, replicaOf, type Clock, type PackedDot } from '../causality/clock.ts'
import type { Dot } from '../change-types.ts'
import { fieldExpiry, HashState } from '../crdt/hash/hash.ts'
import { HyperLogLogState } from '../crdt/hyperloglog/hyperloglog.ts'
import { REGISTERS, registerValue } from '../crdt/hyperloglog/registers.ts'
import { elementsOf } from '../crdt/json/array.ts'
import { containerOf, counterKey, fieldsOf, type Place as JsonPlace } from '../crdt/json/document.ts'
import { JsonState } from '../crdt/json/json.ts'
import { codeAt } from '../crdt/json/read.ts'
import { ListState } from '../crdt/list/list.ts'
import { Cell, liveSum, valueOf } from '../crdt/parts/cell.ts'
import { expiryOwner, PERSISTENT } from '../crdt/parts/expiry.ts'
import { dotOfRun } from '../crdt/sequence/run.ts'
import { SetState } from '../crdt/set/set.ts'
import type { Place } from '../crdt/stream/group.ts'
import { formatId, GREATEST, LEAST } from '../crdt/stream/id.ts'
import { StreamState } from '../crdt/stream/state.ts'
import type { State } from '../crdt/type.ts'
import { textOfScore } from '../crdt/zset/score.ts'
import { ZSetState } from '../crdt/zset/zset.ts'
import { statesOf, type Key } from './key.ts'
import type { Part, PartRole, Section, SectionKind } from './look.ts'
import { beginning, scalarText } from './preview.ts'

/** Of a value alone, and of one among others. */
const MOST_BYTES = 2000
const MOST_BYTES_AMONG = 200
/** Up to so many names are put in order before the first are taken, so that regions list the same ones. */
const MOST_SORTED = 20_000

export function sectionsOf(key: Key, most: number): Section[] {
  const out = new Sections(most)
  for (const state of statesOf(key)) {
    out.type = state.type.name
    out.hidden = state !== key.value && state.type.isLive(state)
    describeState(state, out)
  }
  out.type = ''
  out.hidden = false
  if (key.expiry !== null) describeExpiry(key.expiry, out)
  if (key.removed !== null) {
    const by = dotsOf(key.removed)
    out.add('tombstones', 1, [part('removed', '', '', by, { note: 'the whole key, up to these writes' })])
  }
  return out.all
}

/** Gathers sections; `type` and `hidden` are those of the value being described. */
class Sections {
  readonly all: Section[] = []
  readonly most: number
  type = ''
  hidden = false

  constructor(most: number) {
    this.most = most
  }

  /** Leaves out a section without parts. */
  add(kind: SectionKind, total: number, parts: Part[], histogram: number[] | null = null): void {
    const { type, hidden } = this
    if (parts.length > 0 || histogram !== null) this.all.push({ kind, type, hidden, total, parts, histogram })
  }

  /** A section of what a map holds, in the order of names, or in an order that comes before that. */
  addNamed<T>(
    kind: SectionKind,
    map: ReadonlyMap<Bytes, T> | null,
    parts: (name: Bytes, value: T) => Part[],
    compare: (a: T, b: T) => number = () => 0,
  ): void {
    if (map === null) return
    const entries: [Bytes, T][] = []
    for (const entry of map) {
      if (map.size > MOST_SORTED && entries.length === this.most) break
      entries.push(entry)
    }
    if (map.size <= MOST_SORTED) entries.sort(([a, x], [b, y]) => compare(x, y) || (a < b ? -1 : 1))
    const shown = entries.slice(0, this.most)
    this.add(
      kind,
      map.size,
      shown.flatMap(([name, value]) => parts(name, value)),
    )
  }
}

interface More {
  readonly wall?: number
  readonly depth?: number
  readonly note?: string
  readonly mostBytes?: number
}

function part(role: PartRole, name: Bytes, value: Bytes, by: readonly Dot[], more: More = {}): Part {
  const { wall = null, depth = 0, note = '', mostBytes = MOST_BYTES_AMONG } = more
  const [shownName, shownValue] = [beginning(name, MOST_BYTES_AMONG), beginning(value, mostBytes)]
  const cut = name.length + value.length - shownName.length - shownValue.length
  return { role, name: shownName, value: shownValue, cut, by, wall, depth, note }
}

const dot = (replica: number, n: number): Dot => ({ replica, n })
const unpacked = (packed: PackedDot): Dot => dot(replicaOf(packed), numberOf(packed))
const dotsOf = (clock: Clock): Dot[] => clock.map((n, replica) => dot(replica, n)).filter(({ n }) => n > 0)

function describeState(state: State, out: Sections): void {
  if (state instanceof Cell) describeString(state, out)
  else if (state instanceof HashState) {
    out.addNamed('fields', state.cells, (name, cell) => {
      const at = fieldExpiry(state, name)
      return cellParts(name, valueOf(cell), cell, at === undefined ? '' : `expires at ${new Date(at).toISOString()}`)
    })
    out.addNamed('tombstones', state.tombstones, (name, cell) => [tombstone(name, cell)])
  } else if (state instanceof SetState) {
    out.addNamed('members', state.members, (name, dots) => {
      return [part('shown', name, '', (typeof dots === 'number' ? [dots] : dots).map(unpacked))]
    })
    out.addNamed('tombstones', state.tombstones, (name, clock) => [part('removed', name, '', dotsOf(clock))])
  } else if (state instanceof ZSetState) {
    out.addNamed(
      'scores',
      state.cells,
      (name, member) => cellParts(name, textOfScore(member.score), member, ''),
      (a, b) => a.score - b.score,
    )
    out.addNamed('tombstones', state.tombstones, (name, cell) => [tombstone(name, cell)])
  } else if (state instanceof ListState) describeList(state, out)
  else if (state instanceof StreamState) describeStream(state, out)
  else if (state instanceof HyperLogLogState) describeHyperLogLog(state, out)
  else if (state instanceof JsonState) describeJson(state, out)
}

function describeString(cell: Cell, out: Sections): void {
  const siblings = siblingParts(cell, '', 0, MOST_BYTES)
  out.add('register', siblings.length, siblings)
  const increments = incrementParts(cell, 0)
  out.add('counter', increments.length, increments)
  if (cell.removals !== null) out.add('tombstones', 1, [tombstone('', cell)])
}

/** The winner first, as reads choose it. */
function siblingParts(cell: Cell, name: Bytes, depth: number, mostBytes = MOST_BYTES_AMONG): Part[] {
  const parts: Part[] = []
  for (let s = cell.siblings; s !== null; s = s.next) {
    const role = s === cell.siblings ? 'shown' : 'beside'
    parts.push(part(role, name, s.value, [dot(s.origin, s.n)], { wall: s.wall, depth, mostBytes }))
  }
  return parts
}

function incrementParts(cell: Cell, depth: number): Part[] {
  const parts: Part[] = []
  for (let i = cell.increments; i !== null; i = i.next) {
    const by = i.from === i.to ? [dot(i.origin, i.to)] : [dot(i.origin, i.from), dot(i.origin, i.to)]
    parts.push(part('adds', '', formatAmount(liveSum(cell, i)), by, { depth }))
  }
  return parts.sort((a, b) => (a.by[0]?.replica ?? 0) - (b.by[0]?.replica ?? 0))
}

/** A named cell: what it amounts to; below it what that is made of, where there is more than one write to it. */
function cellParts(name: Bytes, value: Bytes, cell: Cell, note: string): Part[] {
  const made = [...siblingParts(cell, '', 1), ...incrementParts(cell, 1)]
  const [only] = made
  const single = made.length === 1 && only?.role === 'shown'
  const more = { note, ...(single && only.wall !== null ? { wall: only.wall } : {}) }
  const head = part('shown', name, value, single ? only.by : [], more)
  return single ? [head] : [head, ...made]
}

/** What was removed of a cell, and by which writes. */
function tombstone(name: Bytes, cell: Cell): Part {
  const removed: Dot[] = []
  const removers: string[] = []
  for (let r = cell.removals; r !== null; r = r.next) {
    removed.push(dot(r.origin, r.upTo))
    removers.push(`${r.byOrigin}.${r.byN}`)
  }
  return part('removed', name, '', removed, { note: `removed by ${[...new Set(removers)].join(', ')}` })
}

/** The longest first: it is in force (X1). */
function describeExpiry(cell: Cell, out: Sections): void {
  const parts: Part[] = []
  for (let s = cell.siblings; s !== null; s = s.next) {
    const note = s === cell.siblings && s.origin === expiryOwner(cell) && s.wall !== PERSISTENT ? 'owner' : ''
    const value = s.wall === PERSISTENT ? 'PERSIST' : new Date(s.wall).toISOString()
    parts.push(part(s === cell.siblings ? 'shown' : 'beside', '', value, [dot(s.origin, s.n)], { note }))
  }
  out.add('expiry', parts.length, parts)
}

function describeList({ sequence, tombstones }: ListState, out: Sections): void {
  const parts: Part[] = []
  const { order } = sequence
  order.each(0, ({ run, i, n, value }, index) => {
    if (index === out.most) return false
    const note = `${i} of run ${run.replica}.${dotOfRun(run.id)}`
    const by = [dot(run.replica, n)]
    if (typeof value === 'string') parts.push(part('shown', String(index), value, by, { note }))
    else {
      parts.push(part('shown', String(index), valueOf(value), by, { note }))
      parts.push(...siblingParts(value, '', 1))
    }
    return true
  })
  out.add('elements', order.length, parts)
  const dead = [...(tombstones ?? [])].slice(0, out.most).map(([packed, count]) => {
    return part('removed', '', '', [unpacked(packed)], {
      note: `removed ${count} ${count === 1 ? 'element' : 'elements'}`,
    })
  })
  out.add('tombstones', tombstones?.size ?? 0, dead)
}

function describeStream({ entries, marks, groups, buried, trims }: StreamState, out: Sections): void {
  const logs: Part[] = []
  marks.forEach((mark, replica) => {
    if (mark === undefined) return
    logs.push(part('shown', formatId(mark), `${mark.added} added`, [dot(replica, mark.n)]))
  })
  out.add('logs', logs.length, logs)
  const newest = entries.range(LEAST, GREATEST, out.most, true)
  out.add(
    'entries',
    entries.size,
    newest.map((entry) => part('shown', formatId(entry), entry.fields.slice(0, 20).join(' '), [unpacked(entry.dot)])),
  )
  out.addNamed('groups', groups, (name, group) => {
    const placed = (places: readonly Place[], note: string) =>
      places.map((place) => part('shown', '', formatId(place), [dot(place.author, place.n)], { note, depth: 1 }))
    const parts = [part(group.isLive ? 'shown' : 'removed', name, '', group.isLive ? [] : dotsOf(group.deletes))]
    parts.push(...placed(group.creations, 'begins here'), ...placed(group.acks, 'acknowledged up to here'))
    const { reading } = group
    if (reading === null) return parts
    const { last, pending, consumers } = reading
    const note = `read here; ${pending.size} pending, ${consumers.size} ${consumers.size === 1 ? 'consumer' : 'consumers'}`
    return [...parts, part('local', '', formatId(last), [], { note, depth: 1 })]
  })
  out.addNamed('tombstones', buried, (id, clock) => [part('removed', id, '', dotsOf(clock))])
  const trimmed = [...trims.values()].map((done) => {
    return part('removed', formatId(done), '', dotsOf(done.observed), { note: 'trimmed up to here' })
  })
  out.add('tombstones', trimmed.length, trimmed)
}

function describeHyperLogLog(state: HyperLogLogState, out: Sections): void {
  const packed = state.registers.packed()
  const histogram = Array.from({ length: 64 }, () => 0)
  histogram[0] = REGISTERS - packed.length
  for (const one of packed) histogram[registerValue(one)] = (histogram[registerValue(one)] ?? 0) + 1
  const writers = dotsOf(state.writers)
  const parts = writers.map((by) => part('shown', '', '', [by], { note: 'its latest addition' }))
  if (writers.length > 0) out.add('registers', packed.length, parts, histogram)
  const deleted = dotsOf(state.deletes)
  if (deleted.length > 0) {
    out.add('tombstones', 1, [
      part('removed', '', '', deleted, { note: 'deletions that win over what had not seen them' }),
    ])
  }
}

/** Depth first, in the order of the document; of concurrent values the one shown first, with all that lies in each. */
function describeJson(document: JsonState, out: Sections): void {
  const parts: Part[] = []
  const tombs: Part[] = []
  let total = 0
  const visit = (place: JsonPlace, cell: Cell, name: Bytes, depth: number, lost: boolean) => {
    for (let s = cell.siblings; s !== null; s = s.next) {
      total++
      if (parts.length >= out.most) return
      const role = lost || s !== cell.siblings ? 'beside' : 'shown'
      const node = containerOf(document, s)
      const value = node === undefined ? scalarText(codeAt(document, place, s)) : node.kind === 'object' ? '{ }' : '[ ]'
      parts.push(part(role, name, value, [dot(s.origin, s.n)], { depth }))
      for (const [replica, { to, sum }] of document.counters.get(counterKey(place, s.origin, s.n))?.sums ?? []) {
        parts.push(part('adds', '', formatAmount(sum), [dot(replica, to)], { depth: depth + 1 }))
      }
      if (node?.kind === 'object') {
        for (const [field, inner] of fieldsOf(node)) {
          visit({ node: node.id, field }, inner, field, depth + 1, role === 'beside')
        }
        for (const [field, inner] of node.buried ?? []) {
          if (tombs.length < out.most) tombs.push(tombstone(field, inner))
        }
      } else if (node?.kind === 'array') {
        let index = 0
        for (const { id, cell: inner } of elementsOf(node)) {
          if (parts.length >= out.most) return
          visit({ node: node.id, element: id }, inner, `[${index++}]`, depth + 1, role === 'beside')
        }
      }
    }
  }
  visit(null, document.root, '$', 0, false)
  out.add('tree', total, parts)
  out.add('tombstones', tombs.length, tombs)
}
