import { Random } from '../../../lib/index.ts'
import { keyExpiry } from '../../keyspace/key.ts'
import { verbatim } from '../../reply.ts'
import { many, opt, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { listens } from '../../listening.ts'
import { MODULES } from '../modules.ts'
import { REDIS_VERSION } from '../version.ts'
import { settingOf } from './config.ts'
import { CONSTANT_FIELDS } from './info-constants.ts'

type Fields = readonly (readonly [field: string, value: string | number])[]
type Section = (ctx: Context) => Fields

function server({ instance, now }: Context): Fields {
  const seconds = Math.floor(Math.max(0, now - instance.startedAt) / 1000)
  return [
    ['redis_version', REDIS_VERSION],
    ['redis_mode', 'standalone'],
    ['run_id', runIdOf(instance.options.seed, instance.options.id)],
    ['tcp_port', 6379],
    ['server_time_usec', Math.round(now * 1000)],
    ['uptime_in_seconds', seconds],
    ['uptime_in_days', Math.floor(seconds / 86400)],
    ['region', instance.options.name],
  ]
}

/** Forty hexadecimal digits that are this instance's own. */
function runIdOf(seed: number, id: number): string {
  const random = new Random(seed + id)
  return Array.from({ length: 5 }, () => random.uint32().toString(16).padStart(8, '0')).join('')
}

function clients({ instance }: Context): Fields {
  return [
    ['connected_clients', instance.sessions.size],
    ['maxclients', settingOf(instance, 'maxclients')],
    ['blocked_clients', instance.blocking.size],
    ['tracking_clients', instance.tracking.clients],
    ['pubsub_clients', [...instance.sessions.values()].filter(listens).length],
    ['watching_clients', [...instance.sessions.values()].filter((session) => session.watched.size > 0).length],
  ]
}

function memory({ instance }: Context): Fields {
  const used = instance.memory.used()
  const limit = Number(settingOf(instance, 'maxmemory'))
  return [
    ['used_memory', used],
    ['used_memory_human', humanBytes(used)],
    ['used_memory_rss', used],
    ['used_memory_rss_human', humanBytes(used)],
    ['used_memory_peak', instance.memory.peak],
    ['used_memory_peak_human', humanBytes(instance.memory.peak)],
    ['used_memory_dataset', used],
    ['number_of_cached_scripts', instance.scripting?.scripts.count ?? 0],
    ['number_of_functions', instance.scripting?.functions.count ?? 0],
    ['number_of_libraries', instance.scripting?.functions.libraries.length ?? 0],
    ['maxmemory', limit],
    ['maxmemory_human', humanBytes(limit)],
    ['maxmemory_policy', settingOf(instance, 'maxmemory-policy')],
    ['number_of_cached_scripts', instance.scripting?.scripts.count ?? 0],
    ['number_of_functions', instance.scripting?.functions.count ?? 0],
    ['number_of_libraries', instance.scripting?.functions.libraries.length ?? 0],
    ['mem_not_counted_for_evict', 0],
    ['lazyfree_pending_objects', 0],
    ['lazyfreed_objects', 0],
  ]
}

function humanBytes(count: number): string {
  if (count < 1024) return `${count}B`
  const power = Math.min(4, Math.floor(Math.log2(count) / 10))
  return `${(count / 1024 ** power).toFixed(2)}${'BKMGT'[power] ?? ''}`
}

function persistence({ instance }: Context): Fields {
  return [
    ['loading', 0],
    ['rdb_changes_since_last_save', instance.statistics.changes],
    ['rdb_last_save_time', Math.floor(instance.startedAt / 1000)],
    ['aof_enabled', settingOf(instance, 'appendonly') === 'yes' ? 1 : 0],
  ]
}

function stats({ instance: { statistics, pubsub, tracking } }: Context): Fields {
  return [
    ['total_connections_received', statistics.connections],
    ['total_commands_processed', statistics.commands],
    ['expired_keys', statistics.expiredKeys],
    ['evicted_keys', statistics.evictedKeys],
    ['keyspace_hits', statistics.hits],
    ['keyspace_misses', statistics.misses],
    ['pubsub_channels', pubsub.names('channel').length],
    ['pubsub_patterns', pubsub.names('pattern').length],
    ['pubsubshard_channels', pubsub.names('shard').length],
    ['tracking_total_keys', tracking.keys],
    ['tracking_total_items', tracking.items],
    ['tracking_total_prefixes', tracking.prefixes],
    ['total_error_replies', statistics.errors],
  ]
}

/** Virtual time stands still while a command runs, so all of them take 0 µs. */
function commandstats({ instance: { statistics } }: Context): Fields {
  return [...statistics.byCommand].map(([{ fullName }, { calls, rejected, failed }]) => [
    `cmdstat_${fullName}`,
    `calls=${calls},usec=0,usec_per_call=0.00,rejected_calls=${rejected},failed_calls=${failed}`,
  ])
}

function errorstats({ instance: { statistics } }: Context): Fields {
  return [...statistics.byError].map(([code, count]) => [`errorstat_${code}`, `count=${count}`])
}

function replication({ instance }: Context): Fields {
  return [
    ['role', 'master'],
    ['connected_slaves', 0],
    ['master_failover_state', 'no-failover'],
    ['master_replid', runIdOf(instance.options.seed, instance.options.id)],
  ]
}

/** Key headers (G8; in test mode those that hold a value), those with an expiry, the mean time left of these in ms, and keys with fields that expire. */
function keyspaceSection({ keyspace, now, testMode }: Context): Fields {
  let keys = 0
  let expires = 0
  let left = 0
  for (const key of keyspace.keys.values()) {
    if (testMode && key.value === null) continue
    keys++
    const at = keyExpiry(key)
    if (at === undefined) continue
    expires++
    left += Math.max(0, at - now)
  }
  if (keys === 0) return []
  const average = expires === 0 ? 0 : Math.floor(left / expires)
  return [['db0', `keys=${keys},expires=${expires},avg_ttl=${average}`]]
}

function modules(): Fields {
  return MODULES.map(({ name, version }) => [
    'module',
    `name=${name},ver=${version},api=1,filters=0,usedby=[],using=[],options=[]`,
  ])
}

const SECTIONS: ReadonlyMap<string, Section> = new Map<string, Section>([
  ['Server', server],
  ['Clients', clients],
  ['Memory', memory],
  ['Persistence', persistence],
  ['Stats', stats],
  ['Replication', replication],
  ['CPU', () => []],
  ['Modules', modules],
  ['CRDT', ({ instance }) => instance.options.replicationInfo()],
  ['Errorstats', errorstats],
  ['Cluster', () => []],
  ['Keyspace', keyspaceSection],
  ['Commandstats', commandstats],
])

const EVERYTHING = new Set(['all', 'everything'])
/** Sections that are shown only when asked for. */
const ON_DEMAND = new Set(['Commandstats'])

/** INFO [section …] → text: sections of `field:value` lines. Unknown sections are left out. */
export const info = command({
  name: 'INFO',
  group: 'server',
  since: '1.0.0',
  summary: 'Tells about this region, by sections.',
  complexity: 'O(N) for N keys (memory: those touched since it was last asked for; keyspace: all), else O(1)',
  flags: ['loading', 'stale'],
  args: { sections: opt(many(str('section'))) },
  activeActive: 'Has a section `crdt`: clocks, peers, backlogs, syncs and garbage collection (R5).',
  run(ctx, { sections }) {
    const wanted = sections?.map((section) => section.toLowerCase()) ?? ['default']
    const all = wanted.some((section) => EVERYTHING.has(section))
    const texts: string[] = []
    for (const [title, fieldsOf] of SECTIONS) {
      const shown = wanted.includes(title.toLowerCase()) || (wanted.includes('default') && !ON_DEMAND.has(title))
      if (!all && !shown) continue
      const lines = [...fieldsOf(ctx), ...(CONSTANT_FIELDS.get(title) ?? [])].map(
        ([field, value]) => `${field}:${value}\r\n`,
      )
      texts.push(`# ${title}\r\n${lines.join('')}`)
    }
    return verbatim(texts.join('\r\n'))
  },
})
