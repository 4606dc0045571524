/** Where SORT takes its elements and its outside values from. */
import type { Bytes } from '../../../lib/index.ts'
import { fieldAt, HashState } from '../../crdt/hash/hash.ts'
import { ListState, textOf } from '../../crdt/list/list.ts'
import { SetState } from '../../crdt/set/set.ts'
import { StringState } from '../../crdt/string/string.ts'
import type { State } from '../../crdt/type.ts'
import { ZSetState } from '../../crdt/zset/zset.ts'
import { valueOf } from '../../crdt/parts/cell.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { parseFloatArgument } from '../numbers.ts'

/** The elements of a collection that can be sorted, in its own order; undefined for other types. New collections are added here. */
export function elementsToSort(state: State | null): Bytes[] | undefined {
  if (state instanceof SetState) return [...state.members.keys()]
  if (state instanceof ZSetState) return state.order.names(0, state.order.size)
  if (state instanceof ListState) return [...state.sequence.order].map(({ value }) => textOf(value))
  return undefined
}

/**
 * What a pattern names for an element: the element takes the place of the first `*`; `#` is the element itself; `key->field` reads a hash. Null when there is
 * no such string or field, or no `*`.
 */
export function lookupByPattern(ctx: Context, pattern: Bytes, element: Bytes): Bytes | null {
  if (pattern === '#') return element
  const star = pattern.indexOf('*')
  if (star < 0) return null
  const arrow = pattern.indexOf('->', star + 1)
  const hasField = arrow >= 0 && arrow + 2 < pattern.length
  const name = pattern.slice(0, star) + element + pattern.slice(star + 1, hasField ? arrow : undefined)
  const state = ctx.find(name)?.value
  if (!hasField) return state instanceof StringState ? valueOf(state) : null
  const cell = state instanceof HashState ? fieldAt(state, pattern.slice(arrow + 2), ctx.now) : undefined
  return cell === undefined ? null : valueOf(cell)
}

/** Smaller doubles have fewer digits: reading one is an underflow to C. */
const LEAST_NORMAL = 2 ** -1022

const NOT_A_SCORE = "ERR One or more scores can't be converted into double"

/**
 * The number to sort by, up to the first zero byte; nothing found, or an empty string, counts as 0. Numbers too large or too small for a normal double are an
 * error.
 */
export function sortScore(text: Bytes | null): number {
  const [written = ''] = (text ?? '').split('\x00', 1)
  if (written === '') return 0
  const score = parseFloatArgument(written.replace(/^[ \t\n\v\f\r]+/, '')) ?? fail(NOT_A_SCORE)
  return score === 0 || Math.abs(score) >= LEAST_NORMAL ? score : fail(NOT_A_SCORE)
}
