/** What a database holds, for comparing two: every key of every region with its value. */
import type { Bytes } from '../../lib/index.ts'
import { isError, type Reply } from '../../engine/index.ts'
import type { ClusterApi } from '../../simulation/index.ts'

/** Nobody else's connection. */
const READING_SESSION = 999_999

const READS: Readonly<Record<string, (key: Bytes) => readonly Bytes[]>> = {
  string: (key) => ['GET', key],
  hash: (key) => ['HGETALL', key],
  list: (key) => ['LRANGE', key, '0', '-1'],
  set: (key) => ['SMEMBERS', key],
  zset: (key) => ['ZRANGE', key, '0', '-1', 'WITHSCORES'],
  stream: (key) => ['XRANGE', key, '-', '+'],
  'ReJSON-RL': (key) => ['JSON.GET', key],
}
/** Their order is not part of the value. */
const UNORDERED: Readonly<Record<string, number>> = { hash: 2, set: 1 }

/** Equal texts, equal contents; of expiry it tells only whether a key has one. */
export async function contentsOf(api: ClusterApi): Promise<string> {
  const { regions } = await api.status()
  const told = []
  for (const { id, name, phase } of regions) {
    if (phase === 'gone') continue
    const ask = (...argv: Bytes[]) => api.command(id, READING_SESSION, argv)
    const keys = await ask('KEYS', '*')
    if (!Array.isArray(keys)) {
      told.push([name, keys])
      continue
    }
    for (const key of (keys as Bytes[]).toSorted()) told.push([name, key, ...(await valueOf(ask, key))])
  }
  return JSON.stringify(told, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

async function valueOf(ask: (...argv: Bytes[]) => Promise<Reply>, key: Bytes): Promise<readonly unknown[]> {
  const type = await ask('TYPE', key)
  const name = typeof type === 'object' && type !== null && 'text' in type ? type.text : ''
  const value = await ask(...(READS[name] ?? READS.string)!(key))
  const ttl = await ask('PTTL', key)
  return [name, sorted(value, UNORDERED[name] ?? 0), ttl !== -1]
}

/** Items, or pairs of them, in an order of their own. */
function sorted(value: Reply, width: number): unknown {
  if (width === 0 || isError(value)) return value
  const items: readonly Reply[] = Array.isArray(value) ? value : itemsOf(value)
  const parts = Array.from({ length: Math.ceil(items.length / width) }, (_, i) =>
    JSON.stringify(items.slice(i * width, (i + 1) * width)),
  )
  return parts.toSorted()
}

function itemsOf(value: Reply): readonly Reply[] {
  if (typeof value !== 'object' || value === null) return []
  if ('entries' in value && Array.isArray(value.entries)) return value.entries
  return 'members' in value ? value.members : []
}
