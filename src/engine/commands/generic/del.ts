import { key, many } from '../arguments.ts'
import { command } from '../command.ts'

const about = {
  group: 'generic',
  complexity: 'O(N) for N keys',
  args: { keys: many(key('key')) },
}

/** DEL key [key …] → how many existed. */
export const del = command({
  ...about,
  name: 'DEL',
  since: '1.0.0',
  summary: 'Deletes keys.',
  flags: ['write'],
  activeActive: 'Removes what this region had observed of the key; concurrent writes survive (S4, T1, H1).',
  run: (ctx, args) => args.keys.filter((name) => ctx.remove(name, 'del')).length,
})

/** UNLINK key [key …] → how many existed. Deletes at once, like DEL (M5). */
export const unlink = command({
  ...about,
  name: 'UNLINK',
  since: '4.0.0',
  summary: 'Deletes keys; in an Active-Active database it blocks like DEL.',
  flags: ['write', 'fast'],
  activeActive: 'The same as DEL (M5).',
  run: (ctx, args) => args.keys.filter((name) => ctx.remove(name, 'del')).length,
})
