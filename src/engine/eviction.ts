/** What happens when the keys take more memory than `maxmemory`: some are evicted, as `maxmemory-policy` says, or commands that need memory are refused (R8). */
import type { Command } from './commands/command.ts'
import type { Instance } from './instance.ts'
import { keyExpiry, type Key } from './keyspace/key.ts'
import { OWN_SESSION, type Session } from './session.ts'

export const OUT_OF_MEMORY = "OOM command not allowed when used memory > 'maxmemory'."

/** Where Active-Active begins to evict, as a part of the limit; a plain Redis does at the limit. */
const EVICTS_FROM = 0.8

/** Keys looked at for each that is wanted, before all of them are gone through: few may be candidates. */
const TRIES_PER_SAMPLE = 10

export interface MemoryLimit {
  /** Bytes; 0: none. */
  readonly bytes: number
  readonly policy: string
  /** Candidates of which the best goes. */
  readonly samples: number
  /** The last part of the limit, in percent, where clients' writes are refused (R8). A plain Redis has none. */
  readonly oomThresholdPercent: number
  /** Set a moment ago: nothing was evicted for it yet. */
  readonly isNew?: true
}

export const NO_LIMIT: MemoryLimit = { bytes: 0, policy: 'noeviction', samples: 5, oomThresholdPercent: 5 }

/** Whether what comes from other regions can be taken in (R8). */
export function hasRoom({ limit, memory, options }: Instance): boolean {
  return limit.bytes === 0 || options.testMode === true || memory.used() < limit.bytes
}

/** Evicts keys, each as a write of its own, until what is left is within the limit. False when it is not even then. */
export function makeRoom(instance: Instance, now: number): boolean {
  const { memory, context, limit, options } = instance
  const from = options.testMode === true ? limit.bytes : limit.bytes * EVICTS_FROM
  if (limit.policy !== 'noeviction' && memory.used() > from) {
    const before = instance.statistics.evictedKeys
    context.begin(instance.session(OWN_SESSION, now), now)
    while (memory.used() > from) {
      const key = candidate(instance, now)
      if (key === undefined) break
      context.removeHeader(key, 'evicted')
      context.end()
      context.begin(context.session, now)
      instance.statistics.evictedKeys++
    }
    context.end()
    instance.sessions.delete(OWN_SESSION)
    // Who tracks them hears of it before the reply to the command for which room was made.
    if (instance.statistics.evictedKeys > before) {
      instance.tracking.tell(instance.sessions, (session, items) => instance.push(session, items))
    }
  }
  const upTo = options.testMode === true ? limit.bytes : limit.bytes * (1 - limit.oomThresholdPercent / 100)
  return memory.used() <= upTo
}

/** A limit is in force as soon as it is set, not only with the next command. */
export function enforceNewLimit(instance: Instance, now: number): void {
  if (instance.limit.isNew === undefined) return
  const { isNew: _, ...limit } = instance.limit
  instance.limit = limit
  if (limit.bytes > 0) makeRoom(instance, now)
}

/** The best of some keys that may go; undefined when there is none. */
function candidate(instance: Instance, now: number): Key | undefined {
  const { keyspace, context, limit } = instance
  const mayGo = (key: Key | undefined): key is Key =>
    key !== undefined && key.value !== null && (limit.policy.startsWith('allkeys') || keyExpiry(key) !== undefined)
  const some: Key[] = []
  for (let tries = limit.samples * TRIES_PER_SAMPLE; tries > 0 && some.length < limit.samples; tries--) {
    const name = keyspace.index.random(context.random)
    const key = name === undefined ? undefined : keyspace.keys.get(name)
    if (mayGo(key)) some.push(key)
  }
  if (some.length === 0) some.push(...[...keyspace.keys.values()].filter(mayGo))
  let best: Key | undefined
  let least = Infinity
  for (const key of some) {
    const rank = rankOf(instance, key, now)
    if (best === undefined || rank < least) {
      best = key
      least = rank
    }
  }
  return best
}

/** The smallest goes first. */
function rankOf({ limit, usage }: Instance, key: Key, now: number): number {
  if (limit.policy.endsWith('-ttl')) return keyExpiry(key) ?? Infinity
  if (limit.policy.endsWith('-lru')) return -usage.idle(key, now)
  return limit.policy.endsWith('-lfu') ? usage.frequency(key, now) : 0
}

/** Whether a command that comes in when there is no room is refused: what needs memory, and what would be queued. */
export function needsMemory(command: Command, { queue }: Session): boolean {
  if (command.name === 'EXEC') return queue?.some((one) => one.command.flags.includes('denyoom')) === true
  return command.flags.includes('denyoom') || (queue !== null && !command.flags.includes('no_multi'))
}
