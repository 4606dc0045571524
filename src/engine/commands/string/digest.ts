import type { Bytes } from '../../../lib/index.ts'
import { stringType } from '../../crdt/string/string.ts'
import { key, rest, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import { fail, wrongArity } from '../errors.ts'
import { readString } from './assign.ts'
import { checkCondition, conditionHolds, digestOf, VALUE_CONDITIONS, type ValueCondition } from './conditions.ts'

/** DIGEST key → 16 hexadecimal digits (XXH3, 64 bits), or null when there is no such key. */
export const digest = command({
  name: 'DIGEST',
  group: 'string',
  since: '8.4.0',
  summary: 'Hashes the value of a string.',
  complexity: 'O(N) for N bytes',
  flags: ['readonly', 'fast'],
  args: { key: key() },
  activeActive: 'Equal digests in two regions mean that both show the same value.',
  run(ctx, args) {
    const value = readString(ctx, args.key)
    return value === undefined ? null : digestOf(value)
  },
})

/** Redis looks for the key before it looks at the condition, so the condition is kept as it was typed. */
const condition: Arg<Bytes[]> = {
  type: 'oneof',
  children: VALUE_CONDITIONS,
  optional: true,
  least: 0,
  read: (reader) => rest('condition').read(reader),
}

/** DELEX key [IFEQ value | IFNE value | IFDEQ digest | IFDNE digest] → 1 when it was deleted, else 0. Without a condition any type will do. */
export const delex = command({
  name: 'DELEX',
  group: 'string',
  since: '8.4.0',
  summary: 'Deletes a string when its value meets a condition.',
  complexity: 'O(1), or O(N) for N bytes with a digest',
  flags: ['write', 'fast'],
  args: { key: key(), condition },
  activeActive:
    'The condition looks at the value in this region; then it is a DEL: concurrent assignments and increments survive (S4, C3).',
  run(ctx, { key: name, condition: words }) {
    const [word, value] = words
    if (words.length !== 0 && words.length !== 2) fail(wrongArity('DELEX'))
    const held = ctx.find(name)
    if (held === undefined) return 0
    if (word !== undefined && value !== undefined) {
      if (held.value?.type !== stringType) fail('ERR Key should be of string type if conditions are specified')
      const as = word.toLowerCase()
      if (!(as in VALUE_CONDITIONS)) fail('ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE')
      const wanted = { as, value } as ValueCondition
      checkCondition(wanted)
      if (!conditionHolds(wanted, readString(ctx, name))) return 0
    }
    ctx.remove(name, 'del')
    return 1
  },
})
