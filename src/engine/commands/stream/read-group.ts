import type { Bytes } from '../../../lib/index.ts'
import type { Consumer, Entry, Pending } from '../../crdt/stream/group.ts'
import { after, compareIds, formatId, GREATEST, type Id } from '../../crdt/stream/id.ts'
import { streamType } from '../../crdt/stream/stream.ts'
import { NULL_ARRAY, type Reply } from '../../reply.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { announceDone, consumerIn, findGroup, type Place } from './consumers.ts'
import { entryReply, readId } from './ids.ts'
import { countRead } from './progress.ts'
import { readArguments, type ReadOptions } from './read-arguments.ts'
import { streamsReply } from './read.ts'

const MEANINGLESS = (id: string) =>
  `ERR The ${id} ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The ${id} ID would just return an empty result set.`

const GONE = 'NOGROUP the consumer group this client was blocked on no longer exists'

/** Hands new entries to a consumer: late ones of other regions too, so that none is ever passed over (E4). */
function deliver(ctx: Context, place: Place, consumer: Consumer, entries: readonly Entry[], noack: boolean): void {
  const { state, reading } = place
  for (const entry of entries) {
    if (compareIds(entry, reading.last) > 0) {
      countRead(state, reading, entry)
      reading.last = { ms: entry.ms, seq: entry.seq }
    } else reading.late.remove(entry)
    if (noack) continue
    const pending = reading.pending.get(entry)
    if (pending === undefined) reading.assign(entry, consumer, ctx.now, 1)
    else {
      reading.hand(pending, consumer)
      pending.at = ctx.now
      pending.count = 1
    }
  }
  if (entries.length === 0) return
  consumer.activeAt = ctx.now
  if (noack) announceDone(ctx, place)
}

/** What was delivered to this consumer before and not acknowledged, from an ID on. */
function history(ctx: Context, { state }: Place, consumer: Consumer, from: Id, count: number | undefined): Reply {
  const start = after(from)
  if (start === undefined) return []
  return consumer.pending.range(start, GREATEST, count).map((pending) => {
    const entry = state.entries.get(pending)
    if (entry === undefined) return [formatId(pending), NULL_ARRAY]
    pending.at = ctx.now
    pending.count++
    return entryReply(entry)
  })
}

/** Pending entries that have waited long enough, the one that waited longest first, each with its idle time and deliveries so far. */
function claim(ctx: Context, place: Place, consumer: Consumer, idleMs: number, count: number): Reply[] {
  const due = [...place.reading.pending]
    .filter(({ at }) => ctx.now - at >= idleMs)
    .sort((a, b) => a.at - b.at || compareIds(a, b))
  const out: Reply[] = []
  for (const pending of due) {
    if (out.length >= count) break
    const entry = place.state.entries.get(pending)
    if (entry === undefined) continue
    out.push([formatId(entry), entry.fields, ctx.now - pending.at, pending.count])
    take(ctx, place, consumer, pending)
  }
  return out
}

function take(ctx: Context, { reading }: Place, consumer: Consumer, pending: Pending): void {
  reading.hand(pending, consumer)
  pending.at = ctx.now
  pending.count++
  consumer.activeAt = ctx.now
}

/** What a consumer gets of one stream; undefined when there is nothing new. */
function readOne(
  ctx: Context,
  place: Place,
  consumer: Consumer,
  id: Id | null,
  options: ReadOptions,
): Reply | undefined {
  const { count = Infinity, claimIdleMs, noack } = options
  if (id !== null) return history(ctx, place, consumer, id, options.count)
  const claimed = claimIdleMs === undefined ? [] : claim(ctx, place, consumer, claimIdleMs, count)
  const fresh = place.reading.undelivered(place.state.entries, count - claimed.length)
  deliver(ctx, place, consumer, fresh, noack)
  if (claimed.length + fresh.length === 0) return undefined
  return claimed.concat(
    fresh.map((entry) => (claimIdleMs === undefined ? entryReply(entry) : [...(entryReply(entry) as Reply[]), 0, 0])),
  )
}

interface Wanted {
  readonly key: Bytes
  /** null: new entries (`>`). */
  readonly id: Id | null
}

function serve(
  ctx: Context,
  wanted: readonly Wanted[],
  options: ReadOptions,
  missing: (key: Bytes) => never,
): Reply | undefined {
  const { name, consumer: consumerName } = options.group as { name: Bytes; consumer: Bytes }
  const places = wanted.map(({ key }) => findGroup(ctx, key, name) ?? missing(key))
  const found: [Bytes, Reply][] = []
  wanted.forEach(({ key, id }, i) => {
    const place = places[i] as Place
    const entries = readOne(ctx, place, consumerIn(ctx, place, consumerName), id, options)
    if (entries !== undefined) found.push([key, entries])
  })
  return found.length === 0 ? undefined : streamsReply(ctx, found)
}

/**
 * XREADGROUP GROUP group consumer [COUNT count] [BLOCK milliseconds] [CLAIM min-idle-time] [NOACK] STREAMS key [key …] id [id …] → entries by key; nil when
 * there are none, or not in time. `>`: entries that no consumer got yet; another ID: this consumer's own pending ones after it.
 */
export const xreadgroup = command({
  name: 'XREADGROUP',
  group: 'stream',
  since: '5.0.0',
  summary: 'Gives a consumer of a group new entries, or its pending ones; waits for new ones if asked.',
  complexity: 'O(log N + M) for each stream with M entries given',
  flags: ['write', 'blocking', 'movablekeys'],
  arity: -7,
  args: { options: readArguments('XREADGROUP') },
  activeActive:
    'Each region delivers by itself, and never passes an entry over; consumers and pending lists are local (E4, E6).',
  run(ctx, { options }) {
    const { name } = options.group as { name: Bytes }
    const wanted = options.streams.map(({ key, id }): Wanted => {
      ctx.read(streamType, key)
      if (findGroup(ctx, key, name) === undefined)
        fail(`NOGROUP No such key '${key}' or consumer group '${name}' in XREADGROUP with GROUP option`)
      if (id === '$' || id === '+') fail(MEANINGLESS(id))
      const from = id === '>' ? GREATEST : readId(id)
      // `>` is the greatest ID to Redis, and the other way round.
      return { key, id: compareIds(from, GREATEST) === 0 ? null : from }
    })
    const attempt = (now: Context) => serve(now, wanted, options, () => fail(GONE))
    if (options.blockMs === undefined) return attempt(ctx) ?? NULL_ARRAY
    return ctx.block({
      keys: wanted.map(({ key }) => key),
      timeoutMs: options.blockMs,
      attempt,
      timedOut: NULL_ARRAY,
    })
  },
})
