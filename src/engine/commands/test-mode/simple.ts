/** What a test of Redis asks for and what has nothing to do here: each answers as a server that has just done it. */
import { NULL_ARRAY, OK, status, verbatim, type Reply } from '../../reply.ts'
import { rest } from '../arguments.ts'
import { command, type Command, type CommandFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'

/** A command that takes any words and changes no data. */
export function harmless(
  name: string,
  run: (ctx: Context, words: readonly string[]) => Reply,
  arity?: number,
  more: readonly CommandFlag[] = [],
): Command {
  return command({
    name,
    group: 'server',
    since: '1.0.0',
    summary: 'For tests of Redis.',
    complexity: 'O(1)',
    flags: ['admin', 'noscript', 'loading', 'stale', ...more],
    args: { words: rest('word') },
    ...(arity === undefined ? {} : { arity }),
    activeActive: 'Refused outside test mode (M4).',
    run: (ctx, { words }) => run(ctx, words),
  })
}

const clusterIsOff = () => fail('ERR This instance has cluster support disabled')
const ok = () => OK

export const SIMPLE_COMMANDS: readonly Command[] = [
  harmless('SAVE', saveNow, 1, ['no_multi']),
  harmless('BGSAVE', (ctx) => (saved(ctx), status('Background saving started'))),
  harmless('BGREWRITEAOF', () => status('Background append only file rewriting started'), 1),
  harmless('LASTSAVE', ({ now }) => Math.floor(now / 1000), 1),
  harmless('WAIT', () => 0, 3),
  harmless('ROLE', () => ['master', 0, []], 1),
  harmless('REPLICAOF', ok, 3),
  harmless('SLAVEOF', ok, 3),
  harmless('REPLCONF', ok),
  harmless('FAILOVER', () => fail('ERR FAILOVER requires connected replicas.')),
  harmless('READONLY', clusterIsOff, 1),
  harmless('READWRITE', clusterIsOff, 1),
  harmless('ASKING', clusterIsOff, 1),
  harmless('CLUSTER', clusterIsOff, -2),
  harmless('CONFIG RESETSTAT', resetStatistics, 2),
  harmless('CLIENT NO-EVICT', (_ctx, [word = '']) => (/^(on|off)$/i.test(word) ? OK : fail('ERR syntax error')), 3),
  harmless('CLIENT GETREDIR', ({ session }) => session.tracking?.redirect ?? -1, 2),
  harmless('LATENCY LATEST', () => [], 2),
  harmless('LATENCY HISTORY', () => [], 3),
  harmless('LATENCY RESET', () => 0),
  harmless('LATENCY GRAPH', (_ctx, [event]) => fail(`ERR No samples available for event '${event}'`), 3),
  harmless('LATENCY DOCTOR', () => verbatim('Nothing to report: time stands still while a command runs.\n'), 2),
  harmless('MEMORY DOCTOR', () => verbatim('Nothing to report.\n'), 2),
  harmless('MEMORY MALLOC-STATS', () => verbatim('There is no allocator of our own.\n'), 2),
  harmless('MEMORY PURGE', ok, 2),
  harmless('SWAPDB', (_ctx, [a = '', b = '']) => (a === b ? OK : fail('ERR invalid first DB index')), 3),
  harmless('MODULE LOAD', () => fail('ERR Error loading the extension. Please check the server logs.'), -3),
  harmless('PFSELFTEST', ok, 1),
  harmless('RESET', reset, 1, ['no_multi']),
  harmless('SYNC', () => NULL_ARRAY),
  harmless('PSYNC', () => NULL_ARRAY),
]

function saveNow(ctx: Context): Reply {
  if (ctx.session.queue === null) return saved(ctx)
  ctx.session.queueFailed = true
  return fail('ERR Command not allowed inside a transaction')
}

function saved({ instance }: Context): Reply {
  instance.statistics.changes = 0
  return OK
}

function resetStatistics({ instance }: Context): Reply {
  instance.statistics.reset()
  return OK
}

/** RESET → +RESET: the session is as if it had just begun. */
function reset({ instance, session }: Context): Reply {
  instance.discard(session)
  instance.forgetSession(session)
  session.resp = 2
  session.name = ''
  session.replies = 'on'
  return status('RESET')
}
