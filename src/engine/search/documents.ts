/** What an index reads of a key. The one place that knows data types: hashes today. */
import { textOfBytes, type Bytes } from '../../lib/index.ts'
import { fieldAt, HashState } from '../crdt/hash/hash.ts'
import { valueOf } from '../crdt/parts/cell.ts'
import { keyExpiry, type Key } from '../keyspace/key.ts'
import type { IndexDefinition } from './schema.ts'

/** The fields of a visible key. */
export interface Document {
  get(identifier: Bytes): Bytes | undefined
  /** Every field and value, as results show them. */
  all(): (readonly [Bytes, Bytes])[]
  /** It or a part of it will vanish by itself. */
  readonly expires: boolean
}

/** Undefined when the key is not of the kind that the index covers. */
export function documentOf(key: Key, on: IndexDefinition['on'], now: number): Document | undefined {
  const state = key.value
  if (on !== 'HASH' || !(state instanceof HashState)) return undefined
  const get = (field: Bytes): Bytes | undefined => {
    const cell = fieldAt(state, field, now)
    return cell === undefined ? undefined : valueOf(cell)
  }
  return {
    get,
    all: () =>
      [...state.cells.keys()].flatMap((field) => {
        const value = get(field)
        return value === undefined ? [] : [[field, value] as const]
      }),
    expires: keyExpiry(key) !== undefined || (state.expiries?.size ?? 0) > 0,
  }
}

/** A number as Redis reads one; undefined for anything else. */
export function numberOfBytes(value: Bytes): number | undefined {
  const text = textOfBytes(value).trim()
  const number = /^[+-]?inf(inity)?$/i.test(text) ? Number(`${text.startsWith('-') ? '-' : ''}Infinity`) : Number(text)
  return text === '' || Number.isNaN(number) ? undefined : number
}
