import { killScript } from '../../long-script.ts'
import { OK } from '../../reply.ts'
import { many, str } from '../arguments.ts'
import { command, type CommandFlag } from '../command.ts'
import { about, lastWord, LOCAL, scriptingOf } from './about.ts'

const flags: readonly CommandFlag[] = ['noscript']
const shared = { ...about, flags, activeActive: LOCAL }

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

/** SCRIPT KILL → OK: the script that runs ends with an error. An error if none runs, if it has written, or if it is a function. */
export const scriptKill = command({
  ...shared,
  name: 'SCRIPT KILL',
  since: '2.6.0',
  summary: 'Ends the script that runs.',
  complexity: 'O(1)',
  flags: [...flags, 'allow_busy'],
  args: {},
  activeActive: 'Ends a script of this region; one that has written goes on to its end, or to its limit of steps (M3).',
  run: (ctx) => killScript(ctx, 'script'),
})
