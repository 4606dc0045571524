/** When keys expire: TTL, PTTL, EXPIRETIME, PEXPIRETIME. All reply −2 for a missing key and −1 for one that does not expire. */
import type { Bytes } from '../../../lib/index.ts'
import { keyExpiry } from '../../keyspace/key.ts'
import { key } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'

const about = {
  group: 'generic',
  complexity: 'O(1)',
  flags: ['readonly', 'fast'] as const,
  args: { key: key() },
  activeActive: 'The time that won in this region (X1); each region compares it with its own clock.',
}

function expiryOr(ctx: Context, name: Bytes, reply: (atMs: number) => number): number {
  const held = ctx.peek(name)
  if (held === undefined) return -2
  const at = keyExpiry(held)
  return at === undefined ? -1 : reply(at)
}

const seconds = (ms: number) => Math.floor((ms + 500) / 1000)

/** TTL key → seconds left, rounded. */
export const ttl = command({
  ...about,
  name: 'TTL',
  since: '1.0.0',
  summary: 'Says how many seconds a key has left.',
  run: (ctx, args) => expiryOr(ctx, args.key, (at) => seconds(at - ctx.now)),
})

/** PTTL key → milliseconds left. */
export const pttl = command({
  ...about,
  name: 'PTTL',
  since: '2.6.0',
  summary: 'Says how many milliseconds a key has left.',
  run: (ctx, args) => expiryOr(ctx, args.key, (at) => at - ctx.now),
})

/** EXPIRETIME key → seconds since 1970, rounded. */
export const expiretime = command({
  ...about,
  name: 'EXPIRETIME',
  since: '7.0.0',
  summary: 'Says at which second since 1970 a key expires.',
  run: (ctx, args) => expiryOr(ctx, args.key, seconds),
})

/** PEXPIRETIME key → milliseconds since 1970. */
export const pexpiretime = command({
  ...about,
  name: 'PEXPIRETIME',
  since: '7.0.0',
  summary: 'Says at which millisecond since 1970 a key expires.',
  run: (ctx, args) => expiryOr(ctx, args.key, (at) => at),
})
