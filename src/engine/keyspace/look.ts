/**
 * What an onlooker sees of keys: plain data, cut to limits, so that a database of any size can be asked. Looking changes nothing and is no command: it counts as
 * no use of a key.
 */
import { hashBytes, type Bytes } from '../../lib/index.ts'
import type { Dot } from '../change-types.ts'
import { matchesGlob } from '../glob.ts'
import { JsonState } from '../crdt/json/json.ts'
import { isExpired, keyExpiry, statesOf, type Key } from './key.ts'
import type { Keyspace } from './keyspace.ts'
import { sectionsOf } from './look-inside.ts'
import { elementsOfKey, memoryOfKey } from './memory.ts'
import { previewOf } from './preview.ts'

/** Of a key with more elements a region's content is not compared, nor its memory measured, while one looks. */
const MOST_COMPARED = 20_000
/** So many elements are gone through for all the rows of one look. */
const MOST_IN_A_LOOK = 100_000

export interface KeysQuestion {
  /** Names to find: the first `most` that match, in the order in which the region keeps them. */
  readonly find: { readonly pattern: Bytes; readonly most: number } | null
  /** Keys of which a summary is wanted. */
  readonly rows: readonly Bytes[]
  /** A key to be opened, with at most so many parts per section. */
  readonly open: { readonly key: Bytes; readonly most: number } | null
}

export interface KeysAnswer {
  /** Headers kept: visible keys, and those of which only marks are left (G8). */
  readonly headers: number
  readonly found: readonly Bytes[]
  /** There are more matching names than `most`. */
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
  readonly elements: number
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
export function lookAtKeys(keyspace: Keyspace, question: KeysQuestion, now: number): KeysAnswer {
  const { find, rows, open } = question
  const found: Bytes[] = []
  let more = false
  if (find !== null) {
    for (const name of keyspace.keys.keys()) {
      if (!matchesGlob(find.pattern, name)) continue
      more = found.length === find.most
      if (more) break
      found.push(name)
    }
  }
  let budget = MOST_IN_A_LOOK
  const opened = open === null ? undefined : keyspace.keys.get(open.key)
  return {
    headers: keyspace.size,
    found,
    more,
    rows: rows.map((name) => {
      const key = keyspace.keys.get(name)
      if (key === undefined) return null
      const row = rowOf(key, now, budget)
      if (row.print !== null) budget -= row.elements
      return row
    }),
    opened: opened === undefined || open === null ? null : insideOf(opened, open.most, now),
  }
}

function insideOf(key: Key, most: number, now: number): KeyInside {
  const row = rowOf(key, now, MOST_COMPARED)
  return {
    row,
    memoryBytes: row.elements > MOST_COMPARED ? null : memoryOfKey(key),
    sections: sectionsOf(key, most),
  }
}

function rowOf(key: Key, now: number, budget: number): KeyRow {
  const { value } = key
  const elements = sizeOf(key)
  const compared = elements <= Math.min(budget, MOST_COMPARED)
  if (value === null) return { state: 'removed', type: '', preview: '', until: null, elements, print: '' }
  const gone = isExpired(key, now) || value.type.visibleAt?.(value, now) === false
  return {
    state: gone ? 'expired' : 'visible',
    type: value.type.name,
    preview: previewOf(value),
    until: keyExpiry(key) ?? null,
    elements,
    print: compared ? printOf(key) : null,
  }
}

/** A document counts by its containers and their slots. */
function sizeOf(key: Key): number {
  let size = elementsOfKey(key)
  for (const state of statesOf(key)) {
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
