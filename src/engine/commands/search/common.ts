/** What the commands of the query engine share. */
import { textOfBytes, type Bytes } from '../../../lib/index.ts'
import { part } from '../../parts.ts'
import type { QueryNode } from '../../search/query.ts'
import { fieldNamed, type Field } from '../../search/schema.ts'
import type { SearchIndex } from '../../search/search-index.ts'
import type { SearchIndexes } from '../../search/indexes.ts'
import { flag, int, named, opt, str, type Arg } from '../arguments.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { parseIndex } from '../numbers.ts'

/** The instance's indexes, made when the first command of this group runs. */
export function searchIndexes(ctx: Context): SearchIndexes {
  return (ctx.instance.search ??= new (part('search').SearchIndexes)())
}

/** A count, which may be 0, and that many words. */
export function countedWords(name: string): Arg<Bytes[]> {
  return {
    type: 'block',
    children: { count: int(), words: { ...(str(name) as Arg<unknown>), multiple: true } },
    least: 1,
    read(reader) {
      const count = parseIndex(reader.argv[reader.at] ?? '')
      const from = reader.at + 1
      if (count === undefined || count < 0 || count > reader.argv.length - from) {
        fail(`Bad arguments for ${name}: Expected an argument, but none provided`)
      }
      reader.at = from + count
      return reader.argv.slice(from, reader.at)
    },
  }
}

/** What FT.SEARCH, FT.AGGREGATE and FT.EXPLAIN share. Dialects differ in how they read queries; every number gives dialect 2. */
export const QUERY_OPTIONS = {
  parameters: opt(named('PARAMS', countedWords('parameter'))),
  dialect: opt(
    named(
      'DIALECT',
      int({ name: 'dialect', min: 1, max: 4, error: 'DIALECT requires a non negative integer >=1 and <= 4' }),
    ),
  ),
  timeout: opt(named('TIMEOUT', int({ name: 'timeout', min: 0 }))),
  verbatim: opt(flag('VERBATIM')),
}

export interface QueryWords {
  readonly verbatim?: true | undefined
  readonly keepStopWords?: true | undefined
  readonly fields?: readonly Bytes[] | undefined
  readonly parameters?: readonly Bytes[] | undefined
}

export function readQuery(index: SearchIndex, query: Bytes, words: QueryWords): QueryNode {
  const { definition } = index
  const { parameters = [] } = words
  if (parameters.length % 2 === 1) fail('Parameters must be specified in PARAM VALUE pairs')
  const values = new Map<string, string>()
  for (let i = 0; i < parameters.length; i += 2) {
    values.set(textOfBytes(parameters[i] as Bytes), textOfBytes(parameters[i + 1] as Bytes))
  }
  const fields = words.fields?.flatMap((name): Field[] => {
    const field = fieldNamed(definition, name)
    return field === undefined ? [] : [field]
  })
  return part('search').parseQuery(textOfBytes(query), definition, {
    verbatim: words.verbatim === true,
    keepStopWords: words.keepStopWords === true,
    fields: fields ?? null,
    parameters: values,
  })
}
