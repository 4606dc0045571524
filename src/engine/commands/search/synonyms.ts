import { bytesOfText, textOfBytes } from '../../../lib/index.ts'
import { map, OK } from '../../reply.ts'
import { flag, many, opt, str } from '../arguments.ts'
import { command } from '../command.ts'
import { searchIndexes } from './common.ts'

const about = {
  group: 'search',
  part: 'search' as const,
  since: '1.2.0',
  complexity: 'O(1)',
  activeActive: 'Local to the region, as its indexes are (G9).',
}

/** FT.SYNUPDATE index group [SKIPINITIALSCAN] term [term …] → OK. A query for one of a group finds the others too. */
export const ftSynupdate = command({
  ...about,
  name: 'FT.SYNUPDATE',
  summary: 'Makes words of a search index synonyms.',
  flags: ['write'],
  args: {
    index: str('index'),
    group: str('synonym-group-id'),
    skipScan: opt(flag('SKIPINITIALSCAN')),
    terms: many(str('term')),
  },
  run(ctx, { index: name, group, terms }) {
    const { synonyms } = searchIndexes(ctx).find(name, ctx.keyspace, ctx.now)
    const words = synonyms.get(group) ?? new Set<string>()
    for (const term of terms) words.add(textOfBytes(term).toLowerCase())
    synonyms.set(group, words)
    return OK
  },
})

/** FT.SYNDUMP index → map of terms to their groups. */
export const ftSyndump = command({
  ...about,
  name: 'FT.SYNDUMP',
  summary: 'Lists the synonyms of a search index.',
  flags: ['readonly'],
  args: { index: str('index') },
  run(ctx, args) {
    const { synonyms } = searchIndexes(ctx).find(args.index, ctx.keyspace, ctx.now)
    const terms = [...new Set([...synonyms.values()].flatMap((words) => [...words]))].sort()
    return map(
      terms.flatMap((term) => [
        bytesOfText(term),
        [...synonyms].flatMap(([group, words]) => (words.has(term) ? [group] : [])),
      ]),
    )
  },
})
