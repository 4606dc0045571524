import type { Command } from '../command.ts'
import { sdiff, sdiffstore, sinter, sintercard, sinterstore, sunion, sunionstore } from './algebra.ts'
import { sadd, smembers, srem } from './members.ts'
import { smove } from './move.ts'
import { scard, sismember, smismember } from './read.ts'
import { spop, srandmember, sscan } from './scan.ts'

export const SET_COMMANDS: readonly Command[] = [
  sadd,
  scard,
  sdiff,
  sdiffstore,
  sinter,
  sintercard,
  sinterstore,
  sismember,
  smembers,
  smismember,
  smove,
  spop,
  srandmember,
  srem,
  sscan,
  sunion,
  sunionstore,
]
