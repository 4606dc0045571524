import { OK } from '../../reply.ts'
import { key, many } from '../arguments.ts'
import { command } from '../command.ts'
import { fail } from '../errors.ts'

const about = { group: 'transactions', since: '2.2.0' }

/** WATCH key [key …] → OK. */
export const watch = command({
  ...about,
  name: 'WATCH',
  summary: 'Makes the next EXEC depend on keys staying as they are.',
  complexity: 'O(N) for N keys',
  flags: ['noscript', 'loading', 'stale', 'fast', 'no_multi', 'allow_busy'],
  args: { keys: many(key()) },
  activeActive:
    'Notices local writes and effects that arrive from other regions (M3); a write that has not arrived yet cannot be noticed.',
  run({ instance, session, now }, { keys }) {
    if (session.queue !== null) fail('ERR WATCH inside MULTI is not allowed')
    for (const name of keys) instance.watching.watch(session, name, now)
    return OK
  },
})

/** UNWATCH → OK. */
export const unwatch = command({
  ...about,
  name: 'UNWATCH',
  summary: 'Forgets all watched keys.',
  complexity: 'O(1)',
  flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
  args: {},
  activeActive: 'Local to this session (M3).',
  run({ instance, session }) {
    instance.watching.unwatch(session)
    return OK
  },
})
