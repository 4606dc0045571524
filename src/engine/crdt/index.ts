/** The registry of data types. Each type names its own code on the wire. */
import { hashType } from './hash/hash.ts'
import { hyperLogLogType } from './hyperloglog/hyperloglog.ts'
import { jsonType } from './json/json.ts'
import { listType } from './list/list.ts'
import { setType } from './set/set.ts'
import { streamType } from './stream/stream.ts'
import { stringType } from './string/string.ts'
import type { CrdtType } from './type.ts'
import { zsetType } from './zset/zset.ts'

export const TYPES: readonly CrdtType[] = [
  stringType,
  hashType,
  setType,
  listType,
  zsetType,
  streamType,
  hyperLogLogType,
  jsonType,
]
