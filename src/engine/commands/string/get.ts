import { stringType } from '../../crdt/string/string.ts'
import { valueOf } from '../../crdt/parts/cell.ts'
import { key } from '../arguments.ts'
import { command } from '../command.ts'

/** GET key → bulk string, or null when there is no such key (rule S1). */
export const get = command({
  name: 'GET',
  group: 'string',
  since: '1.0.0',
  summary: 'Reads the value of a key.',
  complexity: 'O(1)',
  flags: ['readonly', 'fast'],
  args: { key: key() },
  activeActive: 'Reads what this region has observed; a counter shows its base plus all live increments (C3).',
  run(ctx, args) {
    const state = ctx.read(stringType, args.key)
    return state === undefined ? null : valueOf(state)
  },
})
