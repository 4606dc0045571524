/**
 * Settings of a plain redis-server that mean nothing here: in test mode they can be set and are remembered, and those named here have Redis's defaults. Old
 * names (`ziplist`) stand for the new ones.
 */
import { PARAMETERS, type Parameter } from './config-parameters.ts'

const DEFAULTS = `
active-defrag-cycle-max 25
active-defrag-cycle-min 1
active-defrag-ignore-bytes 104857600
active-defrag-max-scan-fields 1000
active-defrag-threshold-lower 10
active-defrag-threshold-upper 100
active-expire-effort 1
activedefrag no
activerehashing yes
acllog-max-len 128
aof-use-rdb-preamble yes
auto-aof-rewrite-min-size 67108864
auto-aof-rewrite-percentage 100
bind 127.0.0.1
busy-reply-threshold 5000
client-output-buffer-limit normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60
client-query-buffer-limit 1073741824
cluster-enabled no
daemonize no
dbfilename dump.rdb
dir /
dynamic-hz yes
hash-max-listpack-entries 512
hash-max-listpack-value 64
hll-sparse-max-bytes 3000
hz 10
io-threads 1
latency-monitor-threshold 0
latency-tracking yes
latency-tracking-info-percentiles 50 99 99.9
lazyfree-lazy-eviction no
lazyfree-lazy-expire no
lazyfree-lazy-server-del no
lazyfree-lazy-user-del no
lazyfree-lazy-user-flush no
lfu-decay-time 1
lfu-log-factor 10
list-compress-depth 0
list-max-listpack-size -2
loglevel notice
maxmemory-clients 0
maxmemory-eviction-tenacity 10
min-replicas-max-lag 10
min-replicas-to-write 0
no-appendfsync-on-rewrite no
port 6379
proto-max-bulk-len 536870912
rdb-key-save-delay 0
rdbchecksum yes
rdbcompression yes
repl-backlog-size 1048576
repl-diskless-sync yes
repl-diskless-sync-delay 5
repl-timeout 60
requirepass
sanitize-dump-payload no
set-max-intset-entries 512
set-max-listpack-entries 128
set-max-listpack-value 64
shutdown-timeout 10
stop-writes-on-bgsave-error yes
stream-node-max-bytes 4096
stream-node-max-entries 100
tcp-keepalive 300
tracking-table-max-keys 1000000
unixsocket
zset-max-listpack-entries 128
zset-max-listpack-value 64
`

function free(initial: string): Parameter {
  return { initial, read: (value) => ({ value }) }
}

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['list-max-ziplist-size', 'list-max-listpack-size'],
  ['lua-time-limit', 'busy-reply-threshold'],
  ...['hash', 'zset'].flatMap((type) =>
    ['entries', 'value'].map((what) => [`${type}-max-ziplist-${what}`, `${type}-max-listpack-${what}`] as const),
  ),
])

/** The name under which a setting is kept. */
export function keptName(name: string): string {
  return ALIASES.get(name) ?? name
}

/** All settings of test mode, with their old names. */
export const TEST_PARAMETERS: ReadonlyMap<string, Parameter> = (() => {
  const known = DEFAULTS.trim()
    .split('\n')
    .map((line) => {
      const [name = '', ...rest] = line.split(' ')
      return [name, free(rest.join(' '))] as const
    })
  const all = new Map<string, Parameter>([...known, ...PARAMETERS])
  for (const [old, name] of ALIASES) all.set(old, all.get(name) ?? free(''))
  return all
})()

/** Any other setting that somebody makes up. */
export const UNKNOWN_PARAMETER: Parameter = free('')
