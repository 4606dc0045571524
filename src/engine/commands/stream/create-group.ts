import type { Bytes } from '../../../lib/index.ts'
import { setComponent } from '../../causality/clock.ts'
import { OWN } from '../../crdt/stream/group.ts'
import type { Id } from '../../crdt/stream/id.ts'
import { namesFor } from '../../crdt/stream/state.ts'
import { streamType } from '../../crdt/stream/stream.ts'
import type { Context } from '../context.ts'
import { observedClock } from './consumers.ts'

/** Makes a group that is not there, to read on after `at`; the stream too, if need be (E5, E9). `read`: entries read up to there, −1 if unknown. */
export function createGroup(ctx: Context, name: Bytes, group: Bytes, at: Id, read: number): void {
  const state = ctx.held(streamType, name)
  const clock = state === undefined ? [] : observedClock(ctx, state, null)
  setComponent(clock, ctx.self, OWN)
  const names = namesFor(state, group, ctx.self)
  const place = { ms: at.ms, seq: at.seq }
  ctx.update(streamType, name, { kind: 'create', group, names, at: place, clock, read }, 'xgroup-create')
}
