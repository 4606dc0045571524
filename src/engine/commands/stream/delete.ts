import type { Bytes } from '../../../lib/index.ts'
import type { Id } from '../../crdt/stream/id.ts'
import { observedOf, type StreamState } from '../../crdt/stream/state.ts'
import { streamType } from '../../crdt/stream/stream.ts'
import { counted, key, many, named, opt, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, SYNTAX_ERROR } from '../errors.ts'
import { entryId, readId } from './ids.ts'
import { isPending, isReferenced, type References } from './references.ts'
import { REFERENCES } from './trimming.ts'

/** Takes out every entry with one of these IDs; how many entries went. */
export function deleteEntries(
  ctx: Context,
  name: Bytes,
  state: StreamState,
  ids: readonly Id[],
  forget: boolean,
): number {
  const present = [...new Set(ids.flatMap((id) => state.entries.range(id, id)))]
  const pending = forget ? ids.filter((id) => isPending(state, id)) : []
  if (present.length === 0 && pending.length === 0) return 0
  const gone = ids.filter((id) => state.entries.get(id) !== undefined || pending.includes(id))
  ctx.update(streamType, name, { kind: 'remove', ids: gone, observed: observedOf(present), forget }, 'xdel')
  return present.length
}

/** XDEL key id [id …] → how many entries were removed. */
export const xdel = command({
  name: 'XDEL',
  group: 'stream',
  since: '5.0.0',
  summary: 'Removes entries from a stream.',
  complexity: 'O(log N) for each entry',
  flags: ['write', 'fast'],
  args: { key: key(), ids: many(str('id')) },
  activeActive: 'Removes every entry with that ID that this region had observed (E1, E7).',
  run(ctx, { key: name, ids }) {
    const state = ctx.read(streamType, name)
    return state === undefined ? 0 : deleteEntries(ctx, name, state, ids.map(readId), false)
  },
})

/** What XDELEX and XACKDEL take last: a rule for references and IDs, in either order. */
export const TARGETS = {
  condition: opt(REFERENCES),
  ids: opt(
    named(
      'IDS',
      counted(entryId(), {
        countName: 'numids',
        countError: 'ERR Number of IDs must be a positive integer',
        shortError: 'ERR The `numids` parameter must match the number of arguments',
      }),
    ),
  ),
}

/** What became of an ID. */
const ABSENT = -1
const REMOVED = 1
const KEPT = 2

/** Removes one ID under a rule for references. */
export function deleteUnder(ctx: Context, name: Bytes, state: StreamState, id: Id, references: References): number {
  const entries = state.entries.range(id, id)
  if (entries.length === 0) {
    // What is gone already may still be pending somewhere.
    if (references === 'DELREF') deleteEntries(ctx, name, state, [id], true)
    return ABSENT
  }
  if (references === 'ACKED' && entries.some((entry) => isReferenced(ctx, state, entry))) return KEPT
  deleteEntries(ctx, name, state, [id], references === 'DELREF')
  return REMOVED
}

/** XDELEX key [KEEPREF | DELREF | ACKED] IDS numids id [id …] → for each ID −1 (absent), 1 (removed) or 2 (kept, still referenced). */
export const xdelex = command({
  name: 'XDELEX',
  group: 'stream',
  since: '8.2.0',
  summary: 'Removes entries from a stream, under a rule for what groups still hold of them.',
  complexity: 'O(log N) for each entry',
  flags: ['write', 'fast'],
  arity: -5,
  args: { key: key(), ...TARGETS },
  activeActive:
    'ACKED asks the groups as this region reads them; DELREF clears the pending lists of every region (E6, E7).',
  run(ctx, { key: name, condition, ids = fail(SYNTAX_ERROR) }) {
    const state = ctx.read(streamType, name)
    if (state === undefined) return ids.map(() => ABSENT)
    return ids.map((id) => deleteUnder(ctx, name, state, id, referencesOf(condition)))
  },
})

export function referencesOf(condition: { as: 'keepref' | 'delref' | 'acked' } | undefined): References {
  return condition === undefined ? 'KEEPREF' : (condition.as.toUpperCase() as References)
}
