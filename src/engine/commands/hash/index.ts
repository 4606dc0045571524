import type { Command } from '../command.ts'
import { hexpire, hexpireat, hpersist, hpexpire, hpexpireat } from './expire.ts'
import { hgetdel, hgetex, hsetex } from './get-and.ts'
import { hincrby, hincrbyfloat } from './increment.ts'
import { hexists, hget, hgetall, hkeys, hlen, hmget, hstrlen, hvals } from './read.ts'
import { hrandfield, hscan } from './scan.ts'
import { hexpiretime, hpexpiretime, hpttl, httl } from './ttl.ts'
import { hdel, hmset, hset, hsetnx } from './write.ts'

export const HASH_COMMANDS: readonly Command[] = [
  hdel,
  hexists,
  hexpire,
  hexpireat,
  hexpiretime,
  hget,
  hgetall,
  hgetdel,
  hgetex,
  hincrby,
  hincrbyfloat,
  hkeys,
  hlen,
  hmget,
  hmset,
  hpersist,
  hpexpire,
  hpexpireat,
  hpexpiretime,
  hpttl,
  hrandfield,
  hscan,
  hset,
  hsetex,
  hsetnx,
  hstrlen,
  httl,
  hvals,
]
