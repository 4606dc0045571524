/** What is kept of a key, as lines for people: CRDT.DEBUG ENCODING. Dots are `replica.n`; elements are listed up to a limit. */
import { formatAmount, type Bytes } from '../../lib/index.ts'
import { numberOf, replicaOf, type Clock } from '../causality/clock.ts'
import { fieldExpiry, HashState } from '../crdt/hash/hash.ts'
import { HyperLogLogState } from '../crdt/hyperloglog/hyperloglog.ts'
import { JsonState } from '../crdt/json/json.ts'
import { ListState } from '../crdt/list/list.ts'
import { Cell } from '../crdt/parts/cell.ts'
import { expiryOf, expiryOwner } from '../crdt/parts/expiry.ts'
import { dotOfRun } from '../crdt/sequence/run.ts'
import { SetState } from '../crdt/set/set.ts'
import type { Place } from '../crdt/stream/group.ts'
import { formatId, GREATEST, LEAST } from '../crdt/stream/id.ts'
import { StreamState } from '../crdt/stream/state.ts'
import type { State } from '../crdt/type.ts'
import { textOfScore } from '../crdt/zset/score.ts'
import { ZSetState, type Member } from '../crdt/zset/zset.ts'
import { isExpired, type Key } from './key.ts'

const MOST_ELEMENTS = 100

export function describeEncoding(key: Key, now: number): string[] {
  const lines = [`key ${quoted(key.name)}: ${key.value === null ? 'nothing visible' : key.value.type.name}`]
  if (key.value !== null) lines.push(...indented(describeState(key.value)))
  for (const state of key.others ?? []) {
    const hidden = state.type.isLive(state) ? 'hidden by a type conflict (G10)' : 'tombstones only'
    lines.push(`${state.type.name}, ${hidden}:`, ...indented(describeState(state)))
  }
  if (key.expiry !== null) {
    const at = expiryOf(key.expiry)
    const when =
      at === undefined ? 'none in force' : `at ${at} ms, carried out by replica ${expiryOwner(key.expiry)} (X2)`
    lines.push(`expiry ${when}${isExpired(key, now) ? ', due: hidden from reads' : ''}`)
    lines.push(...indented(describeExpiry(key.expiry)))
  }
  if (key.removed !== null) lines.push(`removed up to ${clockText(key.removed)}`)
  return lines
}

function describeState(state: State): string[] {
  if (state instanceof HashState) return describeHash(state)
  if (state instanceof SetState) return describeSet(state)
  if (state instanceof ZSetState) return describeZSet(state)
  if (state instanceof StreamState) return describeStream(state)
  if (state instanceof ListState) return describeList(state)
  if (state instanceof JsonState) return describeJson(state)
  if (state instanceof Cell) return describeCell(state)
  if (state instanceof HyperLogLogState) return describeHyperLogLog(state)
  return limited(state.type.describe(state), (line) => line)
}

/** The winner first, as reads choose it. */
function describeCell(cell: Cell): string[] {
  const lines: string[] = []
  for (let s = cell.siblings; s !== null; s = s.next) {
    const role = s === cell.siblings ? 'assigned' : 'sibling '
    lines.push(`${role} ${quoted(s.value)} by ${s.origin}.${s.n} at ${s.wall} ms`)
  }
  for (let i = cell.increments; i !== null; i = i.next) {
    lines.push(
      `increments of replica ${i.origin}: sum ${formatAmount(i.sum)}, dots ${i.origin}.${i.from} to ${i.origin}.${i.to}`,
    )
  }
  return [...lines, ...describeRemovals(cell)]
}

function describeRemovals(cell: Cell): string[] {
  const lines: string[] = []
  for (let r = cell.removals; r !== null; r = r.next) {
    const sum = r.sum === null ? '' : `, sum ${formatAmount(r.sum)}`
    lines.push(`removed of replica ${r.origin}: up to ${r.origin}.${r.upTo}${sum}, by ${r.byOrigin}.${r.byN}`)
  }
  return lines
}

function describeExpiry(cell: Cell): string[] {
  const lines: string[] = []
  for (let s = cell.siblings; s !== null; s = s.next) {
    lines.push(`${s.wall === Number.MAX_SAFE_INTEGER ? 'PERSIST' : `${s.wall} ms`} by ${s.origin}.${s.n}`)
  }
  return [...lines, ...describeRemovals(cell)]
}

function describeHash(state: HashState): string[] {
  const lines = [`${state.cells.size} fields, ${state.tombstones?.size ?? 0} tombstones`]
  const field =
    (mark: string) =>
    ([name, cell]: readonly [Bytes, Cell]) => {
      const at = fieldExpiry(state, name)
      const until = at === undefined ? '' : `, expires at ${at} ms`
      return `${mark}${quoted(name)}: ${describeCell(cell).join('; ')}${until}`
    }
  lines.push(...limited([...state.cells], field('field ')))
  return lines.concat(limited([...(state.tombstones ?? [])], field('tombstone ')))
}

function describeZSet(state: ZSetState): string[] {
  const lines = [`${state.cells.size} members, ${state.tombstones?.size ?? 0} tombstones`]
  const members = limited([...state.cells], ([name, member]: readonly [Bytes, Member]) => {
    return `member ${quoted(name)} with score ${textOfScore(member.score)}: ${describeCell(member).join('; ')}`
  })
  const tombstones = limited(
    [...(state.tombstones ?? [])],
    ([name, cell]) => `tombstone ${quoted(name)}: ${describeCell(cell).join('; ')}`,
  )
  return lines.concat(members, tombstones)
}

