/** Commands that change a list somewhere inside. */
import { assignElement, listType, textOf } from '../../crdt/list/list.ts'
import { OK } from '../../reply.ts'
import { flag, int, key, later, oneOf, str } from '../arguments.ts'
import { command } from '../command.ts'
import { fail, NO_SUCH_KEY } from '../errors.ts'
import { fromStart, insert, removeEqual, removeSpans } from './elements.ts'

const about = { group: 'list', flags: ['write'] as const }

/** LINSERT key BEFORE | AFTER pivot element → length; −1 when the pivot is not there, 0 when there is no such list. */
export const linsert = command({
  ...about,
  name: 'LINSERT',
  since: '2.2.0',
  summary: 'Inserts an element before or after another.',
  complexity: 'O(N) for N elements before the pivot',
  flags: ['write', 'denyoom'],
  args: {
    key: key(),
    where: oneOf({ before: flag('BEFORE'), after: flag('AFTER') }),
    pivot: str(),
    element: str(),
  },
  activeActive:
    'Of insertions that happen at one place at once, that of the region with the smaller number comes first, in every region alike (L2).',
  run(ctx, { key: name, where, pivot, element }) {
    const state = ctx.read(listType, name)
    if (state === undefined) return 0
    let at = -1
    state.sequence.order.each(0, ({ value }, index) => {
      if (textOf(value) !== pivot) return true
      at = index
      return false
    })
    if (at < 0) return -1
    insert(ctx, name, state, where.as === 'before' ? at : at + 1, [element], 'linsert')
    return state.sequence.length
  },
})

/** LSET key index element → OK. */
export const lset = command({
  ...about,
  name: 'LSET',
  since: '1.0.0',
  summary: 'Assigns the element at an index.',
  complexity: 'O(log(N)) for N elements',
  flags: ['write', 'denyoom'],
  args: { key: key(), rest: later({ index: int(), element: str() }) },
  arity: 4,
  activeActive:
    'Assigns the element in place: of concurrent LSETs the last wins, and a concurrent removal of the element wins over them (L5).',
  run(ctx, { key: name, rest }) {
    const state = ctx.read(listType, name) ?? fail(NO_SUCH_KEY)
    const { index, element: to } = rest()
    const { order } = state.sequence
    const element = order.at(fromStart(index, order.length)) ?? fail('ERR index out of range')
    ctx.update(listType, name, assignElement(element, ctx.self, to), 'lset')
    return OK
  },
})

/** LREM key count element → how many were removed: the first `count`, or the last when negative, or all when 0. */
export const lrem = command({
  ...about,
  name: 'LREM',
  since: '1.0.0',
  summary: 'Removes elements that are equal to a value.',
  complexity: 'O(N+M) for N elements of which M are removed',
  args: { key: key(), count: int(), element: str() },
  activeActive: 'Removes the elements found here; a concurrent push of an equal one survives (L1).',
  run(ctx, { key: name, count, element }) {
    const state = ctx.read(listType, name)
    return state === undefined ? 0 : removeEqual(ctx, name, state, element, count)
  },
})

/** LTRIM key start stop → OK. Keeps a range of elements, both ends included. */
export const ltrim = command({
  ...about,
  name: 'LTRIM',
  since: '1.0.0',
  summary: 'Removes the elements outside a range.',
  complexity: 'O(N) for N elements removed',
  args: { key: key(), start: int(), stop: int() },
  activeActive: 'Removes the elements that this region had observed outside the range; concurrent pushes survive (L1).',
  run(ctx, { key: name, start, stop }) {
    const state = ctx.read(listType, name)
    if (state === undefined) return OK
    const { sequence } = state
    const { length } = sequence
    const first = Math.max(0, fromStart(start, length))
    const end = Math.min(length, fromStart(stop, length) + 1)
    const spans =
      first >= end
        ? sequence.prepareRemove(0, length)
        : [...sequence.prepareRemove(0, first), ...sequence.prepareRemove(end, length - end)]
    if (spans.length === 0) ctx.announce(name, 'ltrim')
    else removeSpans(ctx, name, state, spans, 'ltrim')
    return OK
  },
})
