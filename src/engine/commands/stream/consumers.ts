/** A region's consumers and pending lists: local state, which handlers change directly and which no effect carries (E6). */
import type { Bytes } from '../../../lib/index.ts'
import { numberOf, replicaOf, setComponent, type Clock } from '../../causality/clock.ts'
import { Ordered } from '../../crdt/stream/ordered.ts'
import type { Consumer, Group, Reading } from '../../crdt/stream/group.ts'
import { before, compareIds, LEAST, type Id } from '../../crdt/stream/id.ts'
import { liveGroup, namesFor, type StreamState } from '../../crdt/stream/state.ts'
import { streamType } from '../../crdt/stream/stream.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'

/** A group of a stream, where this region's clients stand in it, and where to find it. */
export interface Place {
  readonly key: Bytes
  readonly name: Bytes
  readonly state: StreamState
  readonly group: Group
  readonly reading: Reading
}

export function findGroup(ctx: Context, key: Bytes, name: Bytes): Place | undefined {
  const state = ctx.read(streamType, key)
  const group = state === undefined ? undefined : liveGroup(state, name)
  if (state === undefined || group === undefined) return undefined
  return { key, name, state, group, reading: group.readingIn(state.entries, ctx.self) }
}

export function noGroup(key: Bytes, name: Bytes): never {
  return fail(`NOGROUP No such key '${key}' or consumer group '${name}'`)
}

/** The consumer of that name, made if need be. `place.key` is where a new one is announced. */
export function consumerIn(ctx: Context, place: Place, name: Bytes): Consumer {
  const { consumers } = place.reading
  let consumer = consumers.get(name)
  if (consumer === undefined) {
    consumer = { name, seenAt: ctx.now, activeAt: -1, pending: new Ordered() }
    consumers.set(name, consumer)
    ctx.announce(place.key, 'xgroup-createconsumer')
  }
  consumer.seenAt = ctx.now
  return consumer
}

/** Up to where everything read is acknowledged: the entry before the first pending one. Undefined when there is none. */
function doneUpTo({ state, reading }: Place): Id | undefined {
  const { first } = reading.pending
  if (first === undefined) return reading.last
  const end = before(first)
  const [done] = end === undefined ? [] : state.entries.range(LEAST, end, 1, true)
  return done === undefined || compareIds(done, reading.last) > 0 ? undefined : done
}

/**
 * Tells the other regions how far everything read is acknowledged, if that has moved on (E6). What this region had observed goes with it, so that an entry
 * which it has not delivered yet is not taken as done.
 */
export function announceDone(ctx: Context, place: Place): void {
  const { key, name, state, reading } = place
  const done = doneUpTo(place)
  if (done === undefined || compareIds(done, reading.announced) <= 0) return
  reading.announced = done
  const at = { ms: done.ms, seq: done.seq }
  const names = namesFor(state, name, ctx.self)
  ctx.update(
    streamType,
    key,
    { kind: 'ack', group: name, names, at, clock: observedClock(ctx, state, reading) },
    'xack',
  )
}

/** What this region has observed of the stream's authors, without what came in late and was not delivered. */
export function observedClock(ctx: Context, state: StreamState, reading: Reading | null): Clock {
  const clock: Clock = []
  state.marks.forEach((mark, r) => {
    if (mark !== undefined) setComponent(clock, r, ctx.keyspace.clock[r] ?? 0)
  })
  for (const { dot } of reading?.late ?? []) {
    const r = replicaOf(dot)
    clock[r] = Math.min(clock[r] ?? 0, numberOf(dot) - 1)
  }
  return clock
}
