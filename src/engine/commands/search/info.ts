/** What indexes there are and what is in them: FT._LIST, FT.INFO, FT.TAGVALS, FT.EXPLAIN. */
import { bytesOfText } from '../../../lib/index.ts'
import type { Field } from '../../search/schema.ts'
import { fieldNamed } from '../../search/schema.ts'
import { map, set, status, type Reply } from '../../reply.ts'
import { str } from '../arguments.ts'
import { command } from '../command.ts'
import { fail } from '../errors.ts'
import { QUERY_OPTIONS, readQuery, searchIndexes } from './common.ts'
import { explainQuery } from './search.ts'

const about = {
  group: 'search',
  part: 'search' as const,
  flags: ['readonly'] as const,
  since: '1.0.0',
  complexity: 'O(1)',
  activeActive: 'Tells of the indexes of this region (G9).',
}

/** FT._LIST → set of names. */
export const ftList = command({
  ...about,
  name: 'FT._LIST',
  since: '2.0.0',
  summary: 'Lists the search indexes.',
  args: {},
  run: (ctx) => set([...searchIndexes(ctx).all.keys()]),
})

function describeField(field: Field): Reply {
  const entries: Reply[] = [
    'identifier',
    field.identifier,
    'attribute',
    field.name,
    'type',
    field.type,
    ...(field.type === 'TEXT' ? ['WEIGHT', String(field.weight)] : []),
    ...(field.type === 'TAG' ? ['SEPARATOR', field.separator] : []),
  ]
  const flags = [
    ...(field.sortable ? ['SORTABLE'] : []),
    ...(field.noIndex ? ['NOINDEX'] : []),
    ...(field.type === 'TEXT' && field.noStem ? ['NOSTEM'] : []),
    ...(field.type === 'TAG' && field.caseSensitive ? ['CASESENSITIVE'] : []),
  ]
  return flags.length === 0 ? entries : [...entries, ...flags]
}

/** Sizes that nobody measures here, by the names and in the places that clients count on. */
const UNMEASURED = [
  'inverted_sz_mb',
  'vector_index_sz_mb',
  'total_inverted_index_blocks',
  'offset_vectors_sz_mb',
  'doc_table_size_mb',
  'sortable_values_size_mb',
  'key_table_size_mb',
]
const COLLECTOR = [
  'bytes_collected',
  'total_ms_run',
  'total_cycles',
  'average_cycle_time_ms',
  'last_run_time_ms',
  'gc_numeric_trees_missed',
  'gc_blocks_denied',
]
const CURSORS = ['global_idle', 'global_total', 'index_capacity', 'index_total']

/** FT.INFO index → map of what it covers and holds. */
export const ftInfo = command({
  ...about,
  name: 'FT.INFO',
  summary: 'Describes a search index.',
  args: { index: str('index') },
  run(ctx, args) {
    const index = searchIndexes(ctx).find(args.index, ctx.keyspace, ctx.now)
    const { definition, entries } = index
    const terms = [...index.text.values()].reduce((sum, postings) => sum + postings.size, 0)
    const records = [...entries.values()].reduce(
      (sum, entry) => sum + entry.terms.length + entry.tags.length + entry.numbers.size,
      0,
    )
    return map([
      'index_name',
      definition.name,
      'index_options',
      [],
      'index_definition',
      map(['key_type', definition.on, 'prefixes', definition.prefixes, 'default_score', '1']),
      'attributes',
      definition.fields.map(describeField),
      'num_docs',
      entries.size,
      'max_doc_id',
      index.lastId,
      'num_terms',
      terms,
      'num_records',
      records,
      ...UNMEASURED.flatMap((name) => [name, '0']),
      'records_per_doc_avg',
      entries.size === 0 ? 'nan' : String(records / entries.size),
      'bytes_per_record_avg',
      '0',
      'offsets_per_term_avg',
      '0',
      'offset_bits_per_record_avg',
      '0',
      'hash_indexing_failures',
      index.failures,
      'indexing',
      0,
      'percent_indexed',
      '1',
      'gc_stats',
      map(COLLECTOR.flatMap((name) => [name, '0'])),
      'cursor_stats',
      map(CURSORS.flatMap((name) => [name, 0])),
      ...(definition.ownStopWords ? ['stopwords_list', [...definition.stopWords].map(bytesOfText)] : []),
    ])
  },
})

/** FT.TAGVALS index field → set of the tags in use. */
export const ftTagvals = command({
  ...about,
  name: 'FT.TAGVALS',
  summary: 'Lists the tags in a field of a search index.',
  args: { index: str('index'), field: str('field-name') },
  run(ctx, args) {
    const index = searchIndexes(ctx).find(args.index, ctx.keyspace, ctx.now)
    const field = fieldNamed(index.definition, args.field) ?? fail('No such field')
    if (field.type !== 'TAG') fail('Not a tag field')
    return set([...(index.tags.get(field.name)?.keys() ?? [])].sort().map(bytesOfText))
  },
})

const explaining = { ...about, args: { index: str('index'), query: str('query'), ...QUERY_OPTIONS } }

/** FT.EXPLAIN index query → how the query was read, as one text. */
export const ftExplain = command({
  ...explaining,
  name: 'FT.EXPLAIN',
  summary: 'Shows how a query is read.',
  run: (ctx, args) =>
    bytesOfText(explainQuery(readQuery(searchIndexes(ctx).find(args.index, ctx.keyspace, ctx.now), args.query, args))),
})

/** FT.EXPLAINCLI index query → the same, line by line. */
export const ftExplaincli = command({
  ...explaining,
  name: 'FT.EXPLAINCLI',
  summary: 'Shows how a query is read, line by line.',
  run: (ctx, args) =>
    explainQuery(readQuery(searchIndexes(ctx).find(args.index, ctx.keyspace, ctx.now), args.query, args))
      .split('\n')
      .map((line) => status(bytesOfText(line))),
})
