import { NULL_ARRAY, OK } from '../../reply.ts'
import { command } from '../command.ts'
import { fail } from '../errors.ts'

const about = { group: 'transactions', since: '1.2.0' }

/** MULTI → OK; from here on commands are queued. */
export const multi = command({
  ...about,
  name: 'MULTI',
  summary: 'Begins a transaction: what follows is queued until EXEC.',
  complexity: 'O(1)',
  flags: ['noscript', 'loading', 'stale', 'fast', 'no_multi', 'allow_busy'],
  args: {},
  activeActive: 'Atomic in this region, and its effects reach every other region as one unit (M3).',
  run({ session }) {
    if (session.queue !== null) fail('ERR MULTI calls can not be nested')
    session.queue = []
    return OK
  },
})

/**
 * EXEC → array of replies; a null array when a watched key was touched. Every queued command is a write of its own, taken together with the others
 * by the replication layer; a command that fails there does not stop the rest.
 */
export const exec = command({
  ...about,
  name: 'EXEC',
  summary: 'Runs the queued commands.',
  complexity: 'That of the queued commands',
  flags: ['noscript', 'loading', 'stale', 'no_multi'],
  args: {},
  activeActive: 'Fails when an effect of any region touched a watched key; other regions never see half of it (M3).',
  run(ctx) {
    const { instance, session, now } = ctx
    const { queue, queueFailed } = session
    if (queue === null) fail('ERR EXEC without MULTI')
    const dirty = instance.watching.isDirty(session, now)
    instance.discard(session)
    if (queueFailed) fail('EXECABORT Transaction discarded because of previous errors.')
    if (dirty) return NULL_ARRAY
    ctx.atomic = true
    try {
      return queue.map(({ command: queued, argv }) => instance.run(session, queued, argv, now))
    } finally {
      ctx.atomic = false
    }
  },
})

/** DISCARD → OK; also ends every WATCH. */
export const discard = command({
  ...about,
  name: 'DISCARD',
  since: '2.0.0',
  summary: 'Drops the queued commands.',
  complexity: 'O(N) for N queued commands',
  flags: ['noscript', 'loading', 'stale', 'fast', 'no_multi', 'allow_busy'],
  args: {},
  activeActive: 'Local: nothing of a transaction travels before EXEC (M3).',
  run({ instance, session }) {
    if (session.queue === null) fail('ERR DISCARD without MULTI')
    instance.discard(session)
    return OK
  },
})
