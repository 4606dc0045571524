/** SORT and SORT_RO. */
import type { Bytes } from '../../../lib/index.ts'
import { content, listType } from '../../crdt/list/list.ts'
import { SetState } from '../../crdt/set/set.ts'
import { block, flag, int, key, named, oneOf, opt, pattern, repeated, whole, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, WRONG_TYPE } from '../errors.ts'
import { elementsToSort, lookupByPattern, sortScore } from './sort-values.ts'

const directions = oneOf({ asc: flag('ASC'), desc: flag('DESC') })

/** Both may be given: the last one counts. */
const order: Arg<{ readonly descending: boolean }> = {
  ...directions,
  read: (reader) => ({ descending: directions.read(reader).as === 'desc' }),
}

const options = {
  by: opt(named('BY', pattern('by-pattern'))),
  limit: opt(named('LIMIT', whole(block({ offset: int(), count: int() })))),
  get: repeated(named('GET', pattern('get-pattern'))),
  order: opt(order),
  alpha: opt(flag('ALPHA')),
}

const about = {
  group: 'generic',
  complexity: 'O(N + M*log(M)) for N elements of which M are returned',
  activeActive: 'Sorts what this region has observed.',
}

const destinationKey = key('destination')

/** Of several, only the last counts as a key of the command. */
const destination: Arg<Bytes> = {
  ...destinationKey,
  read(reader) {
    reader.keys?.splice(1)
    return destinationKey.read(reader)
  },
}

interface Sorting {
  readonly key: Bytes
  readonly by: Bytes | undefined
  readonly limit: { readonly offset: number; readonly count: number } | undefined
  readonly get: readonly Bytes[] | undefined
  readonly order: { readonly descending: boolean } | undefined
  readonly alpha: true | undefined
}

interface Item {
  readonly element: Bytes
  /** What to sort by: the element itself, or what BY found. */
  readonly text: Bytes | null
  readonly score: number
}

/** Equal items are put in the order of their bytes, so that the result never depends on the order of arrival. */
function compare(a: Item, b: Item, alpha: boolean): number {
  if (alpha) {
    if (a.text !== b.text) {
      if (a.text === null || b.text === null) return a.text === null ? -1 : 1
      return a.text < b.text ? -1 : 1
    }
  } else if (a.score !== b.score) {
    return a.score < b.score ? -1 : 1
  }
  return a.element < b.element ? -1 : a.element > b.element ? 1 : 0
}

/**
 * The elements in order, each replaced by what the GET patterns find. A BY pattern without `*` means: do not sort; but what is stored of a set, or given to a
 * script, is in the order of its bytes all the same.
 */
function sorted(ctx: Context, sorting: Sorting, forcesSets: boolean): (Bytes | null)[] {
  const { key: name, limit, get } = sorting
  const value = ctx.find(name)?.value ?? null
  const elements = value === null ? [] : (elementsToSort(value) ?? fail(WRONG_TYPE))
  const unsorted = sorting.by !== undefined && !sorting.by.includes('*')
  const forced = unsorted && forcesSets && value instanceof SetState
  const by = unsorted ? undefined : sorting.by
  const alpha = forced || sorting.alpha === true
  const descending = sorting.order?.descending === true
  const items: Item[] = elements.map((element) => {
    const text = by === undefined ? element : lookupByPattern(ctx, by, element)
    return { element, text, score: alpha || unsorted ? 0 : sortScore(text) }
  })
  if (!unsorted || forced) items.sort((a, b) => (descending ? -1 : 1) * compare(a, b, alpha))
  else if (descending && !(value instanceof SetState)) items.reverse()
  const from = Math.max(0, limit?.offset ?? 0)
  const count = limit?.count ?? -1
  const chosen = items.slice(from, count < 0 ? undefined : from + count)
  if (get === undefined || get.length === 0) return chosen.map((item) => item.element)
  return chosen.flatMap((item) => get.map((wanted) => lookupByPattern(ctx, wanted, item.element)))
}

/** SORT_RO key [BY pattern] [LIMIT offset count] [GET pattern …] [ASC | DESC] [ALPHA] → array of elements, or of what GET finds. */
export const sortRo = command({
  ...about,
  name: 'SORT_RO',
  since: '7.0.0',
  summary: 'Sorts the elements of a key.',
  flags: ['readonly', 'movablekeys'],
  args: { key: key(), ...options },
  run: (ctx, args) => sorted(ctx, args, ctx.session.isScript),
})

/** SORT … [STORE destination] → array as of SORT_RO; with STORE how many elements the list got, where what GET did not find is an empty string. */
export const sort = command({
  ...about,
  name: 'SORT',
  since: '1.0.0',
  summary: 'Sorts the elements of a key.',
  flags: ['write', 'denyoom', 'movablekeys'],
  args: { key: key(), ...options, store: opt(named('STORE', destination)) },
  activeActive:
    'Sorts what this region has observed. STORE replaces the destination with the result as it is here (T3).',
  run(ctx, args) {
    const { store } = args
    if (store === undefined) return sorted(ctx, args, ctx.session.isScript)
    const elements = sorted(ctx, args, true).map((element) => element ?? '')
    if (elements.length === 0) ctx.remove(store, 'del')
    else ctx.replace(listType, store, content(elements), 'forget', 'sortstore')
    return elements.length
  },
})
