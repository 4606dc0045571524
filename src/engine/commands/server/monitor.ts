import { OK } from '../../reply.ts'
import { command } from '../command.ts'
import { fail } from '../errors.ts'

/** MONITOR → OK, then a line for every command that this region runs, until the connection ends. */
export const monitor = command({
  name: 'MONITOR',
  group: 'server',
  since: '1.0.0',
  summary: 'Shows every command that this region runs, as it runs.',
  complexity: '',
  flags: ['admin', 'noscript', 'loading', 'stale'],
  args: {},
  activeActive: 'Shows what clients of this region say, not the effects that come from others.',
  run({ instance, session, atomic }) {
    if (atomic) fail("ERR MONITOR isn't allowed for DENY BLOCKING client")
    instance.monitors.add(session)
    return OK
  },
})
