/** What CLIENT LIST and CLIENT INFO say of a session, and which sessions a filter means. */
import type { Session } from '../../session.ts'

/** Sessions have no sockets; each gets an address of its own, so that CLIENT KILL ADDR has something to name. */
export function addressOf(session: Session): string {
  return `127.0.0.1:${50000 + session.id}`
}

export const SERVER_ADDRESS = '127.0.0.1:6379'

export const CLIENT_TYPES = ['normal', 'master', 'replica', 'slave', 'pubsub'] as const

export function isOfType(_session: Session, type: string): boolean {
  return type === 'normal'
}

/** One line of `name=value` words, without an end of line. Ages in seconds. */
export function clientLine(session: Session, now: number): string {
  const seconds = (since: number) => Math.max(0, Math.floor((now - since) / 1000))
  const fields: readonly (readonly [string, string | number])[] = [
    ['id', session.id],
    ['addr', addressOf(session)],
    ['laddr', SERVER_ADDRESS],
    ['name', session.name],
    ['age', seconds(session.createdAt)],
    ['idle', seconds(session.lastAt)],
    ['flags', flagsOf(session)],
    ['db', 0],
    ['sub', 0],
    ['psub', 0],
    ['ssub', 0],
    ['multi', session.queue === null ? -1 : session.queue.length],
    ['watch', session.watched.size],
    ['cmd', session.lastCommand],
    ['user', 'default'],
    ['redir', -1],
    ['resp', session.resp],
    ['lib-name', session.library.name],
    ['lib-ver', session.library.version],
  ]
  return fields.map(([name, value]) => `${name}=${value}`).join(' ')
}

function flagsOf(session: Session): string {
  let flags = ''
  if (session.queue !== null) flags += 'x'
  if (session.dirty) flags += 'd'
  if (session.noTouch) flags += 'T'
  if (session.closing) flags += 'c'
  return flags === '' ? 'N' : flags
}
