import type { Command } from '../command.ts'
import { helpOf } from '../help.ts'
import { jsonArrappend, jsonArrindex, jsonArrinsert, jsonArrlen, jsonArrpop, jsonArrtrim } from './array.ts'
import { jsonClear, jsonDel, jsonForget } from './delete.ts'
import { jsonGet, jsonMget } from './get.ts'
import { jsonDebugMemory, jsonObjkeys, jsonObjlen, jsonResp, jsonType } from './inspect.ts'
import { jsonMerge } from './merge.ts'
import { jsonNumincrby, jsonNummultby } from './number.ts'
import { jsonStrappend, jsonStrlen, jsonToggle } from './scalar.ts'
import { jsonMset, jsonSet } from './set.ts'

export const JSON_COMMANDS: readonly Command[] = [
  jsonArrappend,
  jsonArrindex,
  jsonArrinsert,
  jsonArrlen,
  jsonArrpop,
  jsonArrtrim,
  jsonClear,
  helpOf('JSON.DEBUG', 'json', '1.0.0'),
  jsonDebugMemory,
  jsonDel,
  jsonForget,
  jsonGet,
  jsonMerge,
  jsonMget,
  jsonMset,
  jsonNumincrby,
  jsonNummultby,
  jsonObjkeys,
  jsonObjlen,
  jsonResp,
  jsonSet,
  jsonStrappend,
  jsonStrlen,
  jsonToggle,
  jsonType,
]
