import type { Command } from '../command.ts'
import { del, unlink } from './del.ts'
import { dump } from './dump.ts'
import { expire, expireat, persist, pexpire, pexpireat } from './expire.ts'
import { objectFreq, objectHelp, objectIdletime, objectRefcount } from './object.ts'
import { exists, touch, type } from './presence.ts'
import { copy, renameCommand, renamenx } from './rename.ts'
import { keys, randomkey, scan } from './scan.ts'
import { sort, sortRo } from './sort.ts'
import { expiretime, pexpiretime, pttl, ttl } from './ttl.ts'
import { waitaof } from './waitaof.ts'

export const GENERIC_COMMANDS: readonly Command[] = [
  del,
  unlink,
  exists,
  touch,
  type,
  expire,
  pexpire,
  expireat,
  pexpireat,
  persist,
  ttl,
  pttl,
  expiretime,
  pexpiretime,
  renameCommand,
  renamenx,
  copy,
  dump,
  keys,
  scan,
  randomkey,
  sort,
  sortRo,
  objectRefcount,
  objectIdletime,
  objectFreq,
  objectHelp,
  waitaof,
]
