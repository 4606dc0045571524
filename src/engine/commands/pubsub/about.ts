/** PUBSUB: who listens to what in this region. */
import { many, opt, pattern, str } from '../arguments.ts'
import { command, type CommandFlag } from '../command.ts'

const flags: readonly CommandFlag[] = ['pubsub', 'loading', 'stale']
const about = { group: 'pubsub', flags, activeActive: 'Counts the clients of this region only.' }

/** PUBSUB CHANNELS [pattern] → array of channels that someone listens to. */
export const pubsubChannels = command({
  ...about,
  name: 'PUBSUB CHANNELS',
  since: '2.8.0',
  summary: 'Lists the channels that someone listens to.',
  complexity: 'O(N) for N channels',
  args: { pattern: opt(pattern()) },
  run: ({ instance }, args) => instance.pubsub.names('channel', args.pattern),
})

/** PUBSUB NUMSUB [channel …] → array of channels, each followed by its number of listeners. */
export const pubsubNumsub = command({
  ...about,
  name: 'PUBSUB NUMSUB',
  since: '2.8.0',
  summary: 'Counts the listeners of channels, patterns not included.',
  complexity: 'O(N) for N channels',
  args: { channels: opt(many(str('channel'))) },
  run: ({ instance }, { channels = [] }) =>
    channels.flatMap((channel) => [channel, instance.pubsub.listeners('channel', channel)]),
})

/** PUBSUB NUMPAT → number of patterns that someone listens to. */
export const pubsubNumpat = command({
  ...about,
  name: 'PUBSUB NUMPAT',
  since: '2.8.0',
  summary: 'Counts the patterns that someone listens to.',
  complexity: 'O(1)',
  args: {},
  run: ({ instance }) => instance.pubsub.names('pattern').length,
})

/** PUBSUB SHARDCHANNELS [pattern] → array of sharded channels that someone listens to. */
export const pubsubShardchannels = command({
  ...about,
  name: 'PUBSUB SHARDCHANNELS',
  since: '7.0.0',
  summary: 'Lists the sharded channels that someone listens to.',
  complexity: 'O(N) for N channels',
  args: { pattern: opt(pattern()) },
  run: ({ instance }, args) => instance.pubsub.names('shard', args.pattern),
})

/** PUBSUB SHARDNUMSUB [shardchannel …] → array of channels, each followed by its number of listeners. */
export const pubsubShardnumsub = command({
  ...about,
  name: 'PUBSUB SHARDNUMSUB',
  since: '7.0.0',
  summary: 'Counts the listeners of sharded channels.',
  complexity: 'O(N) for N channels',
  args: { channels: opt(many(str('shardchannel'))) },
  run: ({ instance }, { channels = [] }) =>
    channels.flatMap((channel) => [channel, instance.pubsub.listeners('shard', channel)]),
})
