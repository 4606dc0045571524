import type { Bytes } from '../../../lib/index.ts'
import { compareIds, LEAST, type Id } from '../../crdt/stream/id.ts'
import { entriesAdded, lastMark, ownPart } from '../../crdt/stream/state.ts'
import { streamType } from '../../crdt/stream/stream.ts'
import { OK } from '../../reply.ts'
import { int, key, named, opt, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import { fail, NO_SUCH_KEY } from '../errors.ts'
import { countOf } from './group.ts'
import { entryId } from './ids.ts'

interface Settings {
  readonly lastId: Id
  readonly added: number | undefined
  readonly maxDeleted: Id | undefined
}

const children = {
  lastId: entryId('last-id'),
  added: opt(named('ENTRIESADDED', int({ name: 'entries-added' }))),
  maxDeleted: opt(named('MAXDELETEDID', entryId('max-deleted-id'))),
}

/** An option is held against the ID as soon as it is read. */
const settings: Arg<Settings> = {
  type: 'block',
  children,
  least: 1,
  read(reader) {
    const lastId = children.lastId.read(reader)
    let added: number | undefined
    let maxDeleted: Id | undefined
    while (reader.at < reader.argv.length - 1) {
      if (children.added.begins?.(reader)) {
        added = countOf(reader.argv[reader.at + 1] as Bytes)
        if (added < 0) fail('ERR entries_added must be positive')
        reader.at += 2
      } else if (children.maxDeleted.begins?.(reader)) {
        maxDeleted = children.maxDeleted.read(reader)
        if (maxDeleted !== undefined && compareIds(lastId, maxDeleted) < 0)
          fail('ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id')
      } else break
    }
    return { lastId, added, maxDeleted }
  },
}

/** XSETID key last-id [ENTRIESADDED entries-added] [MAXDELETEDID max-deleted-id] → OK. Never to a smaller ID (E7). */
export const xsetid = command({
  name: 'XSETID',
  group: 'stream',
  since: '5.0.0',
  summary: 'Sets the last ID of a stream.',
  complexity: 'O(1)',
  flags: ['write', 'denyoom', 'fast'],
  args: { key: key(), settings },
  activeActive: 'Replicates; an ID smaller than the last one of any region is refused (E7).',
  run(ctx, { key: name, settings: { lastId, added, maxDeleted } }) {
    const state = ctx.read(streamType, name) ?? fail(NO_SUCH_KEY)
    // Redis itself only looks at the last entry that there is.
    const least = ctx.testMode ? (state.entries.last ?? LEAST) : lastMark(state)
    if (compareIds(lastId, least) < 0) fail('ERR The ID specified in XSETID is smaller than the target stream top item')
    if (added !== undefined && state.entries.size > added)
      fail('ERR The entries_added specified in XSETID is smaller than the target stream length')
    ctx.update(
      streamType,
      name,
      {
        kind: 'setid',
        id: lastId,
        added: ownPart(state, added ?? entriesAdded(state), ctx.self),
        maxDeleted: maxDeleted ?? LEAST,
      },
      'xsetid',
    )
    return OK
  },
})
