/** The registry of data types.  */
import { hashType } from './hash/hash.ts'
import { hyperLogLogType } from './hyperloglog/hyperloglog.ts'
import { listType } from './list/list.ts'
import { setType } from './set/set.ts'
import { streamType } from './stream/stream.ts'
import { stringType } from './string/string.ts'
import type { CrdtType } from './type.ts'

export const TYPES: readonly CrdtType[] = [stringType, hashType, setType, listType, streamType, hyperLogLogType]
