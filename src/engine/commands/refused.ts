import { refused, type Command } from './command.ts'

// Reasons that several commands share.
const SNAPSHOTS = 'persistence is managed by the cluster'
const TOPOLOGY = 'replication is peer to peer and managed by the cluster'
const USERS = 'users are managed for the whole cluster, not by one region'
const MODULES = 'modules are part of the database definition'
const ONE_KEYSPACE = 'the database has one keyspace, 0'
const NOT_REPLICABLE = 'it has no conflict-free form'
const RUNTIME = 'the running of the server is managed by the cluster'

const BY_PERSISTENCE = 'set data persistence with `crdb-cli crdb update`'
const BY_STATUS = 'use INFO crdt, or `crdb-cli crdb list`'
const BY_INFO = 'use INFO'
const BY_USERS = 'use ACL LIST and ACL WHOAMI to look; roles are given by the cluster administrator'
const BY_KEYS = 'use key prefixes, or another database'

/** What an Active-Active database refuses (M4), with what to use instead. */
export const REFUSED_COMMANDS: readonly Command[] = [
  // Keys
  refused('MIGRATE', 'generic', 'keys belong to one database', 'read the value and write it to the other database'),
  refused('MOVE', 'generic', ONE_KEYSPACE, BY_KEYS),
  refused('OBJECT ENCODING', 'generic', 'values are CRDTs, not Redis encodings', 'use CRDT.DEBUG ENCODING'),
  refused('RESTORE', 'generic', 'a dump carries no causal history', 'write the value with the commands of its type'),
  refused(
    'RESTORE-ASKING',
    'generic',
    'slots do not migrate between regions',
    'write the value with the commands of its type',
  ),
  refused('WAIT', 'generic', 'there are no replicas to wait for and regions replicate asynchronously (G1)', BY_STATUS),

  // Connection
  refused('CLIENT GETREDIR', 'connection', 'invalidations are not redirected', 'use CLIENT TRACKINGINFO'),
  refused('CLIENT NO-EVICT', 'connection', 'clients are not evicted'),
  refused('CLIENT PAUSE', 'connection', 'it would stop the syncers too', 'stop the clients themselves'),
  refused('CLIENT UNPAUSE', 'connection', 'clients are never paused'),
  refused('RESET', 'connection', 'connections pass through a proxy', 'use DISCARD, UNWATCH and HELLO, or reconnect'),

  // Data of the whole database
  refused(
    'FLUSHALL',
    'server',
    'it would bypass replication',
    "use the database's own flush (`flush` in the control console)",
  ),
  refused(
    'FLUSHDB',
    'server',
    'it would bypass replication',
    "use the database's own flush (`flush` in the control console)",
  ),
  refused('SWAPDB', 'server', ONE_KEYSPACE, BY_KEYS),

  // The server itself
  refused('SHUTDOWN', 'server', RUNTIME, 'to try an outage, cut or stop the region in the control console'),
  refused('DEBUG', 'server', 'it reaches past replication', 'use CRDT.DEBUG'),
  refused('CONFIG RESETSTAT', 'server', 'statistics are collected by the cluster', BY_INFO),
  refused('BGREWRITEAOF', 'server', SNAPSHOTS, BY_PERSISTENCE),
  refused('BGSAVE', 'server', SNAPSHOTS, BY_PERSISTENCE),
  refused('LASTSAVE', 'server', SNAPSHOTS, 'use INFO persistence'),
  refused('SAVE', 'server', SNAPSHOTS, BY_PERSISTENCE),
  refused('FAILOVER', 'server', TOPOLOGY, 'the application connects to another region (A1)'),
  refused('PSYNC', 'server', TOPOLOGY, BY_STATUS),
  refused('SYNC', 'server', TOPOLOGY, BY_STATUS),
  refused('REPLCONF', 'server', TOPOLOGY, BY_STATUS),
  refused('REPLICAOF', 'server', TOPOLOGY, 'add a region with `crdb-cli crdb add-instance`'),
  refused('SLAVEOF', 'server', TOPOLOGY, 'add a region with `crdb-cli crdb add-instance`'),
  refused('ROLE', 'server', 'every region is a master (G1)', BY_STATUS),
  refused('LATENCY DOCTOR', 'server', 'latency is monitored by the cluster', 'use LATENCY HISTOGRAM'),
  refused('LATENCY GRAPH', 'server', 'latency is monitored by the cluster', 'use LATENCY HISTOGRAM'),
  refused('LATENCY HELP', 'server', 'latency is monitored by the cluster', 'use LATENCY HISTOGRAM'),
  refused('LATENCY HISTORY', 'server', 'latency is monitored by the cluster', 'use LATENCY HISTOGRAM'),
  refused('LATENCY LATEST', 'server', 'latency is monitored by the cluster', 'use LATENCY HISTOGRAM'),
  refused('LATENCY RESET', 'server', 'latency is monitored by the cluster', 'use LATENCY HISTOGRAM'),
  refused('MEMORY DOCTOR', 'server', 'memory is managed by the cluster', 'use MEMORY USAGE, or INFO memory'),
  refused('MEMORY MALLOC-STATS', 'server', 'memory is managed by the cluster', 'use MEMORY USAGE, or INFO memory'),
  refused('MEMORY PURGE', 'server', 'memory is managed by the cluster', 'use MEMORY USAGE, or INFO memory'),
  refused('MEMORY STATS', 'server', 'memory is managed by the cluster', 'use MEMORY USAGE, or INFO memory'),
  refused('MODULE LOAD', 'server', MODULES, 'use MODULE LIST'),
  refused('MODULE LOADEX', 'server', MODULES, 'use MODULE LIST'),
  refused('MODULE UNLOAD', 'server', MODULES, 'use MODULE LIST'),
  refused('MODULE HELP', 'server', MODULES, 'use MODULE LIST'),
  refused('ACL DELUSER', 'server', USERS, BY_USERS),
  refused('ACL GENPASS', 'server', USERS, BY_USERS),
  refused('ACL LOAD', 'server', USERS, BY_USERS),
  refused('ACL LOG', 'server', USERS, BY_USERS),
  refused('ACL SAVE', 'server', USERS, BY_USERS),
  refused('ACL SETUSER', 'server', USERS, BY_USERS),
  refused(
    'SCRIPT DEBUG',
    'scripting',
    'the debugger would stop the shard',
    'return or log intermediate values instead',
  ),

  // Cluster: the OSS cluster API is off
  refused(
    'CLUSTER',
    'cluster',
    'the OSS cluster API is off and slots are managed by the cluster',
    'connect to the endpoint of the region',
  ),
  refused('ASKING', 'cluster', 'slots do not migrate between regions'),
  refused('READONLY', 'cluster', 'every region serves reads and writes (G1)'),
  refused('READWRITE', 'cluster', 'every region serves reads and writes (G1)'),

  // Commands of single types
  refused('SUBSTR', 'string', 'it is an old name', 'use GETRANGE'),
  refused('STRALGO', 'string', 'it was replaced', 'use LCS'),
  refused('INCREX', 'string', NOT_REPLICABLE, 'use INCRBY and EXPIRE'),
  refused('SDIFFCARD', 'set', 'it is not part of Active-Active', 'use SDIFF, or SDIFFSTORE and SCARD'),
  refused('SUNIONCARD', 'set', 'it is not part of Active-Active', 'use SUNION, or SUNIONSTORE and SCARD'),
  refused('LMOVEM', 'list', 'it is not part of Active-Active', 'use LMOVE, once for each element'),
  refused('BLMOVEM', 'list', 'it is not part of Active-Active', 'use BLMOVE, once for each element'),
  refused('XNACK', 'stream', 'pending lists are local to a region (E6)', 'use XCLAIM or XAUTOCLAIM'),
  refused('PFDEBUG', 'hyperloglog', 'it reaches past replication', 'use PFCOUNT'),
  refused('PFSELFTEST', 'hyperloglog', 'it is a test of the server', 'use PFCOUNT'),
  refused(
    'FT.DROPINDEX',
    'search',
    'an index is part of the database definition',
    'recreate the database, or use FT.ALTER',
  ),
  ...['FT.CONFIG', 'FT.CURSOR', 'FT.PROFILE', 'FT.SPELLCHECK'].map((name) =>
    refused(name, 'search', 'this playground has a small query engine', 'use FT.SEARCH, FT.AGGREGATE and FT.EXPLAIN'),
  ),
  ...['FT.SUGADD', 'FT.SUGDEL', 'FT.SUGGET', 'FT.SUGLEN'].map((name) =>
    refused(name, 'search', 'suggestion dictionaries are not replicated', 'use FT.SEARCH with a prefix'),
  ),
  ...[
    'VADD',
    'VCARD',
    'VDIM',
    'VEMB',
    'VGETATTR',
    'VINFO',
    'VISMEMBER',
    'VLINKS',
    'VRANDMEMBER',
    'VRANGE',
    'VREM',
    'VSETATTR',
    'VSIM',
  ].map((name) =>
    refused(name, 'vector-set', 'vector sets have no conflict-free form', 'keep vectors in hashes or JSON'),
  ),
  ...[
    'ARCOUNT',
    'ARDEL',
    'ARDELRANGE',
    'ARGET',
    'ARGETRANGE',
    'ARGREP',
    'ARINFO',
    'ARINSERT',
    'ARLASTITEMS',
    'ARLEN',
    'ARMGET',
    'ARMSET',
    'ARNEXT',
    'AROP',
    'ARRING',
    'ARSCAN',
    'ARSEEK',
    'ARSET',
  ].map((name) => refused(name, 'array', 'arrays have no conflict-free form', 'use a list, a hash or JSON')),
]
