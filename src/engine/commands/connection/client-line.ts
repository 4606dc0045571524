/** What CLIENT LIST and CLIENT INFO say of a session, and which sessions a filter means. */
import type { Bytes } from '../../../lib/index.ts'
import { listens } from '../../listening.ts'
import type { Session } from '../../session.ts'
import type { Context } from '../context.ts'

export const CLIENT_TYPES = ['normal', 'master', 'replica', 'slave', 'pubsub'] as const

export function isOfType(session: Session, type: string): boolean {
  return type === (listens(session) && session.resp === 2 ? 'pubsub' : 'normal')
}

/**
 * One line of `name=value` words, without an end of line. Ages in seconds, memory in bytes: what the command that runs takes, if it is this session's, and
 * what is queued; no other buffers are known here.
 */
export function clientLine(session: Session, { session: own, line, now }: Context): string {
  const argv = session === own ? line : []
  const query = argv.length === 0 ? 0 : requestBytes(argv)
  const words = argv.reduce((sum, word) => sum + word.length, 0)
  const queued = (session.queue ?? []).reduce((sum, one) => sum + requestBytes(one.argv), 0)
  const seconds = (since: number) => Math.max(0, Math.floor((now - since) / 1000))
  const fields: readonly (readonly [string, string | number])[] = [
    ['id', session.id],
    ['addr', session.address],
    ['laddr', session.localAddress],
    ['fd', session.fd],
    ['name', session.name],
    ['age', seconds(session.createdAt)],
    ['idle', seconds(session.lastAt)],
    ['flags', flagsOf(session)],
    ['db', session.db],
    ['sub', session.subscriptions.channel.size],
    ['psub', session.subscriptions.pattern.size],
    ['ssub', session.subscriptions.shard.size],
    ['multi', session.queue === null ? -1 : session.queue.length],
    ['watch', session.watched.size],
    ['qbuf', query],
    ['qbuf-free', 0],
    ['argv-mem', words],
    ['multi-mem', queued],
    ['rbs', 0],
    ['rbp', 0],
    ['obl', 0],
    ['oll', 0],
    ['omem', 0],
    ['tot-mem', query + words + queued],
    ['events', 'r'],
    ['cmd', session.lastCommand],
    ['user', session.user],
    ['redir', session.tracking?.redirect ?? -1],
    ['resp', session.resp],
    ['lib-name', session.library.name],
    ['lib-ver', session.library.version],
  ]
  return fields.map(([name, value]) => `${name}=${value}`).join(' ')
}

/** Length of a command line as an array of bulk strings. */
function requestBytes(argv: readonly Bytes[]): number {
  return argv.reduce((sum, { length }) => sum + `$${length}`.length + length + 4, `*${argv.length}`.length + 2)
}

function flagsOf(session: Session): string {
  let flags = ''
  if (session.monitoring) flags += 'O'
  if (listens(session)) flags += 'P'
  if (session.queue !== null) flags += 'x'
  if (session.waiting !== null) flags += 'b'
  if (session.tracking !== null) flags += session.tracking.bcast ? 'tB' : 't'
  if (session.dirty) flags += 'd'
  if (session.noTouch) flags += 'T'
  if (session.closing) flags += 'c'
  return flags === '' ? 'N' : flags
}
