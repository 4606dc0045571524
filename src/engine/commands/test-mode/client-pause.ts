/** CLIENT PAUSE: what clients send waits until the pause is over; with WRITE, only what may change something. */
import { OK } from '../../reply.ts'
import { flag, int, oneOf, opt } from '../arguments.ts'
import { unpause } from '../../pausing.ts'
import { command } from '../command.ts'

const about = {
  group: 'connection',
  since: '3.0.0',
  complexity: 'O(1)',
  flags: ['admin', 'noscript', 'loading', 'stale'] as const,
  activeActive: 'Refused outside test mode (M4).',
}

/** CLIENT PAUSE ms [WRITE | ALL] → OK. A later pause may lengthen or widen, never shorten or narrow. */
export const clientPause = command({
  ...about,
  name: 'CLIENT PAUSE',
  summary: 'Lets clients wait for some time.',
  args: {
    timeout: int({
      min: 0,
      error: 'ERR timeout is not an integer or out of range',
      rangeError: 'ERR timeout is negative',
    }),
    mode: opt(oneOf({ write: flag('WRITE'), all: flag('ALL') })),
  },
  run({ instance, now }, { timeout, mode }) {
    const until = now + timeout
    const before = instance.pause
    const all = mode?.as !== 'write' || (before !== null && before.all && before.until > now)
    instance.pause = { until: Math.max(until, before?.until ?? 0), all }
    return OK
  },
})

/** CLIENT UNPAUSE → OK; what waited runs now. */
export const clientUnpause = command({
  ...about,
  name: 'CLIENT UNPAUSE',
  summary: 'Ends a pause.',
  args: {},
  run({ instance, now }) {
    unpause(instance, now)
    return OK
  },
})
