import type { Command } from '../command.ts'
import { helpOf } from '../help.ts'
import { pubsubChannels, pubsubNumpat, pubsubNumsub, pubsubShardchannels, pubsubShardnumsub } from './about.ts'
import { publish, spublish } from './publish.ts'
import { psubscribe, punsubscribe, ssubscribe, subscribe, sunsubscribe, unsubscribe } from './subscribe.ts'

export const PUBSUB_COMMANDS: readonly Command[] = [
  psubscribe,
  publish,
  pubsubChannels,
  pubsubNumpat,
  pubsubNumsub,
  pubsubShardchannels,
  pubsubShardnumsub,
  helpOf('PUBSUB', 'pubsub', '6.2.0'),
  punsubscribe,
  spublish,
  ssubscribe,
  subscribe,
  sunsubscribe,
  unsubscribe,
]
