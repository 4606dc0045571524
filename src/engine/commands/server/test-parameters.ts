/**
 * Settings of a plain redis-server that mean nothing here: in test mode they can be set and are remembered, and those named here have Redis's defaults. Old
 * names (`ziplist`) stand for the new ones.
 */
import { bytesOf, integer, memory, PARAMETERS, yesNo, type Parameter } from './config-parameters.ts'

const DEFAULTS = `
acl-pubsub-default resetchannels
aclfile
acllog-max-len 128
active-defrag-cycle-max 25
active-defrag-cycle-min 1
active-defrag-ignore-bytes 104857600
active-defrag-max-scan-fields 1000
active-defrag-threshold-lower 10
active-defrag-threshold-upper 100
active-expire-effort 1
activedefrag no
activerehashing yes
always-show-logo no
aof-disable-auto-gc no
aof-load-truncated yes
aof-rewrite-incremental-fsync yes
aof-timestamp-enabled no
aof-use-rdb-preamble yes
aof_rewrite_cpulist
appenddirname appendonlydir
appendfilename appendonly.aof
auto-aof-rewrite-min-size 67108864
auto-aof-rewrite-percentage 100
bgsave_cpulist
bind 127.0.0.1
bind-source-addr
bio_cpulist
busy-reply-threshold 5000
client-query-buffer-limit 1073741824
cluster-allow-pubsubshard-when-down yes
cluster-allow-reads-when-down no
cluster-allow-replica-migration yes
cluster-announce-bus-port 0
cluster-announce-hostname
cluster-announce-ip
cluster-announce-port 0
cluster-announce-tls-port 0
cluster-config-file nodes.conf
cluster-enabled no
cluster-link-sendbuf-limit 0
cluster-migration-barrier 1
cluster-node-timeout 15000
cluster-port 0
cluster-preferred-endpoint-type ip
cluster-replica-no-failover no
cluster-replica-validity-factor 10
cluster-require-full-coverage yes
crash-log-enabled yes
crash-memcheck-enabled yes
daemonize no
dbfilename dump.rdb
dir /
disable-thp yes
dynamic-hz yes
enable-debug-command no
enable-module-command no
enable-protected-configs no
hash-max-listpack-entries 512
hash-max-listpack-value 64
hll-sparse-max-bytes 3000
hz 10
ignore-warnings
io-threads 1
io-threads-do-reads no
jemalloc-bg-thread yes
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
logfile
loglevel notice
masterauth
masteruser
maxmemory-clients 0
maxmemory-eviction-tenacity 10
min-replicas-max-lag 10
min-replicas-to-write 0
no-appendfsync-on-rewrite no
oom-score-adj no
oom-score-adj-values 0 200 800
pidfile
port 6379
proc-title-template {title} {listen-addr} {server-mode}
propagation-error-behavior ignore
protected-mode yes
proto-max-bulk-len 536870912
rdb-del-sync-files no
rdb-key-save-delay 0
rdb-save-incremental-fsync yes
rdbchecksum yes
rdbcompression yes
repl-backlog-size 1048576
repl-backlog-ttl 3600
repl-disable-tcp-nodelay no
repl-diskless-load disabled
repl-diskless-sync yes
repl-diskless-sync-delay 5
repl-diskless-sync-max-replicas 0
repl-ping-replica-period 10
repl-timeout 60
replica-announce-ip
replica-announce-port 0
replica-announced yes
replica-ignore-disk-write-errors no
replica-ignore-maxmemory yes
replica-lazy-flush no
replica-priority 100
replica-read-only yes
replica-serve-stale-data yes
replicaof
requirepass
sanitize-dump-payload no
server_cpulist
set-max-intset-entries 512
set-max-listpack-entries 128
set-max-listpack-value 64
set-proc-title yes
shutdown-on-sigint default
shutdown-on-sigterm default
shutdown-timeout 10
socket-mark-id 0
stop-writes-on-bgsave-error yes
stream-node-max-bytes 4096
stream-node-max-entries 100
supervised no
syslog-enabled no
syslog-facility local0
syslog-ident redis
tcp-backlog 511
tcp-keepalive 300
tls-auth-clients yes
tls-ca-cert-dir
tls-ca-cert-file
tls-cert-file
tls-ciphers
tls-ciphersuites
tls-client-cert-file
tls-client-key-file
tls-client-key-file-pass
tls-cluster no
tls-dh-params-file
tls-key-file
tls-key-file-pass
tls-port 0
tls-prefer-server-ciphers no
tls-protocols
tls-replication no
tls-session-cache-size 20480
tls-session-cache-timeout 300
tls-session-caching yes
tracking-table-max-keys 1000000
unixsocket
unixsocketperm 0
zset-max-listpack-entries 128
zset-max-listpack-value 64
`

