import { OK, PONG } from '../../reply.ts'
import { listens } from '../../listening.ts'
import { last, opt, rest, str } from '../arguments.ts'
import { command } from '../command.ts'
import { wrongArity } from '../errors.ts'

/** PING [message] → PONG, or the message. */
export const ping = command({
  name: 'PING',
  group: 'connection',
  since: '1.0.0',
  summary: 'Answers PONG, or the message given.',
  complexity: 'O(1)',
  flags: ['fast'],
  args: { message: opt(last(str(), wrongArity)) },
  activeActive: 'Shows that this region answers; it says nothing about replication (A1).',
  run({ session }, { message }) {
    if (session.resp === 2 && listens(session)) return ['pong', message ?? '']
    return message ?? PONG
  },
})

/** ECHO message → the message. */
export const echo = command({
  name: 'ECHO',
  group: 'connection',
  since: '1.0.0',
  summary: 'Answers with its argument.',
  complexity: 'O(1)',
  flags: ['loading', 'stale', 'fast'],
  args: { message: str() },
  activeActive: 'Local.',
  run: (_ctx, { message }) => message,
})

/** QUIT → OK; the connection ends afterwards. */
export const quit = command({
  name: 'QUIT',
  group: 'connection',
  since: '1.0.0',
  summary: 'Ends the connection.',
  complexity: 'O(1)',
  flags: ['noscript', 'loading', 'stale', 'fast', 'no_multi', 'allow_busy'],
  arity: -1,
  args: { words: rest('word') },
  activeActive: 'Local.',
  run({ instance, session }) {
    instance.endSession(session)
    return OK
  },
})
