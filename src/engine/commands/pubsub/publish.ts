import { str } from '../arguments.ts'
import { command, type CommandFlag } from '../command.ts'

const flags: readonly CommandFlag[] = ['pubsub', 'loading', 'stale', 'fast']

/** PUBLISH channel message → how many clients of this region were told. */
export const publish = command({
  name: 'PUBLISH',
  group: 'pubsub',
  since: '2.0.0',
  summary: 'Sends a message to everyone who listens to a channel.',
  complexity: 'O(N+M) for N listeners and M patterns',
  flags,
  args: { channel: str(), message: str() },
  activeActive:
    'Reaches the listeners of every region (M1); a partition delays it while the backlog holds it, a full sync drops it. The reply counts this region only.',
  run: (ctx, { channel, message }) => ctx.publish({ type: 'publication', channel, message, sharded: false }),
})

/** SPUBLISH shardchannel message → how many clients of this region were told. */
export const spublish = command({
  name: 'SPUBLISH',
  group: 'pubsub',
  since: '7.0.0',
  summary: 'Sends a message to everyone who listens to a sharded channel.',
  complexity: 'O(N) for N listeners',
  flags,
  args: { channel: str('shardchannel'), message: str() },
  activeActive: 'Reaches the listeners of every region (M1). The reply counts this region only.',
  run: (ctx, { channel, message }) => ctx.publish({ type: 'publication', channel, message, sharded: true }),
})
