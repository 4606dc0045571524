/** How effects change the entries of a stream. */
import type { Bytes } from '../../../lib/index.ts'
import { covers, joined, numberOf, packDot, replicaOf, type Clock } from '../../causality/clock.ts'
import type { Stamp } from '../type.ts'
import type { Entry } from './group.ts'
import { compareIds, formatId, LEAST, type Id } from './id.ts'
import { compareItems, type Item } from './ordered.ts'
import type { StreamOp, StreamState } from './state.ts'

function isBuried(state: StreamState, entry: Item): boolean {
  const replica = replicaOf(entry.dot)
  const n = numberOf(entry.dot)
  if (state.buried.size > 0) {
    const clock = state.buried.get(formatId(entry))
    if (clock !== undefined && covers(clock, replica, n)) return true
  }
  for (const done of state.trims.values()) {
    if (compareItems(entry, done) <= 0 && covers(done.observed, replica, n)) return true
  }
  return false
}

function insert(state: StreamState, entry: Entry): void {
  state.entries.add(entry)
  if (state.groups.size === 0) return
  for (const { reading } of state.groups.values()) reading?.arrived(entry)
}

export function write(state: StreamState, op: StreamOp & { kind: 'add' | 'setid' | 'restore' }, at: Stamp): string {
  const { id } = op
  const added = op.kind === 'add' ? (state.marks[at.origin]?.added ?? 0) + 1 : op.added
  const mark = state.marks[at.origin]
  if (mark === undefined) {
    while (state.marks.length <= at.origin) state.marks.push(undefined)
    state.marks[at.origin] = { ms: id.ms, seq: id.seq, n: at.n, added }
  } else {
    mark.ms = id.ms
    mark.seq = id.seq
    mark.n = at.n
    mark.added = added
  }
  const dot = packDot(at.origin, at.n)
  if (op.kind === 'add') add(state, id, dot, op.fields)
  else {
    if (compareIds(op.maxDeleted, LEAST) > 0) state.maxDeleted = op.maxDeleted
    if (op.kind === 'restore') for (const one of op.entries) add(state, one.id, dot, one.fields)
  }
  return 'E1'
}

function add(state: StreamState, { ms, seq }: Id, dot: number, fields: readonly Bytes[]): void {
  const entry: Entry = { ms, seq, dot, fields }
  if ((state.buried.size === 0 && state.trims.size === 0) || !isBuried(state, entry)) insert(state, entry)
}

export function remove(state: StreamState, op: StreamOp & { kind: 'remove' }, at: Stamp): string {
  let survived = false
  for (const id of op.ids) {
    for (const entry of state.entries.range(id, id)) {
      if (covers(op.observed, replicaOf(entry.dot), numberOf(entry.dot))) takeOutOne(state, entry)
      else survived = true
    }
    if (op.forget) forgetPending(state, id)
    if (at.solo) continue
    const name = formatId(id)
    const known = state.buried.get(name)
    state.buried.set(name, known === undefined ? op.observed : joined(known, op.observed))
    at.leave(`e${name}`)
  }
  return survived ? 'E8' : 'G3'
}

export function trim(state: StreamState, op: StreamOp & { kind: 'trim' }, at: Stamp): string {
  const { upTo, observed } = op
  const taken = state.entries.removeUpTo(upTo, ({ dot }) => covers(observed, replicaOf(dot), numberOf(dot)))
  forgetLate(state, taken)
  if (op.forget) for (const entry of taken) forgetPending(state, entry)
  if (!at.solo) {
    const known = state.trims.get(at.origin)
    const later = known !== undefined && compareItems(known, upTo) > 0 ? known : upTo
    const all = known === undefined ? observed : joined(known.observed, observed)
    state.trims.set(at.origin, { ms: later.ms, seq: later.seq, dot: later.dot, n: at.n, observed: all })
    at.leave(`t${at.origin}:${at.n}`)
  }
  const first = state.entries.first
  return first !== undefined && compareItems(first, upTo) <= 0 ? 'E8' : 'G3'
}

/** Takes out every entry for which `gone` holds. */
export function takeOut(state: StreamState, gone: (entry: Entry) => boolean): void {
  state.entries.retain((entry) => !gone(entry))
  for (const { reading } of state.groups.values()) reading?.late.retain((entry) => !gone(entry))
}

function takeOutOne(state: StreamState, entry: Entry): void {
  state.entries.remove(entry)
  forgetLate(state, [entry])
  if (compareIds(entry, state.maxDeleted) > 0) state.maxDeleted = { ms: entry.ms, seq: entry.seq }
}

function forgetLate(state: StreamState, gone: readonly Entry[]): void {
  for (const { reading } of state.groups.values()) {
    if (reading !== null && reading.late.size > 0) for (const entry of gone) reading.late.remove(entry)
  }
}

function forgetPending(state: StreamState, id: Id): void {
  for (const { reading } of state.groups.values()) {
    const pending = reading?.pending.get(id)
    if (pending !== undefined) reading?.forget(pending)
  }
}

/** What a side lacks although its clock covers it had been removed there. */
export function mergeEntries(into: StreamState, intoSeen: Clock, from: StreamState, fromSeen: Clock): void {
  for (const [id, clock] of from.buried) {
    const mine = into.buried.get(id)
    into.buried.set(id, mine === undefined ? clock : joined(mine, clock))
  }
  for (const [author, theirs] of from.trims) {
    if (theirs.n > (into.trims.get(author)?.n ?? 0)) into.trims.set(author, theirs)
  }
  const mine = [...into.entries]
  const theirs = [...from.entries]
  const gone = new Set<Entry>()
  const fresh: Entry[] = []
  for (let i = 0, j = 0; i < mine.length || j < theirs.length;) {
    const [a, b] = [mine[i], theirs[j]]
    const order = a === undefined ? 1 : b === undefined ? -1 : compareItems(a, b)
    if (order <= 0) i++
    if (order >= 0) j++
    if (order < 0 && a !== undefined && covers(fromSeen, replicaOf(a.dot), numberOf(a.dot))) gone.add(a)
    if (order > 0 && b !== undefined && !covers(intoSeen, replicaOf(b.dot), numberOf(b.dot))) fresh.push(b)
  }
  takeOut(into, (entry) => gone.has(entry) || isBuried(into, entry))
  for (const entry of fresh) if (!isBuried(into, entry)) insert(into, entry)
}
