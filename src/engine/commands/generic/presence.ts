/** Whether keys exist, and what they hold: EXISTS, TOUCH, TYPE. */
import { status } from '../../reply.ts'
import { key, many } from '../arguments.ts'
import { command } from '../command.ts'

const about = {
  group: 'generic',
  flags: ['readonly', 'fast'] as const,
  activeActive: 'Looks at what this region has observed; a key that is only a tombstone does not exist.',
}

/** EXISTS key [key …] → how many exist; one named twice counts twice. */
export const exists = command({
  ...about,
  name: 'EXISTS',
  since: '1.0.0',
  summary: 'Counts the keys that exist.',
  complexity: 'O(N) for N keys',
  args: { keys: many(key()) },
  run: (ctx, { keys }) => keys.filter((name) => ctx.peek(name) !== undefined).length,
})

/** TOUCH key [key …] → how many exist. */
export const touch = command({
  ...about,
  name: 'TOUCH',
  since: '3.2.1',
  summary: 'Counts the keys that exist, and counts as an access to them.',
  complexity: 'O(N) for N keys',
  args: { keys: many(key()) },
  run: (ctx, { keys }) => keys.filter((name) => ctx.find(name) !== undefined).length,
})

/** TYPE key → status: the type's name, or `none`. */
export const type = command({
  ...about,
  name: 'TYPE',
  since: '1.0.0',
  summary: 'Names the type of a key.',
  complexity: 'O(1)',
  args: { key: key() },
  activeActive: 'A counter is a string (S3); of a key with conflicting types, the visible one is named (G10).',
  run: (ctx, { key: name }) => status(ctx.peek(name)?.value?.type.name ?? 'none'),
})
