/** What list commands share: reading, inserting, removing. */
import type { Bytes } from '../../../lib/index.ts'
import { content, listType, textOf, type ListState, type ListValue } from '../../crdt/list/list.ts'
import type { Element } from '../../crdt/sequence/run.ts'
import { addToSpans, type Span } from '../../crdt/sequence/sequence.ts'
import { flag, oneOf } from '../arguments.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'

export type End = 'left' | 'right'

/** LEFT or RIGHT. */
export const anEnd = () => oneOf({ left: flag('LEFT'), right: flag('RIGHT') })

/** An index as commands take it, from the end when negative. */
export function fromStart(index: number, length: number): number {
  return index < 0 ? length + index : index
}

/** Up to `count` values from an index on. */
export function valuesFrom(state: ListState, index: number, count: number): Bytes[] {
  const out: Bytes[] = []
  if (count <= 0) return out
  state.sequence.order.each(index, ({ value }) => out.push(textOf(value)) < count)
  return out
}

/** Inserts values, in their order, before the element at an index (or the end). `state` undefined: there is no such list yet. */
export function insert(
  ctx: Context,
  name: Bytes,
  state: ListState | undefined,
  index: number,
  values: readonly Bytes[],
  event: string,
): void {
  const op = state === undefined ? content(values) : state.sequence.prepareInsert(ctx.self, ctx.dot, index, values)
  ctx.update(listType, name, op ?? fail('ERR too many separate insertions into one list in one script'), event)
}

/** Inserts at an end; LEFT turns the order round, as one push after the other would. */
export function push(
  ctx: Context,
  name: Bytes,
  state: ListState | undefined,
  end: End,
  values: readonly Bytes[],
): void {
  if (end === 'right') insert(ctx, name, state, state === undefined ? 0 : state.sequence.length, values, 'rpush')
  else insert(ctx, name, state, 0, values.length === 1 ? values : values.toReversed(), 'lpush')
}

/**
 * Removes elements. When none is left the whole key goes, hidden values and expiry included (G10), and `del` is announced too; but not while elements that were
 * pushed elsewhere wait for their place, since nobody here has seen those (L1).
 */
export function removeSpans(ctx: Context, name: Bytes, state: ListState, spans: readonly Span[], event: string): void {
  const removed = spans.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  const key = ctx.keyspace.get(name)
  if (removed === state.sequence.length && state.sequence.waiting === 0 && key !== undefined) {
    ctx.announce(name, event)
    ctx.removeHeader(key, 'del')
  } else {
    ctx.update(listType, name, { kind: 'remove', spans }, event)
  }
}

/** Takes up to `count` elements from an end, the outermost first. */
export function pop(ctx: Context, name: Bytes, state: ListState, end: End, count: number): Bytes[] {
  const { length } = state.sequence
  const taken = Math.min(count, length)
  const from = end === 'left' ? 0 : length - taken
  const values = valuesFrom(state, from, taken)
  if (end === 'right') values.reverse()
  if (taken > 0)
    removeSpans(ctx, name, state, state.sequence.prepareRemove(from, taken), end === 'left' ? 'lpop' : 'rpop')
  return values
}

/** Removes elements equal to a value: the first `most`, or the last when negative, or all when 0. Gives how many. */
export function removeEqual(ctx: Context, name: Bytes, state: ListState, value: Bytes, most: number): number {
  const spans: Span[] = []
  const { order } = state.sequence
  let left = most === 0 ? Infinity : Math.abs(most)
  let removed = 0
  const visit = (element: Element<ListValue>) => {
    if (textOf(element.value) !== value) return true
    addToSpans(spans, element)
    removed++
    return --left > 0
  }
  if (most < 0) order.eachBack(order.length - 1, visit)
  else order.each(0, visit)
  if (removed > 0) removeSpans(ctx, name, state, spans, 'lrem')
  return removed
}
