/** What an index reads of a key. The one place that knows data types: hashes and JSON documents. */
import { textOfBytes, type Bytes } from '../../lib/index.ts'
import { formatJson } from '../commands/json/format.ts'
import { matches } from '../commands/json/match.ts'
import { readPath } from '../commands/json/path.ts'
import { fieldAt, HashState } from '../crdt/hash/hash.ts'
import { JsonState } from '../crdt/json/json.ts'
import { rootSlot, valueAt } from '../crdt/json/read.ts'
import { FALSE, kindOf, NULL, TRUE, type Json } from '../crdt/json/value.ts'
import { valueOf } from '../crdt/parts/cell.ts'
import { keyExpiry, type Key } from '../keyspace/key.ts'
import type { IndexDefinition } from './schema.ts'

/** The fields of a visible key: of a hash by their names, of a JSON document by their paths. */
export interface Document {
  /** As results show it. */
  get(identifier: Bytes): Bytes | undefined
  /** What is indexed: the one value of a hash field, or all that a path finds, the elements of an array each. */
  values(identifier: Bytes): readonly Bytes[]
  /** Every field and value, as results show them. */
  all(): (readonly [Bytes, Bytes])[]
  /** It or a part of it will vanish by itself. */
  readonly expires: boolean
}

/** Undefined when the key is not of the kind that the index covers. */
export function documentOf(key: Key, on: IndexDefinition['on'], now: number): Document | undefined {
  const state = key.value
  const expires = keyExpiry(key) !== undefined
  if (on === 'HASH') return state instanceof HashState ? hashDocument(state, expires, now) : undefined
  return state instanceof JsonState ? jsonDocument(state, expires) : undefined
}

function hashDocument(state: HashState, expires: boolean, now: number): Document {
  const get = (field: Bytes): Bytes | undefined => {
    const cell = fieldAt(state, field, now)
    return cell === undefined ? undefined : valueOf(cell)
  }
  return {
    get,
    values(field) {
      const value = get(field)
      return value === undefined ? [] : [value]
    },
    all: () =>
      [...state.cells.keys()].flatMap((field) => {
        const value = get(field)
        return value === undefined ? [] : [[field, value] as const]
      }),
    expires: expires || (state.expiries?.size ?? 0) > 0,
  }
}

function jsonDocument(state: JsonState, expires: boolean): Document {
  const find = (path: Bytes): Json[] => matches(state, readPath(path)).map((slot) => valueAt(state, slot))
  return {
    get(path) {
      const [first] = find(path)
      return first === undefined ? undefined : (scalarText(first) ?? formatJson(first))
    },
    values: (path) =>
      find(path)
        .flatMap((value) => (Array.isArray(value) ? (value as readonly Json[]) : [value]))
        .flatMap((value) => (value === NULL ? [] : (scalarText(value) ?? []))),
    all: () => [['$', formatJson(valueAt(state, rootSlot(state)))]],
    expires,
  }
}

/** A scalar without the quotes of a string; undefined for a container. */
function scalarText(value: Json): Bytes | undefined {
  if (typeof value !== 'string') return undefined
  if (value === TRUE || value === FALSE || value === NULL) return formatJson(value)
  return kindOf(value) === 'string' ? value.slice(1) : formatJson(value)
}

/** A number as Redis reads one; undefined for anything else. */
export function numberOfBytes(value: Bytes): number | undefined {
  const text = textOfBytes(value).trim()
  const number = /^[+-]?inf(inity)?$/i.test(text) ? Number(`${text.startsWith('-') ? '-' : ''}Infinity`) : Number(text)
  return text === '' || Number.isNaN(number) ? undefined : number
}
