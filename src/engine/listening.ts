/** What a session may say while it listens to channels. */
import type { Session } from './session.ts'

export function listens({ subscriptions: { channel, pattern, shard } }: Session): boolean {
  return channel.size > 0 || pattern.size > 0 || shard.size > 0
}

/** All that a RESP2 connection may say while it listens, since anything it gets may be a message. */
export const WHILE_LISTENING: ReadonlySet<string> = new Set([
  'SUBSCRIBE',
  'UNSUBSCRIBE',
  'PSUBSCRIBE',
  'PUNSUBSCRIBE',
  'SSUBSCRIBE',
  'SUNSUBSCRIBE',
  'PING',
  'QUIT',
  'RESET',
])

export function listening(fullName: string): string {
  return `ERR Can't execute '${fullName}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`
}
