import { memoryOfKey } from '../../keyspace/memory.ts'
import { int, key, named, opt } from '../arguments.ts'
import { command } from '../command.ts'
import { SYNTAX_ERROR } from '../errors.ts'

/** MEMORY USAGE key [SAMPLES count] → bytes, or null when there is no such key. Every element is counted, so SAMPLES changes nothing. */
export const memoryUsage = command({
  name: 'MEMORY USAGE',
  group: 'server',
  since: '4.0.0',
  summary: 'Estimates the memory that a key takes.',
  complexity: 'O(N) for N elements',
  flags: ['readonly'],
  args: { key: key(), samples: opt(named('SAMPLES', int({ name: 'count', min: 0, rangeError: SYNTAX_ERROR }))) },
  activeActive: 'Includes siblings, increments and tombstones, which go once every region has observed them (R4).',
  run(ctx, args) {
    const found = ctx.find(args.key)
    return found === undefined ? null : memoryOfKey(found)
  },
})
