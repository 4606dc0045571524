/** What a test of Redis asks for and what has nothing to do here: each answers as a server that has just done it. */
import { double, map, NULL_ARRAY, OK, status, verbatim, type Reply } from '../../reply.ts'
import { rest } from '../arguments.ts'
import { command, type Command, type CommandFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, SYNTAX_ERROR } from '../errors.ts'
import { helpOf } from '../help.ts'
import { parseIndex } from '../numbers.ts'

type Run = (ctx: Context, words: readonly string[]) => Reply

/** A command that takes any words and changes no data. */
export function harmless(name: string, run: Run, arity?: number, more: readonly CommandFlag[] = []): Command {
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
  harmless('SAVE', outsideMulti(saved), 1, ['no_multi']),
  harmless('BGSAVE', backgroundSave),
  harmless('BGREWRITEAOF', () => status('Background append only file rewriting started'), 1),
  harmless('LASTSAVE', ({ now }) => Math.floor(now / 1000), 1),
  harmless('WAIT', (_ctx, words) => (words.forEach(checkCount), 0), 3),
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
  harmless('CONFIG REWRITE', ok, 2),
  harmless('CLIENT NO-EVICT', (_ctx, [word = '']) => (/^(on|off)$/i.test(word) ? OK : fail('ERR syntax error')), 3),
  harmless('CLIENT GETREDIR', ({ session }) => session.tracking?.redirect ?? -1, 2),
  harmless('LATENCY LATEST', ({ instance }) => instance.latency.latest().map((event) => [...event]), 2),
  harmless('LATENCY HISTORY', ({ instance }, [event = '']) => instance.latency.history(event), 3),
  harmless('LATENCY RESET', ({ instance }, events) => instance.latency.reset(events)),
  harmless('LATENCY GRAPH', latencyGraph, 3),
  harmless('LATENCY DOCTOR', () => verbatim('Nothing to report: time stands still while a command runs.\n'), 2),
  harmless('MEMORY DOCTOR', () => verbatim('Nothing to report.\n'), 2),
  harmless('MEMORY MALLOC-STATS', () => verbatim('There is no allocator of our own.\n'), 2),
  harmless('MEMORY PURGE', ok, 2),
  harmless('MEMORY STATS', memoryStats, 2),
  harmless('SCRIPT DEBUG', (_ctx, [mode = '']) => (/^(yes|sync|no)$/i.test(mode) ? OK : fail(SCRIPT_DEBUG_MODES)), 3),
  harmless('SHUTDOWN', outsideMulti(shutdown), undefined, ['no_multi']),
  helpOf('CLUSTER', 'cluster', '3.0.0'),
  helpOf('LATENCY', 'server', '2.8.13'),
  helpOf('MODULE', 'server', '4.0.0'),
  harmless('SWAPDB', (_ctx, [a = '', b = '']) => (a === b ? OK : fail('ERR invalid first DB index')), 3),
  harmless('MODULE LOAD', noModules, -3),
  harmless('MODULE LOADEX', noModules, -3),
  harmless('MODULE UNLOAD', noModules, 3),
  harmless('PFSELFTEST', ok, 1),
  harmless('RESET', reset, 1, ['no_multi', 'allow_busy']),
  harmless('SYNC', () => NULL_ARRAY),
  harmless('PSYNC', () => NULL_ARRAY),
]

const SCRIPT_DEBUG_MODES = 'ERR Use SCRIPT DEBUG YES/SYNC/NO'

function noModules(): Reply {
  return fail('ERR Error loading the extension. Please check the server logs.')
}

function checkCount(word: string): void {
  if (parseIndex(word) === undefined) fail('ERR value is not an integer or out of range')
}

/** BGSAVE [SCHEDULE]. */
function backgroundSave(ctx: Context, words: readonly string[]): Reply {
  if (words.length > 1 || !/^(schedule)?$/i.test(words[0] ?? '')) return fail(SYNTAX_ERROR)
  saved(ctx)
  return status('Background saving started')
}

/** Nobody shuts the gateway down from a client. */
function shutdown(_ctx: Context, [word = '']: readonly string[]): Reply {
  if (/^abort$/i.test(word)) return fail('ERR No shutdown in progress.')
  return fail(/^(nosave|save|now|force)?$/i.test(word) ? 'ERR Errors trying to SHUTDOWN. Check logs.' : SYNTAX_ERROR)
}

/** MEMORY STATS → map. What an allocator would say is what the keys are counted as. */
function memoryStats({ instance, keyspace }: Context): Reply {
  const used = instance.memory.used()
  const count = keyspace.size
  const fields = {
    'peak.allocated': instance.memory.peak,
    'total.allocated': used,
    'startup.allocated': 0,
    'replication.backlog': 0,
    'clients.slaves': 0,
    'clients.normal': 0,
    'cluster.links': 0,
    'aof.buffer': 0,
    'lua.caches': 0,
    'functions.caches': 0,
    'overhead.total': 0,
    'keys.count': count,
    'keys.bytes-per-key': count === 0 ? 0 : Math.floor(used / count),
    'dataset.bytes': used,
    'dataset.percentage': double(100),
    'peak.percentage': double((100 * used) / Math.max(1, instance.memory.peak)),
    'allocator.allocated': used,
    'allocator.active': used,
    'allocator.resident': used,
    'allocator-fragmentation.ratio': double(1),
    'allocator-fragmentation.bytes': 0,
    'allocator-rss.ratio': double(1),
    'allocator-rss.bytes': 0,
    'rss-overhead.ratio': double(1),
    'rss-overhead.bytes': 0,
    fragmentation: double(1),
    'fragmentation.bytes': 0,
  }
  return map(Object.entries(fields).flat())
}

/** What cannot even be queued. */
function outsideMulti(run: Run): Run {
  return (ctx, words) => {
    if (ctx.session.queue === null) return run(ctx, words)
    ctx.session.queueFailed = true
    return fail('ERR Command not allowed inside a transaction')
  }
}

function saved({ instance }: Context): Reply {
  instance.statistics.changes = 0
  return OK
}

/** The samples as one line of numbers: the oldest first. */
function latencyGraph({ instance }: Context, [event = '']: readonly string[]): Reply {
  const samples = instance.latency.history(event)
  if (samples.length === 0) return fail(`ERR No samples available for event '${event}'`)
  return verbatim(`${event} - latency in ms: ${samples.map(([, ms]) => ms).join(' ')}\n`)
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
  session.user = 'default'
  session.db = 0
  session.replies = 'on'
  return status('RESET')
}
