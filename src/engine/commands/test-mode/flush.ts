import { OK } from '../../reply.ts'
import { flag, key, oneOf, opt } from '../arguments.ts'
import { removeEveryKey } from '../../flush.ts'
import { command } from '../command.ts'
import { databaseIndex, NO_SUCH_DATABASE, TEST_DATABASES } from '../database-index.ts'
import { fail } from '../errors.ts'
import { settingOf } from '../server/config.ts'
import { objectEncoding } from './object-encoding.ts'

function flushing(name: string) {
  return command({
    name,
    group: 'server',
    since: '1.0.0',
    summary: 'Removes every key, and search indexes.',
    complexity: 'O(N) for N keys',
    flags: ['write'],
    args: { how: opt(oneOf({ async: flag('ASYNC'), sync: flag('SYNC') })) },
    activeActive: 'Refused outside test mode (M4). Here it removes what this region has observed, as one write.',
    run(ctx) {
      removeEveryKey(ctx)
      ctx.instance.search = undefined
      return OK
    },
  })
}

/** FLUSHALL [ASYNC | SYNC] → OK. */
export const flushall = flushing('FLUSHALL')
/** FLUSHDB [ASYNC | SYNC] → OK; there is one keyspace, whatever was selected. */
export const flushdb = flushing('FLUSHDB')

/** SELECT index → OK for 0 … 15, which are all the same keyspace. */
export const selectAny = command({
  name: 'SELECT',
  group: 'connection',
  since: '1.0.0',
  summary: 'Chooses a database; all of them are one.',
  complexity: 'O(1)',
  flags: ['loading', 'stale', 'fast'],
  args: { index: databaseIndex() },
  activeActive: 'Outside test mode only 0 exists (M4).',
  run({ session }, { index }) {
    if (index < 0 || index >= TEST_DATABASES) fail(NO_SUCH_DATABASE)
    session.db = index
    return OK
  },
})

/** MOVE key db → an error: source and destination are always one keyspace. */
export const move = command({
  name: 'MOVE',
  group: 'generic',
  since: '1.0.0',
  summary: 'Moves a key to another database.',
  complexity: 'O(1)',
  flags: ['write', 'fast'],
  args: { key: key(), database: databaseIndex('db') },
  activeActive: 'Refused outside test mode (M4).',
  run(_ctx, { database }) {
    if (database < 0 || database >= TEST_DATABASES) fail(NO_SUCH_DATABASE)
    return fail('ERR source and destination objects are the same')
  },
})

/** OBJECT ENCODING key → the encoding that Redis would choose for the content, or null. */
export const objectEncodingCommand = command({
  name: 'OBJECT ENCODING',
  group: 'generic',
  since: '2.2.3',
  summary: 'How Redis would keep a value of this size.',
  complexity: 'O(N) for N elements of a small value',
  flags: ['readonly'],
  args: { key: key() },
  activeActive: 'Refused outside test mode (M4): values are CRDTs.',
  run(ctx, args) {
    const value = ctx.find(args.key)?.value
    return value === undefined || value === null ? null : objectEncoding(value, (name) => settingOf(ctx.instance, name))
  },
})
