import { key } from '../arguments.ts'
import { command } from '../command.ts'
import { dumpPayload } from '../rdb/dump-format.ts'

/** DUMP key → the visible value in Redis's serialized form, or null when there is no such key. */
export const dump = command({
  name: 'DUMP',
  group: 'generic',
  since: '2.6.0',
  summary: 'Serializes the value of a key, for RESTORE in another Redis.',
  complexity: 'O(N) for N bytes of the value',
  flags: ['readonly'],
  args: { key: key() },
  activeActive:
    'Serializes what this region shows, a counter as its value; RESTORE itself is refused in an Active-Active database (M4).',
  run(ctx, args) {
    const state = ctx.find(args.key)?.value
    if (state === undefined || state === null) return null
    return dumpPayload(state, ctx.now, ctx.self)
  },
})
