import type { Command } from '../command.ts'
import { delex, digest } from './digest.ts'
import { get } from './get.ts'
import { getdel, getex, getset } from './get-and.ts'
import { decr, decrby, incr, incrby } from './incr.ts'
import { incrbyfloat } from './incrbyfloat.ts'
import { lcs } from './lcs.ts'
import { mget, mset, msetex, msetnx } from './multi.ts'
import { append, getrange, setrange, strlen } from './range.ts'
import { psetex, set, setex, setnx } from './set.ts'

export const STRING_COMMANDS: readonly Command[] = [
  get,
  set,
  setnx,
  setex,
  psetex,
  getset,
  getdel,
  getex,
  delex,
  digest,
  mget,
  mset,
  msetnx,
  msetex,
  append,
  getrange,
  setrange,
  strlen,
  incr,
  decr,
  incrby,
  decrby,
  incrbyfloat,
  lcs,
]
