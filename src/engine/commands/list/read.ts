/** Commands that look at one list. */
import { listType, textOf } from '../../crdt/list/list.ts'
import { int, key, later, named, opt, str, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import { fail } from '../errors.ts'
import { fromStart, valuesFrom } from './elements.ts'

const about = {
  group: 'list',
  flags: ['readonly'] as const,
  activeActive: 'Shows the elements that this region has observed, in the order on which all regions agree (L2).',
}

/** LLEN key → length. */
export const llen = command({
  ...about,
  name: 'LLEN',
  since: '1.0.0',
  summary: 'Counts the elements of a list.',
  complexity: 'O(1)',
  flags: ['readonly', 'fast'],
  args: { key: key() },
  run: (ctx, args) => ctx.read(listType, args.key)?.sequence.length ?? 0,
})

/** LINDEX key index → the element, or null. */
export const lindex = command({
  ...about,
  name: 'LINDEX',
  since: '1.0.0',
  summary: 'Gets the element at an index, counted from the end when negative.',
  complexity: 'O(log(N)) for N elements',
  args: { key: key(), rest: later({ index: int() }) },
  arity: 3,
  run(ctx, args) {
    const state = ctx.read(listType, args.key)
    if (state === undefined) return null
    const { order } = state.sequence
    const element = order.at(fromStart(args.rest().index, order.length))
    return element === undefined ? null : textOf(element.value)
  },
})

/** LRANGE key start stop → array of elements, both ends included. */
export const lrange = command({
  ...about,
  name: 'LRANGE',
  since: '1.0.0',
  summary: 'Gets a range of elements, both ends included.',
  complexity: 'O(log(N)+M) for N elements of which M are in the range',
  args: { key: key(), start: int(), stop: int() },
  run(ctx, args) {
    const state = ctx.read(listType, args.key)
    if (state === undefined) return []
    const { length } = state.sequence
    const start = Math.max(0, fromStart(args.start, length))
    const stop = Math.min(length - 1, fromStart(args.stop, length))
    return valuesFrom(state, start, stop - start + 1)
  },
})

const rank = int()

/** From −(2^63−1) on, because it is turned round; never 0. */
const matchRank: Arg<number> = {
  ...rank,
  read(reader) {
    if (reader.argv[reader.at] === '-9223372036854775808') {
      fail('ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807')
    }
    return (
      rank.read(reader) ||
      fail(
        "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list",
      )
    )
  },
}

/** LPOS key element [RANK rank] [COUNT num-matches] [MAXLEN len] → index or null; with COUNT an array of indices (0: all). */
export const lpos = command({
  ...about,
  name: 'LPOS',
  since: '6.0.6',
  summary: 'Finds an element in a list.',
  complexity: 'O(N) for N elements looked at',
  args: {
    key: key(),
    element: str(),
    rank: opt(named('RANK', matchRank)),
    count: opt(named('COUNT', int({ name: 'num-matches', min: 0, error: "ERR COUNT can't be negative" }))),
    maxlen: opt(named('MAXLEN', int({ name: 'len', min: 0, error: "ERR MAXLEN can't be negative" }))),
  },
  run(ctx, args) {
    const state = ctx.read(listType, args.key)
    const found: number[] = []
    const wanted = args.count === undefined ? 1 : args.count || Infinity
    const nth = args.rank ?? 1
    if (state !== undefined) {
      let skip = Math.abs(nth) - 1
      let left = args.maxlen || Infinity
      const visit = ({ value }: { value: Parameters<typeof textOf>[0] }, index: number) => {
        if (textOf(value) === args.element && skip-- <= 0) found.push(index)
        return --left > 0 && found.length < wanted
      }
      const { order } = state.sequence
      if (nth < 0) order.eachBack(order.length - 1, visit)
      else order.each(0, visit)
    }
    return args.count === undefined ? (found[0] ?? null) : found
  },
})
