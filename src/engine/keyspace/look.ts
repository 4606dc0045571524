/**
 * What an onlooker sees of keys: plain data, cut to limits, so that a database of any size can be asked. Looking changes nothing and is no command: it counts as
 * no use of a key.
 */
import { hashBytes, type Bytes } from '../../lib/index.ts'
import type { Dot } from '../change-types.ts'
import { matchesGlob } from '../glob.ts'
import { JsonState } from '../crdt/json/json.ts'
import { Cell } from '../crdt/parts/cell.ts'
import { isExpired, keyExpiry, statesOf, type Key } from './key.ts'
import type { Keyspace } from './keyspace.ts'
import { sectionsOf } from './look-inside.ts'
import { elementsOfKey, memoryOfKey } from './memory.ts'
import { previewOf } from './preview.ts'

/** Of a key with more parts the content is not compared in passing; so many parts are gone through for all the rows of one look. */
const MOST_COMPARED = 2000
const MOST_IN_A_LOOK = 20_000
const MOST_MEASURED = 100_000

export interface KeysQuestion {
  readonly find: KeysFilter | null
  /** Keys of which a summary is wanted. */
  readonly rows: readonly Bytes[]
  /** A key to be opened, with at most so many parts per section. */
  readonly open: { readonly key: Bytes; readonly most: number } | null
}

/** The first `most` names, in the order of their bytes, that match a pattern, come after a name (null: from the first), and are none of `except`. */
export interface KeysFilter {
  readonly pattern: Bytes
  readonly after: Bytes | null
  readonly most: number
  readonly except: readonly Bytes[]
}

export interface KeysAnswer {
  /** What the region had observed by then, indexed by replica id. */
  readonly clock: readonly number[]
  /** Headers kept: visible keys, and those of which only marks are left (G8). */
  readonly headers: number
  readonly found: readonly Bytes[]
  /** There are more after those. */
  readonly more: boolean
  /** One per name asked for; null where nothing is kept under it. */
  readonly rows: readonly (KeyRow | null)[]
  readonly opened: KeyInside | null
}

export interface KeyRow {
  /** `expired`: hidden by its expiry time, until its owner removes it (X2). `removed`: only tombstones are left (R4). */
  readonly state: 'visible' | 'expired' | 'removed'
  /** As TYPE replies; '' when nothing is visible. */
  readonly type: string
  /** The beginning of the value, on one line. */
  readonly preview: Bytes
  /** When it expires, ms since 1970; null: never. */
  readonly until: number | null
  /** Of which it consists, tombstones included. */
  readonly parts: number
  /** Equal where the live content and its dots are; '' when there is none. Null: too large to be compared in passing. */
  readonly print: string | null
}

/** What a part of a section is: what reads show, a loser beside it, a share of a sum, a mark of something removed, or this region's own affair. */
export type PartRole = 'shown' | 'beside' | 'adds' | 'removed' | 'local'

export interface Part {
  readonly role: PartRole
  /** Field, member, index, path or ID; '' where there is but one. */
  readonly name: Bytes
  readonly value: Bytes
  /** How many bytes of name and value are left out. */
  readonly cut: number
  readonly by: readonly Dot[]
  /** The author's clock, ms since 1970; null where it is not kept. */
  readonly wall: number | null
  /** 0 at the top; what belongs to the part above is one deeper. */
  readonly depth: number
  /** More about it: its run, what it had removed. */
  readonly note: string
}

export type SectionKind =
  | 'register'
  | 'counter'
  | 'fields'
  | 'members'
  | 'scores'
  | 'elements'
  | 'logs'
  | 'entries'
  | 'groups'
  | 'registers'
  | 'tree'
  | 'expiry'
  | 'tombstones'

export interface Section {
  readonly kind: SectionKind
  /** The data type that it belongs to; '' for the key's own. */
  readonly type: string
  /** Belongs to a value that another type hides (G10). */
  readonly hidden: boolean
  /** How many parts there are; `parts` are the first of them. */
  readonly total: number
  readonly parts: readonly Part[]
  /** For a HyperLogLog: how many registers hold 0, 1, 2 … 63. */
  readonly histogram: readonly number[] | null
}

export interface KeyInside {
  readonly row: KeyRow
  /** As MEMORY USAGE replies; null: too large to be measured in passing. */
  readonly memoryBytes: number | null
  readonly sections: readonly Section[]
}

/** `now`: the region's wall clock, ms since 1970. */
export function lookAtKeys(keyspace: Keyspace, { find, rows, open }: KeysQuestion, now: number): KeysAnswer {
  const { keys, clock } = keyspace
  let budget = MOST_IN_A_LOOK
  const opened = open === null ? undefined : keys.get(open.key)
  return {
    clock: clock.slice(),
    headers: keyspace.size,
    ...(find === null ? { found: [], more: false } : findNames(keys.keys(), find)),
    rows: rows.map((name) => {
      const key = keys.get(name)
      if (key === undefined) return null
      const row = rowOf(key, now, budget)
      if (row.print !== null) budget -= row.parts
      return row
    }),
    opened: opened === undefined || open === null ? null : insideOf(opened, open.most, now),
  }
}

/** Goes through all names once and keeps few of them, so that it takes no room however many there are. */
function findNames(names: Iterable<Bytes>, { pattern, after, most, except }: KeysFilter) {
  const left = new Set(except)
  let found: Bytes[] = []
  let last: Bytes | undefined
  let more = false
  const keepFirst = () => {
    found.sort()
    if (found.length <= most) return
    more = true
    found = found.slice(0, most)
    last = found[most - 1]
  }
  for (const name of names) {
    if (after !== null && name <= after) continue
    if (left.has(name) || (pattern !== '*' && !matchesGlob(pattern, name))) continue
    if (last !== undefined && name > last) continue
    found.push(name)
    if (found.length >= 4 * most) keepFirst()
  }
  keepFirst()
  return { found, more }
}

function insideOf(key: Key, most: number, now: number): KeyInside {
  const row = rowOf(key, now, MOST_COMPARED)
  return {
    row,
    memoryBytes: row.parts > MOST_MEASURED ? null : memoryOfKey(key),
    sections: sectionsOf(key, most),
  }
}

function rowOf(key: Key, now: number, budget: number): KeyRow {
  const { value } = key
  const parts = sizeOf(key)
  if (value === null) return { state: 'removed', type: '', preview: '', until: null, parts, print: '' }
  const gone = isExpired(key, now) || value.type.visibleAt?.(value, now) === false
  return {
    state: gone ? 'expired' : 'visible',
    type: value.type.name,
    preview: previewOf(value, now),
    until: keyExpiry(key) ?? null,
    parts,
    print: parts <= Math.min(budget, MOST_COMPARED) ? printOf(key) : null,
  }
}

/** A document counts by its containers and their slots, a string by its length. */
function sizeOf(key: Key): number {
  let size = elementsOfKey(key)
  for (const state of statesOf(key)) {
    if (state instanceof Cell) size += Math.floor((state.siblings?.value.length ?? 0) / 64)
    if (!(state instanceof JsonState)) continue
    for (const node of state.nodes.values()) size += node.kind === 'object' ? node.fields.size : node.elements.length
  }
  return size
}

/** A short stand-in for all that two regions that have observed the same writes of a key agree on. */
function printOf(key: Key): string {
  const lines = [String(keyExpiry(key) ?? '')]
  for (const state of statesOf(key)) {
    if (state.type.isLive(state)) lines.push(state.type.name, ...state.type.describe(state))
  }
  const text = lines.join('\n')
  return `${text.length.toString(36)}.${hashBytes(text).toString(36)}`
}
