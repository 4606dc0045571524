import { key } from '../arguments.ts'
import { command } from '../command.ts'
import { readStringOrHyll } from './assign.ts'

/** GET key → bulk string, or null when there is no such key (rule S1). A HyperLogLog is read in its string form (P2). */
export const get = command({
  name: 'GET',
  group: 'string',
  since: '1.0.0',
  summary: 'Reads the value of a key.',
  complexity: 'O(1)',
  flags: ['readonly', 'fast'],
  args: { key: key() },
  activeActive: 'Reads what this region has observed; a counter shows its base plus all live increments (C3).',
  run: (ctx, args) => readStringOrHyll(ctx, args.key) ?? null,
})
