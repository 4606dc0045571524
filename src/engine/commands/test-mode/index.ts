/** Test mode: what Active-Active refuses (M4) but tests of Redis itself need. Never on in the page. */
import { COMMANDS, tableOf, type CommandTable } from '../table.ts'
import { ACL_COMMANDS } from './acl-users.ts'
import { TEST_DATABASES } from '../database-index.ts'
import { copying } from '../generic/rename.ts'
import { clientPause, clientUnpause } from './client-pause.ts'
import { debug } from './debug.ts'
import { flushall, flushdb, move, objectEncodingCommand, selectAny } from './flush.ts'
import { ftDropindex, substr } from './older.ts'
import { pfdebug } from './pfdebug.ts'
import { restore } from './restore.ts'
import { SIMPLE_COMMANDS } from './simple.ts'

export const TEST_TABLE: CommandTable = tableOf([
  ...COMMANDS,
  ...SIMPLE_COMMANDS,
  ...ACL_COMMANDS,
  clientPause,
  clientUnpause,
  copying(TEST_DATABASES),
  debug,
  flushall,
  flushdb,
  ftDropindex,
  move,
  objectEncodingCommand,
  pfdebug,
  restore,
  selectAny,
  substr,
])
