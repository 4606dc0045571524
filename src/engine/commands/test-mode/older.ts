/** What Active-Active refuses because there is another way (M4), and tests of clients still try. */
import { OK } from '../../reply.ts'
import { flag, int, key, opt, str } from '../arguments.ts'
import { command } from '../command.ts'
import { searchIndexes } from '../search/common.ts'
import { getrange } from '../string/range.ts'

/** SUBSTR key start end → as GETRANGE. */
export const substr = command({
  name: 'SUBSTR',
  group: 'string',
  since: '1.0.0',
  summary: 'Reads part of a string.',
  complexity: 'O(N) for N bytes read',
  flags: ['readonly'],
  args: { key: key(), start: int(), end: int() },
  activeActive: 'Refused outside test mode (M4).',
  run: (ctx) => getrange.execute(ctx, ctx.line),
})

/** FT.DROPINDEX index [DD] → OK; DD: and the documents that it covers. */
export const ftDropindex = command({
  name: 'FT.DROPINDEX',
  group: 'search',
  since: '2.0.0',
  summary: 'Removes a search index.',
  complexity: 'O(N) for N documents with DD',
  flags: ['write'],
  args: { index: str('index'), documents: opt(flag('DD')) },
  activeActive: 'Refused outside test mode (M4).',
  run(ctx, { index: name, documents }) {
    const indexes = searchIndexes(ctx)
    const index = indexes.find(name, ctx.keyspace, ctx.now)
    indexes.drop(index)
    if (documents) for (const document of index.entries.keys()) ctx.remove(document, 'del')
    return OK
  },
})
