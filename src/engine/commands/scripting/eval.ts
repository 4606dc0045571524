import { str } from '../arguments.ts'
import { command, type CommandFlag } from '../command.ts'
import { about, ATOMIC, keysAndArguments, scriptingOf } from './about.ts'

const flags: readonly CommandFlag[] = ['noscript', 'stale', 'skip_monitor', 'no_mandatory_keys', 'movablekeys']
const shared = { ...about, complexity: 'Depends on the script that is executed.', activeActive: ATOMIC }

/** EVAL script numkeys [key …] [arg …] → what the script returns. */
export const evalCommand = command({
  ...shared,
  name: 'EVAL',
  since: '2.6.0',
  summary: 'Runs a Lua script.',
  flags,
  args: { script: str(), rest: keysAndArguments() },
  run: (ctx, { script, rest }) => scriptingOf(ctx).scripts.evaluate(ctx, script, { ...rest(), readonly: false }),
})

/** EVALSHA sha1 numkeys [key …] [arg …] → what the script returns. */
export const evalsha = command({
  ...shared,
  name: 'EVALSHA',
  since: '2.6.0',
  summary: 'Runs a cached Lua script by its SHA-1 digest.',
  flags,
  args: { sha1: str(), rest: keysAndArguments() },
  run: (ctx, { sha1, rest }) => scriptingOf(ctx).scripts.evaluateSha(ctx, sha1, () => ({ ...rest(), readonly: false })),
})

/** EVAL_RO script numkeys [key …] [arg …] → what the script returns; it cannot write. */
export const evalRo = command({
  ...shared,
  name: 'EVAL_RO',
  since: '7.0.0',
  summary: 'Runs a Lua script that may only read.',
  flags: ['readonly', ...flags],
  args: { script: str(), rest: keysAndArguments() },
  run: (ctx, { script, rest }) => scriptingOf(ctx).scripts.evaluate(ctx, script, { ...rest(), readonly: true }),
})

/** EVALSHA_RO sha1 numkeys [key …] [arg …] → what the script returns; it cannot write. */
export const evalshaRo = command({
  ...shared,
  name: 'EVALSHA_RO',
  since: '7.0.0',
  summary: 'Runs a cached Lua script that may only read.',
  flags: ['readonly', ...flags],
  args: { sha1: str(), rest: keysAndArguments() },
  run: (ctx, { sha1, rest }) => scriptingOf(ctx).scripts.evaluateSha(ctx, sha1, () => ({ ...rest(), readonly: true })),
})
