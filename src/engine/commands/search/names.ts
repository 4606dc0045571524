/** Aliases of indexes, and word lists. */
import type { Bytes } from '../../../lib/index.ts'
import { OK, set } from '../../reply.ts'
import { many, str } from '../arguments.ts'
import { command } from '../command.ts'
import { fail } from '../errors.ts'
import { searchIndexes } from './common.ts'

const about = {
  group: 'search',
  part: 'search' as const,
  flags: ['write'] as const,
  since: '1.0.0',
  complexity: 'O(1)',
  activeActive: 'Local to the region, as its indexes are (G9).',
}

/** FT.ALIASADD alias index → OK. */
export const ftAliasadd = command({
  ...about,
  name: 'FT.ALIASADD',
  summary: 'Gives a search index a second name.',
  args: { alias: str('alias'), index: str('index') },
  run(ctx, { alias, index }) {
    const indexes = searchIndexes(ctx)
    const { definition } = indexes.find(index, ctx.keyspace, ctx.now)
    if (indexes.aliases.has(alias) || indexes.all.has(alias)) fail('Alias already exists')
    indexes.aliases.set(alias, definition.name)
    return OK
  },
})

/** FT.ALIASUPDATE alias index → OK. Takes the alias from another index. */
export const ftAliasupdate = command({
  ...about,
  name: 'FT.ALIASUPDATE',
  summary: 'Gives a search index a second name, which another may have had.',
  args: { alias: str('alias'), index: str('index') },
  run(ctx, { alias, index }) {
    const indexes = searchIndexes(ctx)
    indexes.aliases.set(alias, indexes.find(index, ctx.keyspace, ctx.now).definition.name)
    return OK
  },
})

/** FT.ALIASDEL alias → OK. */
export const ftAliasdel = command({
  ...about,
  name: 'FT.ALIASDEL',
  summary: 'Takes away the second name of a search index.',
  args: { alias: str('alias') },
  run: (ctx, { alias }) => (searchIndexes(ctx).aliases.delete(alias) ? OK : fail('Alias does not exist')),
})

/** FT.DICTADD dictionary term [term …] → how many are new. */
export const ftDictadd = command({
  ...about,
  name: 'FT.DICTADD',
  summary: 'Adds words to a list.',
  args: { dictionary: str('dict'), terms: many(str('term')) },
  run(ctx, { dictionary, terms }) {
    const { dictionaries } = searchIndexes(ctx)
    const words = dictionaries.get(dictionary) ?? new Set<Bytes>()
    const before = words.size
    for (const term of terms) words.add(term)
    dictionaries.set(dictionary, words)
    return words.size - before
  },
})

/** FT.DICTDEL dictionary term [term …] → how many were there. */
export const ftDictdel = command({
  ...about,
  name: 'FT.DICTDEL',
  summary: 'Removes words from a list.',
  args: { dictionary: str('dict'), terms: many(str('term')) },
  run(ctx, { dictionary, terms }) {
    const words = searchIndexes(ctx).dictionaries.get(dictionary)
    return terms.filter((term) => words?.delete(term)).length
  },
})

/** FT.DICTDUMP dictionary → set of its words. */
export const ftDictdump = command({
  ...about,
  name: 'FT.DICTDUMP',
  flags: ['readonly'],
  summary: 'Lists the words of a list.',
  args: { dictionary: str('dict') },
  run: (ctx, { dictionary }) => set([...(searchIndexes(ctx).dictionaries.get(dictionary) ?? [])].sort()),
})
