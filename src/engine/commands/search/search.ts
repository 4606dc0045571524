import type { Bytes } from '../../../lib/index.ts'
import { part } from '../../parts.ts'
import type { Found } from '../../search/evaluate.ts'
import { inRange, type QueryNode } from '../../search/query.ts'
import { fieldNamed } from '../../search/schema.ts'
import type { Entry, SearchIndex } from '../../search/search-index.ts'
import { double, map, type Reply } from '../../reply.ts'
import { block, flag, int, named, oneOf, opt, repeated, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { countedWords, QUERY_OPTIONS, readQuery, searchIndexes } from './common.ts'

/** A field to show, and the name under which. */
interface Shown {
  readonly field: Bytes
  readonly as: Bytes
}

/** `[AS name]` may follow each field. */
function shownFields(words: readonly Bytes[]): Shown[] {
  const out: Shown[] = []
  for (let i = 0; i < words.length; i++) {
    const field = (words[i] as Bytes).replace(/^@/, '')
    if (words[i + 1]?.toUpperCase() !== 'AS') out.push({ field, as: field })
    else {
      out.push({ field, as: words[i + 2] ?? fail('RETURN path AS name - must be accompanied with NAME') })
      i += 2
    }
  }
  return out
}

const limit = block({ offset: int({ min: 0 }), count: int({ name: 'num', min: 0 }) })
const MOST_RESULTS = 1_000_000

/**
 * FT.SEARCH index query [options] → [total, key, [field, value, …], …]; a map for RESP3. GEOFILTER, SUMMARIZE, WITHPAYLOADS, EXPLAINSCORE, EXPANDER and
 * PAYLOAD are syntax errors.
 */
export const ftSearch = command({
  name: 'FT.SEARCH',
  group: 'search',
  part: 'search' as const,
  since: '1.0.0',
  summary: 'Finds hashes by their words, tags and numbers.',
  complexity: 'O(N) for N documents that hold one of the words',
  flags: ['readonly'],
  args: {
    index: str('index'),
    query: str('query'),
    noContent: opt(flag('NOCONTENT')),
    ...QUERY_OPTIONS,
    keepStopWords: opt(flag('NOSTOPWORDS')),
    withScores: opt(flag('WITHSCORES')),
    withSortKeys: opt(flag('WITHSORTKEYS')),
    filters: repeated(named('FILTER', block({ field: str('numeric-field'), min: str(), max: str() }))),
    inKeys: opt(named('INKEYS', countedWords('key'))),
    inFields: opt(named('INFIELDS', countedWords('field'))),
    returned: opt(named('RETURN', countedWords('identifier'))),
    highlight: opt(
      block({
        highlight: flag('HIGHLIGHT'),
        fields: opt(named('FIELDS', countedWords('field'))),
        tags: opt(named('TAGS', block({ open: str(), close: str() }))),
      }),
    ),
    slop: opt(named('SLOP', int({ name: 'slop' }))),
    inOrder: opt(flag('INORDER')),
    language: opt(named('LANGUAGE', str())),
    scorer: opt(named('SCORER', str())),
    sortBy: opt(
      named('SORTBY', block({ field: str('sortby'), order: opt(oneOf({ asc: flag('ASC'), desc: flag('DESC') })) })),
    ),
    withCount: opt(flag('WITHCOUNT')),
    limit: opt(named('LIMIT', limit)),
  },
  arity: -3,
  activeActive: 'Searches what this region has observed: its own writes and those that have arrived from others.',
  run(ctx, args) {
    const { compareSortValues, evaluate, highlighter, sortValue } = part('search')
    const index = searchIndexes(ctx).find(args.index, ctx.keyspace, ctx.now)
    if (args.scorer !== undefined && args.scorer.toUpperCase() !== 'BM25STD')
      fail('ERR only the scorer BM25STD is supported in this playground')
    const query = readQuery(index, args.query, { ...args, fields: args.inFields })
    const slop = args.slop === undefined || args.slop < 0 ? null : args.slop
    const found = evaluate(index, query, { slop, inOrder: args.inOrder === true })
    keepOnly(found, index, args.inKeys, args.filters ?? [])
    const by = args.sortBy && fieldNamed(index.definition, args.sortBy.field.replace(/^@/, ''))
    if (args.sortBy !== undefined && by === undefined)
      fail(`Property \`${args.sortBy.field}\` not loaded nor in schema`)
    const sortKeys = new Map(by && [...found.keys()].map((entry) => [entry, sortValue(ctx, index, entry, by)] as const))
    const descending = args.sortBy?.order?.as === 'desc'
    const entries = [...found.keys()].sort(
      (a, b) =>
        (by === undefined
          ? (found.get(b) as number) - (found.get(a) as number)
          : compareSortValues(sortKeys.get(a), sortKeys.get(b), descending)) || a.id - b.id,
    )
    const { offset, count } = args.limit ?? { offset: 0, count: 10 }
    if (count > MOST_RESULTS) fail(`LIMIT exceeds maximum of ${MOST_RESULTS}`)
    const returned = args.returned && shownFields(args.returned)
    const contents = args.noContent !== true && returned?.length !== 0
    const mark = args.highlight && highlighter(index, query, args.highlight)
    const results = entries.slice(offset, offset + count).map((entry) => ({
      key: entry.key,
      score: found.get(entry) as number,
      sortKey: sortKeyText(sortKeys.get(entry)),
      fields: contents ? contentOf(ctx, index, entry, returned, mark) : null,
    }))
    return ctx.session.resp === 3 ? asMap(found.size, results, args) : asList(found.size, results, args)
  },
})

function keepOnly(
  found: Found,
  index: SearchIndex,
  keys: readonly Bytes[] | undefined,
  filters: readonly { readonly field: Bytes; readonly min: Bytes; readonly max: Bytes }[],
): void {
  const ranges = filters.map(({ field, min, max }) => {
    const [from, to] = [min, max].map(
      (word) => part('search').numericBound(word.replace(/^\(/, '')) ?? fail('Bad lower range: ' + word),
    )
    if (fieldNamed(index.definition, field)?.type !== 'NUMERIC') fail(`Unknown field ${field}`)
    return {
      field,
      range: {
        min: from as number,
        max: to as number,
        minExclusive: min.startsWith('('),
        maxExclusive: max.startsWith('('),
      },
    }
  })
  const wanted = keys && new Set(keys)
  for (const entry of found.keys()) {
    const fits = ranges.every(({ field, range }) => {
      const number = entry.numbers.get(field)
      return number !== undefined && inRange(number, range)
    })
    if (!fits || wanted?.has(entry.key) === false) found.delete(entry)
  }
}

/** The fields of a result, as [name, value, …]. */
function contentOf(
  ctx: Context,
  index: SearchIndex,
  entry: Entry,
  returned: readonly Shown[] | undefined,
  mark: ((name: Bytes, value: Bytes) => Bytes) | undefined,
): Bytes[] {
  const key = ctx.find(entry.key)
  const document = key && part('search').documentOf(key, index.definition.on, ctx.now)
  if (document === undefined) return []
  const pairs =
    returned === undefined
      ? document.all()
      : returned.flatMap(({ field, as }) => {
          const value = document.get(fieldNamed(index.definition, field)?.identifier ?? field)
          return value === undefined ? [] : [[as, value] as const]
        })
  return pairs.flatMap(([name, value]) => [name, mark === undefined ? value : mark(name, value)])
}

interface Result {
  readonly key: Bytes
  readonly score: number
  readonly sortKey: Bytes | null
  readonly fields: readonly Bytes[] | null
}
interface Wanted {
  readonly withScores?: true | undefined
  readonly withSortKeys?: true | undefined
}

function sortKeyText(value: number | Bytes | undefined): Bytes | null {
  if (value === undefined) return null
  return typeof value === 'number' ? `#${value}` : `$${value}`
}

function asList(total: number, results: readonly Result[], { withScores, withSortKeys }: Wanted): Reply {
  return [
    total,
    ...results.flatMap(({ key, score, sortKey, fields }) => [
      key,
      ...(withScores ? [String(score)] : []),
      ...(withSortKeys ? [sortKey] : []),
      ...(fields === null ? [] : [fields]),
    ]),
  ]
}

function asMap(total: number, results: readonly Result[], { withScores, withSortKeys }: Wanted): Reply {
  return map([
    'attributes',
    [],
    'warning',
    [],
    'total_results',
    total,
    'format',
    'STRING',
    'results',
    results.map(({ key, score, sortKey, fields }) =>
      map([
        'id',
        key,
        ...(withScores ? ['score', double(score)] : []),
        ...(withSortKeys ? ['sortkey', sortKey] : []),
        ...(fields === null ? [] : ['extra_attributes', map(fields)]),
        'values',
        [],
      ]),
    ),
  ])
}

/** A query as FT.EXPLAIN shows it, one node a line. */
export function explainQuery(node: QueryNode, depth = 0): string {
  const indent = '  '.repeat(depth)
  const inner = (nodes: readonly QueryNode[]) => nodes.map((one) => explainQuery(one, depth + 1)).join('')
  const group = (name: string, nodes: readonly QueryNode[]) => `${indent}${name} {\n${inner(nodes)}${indent}}\n`
  const where = 'fields' in node && node.fields !== null ? `@${node.fields.map(({ name }) => name).join('|')}:` : ''
  switch (node.kind) {
    case 'all':
      return `${indent}<WILDCARD>\n`
    case 'none':
      return `${indent}<empty>\n`
    case 'term':
      return `${indent}${where}${node.term}\n`
    case 'prefix':
      return `${indent}${where}PREFIX{${node.text}*}\n`
    case 'suffix':
      return `${indent}${where}SUFFIX{*${node.text}}\n`
    case 'infix':
      return `${indent}${where}INFIX{*${node.text}*}\n`
    case 'fuzzy':
      return `${indent}${where}FUZZY{${node.text}}\n`
    case 'phrase':
      return `${indent}${where}EXACT {\n${node.terms.map((term) => `${indent}  ${term}\n`).join('')}${indent}}\n`
    case 'and':
      return group('INTERSECT', node.nodes)
    case 'or':
      return group('UNION', node.nodes)
    case 'not':
      return group('NOT', [node.node])
    case 'optional':
      return group('OPTIONAL', [node.node])
    case 'tag':
      return `${indent}TAG:@${node.field.name} {\n${node.tags.map(({ text }) => `${indent}  ${text}\n`).join('')}${indent}}\n`
    case 'range': {
      const { min, max, minExclusive, maxExclusive } = node.range
      return `${indent}NUMERIC {${min} ${minExclusive ? '<' : '<='} @${node.field.name} ${maxExclusive ? '<' : '<='} ${max}}\n`
    }
  }
}
