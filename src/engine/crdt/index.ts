/** The registry of data types. Each type names its own code on the wire. */
import { hashType } from './hash/hash.ts'
import { setType } from './set/set.ts'
import { stringType } from './string/string.ts'
import type { CrdtType } from './type.ts'
import { zsetType } from './zset/zset.ts'

export const TYPES: readonly CrdtType[] = [stringType, hashType, setType, zsetType]
