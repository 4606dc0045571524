/** What is kept of a key, as lines for people: CRDT.DEBUG ENCODING. Dots are `replica.n`; elements are listed up to a limit. */
import { formatAmount, type Bytes } from '../../lib/index.ts'
import { numberOf, replicaOf, type Clock } from '../causality/clock.ts'
import { fieldExpiry, HashState } from '../crdt/hash/hash.ts'
import { HyperLogLogState } from '../crdt/hyperloglog/hyperloglog.ts'
import { Cell } from '../crdt/parts/cell.ts'
import { expiryOf, expiryOwner } from '../crdt/parts/expiry.ts'
import { SetState } from '../crdt/set/set.ts'
import type { State } from '../crdt/type.ts'
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
  const lines = [`${state.fields.size} fields, ${state.tombstones?.size ?? 0} tombstones`]
  const field =
    (mark: string) =>
    ([name, cell]: readonly [Bytes, Cell]) => {
      const at = fieldExpiry(state, name)
      const until = at === undefined ? '' : `, expires at ${at} ms`
      return `${mark}${quoted(name)}: ${describeCell(cell).join('; ')}${until}`
    }
  lines.push(...limited([...state.fields], field('field ')))
  return lines.concat(limited([...(state.tombstones ?? [])], field('tombstone ')))
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

function describeHyperLogLog(state: HyperLogLogState): string[] {
  const lines = [
    `HyperLogLog, ${state.registers.packed().length} registers in use, ${state.isDense ? 'dense' : 'sparse'} as a string`,
    `written by ${clockText(state.writers) || 'nobody since it was deleted'}`,
  ]
  if (state.deletes.some((n) => n > 0))
    lines.push(`deletions known, which win over what did not know them (P1): ${clockText(state.deletes)}`)
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
