import type { Bytes } from '../../../lib/index.ts'
import { part } from '../../parts.ts'
import type { Reducer, Row, SortKey } from '../../search/aggregate.ts'
import { fieldNamed } from '../../search/schema.ts'
import type { Entry, SearchIndex } from '../../search/search-index.ts'
import { map, type Reply } from '../../reply.ts'
import { rest, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { parseIndex } from '../numbers.ts'
import { readQuery, searchIndexes } from './common.ts'

type Step = (rows: readonly Row[]) => Row[]

/** What FT.AGGREGATE was asked to do, step by step in the order given. */
interface Plan {
  verbatim: boolean
  parameters: Bytes[]
  /** Fields to load, and the names that they get; null: all. */
  load: (readonly [field: Bytes, name: Bytes])[] | null
  /** Properties that any step uses. */
  readonly used: Set<Bytes>
  readonly steps: Step[]
}

class StepReader {
  readonly #words: readonly Bytes[]
  #at = 0
  readonly plan: Plan = { verbatim: false, parameters: [], load: [], used: new Set(), steps: [] }

  constructor(words: readonly Bytes[]) {
    this.#words = words
  }

  read(): Plan {
    while (this.#at < this.#words.length) this.#step(this.#next('argument'))
    return this.plan
  }

  #next(what: string): Bytes {
    return this.#words[this.#at++] ?? fail(`Bad arguments for ${what}: Expected an argument, but none provided`)
  }

  #takes(token: string): boolean {
    const found = this.#words[this.#at]?.toUpperCase() === token
    if (found) this.#at++
    return found
  }

  #count(what: string): number {
    const count = parseIndex(this.#next(what))
    if (count === undefined || count < 0) fail(`Bad arguments for ${what}: Could not convert argument to expected type`)
    return count
  }

  #counted(what: string): Bytes[] {
    return Array.from({ length: Math.min(this.#count(what), this.#words.length) }, () => this.#next(what))
  }

  #property(word: Bytes, what: string): Bytes {
    if (!word.startsWith('@'))
      fail(`Bad arguments for ${what}: Unknown property \`${word}\`. Did you mean \`@${word}\`?`)
    this.plan.used.add(word.slice(1))
    return word.slice(1)
  }

  #step(word: Bytes): void {
    const { plan } = this
    switch (word.toUpperCase()) {
      case 'VERBATIM':
        plan.verbatim = true
        return
      case 'PARAMS':
        plan.parameters = this.#counted('PARAMS')
        return
      case 'DIALECT':
      case 'TIMEOUT':
        this.#count(word.toUpperCase())
        return
      case 'LOAD':
        if (this.#takes('*')) plan.load = null
        else plan.load = [...(plan.load ?? []), ...namedFields(this.#counted('LOAD'))]
        return
      case 'LIMIT': {
        const offset = this.#count('LIMIT')
        const count = this.#count('LIMIT')
        plan.steps.push((rows) => rows.slice(offset, offset + count))
        return
      }
      case 'SORTBY':
        return this.#sortBy()
      case 'GROUPBY':
        return this.#groupBy()
      case 'APPLY':
      case 'FILTER':
      case 'WITHCURSOR':
      case 'ADDSCORES':
        return fail(`ERR ${word.toUpperCase()} is not supported in this playground`)
      default:
        return fail(`Unknown argument \`${word}\` at position ${this.#at + 2} for <main>`)
    }
  }

  #sortBy(): void {
    const keys: SortKey[] = []
    const words = this.#counted('SORTBY')
    for (let i = 0; i < words.length; i++) {
      const property = this.#property(words[i] as Bytes, 'SORTBY')
      const order = words[i + 1]?.toUpperCase()
      if (order === 'ASC' || order === 'DESC') i++
      keys.push({ property, descending: order === 'DESC' })
    }
    const most = this.#takes('MAX') ? this.#count('MAX') : Infinity
    this.plan.steps.push((rows) => part('search').sortRows(rows, keys).slice(0, most))
  }

  #groupBy(): void {
    const properties = this.#counted('GROUPBY').map((word) => this.#property(word, 'GROUPBY'))
    const reducers: Reducer[] = []
    while (this.#takes('REDUCE')) {
      const name = this.#next('REDUCE').toUpperCase()
      const args = this.#counted(name).map((word) => this.#property(word, name))
      const as = this.#takes('AS') ? this.#next('AS') : `__generated_alias${name.toLowerCase()}${args.join()}`
      const reducer = { name, args, as }
      part('search').checkReducer(reducer)
      reducers.push(reducer)
    }
    this.plan.steps.push((rows) => part('search').groupBy(rows, properties, reducers))
  }
}

/** `@field`, or `@field AS name`. */
function namedFields(words: readonly Bytes[]): [field: Bytes, name: Bytes][] {
  const out: [Bytes, Bytes][] = []
  for (let i = 0; i < words.length; i++) {
    const field = (words[i] as Bytes).replace(/^@/, '')
    const renamed = words[i + 1]?.toUpperCase() === 'AS' && i + 2 < words.length
    out.push([field, renamed ? (words[i + 2] as Bytes) : field])
    if (renamed) i += 2
  }
  return out
}

function rowOf(ctx: Context, index: SearchIndex, entry: Entry, plan: Plan): Row {
  const key = ctx.find(entry.key)
  const document = key && part('search').documentOf(key, index.definition.on, ctx.now)
  if (document === undefined) return new Map()
  const row: Row = new Map(plan.load === null ? document.all() : [])
  const used = [...plan.used].map((name) => [name, name] as const)
  for (const [field, name] of [
    ...used.filter(([name]) => !plan.load?.some((one) => one[1] === name)),
    ...(plan.load ?? []),
  ]) {
    const value = field === '__key' ? entry.key : document.get(fieldNamed(index.definition, field)?.identifier ?? field)
    if (value !== undefined) row.set(name, value)
  }
  return row
}

/**
 * FT.AGGREGATE index query [LOAD …] [GROUPBY … REDUCE …] [SORTBY …] [LIMIT …] … → [count, [property, value, …], …]; a map for RESP3. The steps run in the
 * order given. APPLY, FILTER and WITHCURSOR are refused.
 */
export const ftAggregate = command({
  name: 'FT.AGGREGATE',
  group: 'search',
  part: 'search' as const,
  since: '1.1.0',
  summary: 'Groups, counts and sorts what a query finds.',
  complexity: 'O(N) for N documents found',
  flags: ['readonly'],
  args: { index: str('index'), query: str('query'), steps: rest('step') },
  activeActive: 'Computed from what this region has observed.',
  run(ctx, args) {
    const { cellText, evaluate } = part('search')
    const index = searchIndexes(ctx).find(args.index, ctx.keyspace, ctx.now)
    const plan = new StepReader(args.steps).read()
    const found = evaluate(
      index,
      readQuery(index, args.query, { verbatim: plan.verbatim || undefined, parameters: plan.parameters }),
      {
        slop: null,
        inOrder: false,
      },
    )
    const entries = [...found.keys()].sort((a, b) => a.id - b.id)
    let rows = entries.map((entry) => rowOf(ctx, index, entry, plan))
    for (const step of plan.steps) rows = step(rows)
    const shown = rows.map((row) =>
      [...row].flatMap(([name, cell]): Reply[] => [
        name,
        cell === undefined ? null : typeof cell === 'object' ? cell : cellText(cell),
      ]),
    )
    if (ctx.session.resp !== 3) return [rows.length, ...shown]
    const results = shown.map((entries) => map(['extra_attributes', map(entries), 'values', []]))
    return map(['attributes', [], 'warning', [], 'total_results', rows.length, 'format', 'STRING', 'results', results])
  },
})
