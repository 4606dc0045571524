/** Test mode: groups go with a stream that is renamed, copied or restored, as in Redis itself. Otherwise they are dropped (E7). */
import type { Bytes } from '../../../lib/index.ts'
import { Reading } from '../../crdt/stream/group.ts'
import { Ordered } from '../../crdt/stream/ordered.ts'
import { StreamState } from '../../crdt/stream/state.ts'
import { streamType } from '../../crdt/stream/stream.ts'
import type { State } from '../../crdt/type.ts'
import type { Context } from '../context.ts'
import type { LoadedGroup } from '../rdb/read-stream.ts'
import { createGroup } from './create-group.ts'
import { distanceTo } from './progress.ts'
import { findGroup } from './consumers.ts'

interface Kept {
  readonly group: Bytes
  readonly reading: Reading
}

function copyOf(from: Reading): Reading {
  const { self, last, entriesRead, consumers } = from
  return readingOf(self, { last, read: entriesRead, consumers: [...consumers.values()] })
}

/** Where a group's clients stand, by plain content. */
function readingOf(
  self: number,
  { last, read, consumers }: Omit<LoadedGroup, 'name' | 'read'> & { readonly read: number },
): Reading {
  const reading = new Reading(self)
  reading.last = last
  reading.entriesRead = read
  for (const { name, seenAt, activeAt, pending } of consumers) {
    const consumer = { name, seenAt, activeAt, pending: new Ordered<never>() }
    reading.consumers.set(name, consumer)
    for (const one of pending) reading.assign(one, consumer, one.at, one.count)
  }
  return reading
}

function makeAgain(ctx: Context, name: Bytes, kept: readonly Kept[]): void {
  for (const { group, reading } of kept) {
    createGroup(ctx, name, group, reading.last, reading.entriesRead)
    const place = findGroup(ctx, name, group)
    if (place !== undefined) place.group.reading = reading
  }
}

/** Remembers the groups of a stream; gives what makes them again under another name. */
export function carryGroups(ctx: Context, state: State): (name: Bytes) => void {
  if (!ctx.testMode || !(state instanceof StreamState)) return () => {}
  const kept = [...state.groups]
    .filter(([, group]) => group.isLive)
    .map(([group, of]) => ({ group, reading: copyOf(of.readingIn(state.entries, ctx.self)) }))
  return (name) => makeAgain(ctx, name, kept)
}

/** Gives a stream the groups of a dump. */
export function restoreGroups(ctx: Context, name: Bytes, groups: readonly LoadedGroup[]): void {
  const kept = groups.map(({ name: group, last, consumers, ...told }) => {
    const state = ctx.read(streamType, name)
    const read = told.read ?? (state === undefined ? -1 : distanceTo(state, last))
    return { group, reading: readingOf(ctx.self, { last, read, consumers }) }
  })
  makeAgain(ctx, name, kept)
}
