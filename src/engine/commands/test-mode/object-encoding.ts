/** Which of its encodings Redis would choose for a value, by its content and the settings. Values here have none of them. */
import type { Bytes } from '../../../lib/index.ts'
import { HashState } from '../../crdt/hash/hash.ts'
import { valueOf } from '../../crdt/parts/cell.ts'
import { SetState } from '../../crdt/set/set.ts'
import { StringState } from '../../crdt/string/string.ts'
import type { State } from '../../crdt/type.ts'
import { ZSetState } from '../../crdt/zset/zset.ts'
import { parseInt64 } from '../numbers.ts'

/** The present value of a setting. */
type Config = (name: string) => string

export function objectEncoding(state: State, config: Config): string {
  if (state instanceof StringState) return encodingOfString(valueOf(state))
  if (state instanceof SetState) return encodingOfSet([...state.members.keys()], config)
  if (state instanceof HashState) {
    const words = [...state.cells].flatMap(([field, cell]) => [field, valueOf(cell)])
    return isSmall(words, 2, config, 'hash') ? 'listpack' : 'hashtable'
  }
  if (state instanceof ZSetState) return isSmall([...state.cells.keys()], 1, config, 'zset') ? 'listpack' : 'skiplist'
  return state.type.name
}

function encodingOfString(value: Bytes): string {
  if (value.length <= 20 && /^(0|-?[1-9]\d*)$/.test(value) && parseInt64(value) !== undefined) return 'int'
  return value.length <= 44 ? 'embstr' : 'raw'
}

function encodingOfSet(members: readonly Bytes[], config: Config): string {
  const most = Number(config('set-max-intset-entries'))
  const whole = (member: Bytes) => /^(0|-?[1-9]\d{0,18})$/.test(member) && parseInt64(member) !== undefined
  if (members.length <= most && members.every(whole)) return 'intset'
  return isSmall(members, 1, config, 'set') ? 'listpack' : 'hashtable'
}

/** `words`: `each` of them make one element. */
export function isSmall(words: readonly Bytes[], each: number, config: Config, type: string): boolean {
  const most = Number(config(`${type}-max-listpack-entries`))
  const longest = Number(config(`${type}-max-listpack-value`))
  return words.length / each <= most && words.every((word) => word.length <= longest)
}
