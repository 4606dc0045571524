import type { Command } from '../command.ts'
import { helpOf } from '../help.ts'
import { xack, xackdel } from './ack.ts'
import { xadd, xtrim } from './add.ts'
import { xautoclaim, xclaim } from './claim.ts'
import { xdel, xdelex } from './delete.ts'
import { xgroupCreate, xgroupCreateconsumer, xgroupDelconsumer, xgroupDestroy, xgroupSetid } from './group.ts'
import { xcfgset } from './idempotence.ts'
import { xinfoConsumers, xinfoGroups, xinfoStream } from './info.ts'
import { xpending } from './pending.ts'
import { xlen, xrange, xrevrange } from './range.ts'
import { xreadgroup } from './read-group.ts'
import { xread } from './read.ts'
import { xsetid } from './setid.ts'

export const STREAM_COMMANDS: readonly Command[] = [
  xack,
  xackdel,
  xadd,
  xautoclaim,
  xcfgset,
  xclaim,
  xdel,
  xdelex,
  xgroupCreate,
  xgroupCreateconsumer,
  xgroupDelconsumer,
  xgroupDestroy,
  helpOf('XGROUP', 'stream', '5.0.0'),
  xgroupSetid,
  xinfoConsumers,
  xinfoGroups,
  helpOf('XINFO', 'stream', '5.0.0'),
  xinfoStream,
  xlen,
  xpending,
  xrange,
  xread,
  xreadgroup,
  xrevrange,
  xsetid,
  xtrim,
]
