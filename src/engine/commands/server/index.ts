import type { Command } from '../command.ts'
import { helpOf } from '../help.ts'
import { aclCat, aclDryrun, aclGetuser, aclList, aclUsers, aclWhoami } from './acl.ts'
import {
  commandAll,
  commandCount,
  commandDocs,
  commandGetkeys,
  commandGetkeysandflags,
  commandInfo,
  commandList,
} from './command-info.ts'
import { configGet, configRewrite, configSet } from './config.ts'
import { crdtDebugEncoding } from './crdt-debug.ts'
import { info } from './info.ts'
import { lolwut } from './lolwut.ts'
import { memoryUsage } from './memory.ts'
import { monitor } from './monitor.ts'
import { latencyHistogram, moduleList, slowlogGet, slowlogLen, slowlogReset } from './slowlog.ts'
import { dbsize, time } from './time.ts'

export const SERVER_COMMANDS: readonly Command[] = [
  aclCat,
  aclDryrun,
  aclGetuser,
  aclList,
  aclUsers,
  aclWhoami,
  helpOf('ACL', 'server', '6.0.0'),
  commandAll,
  commandCount,
  commandDocs,
  commandGetkeys,
  commandGetkeysandflags,
  commandInfo,
  commandList,
  helpOf('COMMAND', 'server', '5.0.0'),
  configGet,
  configRewrite,
  configSet,
  helpOf('CONFIG', 'server', '5.0.0'),
  crdtDebugEncoding,
  helpOf('CRDT.DEBUG', 'server', '7.8'),
  dbsize,
  info,
  latencyHistogram,
  lolwut,
  memoryUsage,
  helpOf('MEMORY', 'server', '4.0.0'),
  moduleList,
  monitor,
  slowlogGet,
  slowlogLen,
  slowlogReset,
  helpOf('SLOWLOG', 'server', '6.2.0'),
  time,
]
