/** What a command does to its keys, and what else COMMAND INFO tells a client, where it does not follow from the declaration. */
import type { Bytes } from '../../../lib/index.ts'
import type { Command } from '../command.ts'

/** Names by what is true of them; several values for one name: one per key specification, in order. A `?`: it cannot be said where those keys stand. */
function byName(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(table).flatMap(([value, names]) => names.split(' ').map((name) => [name, value])))
}

const USES = byName({
  RO: 'exists hexists hlen hstrlen llen memory|usage object|encoding object|freq object|idletime object|refcount scard sismember strlen touch type watch xlen zcard',
  'RW INSERT': 'append hsetnx linsert lpush lpushx pfadd rpush rpushx sadd xgroup|create xgroup|createconsumer',
  'RW ACCESS': 'pfcount pfdebug',
  'RW ACCESS UPDATE':
    'decr decrby eval evalsha fcall getex getset hgetex hincrby hincrbyfloat incr incrby incrbyfloat move setbit zincrby',
  'RW ACCESS UPDATE VARIABLE_FLAGS': 'bitfield set',
  'RW ACCESS DELETE':
    'blmpop blpop brpop bzmpop bzpopmax bzpopmin getdel hgetdel lmpop lpop rpop spop zmpop zpopmax zpopmin',
  'RW DELETE':
    'delex hdel lrem ltrim srem xackdel xautoclaim xdel xdelex xgroup|delconsumer xgroup|destroy xtrim zrem zremrangebylex zremrangebyrank zremrangebyscore',
  'RM DELETE': 'del unlink',
  'OW UPDATE': 'mset msetex psetex restore setex',
  'OW INSERT': 'msetnx setnx',
  'OW UPDATE,RO ACCESS': 'bitop geosearchstore sdiffstore sunionstore zdiffstore zinterstore zrangestore zunionstore',
  'RW UPDATE,RO ACCESS': 'sinterstore',
  'RW ACCESS INSERT,RO ACCESS': 'pfmerge',
  'RW ACCESS DELETE,RW INSERT': 'blmove brpoplpush lmove rpoplpush smove',
  'RW ACCESS DELETE,OW UPDATE': 'rename',
  'RW ACCESS DELETE,OW INSERT': 'renamenx',
  'RO ACCESS,OW UPDATE': 'copy',
  'RO ACCESS,OW UPDATE,OW UPDATE': 'georadius georadiusbymember',
  'RO ACCESS,?RO ACCESS,?OW UPDATE': 'sort',
  'RO ACCESS,?RO ACCESS': 'sort_ro',
  'RO ACCESS': 'xreadgroup',
  NOT_KEY: 'spublish ssubscribe sunsubscribe',
})

/** Per key specification: words such as `RW` and `ACCESS`; a leading `?` where Redis's table does not say where the keys stand. */
export function usesOfKeys({ fullName, writes, flags }: Command): string[] {
  return (USES.get(fullName) ?? (writes && !flags.includes('readonly') ? 'RW UPDATE' : 'RO ACCESS')).split(',')
}

/** The same for one command line: SET reads only with GET, BITFIELD may only read. */
export function usesInLine(command: Command, line: readonly Bytes[]): string[] {
  const options = line.slice(2).map((word) => word.toUpperCase())
  if (command.fullName === 'set') return [options.includes('GET', 1) ? 'RW ACCESS UPDATE' : 'OW UPDATE']
  if (command.fullName === 'bitfield') {
    return [options.includes('SET') || options.includes('INCRBY') ? 'RW ACCESS UPDATE' : 'RO ACCESS']
  }
  return usesOfKeys(command).filter((use) => !use.startsWith('?RO'))
}

const TIPS = byName({
  nondeterministic_output:
    'client|info client|list dump hrandfield hscan lastsave object|encoding object|freq object|idletime object|refcount pttl spop srandmember sscan time ttl xadd xautoclaim xclaim xinfo|consumers xpending xtrim zrandmember zscan',
  nondeterministic_output_order:
    'command command|docs command|info command|list function|list hgetall hkeys hvals module|list sdiff sinter smembers sunion',
  'nondeterministic_output request_policy:all_shards response_policy:special':
    'function|stats info memory|doctor memory|malloc-stats memory|stats',
  'nondeterministic_output request_policy:all_nodes response_policy:special':
    'latency|doctor latency|graph latency|histogram latency|history latency|latest',
  'nondeterministic_output request_policy:special': 'scan',
  'request_policy:all_nodes nondeterministic_output': 'slowlog|get',
  'request_policy:all_nodes response_policy:agg_sum nondeterministic_output': 'slowlog|len',
  'request_policy:all_nodes response_policy:all_succeeded':
    'config|set latency|reset script|flush script|load slowlog|reset',
  'request_policy:all_shards nondeterministic_output': 'randomkey',
  'request_policy:all_shards nondeterministic_output_order': 'keys',
  'request_policy:all_shards response_policy:agg_logical_and': 'script|exists',
  'request_policy:all_shards response_policy:agg_min': 'wait',
  'request_policy:all_shards response_policy:agg_sum': 'dbsize',
  'request_policy:all_shards response_policy:all_succeeded':
    'flushall flushdb function|delete function|flush function|load function|restore memory|purge ping',
  'request_policy:all_shards response_policy:one_succeeded': 'function|kill script|kill',
  'request_policy:multi_shard': 'mget',
  'request_policy:multi_shard response_policy:agg_min': 'msetnx',
  'request_policy:multi_shard response_policy:agg_sum': 'del exists touch unlink',
  'request_policy:multi_shard response_policy:all_succeeded': 'mset',
})

/** What a proxy in front of several servers may want to know. */
export function tipsOf({ fullName }: Command): string[] {
  return TIPS.get(fullName)?.split(' ') ?? []
}
