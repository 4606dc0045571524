/** FT.CREATE and FT.ALTER. */
import { textOfBytes, type Bytes } from '../../../lib/index.ts'
import type { IndexDefinition } from '../../search/schema.ts'
import { part } from '../../parts.ts'
import { OK } from '../../reply.ts'
import { double, flag, named, oneOf, opt, rest, str, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import { fail } from '../errors.ts'
import { countedWords, searchIndexes } from './common.ts'
import { readFields } from './schema-reader.ts'

const about = { group: 'search', part: 'search' as const, flags: ['write'] as const, since: '1.0.0' }
const LOCAL =
  'An index is local: make it in every region (G9). It covers what its region has observed, remote writes included.'

const onlyEnglish: Arg<Bytes> = {
  ...str('language'),
  read: (reader) =>
    str().read(reader).toLowerCase() === 'english'
      ? 'english'
      : fail('ERR only English is supported in this playground'),
}

/** Client libraries send the default. */
const onlyScore: Arg<number> = {
  ...double('default_score'),
  read: (reader) =>
    double().read(reader) === 1 ? 1 : fail('ERR only a SCORE of 1, the default, is supported in this playground'),
}

/**
 * FT.CREATE index [ON HASH | JSON] [PREFIX n prefix …] [LANGUAGE english] [SCORE 1] [STOPWORDS n word …] [options that change nothing here] SCHEMA field … → OK.
 * FILTER, LANGUAGE_FIELD, SCORE_FIELD, PAYLOAD_FIELD and TEMPORARY are refused as syntax errors.
 */
export const ftCreate = command({
  ...about,
  name: 'FT.CREATE',
  summary: 'Makes a search index over hashes.',
  complexity: 'O(N) for N keys, when it is first asked',
  args: {
    index: str('index'),
    on: opt(named('ON', oneOf({ hash: flag('HASH'), json: flag('JSON') }))),
    prefixes: opt(named('PREFIX', countedWords('prefix'))),
    language: opt(named('LANGUAGE', onlyEnglish)),
    score: opt(named('SCORE', onlyScore)),
    stopWords: opt(named('STOPWORDS', countedWords('stopword'))),
    maxTextFields: opt(flag('MAXTEXTFIELDS')),
    noOffsets: opt(flag('NOOFFSETS')),
    noHighlight: opt(flag('NOHL')),
    noFields: opt(flag('NOFIELDS')),
    noFrequencies: opt(flag('NOFREQS')),
    skipScan: opt(flag('SKIPINITIALSCAN')),
    schema: named('SCHEMA', rest('field')),
  },
  activeActive: LOCAL,
  run(ctx, { index, on, prefixes = [''], stopWords, skipScan, schema }) {
    const indexes = searchIndexes(ctx)
    if (indexes.all.has(index) || indexes.aliases.has(index)) fail('Index already exists')
    const definition: IndexDefinition = {
      name: index,
      on: on?.as === 'json' ? 'JSON' : 'HASH',
      prefixes,
      stopWords: new Set(stopWords?.map((word) => textOfBytes(word).toLowerCase()) ?? part('search').STOP_WORDS),
      ownStopWords: stopWords !== undefined,
      fields: readFields(schema, []),
    }
    if (definition.on === 'JSON') for (const { identifier } of definition.fields) part('search').readPath(identifier)
    indexes.create(definition, skipScan === true)
    return OK
  },
})

/** FT.ALTER index [SKIPINITIALSCAN] SCHEMA ADD field … → OK. */
export const ftAlter = command({
  ...about,
  name: 'FT.ALTER',
  summary: 'Adds fields to a search index.',
  complexity: 'O(N) for N keys, when it is next asked',
  args: {
    index: str('index'),
    skipScan: opt(flag('SKIPINITIALSCAN')),
    schema: named('SCHEMA', named('ADD', rest('field'))),
  },
  activeActive: LOCAL,
  run(ctx, { index: name, schema }) {
    const index = searchIndexes(ctx).find(name, ctx.keyspace, ctx.now)
    const fields = readFields(schema, index.definition.fields)
    index.rebuild({ ...index.definition, fields: [...index.definition.fields, ...fields] })
    return OK
  },
})
