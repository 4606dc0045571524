import type { Command } from '../command.ts'
import { helpOf } from '../help.ts'
import { auth, helloCommand, select } from './auth.ts'
import {
  clientGetname,
  clientId,
  clientInfo,
  clientKill,
  clientList,
  clientNoTouch,
  clientSetinfo,
  clientSetname,
  clientReply,
  clientUnblock,
} from './client.ts'
import { echo, ping, quit } from './ping.ts'
import { clientCaching, clientTracking, clientTrackinginfo } from './tracking.ts'

export const CONNECTION_COMMANDS: readonly Command[] = [
  auth,
  clientCaching,
  clientGetname,
  clientId,
  clientInfo,
  clientKill,
  clientList,
  clientNoTouch,
  clientSetinfo,
  clientReply,
  clientSetname,
  clientTracking,
  clientTrackinginfo,
  clientUnblock,
  helpOf('CLIENT', 'connection', '5.0.0'),
  echo,
  helloCommand,
  ping,
  quit,
  select,
]
