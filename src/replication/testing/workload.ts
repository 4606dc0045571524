/** Random commands over few keys, so that types, deletes, expiry and transactions collide. */
import type { Random } from '../../lib/index.ts'
import { drawJson } from './json-workload.ts'
import { drawStreamCommand } from './stream-workload.ts'

const KEYS = ['k1', 'k2', 'k3']
const NAMES = ['a', 'b', 'c', 'd']

function drawListCommand(random: Random, keys: readonly string[]): string[] {
  const key = random.pick(keys)
  const value = `${random.pick(NAMES)}${random.below(30)}`
  const index = String(random.below(7) - 3)
  const end = () => random.pick(['LEFT', 'RIGHT'])
  switch (random.below(12)) {
    case 0:
    case 1:
      return ['RPUSH', key, value, random.pick(NAMES)]
    case 2:
    case 3:
      return ['LPUSH', key, value, random.pick(NAMES), value]
    case 4:
    case 5:
      return ['LINSERT', key, random.pick(['BEFORE', 'AFTER']), random.pick(NAMES), random.pick(NAMES)]
    case 6:
      return [random.pick(['LPOP', 'RPOP']), key]
    case 7:
      return [random.pick(['LPOP', 'RPOP']), key, '2']
    case 8:
      return ['LREM', key, index, random.pick(NAMES)]
    case 9:
      return ['LSET', key, index, value]
    case 10:
      return ['LMOVE', key, random.pick(keys), end(), end()]
    default:
      return ['LTRIM', key, index, String(random.below(6) - 2)]
  }
}

export function drawCommand(random: Random, keys: readonly string[] = KEYS): string[] {
  if (random.chance(0.3)) return drawListCommand(random, keys)
  const key = random.pick(keys)
  if (random.chance(0.2)) return drawStreamCommand(random, key)
  if (random.chance(0.2)) return drawJson(random, key)
  const name = random.pick(NAMES)
  const value = String(random.below(1000))
  const seconds = String(1 + random.below(8))
  const by = String(random.below(9) - 4)
  switch (random.below(36)) {
    case 0:
      return ['SET', key, value]
    case 1:
      return ['SET', key, value, 'EX', seconds]
    case 2:
      return ['SET', key, value, 'KEEPTTL']
    case 3:
      return ['SET', key, `text-${value}`, random.pick(['NX', 'XX'])]
    case 4:
    case 5:
      return ['INCRBY', key, by]
    case 6:
      return ['INCRBYFLOAT', key, `${by}.${random.below(100)}`]
    case 7:
      return ['APPEND', key, name]
    case 8:
      return ['DEL', key]
    case 9:
    case 10:
      return ['SADD', key, name, random.pick(NAMES)]
    case 11:
      return ['SREM', key, name, random.pick(NAMES)]
    case 12:
      return ['SPOP', key]
    case 13:
      return ['SMOVE', key, random.pick(keys), name]
    case 14:
    case 15:
      return ['HSET', key, name, value, random.pick(NAMES), value]
    case 16:
      return ['HDEL', key, name]
    case 17:
      return ['HINCRBY', key, name, by]
    case 18:
      return ['HINCRBYFLOAT', key, name, `${by}.5`]
    case 19:
      return ['HPEXPIRE', key, `${seconds}00`, 'FIELDS', '1', name]
    case 20:
      return ['HPERSIST', key, 'FIELDS', '1', name]
    case 21:
      return ['PEXPIRE', key, random.chance(0.3) ? `9${random.below(1000)}000` : `${seconds}${random.below(1000)}`]
    case 22:
      return ['PERSIST', key]
    case 23:
      return ['RENAME', key, random.pick(keys)]
    case 24:
      return ['SUNIONSTORE', key, random.pick(keys), random.pick(keys)]
    case 25:
    case 26:
      return ['ZADD', key, `${by}.5`, name, value, random.pick(NAMES)]
    case 27:
    case 28:
      return ['ZINCRBY', key, random.pick([by, `${by}.${random.below(100)}`, '0.1', '1e300', 'inf']), name]
    case 29:
      return ['ZREM', key, name]
    case 30:
      return [random.pick(['ZPOPMIN', 'ZPOPMAX']), key]
    case 31:
      return ['ZUNIONSTORE', key, '2', random.pick(keys), random.pick(keys)]
    case 32:
    case 33:
      return ['PFADD', key, value, name]
    case 34:
      return ['PFMERGE', key, random.pick(keys)]
    default:
      return ['GETDEL', key]
  }
}

/** Runs command lines, each with its number of words before it, whatever they reply. */
const SCRIPT = `
  local at = 1
  while ARGV[at] do
    local count = tonumber(ARGV[at])
    redis.pcall(unpack(ARGV, at + 1, at + count))
    at = at + count + 1
  end`

function drawScript(random: Random): string[] {
  const lines = [drawCommand(random), drawCommand(random), drawCommand(random)]
  return ['EVAL', SCRIPT, '0', ...lines.flatMap((line) => [String(line.length), ...line])]
}

/** One command, or now and then a transaction or a script. */
export function drawLines(random: Random): string[][] {
  if (random.chance(0.04)) return [drawScript(random)]
  if (!random.chance(0.08)) return [drawCommand(random)]
  const watched = random.chance(0.3) ? [['WATCH', random.pick(KEYS)]] : []
  return [...watched, ['MULTI'], drawCommand(random), drawCommand(random), drawCommand(random), ['EXEC']]
}
