import { streamType } from '../../crdt/stream/stream.ts'
import { key, many, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Id } from '../../crdt/stream/id.ts'
import { fail, SYNTAX_ERROR } from '../errors.ts'
import { announceDone, findGroup, type Place } from './consumers.ts'
import { deleteUnder, referencesOf, TARGETS } from './delete.ts'
import { readId } from './ids.ts'

/** Takes IDs off the pending list; how many were on it. */
function acknowledge({ reading }: Place, ids: readonly Id[]): number {
  let count = 0
  for (const id of ids) {
    const pending = reading.pending.get(id)
    if (pending === undefined) continue
    reading.forget(pending)
    count++
  }
  return count
}

/** XACK key group id [id …] → how many were pending. */
export const xack = command({
  name: 'XACK',
  group: 'stream',
  since: '5.0.0',
  summary: 'Acknowledges entries that a consumer group delivered.',
  complexity: 'O(log N) for each entry',
  flags: ['write', 'fast'],
  args: { key: key(), group: str(), ids: many(str('id')) },
  activeActive: 'Travels once everything read up to that entry is acknowledged (E6).',
  run(ctx, { key: name, group, ids }) {
    const place = findGroup(ctx, name, group)
    if (place === undefined) return 0
    const count = acknowledge(place, ids.map(readId))
    if (count > 0) announceDone(ctx, place)
    return count
  },
})

/**
 * XACKDEL key group [KEEPREF | DELREF | ACKED] IDS numids id [id …] → for each ID −1 (absent or not pending), 1 (acknowledged and removed) or
 * 2 (acknowledged, and kept because other groups still need it).
 */
export const xackdel = command({
  name: 'XACKDEL',
  group: 'stream',
  since: '8.2.0',
  summary: 'Acknowledges entries and removes them from the stream.',
  complexity: 'O(log N) for each entry',
  flags: ['write', 'fast'],
  arity: -6,
  args: { key: key(), group: str(), ...TARGETS },
  activeActive: 'As XACK, then XDELEX (E6, E7).',
  run(ctx, { key: name, group, condition, ids = fail(SYNTAX_ERROR) }) {
    const state = ctx.read(streamType, name)
    const place = findGroup(ctx, name, group)
    if (state === undefined || place === undefined) return ids.map(() => -1)
    const replies = ids.map((id) =>
      acknowledge(place, [id]) === 0 ? -1 : deleteUnder(ctx, name, state, id, referencesOf(condition)),
    )
    announceDone(ctx, place)
    return replies
  },
})
