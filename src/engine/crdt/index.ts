/** The registry of data types. A type's code is its place here. */
import { hashType } from './hash/hash.ts'
import { hyperLogLogType } from './hyperloglog/hyperloglog.ts'
import { setType } from './set/set.ts'
import { stringType } from './string/string.ts'
import type { CrdtType } from './type.ts'

export const TYPES: readonly CrdtType[] = [stringType, hashType, setType, hyperLogLogType]
