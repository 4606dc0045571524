/**
 * Situations worth finding in a long session. Each gives the ids of the events that take part in it. Which writes are concurrent is told exactly, from the
 * observed clocks; two writes meet when they are of one key.
 */
import type { ReplicaId } from '../../replication/index.ts'
import { firstIndex } from './layout.ts'
import type { Timeline, TimelineEvent } from './model.ts'
import { commandOf, keysRead } from './words.ts'

export type PatternName = 'concurrent' | 'add-remove' | 'del-update' | 'stale-read' | 'full-sync'

export interface Pattern {
  readonly label: string
  /** What it shows, in a sentence. */
  readonly explanation: string
}

export const PATTERNS: Record<PatternName, Pattern> = {
  concurrent: {
    label: 'Concurrent writes',
    explanation: 'Writes of one key that did not know of each other, and where they were brought together.',
  },
  'add-remove': {
    label: 'Add ∥ remove',
    explanation: 'Something was added to a key while another region took something out of it.',
  },
  'del-update': {
    label: 'DEL ∥ update',
    explanation: 'A key was deleted, or expired, while another region wrote to it.',
  },
  'stale-read': {
    label: 'Stale reads',
    explanation:
      'Reads of a key that an earlier write elsewhere had not reached, each with the newest write it missed.',
  },
  'full-sync': { label: 'Full syncs', explanation: 'A region took over another one’s whole state (R2).' },
}

type Test = (event: TimelineEvent) => boolean

const ADDS =
  /^(SADD|HSET|HSETNX|HMSET|HSETEX|HINCRBY|HINCRBYFLOAT|ZADD|ZINCRBY|GEOADD|[LR]PUSHX?|LINSERT|XADD|JSON\.(SET|MERGE|ARRAPPEND|ARRINSERT))$/
const REMOVES =
  /^(SREM|SPOP|SMOVE|HDEL|HGETDEL|ZREM|ZREMRANGEBY\w+|ZPOPMIN|ZPOPMAX|B?ZM?POP\w*|B?[LR]POP|B?LMPOP|B?LMOVE|RPOPLPUSH|LREM|LTRIM|XDEL|XTRIM|JSON\.(DEL|CLEAR|ARRPOP|ARRTRIM)|DEL|UNLINK)$/
const DELETES = /^(DEL|UNLINK|GETDEL|JSON\.FORGET)$/

const adds: Test = (event) => ADDS.test(commandOf(event))
const removes: Test = (event) => event.kind === 'expiry' || REMOVES.test(commandOf(event))
const deletes: Test = (event) => event.kind === 'expiry' || DELETES.test(commandOf(event))

export function patternEvents(timeline: Timeline, name: PatternName): ReadonlySet<number> {
  switch (name) {
    case 'concurrent':
      return meetings(
        timeline,
        () => true,
        () => true,
      )
    case 'add-remove':
      return meetings(timeline, adds, removes)
    case 'del-update':
      return meetings(timeline, deletes, (event) => !deletes(event))
    case 'stale-read':
      return staleReads(timeline)
    case 'full-sync':
      return new Set(timeline.events.filter((event) => event.fullSyncBytes !== null).map((event) => event.id))
  }
}

/** Writes of one sort that were concurrent with one of the other sort, both, and the arrivals at which that was decided. */
function meetings(timeline: Timeline, isLeft: Test, isRight: Test): ReadonlySet<number> {
  const found = new Set<number>()
  for (const regions of timeline.writesByKey.values()) {
    if (regions.size < 2) continue
    const lefts = new Map([...regions].map(([region, list]) => [region, list.filter(isLeft)]))
    const rights = new Map([...regions].map(([region, list]) => [region, list.filter(isRight)]))
    for (const write of [...met(lefts, rights), ...met(rights, lefts)]) {
      found.add(write.id)
      const [first, last] = write.dots ?? [1, 0]
      for (let n = first; n <= last; n++)
        for (const receive of timeline.decisions.get(`${write.region}:${n}`) ?? []) found.add(receive.id)
    }
  }
  return found
}

type PerRegion = ReadonlyMap<ReplicaId, readonly TimelineEvent[]>

/** Those of `these` that have a concurrent one among `those`. */
function met(these: PerRegion, those: PerRegion): TimelineEvent[] {
  return [...these].flatMap(([region, list]) =>
    list.filter((write) => [...those].some(([other, others]) => other !== region && hasConcurrent(write, others))),
  )
}

/** A region's writes that a write is concurrent with are consecutive: from the first that it had not seen to the last that had not seen it. */
function hasConcurrent(write: TimelineEvent, others: readonly TimelineEvent[]): boolean {
  const [first] = others
  if (!first) return false
  const seen = write.clock[first.region] ?? 0
  const next = others[firstIndex(others.length, (i) => (others[i]?.dots?.[1] ?? 0) > seen)]
  return next !== undefined && (next.clock[write.region] ?? 0) < (write.dots?.[1] ?? 0)
}

function staleReads(timeline: Timeline): ReadonlySet<number> {
  const found = new Set<number>()
  for (const event of timeline.events) {
    if (event.kind !== 'read') continue
    for (const missed of missedBy(timeline, event)) {
      found.add(event.id)
      found.add(missed.id)
    }
  }
  return found
}

/** Of each other region, the newest write of a key that a read asked for which had been made by then and was not seen. */
export function missedBy(timeline: Timeline, read: TimelineEvent): TimelineEvent[] {
  if (read.kind !== 'read') return []
  return keysRead(read).flatMap((key) =>
    [...(timeline.writesByKey.get(key) ?? [])].flatMap(([region, list]) => {
      if (region === read.region) return []
      const newest = list[firstIndex(list.length, (i) => (list[i]?.id ?? 0) > read.id) - 1]
      return newest && (newest.dots?.[1] ?? 0) > (read.clock[region] ?? 0) ? [newest] : []
    }),
  )
}