function describeSet(state: SetState): string[] {
  const lines = [`${state.members.size} members, ${state.tombstones?.size ?? 0} tombstones`]
  const members = limited([...state.members], ([name, dots]) => {
    const list = typeof dots === 'number' ? [dots] : dots
    return `member ${quoted(name)} by ${list.map((dot) => `${replicaOf(dot)}.${numberOf(dot)}`).join(' ')}`
  })
  const tombstones = limited(
    [...(state.tombstones ?? [])],
    ([name, clock]) => `tombstone ${quoted(name)} up to ${clockText(clock)}`,
  )
  return lines.concat(members, tombstones)
}

/** Values in the order of the document, with the writes that put them there. */
function describeJson(state: JsonState): string[] {
  let buried = 0
  for (const node of state.nodes.values()) if (node.kind === 'object') buried += node.buried?.size ?? 0
  const values = state.type.describe(state)
  const lines = [
    `${state.nodes.size} objects and arrays, ${buried} tombstones of fields, ${state.counters.size} counters`,
  ]
  lines.push(...values.slice(0, MOST_ELEMENTS))
  if (values.length > MOST_ELEMENTS) lines.push(`… and ${values.length - MOST_ELEMENTS} more`)
  return lines
}

function describeHyperLogLog(state: HyperLogLogState): string[] {
  const lines = [
    `HyperLogLog, ${state.registers.packed().length} registers in use, ${state.isDense ? 'dense' : 'sparse'} as a string`,
    `written by ${clockText(state.writers) || 'nobody since it was deleted'}`,
  ]
  if (state.deletes.some((n) => n > 0))
    lines.push(`deletions known, which win over what did not know them (P1): ${clockText(state.deletes)}`)
  return lines
}

function describeStream(state: StreamState): string[] {
  const { entries, marks, groups, buried, trims } = state
  const lines = [`${entries.size} entries, ${buried.size} tombstones`]
  for (const entry of entries.range(LEAST, GREATEST, MOST_ELEMENTS)) {
    lines.push(`entry ${formatId(entry)} by ${replicaOf(entry.dot)}.${numberOf(entry.dot)}`)
  }
  if (entries.size > MOST_ELEMENTS) lines.push(`… and ${entries.size - MOST_ELEMENTS} more`)
  marks.forEach((mark, replica) => {
    if (mark !== undefined) lines.push(`last of replica ${replica}: ${formatId(mark)} by ${replica}.${mark.n}`)
  })
  const places = (list: readonly Place[]) =>
    list.map((place) => `${formatId(place)} by ${place.author}.${place.n}`).join(' ')
  for (const [name, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const deleted = group.deletes.some((n) => n > 0) ? `, deleted by ${clockText(group.deletes)}` : ''
    if (!group.isLive) lines.push(`group ${quoted(name)}: none${deleted}`)
    else {
      const done = group.acks.length === 0 ? '' : `, acknowledged up to ${places(group.acks)} (E6)`
      lines.push(`group ${quoted(name)} from ${places(group.creations)}${done}${deleted}`)
    }
  }
  if (state.deletes.some((n) => n > 0))
    lines.push(`deleted by ${clockText(state.deletes)}: what groups must know of (E5)`)
  lines.push(...limited([...buried], ([id, clock]) => `tombstone ${id} up to ${clockText(clock)}`))
  for (const done of trims.values()) lines.push(`trimmed up to ${formatId(done)}, of ${clockText(done.observed)}`)
  return lines
}

/** Elements in their order, each with its position: the run (whose dot names it) and the index in it. */
function describeList({ sequence, tombstones, early }: ListState): string[] {
  let buried = 0
  for (const count of tombstones?.values() ?? []) buried += count
  const { order, runs } = sequence
  const lines = [`${order.length} elements, ${buried} tombstones, ${runs.size} runs`]
  order.each(0, ({ run, i, n, value }, index) => {
    const shown = typeof value === 'string' ? quoted(value) : describeCell(value).join('; ')
    const of = `${run.replica}.${dotOfRun(run.id)}`
    lines.push(`element ${index} ${shown} by ${run.replica}.${n}, number ${i} of run ${of}`)
    return index + 1 < MOST_ELEMENTS
  })
  if (order.length > MOST_ELEMENTS) lines.push(`… and ${order.length - MOST_ELEMENTS} more`)
  if (early !== null) lines.push(`${early.size} LSETs of elements that have not arrived`)
  return lines
}

/** Sorted by the lines themselves, so that every replica lists the same elements in the same order. */
function limited<T>(items: readonly T[], line: (item: T) => string): string[] {
  const lines = items.map(line).sort()
  if (lines.length <= MOST_ELEMENTS) return lines
  return [...lines.slice(0, MOST_ELEMENTS), `… and ${lines.length - MOST_ELEMENTS} more`]
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`)
}

function clockText(clock: Clock): string {
  return clock
    .map((n, replica) => (n > 0 ? `${replica}.${n}` : ''))
    .filter((text) => text !== '')
    .join(' ')
}

/** Printable ASCII as it is, the rest as `\xHH`. */
function quoted(bytes: Bytes): string {
  return `"${bytes.replace(/["\\]|[^ -~]/g, (c) => (c === '"' || c === '\\' ? `\\${c}` : `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`))}"`
}
