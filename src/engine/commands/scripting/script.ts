import { OK } from '../../reply.ts'
import { many, str } from '../arguments.ts'
import { command, type CommandFlag } from '../command.ts'
import { fail } from '../errors.ts'
import { about, lastWord, LOCAL, scriptingOf } from './about.ts'

const flags: readonly CommandFlag[] = ['noscript']
const shared = { ...about, flags, activeActive: LOCAL }

/** Redis waits for scripts as long as they run; here they end within one command, so none is ever found running. */
export const NOT_BUSY = 'NOTBUSY No scripts in execution right now.'

const WRONG_MODE = 'ERR SCRIPT FLUSH only support SYNC|ASYNC option'

/** SCRIPT LOAD script → its SHA-1 digest. */
export const scriptLoad = command({
  ...shared,
  name: 'SCRIPT LOAD',
  since: '2.6.0',
  summary: 'Caches a script without running it.',
  complexity: 'O(N) for N bytes of the script',
  flags: [...flags, 'stale'],
  args: { script: str() },
  run: (ctx, { script }) => scriptingOf(ctx).scripts.load(script),
})

/** SCRIPT EXISTS sha1 [sha1 …] → array of 1 and 0. */
export const scriptExists = command({
  ...shared,
  name: 'SCRIPT EXISTS',
  since: '2.6.0',
  summary: 'Tells which scripts are cached.',
  complexity: 'O(N) for N digests',
  args: { sha1: many(str()) },
  run: (ctx, { sha1 }) => sha1.map((one) => (scriptingOf(ctx).scripts.has(one) ? 1 : 0)),
})

/** SCRIPT FLUSH [ASYNC | SYNC] → OK. */
export const scriptFlush = command({
  ...shared,
  name: 'SCRIPT FLUSH',
  since: '2.6.0',
  summary: 'Forgets all cached scripts.',
  complexity: 'O(N) for N scripts',
  args: { mode: lastWord(['ASYNC', 'SYNC'], WRONG_MODE, WRONG_MODE) },
  run(ctx) {
    scriptingOf(ctx).scripts.flush()
    return OK
  },
})

/** SCRIPT KILL → always an error: a script runs within one command and ends by itself, or at its limits. */
export const scriptKill = command({
  ...shared,
  name: 'SCRIPT KILL',
  since: '2.6.0',
  summary: 'Ends the script that runs.',
  complexity: 'O(1)',
  args: {},
  activeActive: 'Scripts have a limit of steps instead, so there is never one to end.',
  run: () => fail(NOT_BUSY),
})