/** Those that Redis reads once, when it starts. */
const IMMUTABLE = new Set(
  `
always-show-logo
aclfile
appenddirname
appendfilename
cluster-config-file
cluster-enabled
cluster-port
daemonize
databases
disable-thp
enable-debug-command
enable-module-command
enable-protected-configs
io-threads
io-threads-do-reads
logfile
pidfile
rdbchecksum
replicaof
set-proc-title
supervised
syslog-enabled
syslog-facility
syslog-ident
tcp-backlog
unixsocket
unixsocketperm
`.split('\n'),
)

const MEMORY = new Set([
  'active-defrag-ignore-bytes',
  'auto-aof-rewrite-min-size',
  'client-query-buffer-limit',
  'cluster-link-sendbuf-limit',
  'hll-sparse-max-bytes',
  'repl-backlog-size',
  'stream-node-max-bytes',
])

function free(initial: string): Parameter {
  return { initial, read: (value) => ({ value }) }
}

const amount = memory(0, 0)

const SPECIAL: Readonly<Record<string, Parameter>> = {
  /** Bytes, or a part of maxmemory. */
  'maxmemory-clients': {
    initial: '0',
    read(value) {
      if (!/^\d{1,9}%$/.test(value)) return amount.read(value)
      return parseInt(value, 10) > 100 ? { problem: 'percentage argument must be less or equal to 100' } : { value }
    },
  },
  /** Nobody listens anywhere else because of it. */
  port: {
    initial: '6379',
    read: (value) => (value === '6379' ? { value } : { problem: 'Unable to listen on this port. Check server logs.' }),
  },
}

/** Those that know more than `yes` and `no`. */
const ENUMERATIONS = /^(enable-.*|oom-score-adj|sanitize-dump-payload|tls-auth-clients)$/

/** What a setting accepts is told by its default: `yes` or `no`, whole numbers, or anything. */
function parameterLike(name: string, initial: string): Parameter {
  if (SPECIAL[name] !== undefined) return SPECIAL[name]
  if ((initial === 'yes' || initial === 'no') && !ENUMERATIONS.test(name)) return yesNo(initial)
  if (MEMORY.has(name)) return memory(Number(initial), 0)
  const least = initial.startsWith('-') ? -(2 ** 31) : 0
  return /^-?\d+$/.test(initial) ? integer(Number(initial), least, Number.MAX_SAFE_INTEGER) : free(initial)
}

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['list-max-ziplist-size', 'list-max-listpack-size'],
  ['lua-time-limit', 'busy-reply-threshold'],
  ['slaveof', 'replicaof'],
  ['slave-priority', 'replica-priority'],
  ['slave-read-only', 'replica-read-only'],
  ['slave-serve-stale-data', 'replica-serve-stale-data'],
  ...['hash', 'zset'].flatMap((type) =>
    ['entries', 'value'].map((what) => [`${type}-max-ziplist-${what}`, `${type}-max-listpack-${what}`] as const),
  ),
])

/** The name under which a setting is kept. */
export function keptName(name: string): string {
  return ALIASES.get(name) ?? name
}

const CLASSES = ['normal', 'slave', 'pubsub']

/** Per class of clients: hard limit, soft limit (bytes) and seconds. What is not named keeps its default. */
const outputBufferLimit: Parameter = {
  initial: 'normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60',
  read(value) {
    const words = value.split(' ').filter((word) => word !== '')
    const numbers = outputBufferLimit.initial.split(' ').filter((word) => /\d/.test(word))
    if (words.length % 4 !== 0) return { problem: 'Wrong number of arguments in buffer limit configuration.' }
    for (let i = 0; i < words.length; i += 4) {
      const at = CLASSES.indexOf((words[i] as string).toLowerCase().replace('replica', 'slave'))
      if (at < 0) return { problem: 'Invalid client class specified in buffer limit configuration.' }
      const [hard, soft] = [1, 2].map((next) => bytesOf(words[i + next] as string))
      const seconds = words[i + 3] as string
      if (hard === undefined || soft === undefined || !/^\d+$/.test(seconds))
        return { problem: 'Error in hard, soft or soft_seconds setting in buffer limit configuration.' }
      numbers.splice(at * 3, 3, String(hard), String(soft), seconds)
    }
    return { value: CLASSES.map((name, i) => [name, ...numbers.slice(i * 3, i * 3 + 3)].join(' ')).join(' ') }
  },
}

/** All settings of test mode, with their old names. */
export const TEST_PARAMETERS: ReadonlyMap<string, Parameter> = (() => {
  const known = DEFAULTS.trim()
    .split('\n')
    .map((line) => {
      const [name = '', ...rest] = line.split(' ')
      const parameter = parameterLike(name, rest.join(' '))
      return [name, IMMUTABLE.has(name) ? { ...parameter, immutable: true as const } : parameter] as const
    })
  const all = new Map<string, Parameter>([...known, ['client-output-buffer-limit', outputBufferLimit], ...PARAMETERS])
  for (const [old, name] of ALIASES) all.set(old, all.get(name) ?? free(''))
  return all
})()

/** Any other setting that somebody makes up. */
export const UNKNOWN_PARAMETER: Parameter = free('')
