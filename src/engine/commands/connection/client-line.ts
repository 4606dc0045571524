/** What CLIENT LIST and CLIENT INFO say of a session, and which sessions a filter means. */
import { listens } from '../../listening.ts'
import type { Session } from '../../session.ts'

export const CLIENT_TYPES = ['normal', 'master', 'replica', 'slave', 'pubsub'] as const

export function isOfType(session: Session, type: string): boolean {
  return type === (listens(session) && session.resp === 2 ? 'pubsub' : 'normal')
}

/** One line of `name=value` words, without an end of line. Ages in seconds. */
export function clientLine(session: Session, now: number): string {
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
    ['db', 0],
    ['sub', session.subscriptions.channel.size],
    ['psub', session.subscriptions.pattern.size],
    ['ssub', session.subscriptions.shard.size],
    ['multi', session.queue === null ? -1 : session.queue.length],
    ['watch', session.watched.size],
    ['cmd', session.lastCommand],
    ['user', 'default'],
    ['redir', session.tracking?.redirect ?? -1],
    ['resp', session.resp],
    ['lib-name', session.library.name],
    ['lib-ver', session.library.version],
  ]
  return fields.map(([name, value]) => `${name}=${value}`).join(' ')
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
