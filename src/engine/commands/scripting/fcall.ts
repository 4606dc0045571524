import { str } from '../arguments.ts'
import { command, type CommandFlag } from '../command.ts'
import { about, ATOMIC, keysAndArguments, scriptingOf } from './about.ts'

const flags: readonly CommandFlag[] = ['noscript', 'stale', 'skip_monitor', 'no_mandatory_keys', 'movablekeys']
const shared = {
  ...about,
  since: '7.0.0',
  complexity: 'Depends on the function that is executed.',
  activeActive: ATOMIC,
}
const BAD_COUNT = 'ERR Bad number of keys provided'

/** FCALL function numkeys [key …] [arg …] → what the function returns. */
export const fcall = command({
  ...shared,
  name: 'FCALL',
  summary: 'Calls a function of a loaded library.',
  flags,
  args: { function: str(), rest: keysAndArguments(BAD_COUNT) },
  run: (ctx, args) => scriptingOf(ctx).functions.call(ctx, args.function, () => ({ ...args.rest(), readonly: false })),
})

/** FCALL_RO function numkeys [key …] [arg …] → what the function returns; it must be declared `no-writes`. */
export const fcallRo = command({
  ...shared,
  name: 'FCALL_RO',
  summary: 'Calls a function that may only read.',
  flags: ['readonly', ...flags],
  args: { function: str(), rest: keysAndArguments(BAD_COUNT) },
  run: (ctx, args) => scriptingOf(ctx).functions.call(ctx, args.function, () => ({ ...args.rest(), readonly: true })),
})
