/** Values offered for settings, as the control language has them, and in words. */
import { EVICTION_POLICIES } from '../../app/index.ts'
type Options = readonly (readonly [value: string, words: string])[]

export const MEMORIES: Options = [
  ['unlimited', 'none'],
  ['100kb', '100 KB'],
  ['1mb', '1 MB'],
  ['10mb', '10 MB'],
  ['100mb', '100 MB'],
]

export const BACKLOGS: Options = [
  ['auto', 'auto (1 %)'],
  ['100b', '100 B'],
  ['1kb', '1 KB'],
  ['64kb', '64 KB'],
  ['1mb', '1 MB'],
]

export const PERSISTENCE: Options = [
  ['always', 'with every write'],
  ['everysec', 'every second'],
  ['none', 'never'],
]

export const EVICTIONS: Options = EVICTION_POLICIES.map((policy) => [policy, policy] as const)

export const XADD_IDS: Options = ['strict', 'semi-strict', 'liberal'].map((mode) => [mode, mode] as const)

export const COMPRESSIONS: Options = [0, 1, 2, 3, 4, 5, 6].map((level) => [
  String(level),
  level === 0 ? '0, none' : level === 6 ? '6, hardest' : String(level),
])
