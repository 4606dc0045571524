/**
 * Keyspace notifications: changes of keys, told on channels named after the key and after the event, as the setting `notify-keyspace-events` asks. Local
 * to a region, for local writes and remote effects alike.
 */
import type { Bytes } from '../lib/index.ts'
import type { PubSub } from './pubsub.ts'

/** Redis's class letter of each event; generic ones (`g`) and those of modules (`d`) are told apart below. */
const EVENTS: Readonly<Record<string, string>> = {
  $: 'set setrange incrby incrbyfloat append setbit pfadd',
  l: 'lpush rpush lpop rpop linsert lset lrem ltrim lmove sortstore',
  s: 'sadd srem spop sinterstore sunionstore sdiffstore',
  h: 'hset hdel hincrby hincrbyfloat hexpire hexpired hpersist',
  z: 'zadd zincr zrem zpopmin zpopmax zremrangebyscore zremrangebyrank zremrangebylex zrangestore zunionstore zinterstore zdiffstore georadiusstore geosearchstore',
  t: 'xadd xdel xdelex xackdel xtrim xsetid xgroup-create xgroup-createconsumer xgroup-delconsumer xgroup-destroy xgroup-setid xclaim xautoclaim',
  x: 'expired',
  e: 'evicted',
  n: 'new',
  m: 'keymiss',
}
const CLASS_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(EVENTS).flatMap(([letter, events]) => events.split(' ').map((event) => [event, letter] as const)),
)

/** Written effects for which Redis has no event. */
const SILENT: ReadonlySet<string> = new Set(['xack'])

/** `setting`: the value of `notify-keyspace-events`, as CONFIG GET shows it. */
export function notify(pubsub: PubSub, setting: string, key: Bytes, event: string): void {
  if (SILENT.has(event)) return
  const letter = CLASS_OF.get(event) ?? (event.startsWith('json.') ? 'd' : 'g')
  const everything = setting.includes('A') && letter !== 'n' && letter !== 'm'
  if (!everything && !setting.includes(letter)) return
  if (setting.includes('K')) pubsub.publish(`__keyspace@0__:${key}`, event)
  if (setting.includes('E')) pubsub.publish(`__keyevent@0__:${event}`, key)
}
