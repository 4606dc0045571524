/** Subscribing and unsubscribing. Each channel named is confirmed by a push of its own; the last one stands in the place of the reply. */
import type { Bytes } from '../../../lib/index.ts'
import type { ChannelKind } from '../../pubsub.ts'
import type { PushReply } from '../../reply.ts'
import type { Session } from '../../session.ts'
import { many, opt, pattern, str } from '../arguments.ts'
import { command, type Command } from '../command.ts'
import type { Context } from '../context.ts'

const about = {
  group: 'pubsub',
  flags: ['pubsub', 'noscript', 'loading', 'stale'] as const,
  activeActive: 'Subscriptions are local; messages come from every region (M1).',
}

/** What a confirmation counts: plain channels and patterns together, sharded ones apart. */
function countOf({ subscriptions }: Session, kind: ChannelKind): number {
  return kind === 'shard' ? subscriptions.shard.size : subscriptions.channel.size + subscriptions.pattern.size
}

function confirm(ctx: Context, word: string, kind: ChannelKind, names: readonly (Bytes | null)[]): PushReply {
  const { pubsub } = ctx.instance
  const confirmations = names.map((name) => {
    if (name !== null && word.endsWith('unsubscribe')) pubsub.unsubscribe(ctx.session, kind, name)
    else if (name !== null) pubsub.subscribe(ctx.session, kind, name)
    return [word, name, countOf(ctx.session, kind)]
  })
  const last = confirmations.pop() ?? []
  for (const items of confirmations) ctx.push(ctx.session, items)
  return { type: 'push', items: last }
}

function subscribing(name: string, since: string, kind: ChannelKind, what: string): Command {
  return command({
    ...about,
    name,
    since,
    summary: `Listens to messages of ${what}.`,
    complexity: `O(N) for N ${what}`,
    args: { names: many(kind === 'pattern' ? pattern() : str(kind === 'shard' ? 'shardchannel' : 'channel')) },
    run: (ctx, { names }) => confirm(ctx, name.toLowerCase(), kind, names),
  })
}

function unsubscribing(name: string, since: string, kind: ChannelKind, what: string): Command {
  return command({
    ...about,
    name,
    since,
    summary: `Stops listening to ${what}: those named, or all.`,
    complexity: `O(N) for N ${what}`,
    args: { names: opt(many(kind === 'pattern' ? pattern() : str(kind === 'shard' ? 'shardchannel' : 'channel'))) },
    run(ctx, { names }) {
      const all = names ?? [...ctx.session.subscriptions[kind]]
      return confirm(ctx, name.toLowerCase(), kind, all.length === 0 ? [null] : all)
    },
  })
}

/** SUBSCRIBE channel [channel …] → a push `subscribe`, channel, count for each. */
export const subscribe = subscribing('SUBSCRIBE', '2.0.0', 'channel', 'channels')
/** PSUBSCRIBE pattern [pattern …] → a push `psubscribe`, pattern, count for each. */
export const psubscribe = subscribing('PSUBSCRIBE', '2.0.0', 'pattern', 'channels that match patterns')
/** SSUBSCRIBE shardchannel [shardchannel …] → a push `ssubscribe`, channel, count for each. */
export const ssubscribe = subscribing('SSUBSCRIBE', '7.0.0', 'shard', 'sharded channels')
/** UNSUBSCRIBE [channel …] → a push `unsubscribe`, channel (or null), count for each. */
export const unsubscribe = unsubscribing('UNSUBSCRIBE', '2.0.0', 'channel', 'channels')
/** PUNSUBSCRIBE [pattern …] → a push `punsubscribe`, pattern (or null), count for each. */
export const punsubscribe = unsubscribing('PUNSUBSCRIBE', '2.0.0', 'pattern', 'patterns')
/** SUNSUBSCRIBE [shardchannel …] → a push `sunsubscribe`, channel (or null), count for each. */
export const sunsubscribe = unsubscribing('SUNSUBSCRIBE', '7.0.0', 'shard', 'sharded channels')
