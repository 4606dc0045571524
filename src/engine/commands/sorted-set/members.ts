/** What several sorted-set commands share. */
import type { Bytes } from '../../../lib/index.ts'
import { removeElement } from '../../crdt/parts/cell-ops.ts'
import type { Entry } from '../../crdt/zset/score-tree.ts'
import { scoresAnew, zsetType, type ZSetState } from '../../crdt/zset/zset.ts'
import { double, type Reply } from '../../reply.ts'
import type { Context } from '../context.ts'

/**
 * Removes members that are present. When none is left the whole key goes, hidden values and expiry included (G10), and `del` is announced too.
 */
export function removeMembers(
  ctx: Context,
  name: Bytes,
  state: ZSetState,
  members: readonly Bytes[],
  event: string,
): void {
  const key = ctx.keyspace.get(name)
  if (members.length === state.cells.size && key !== undefined) {
    ctx.announce(name, event)
    ctx.removeHeader(key, 'del')
  } else {
    const op = members.map((member) => removeElement(state, ctx.self, member))
    ctx.update(zsetType, name, op, event)
  }
}

/** Makes these the whole content of a key (T3); with none the key is deleted. Says how many were stored. */
export function storeEntries(ctx: Context, name: Bytes, entries: readonly Entry[], event: string): number {
  if (entries.length === 0) ctx.remove(name, 'del')
  else ctx.replace(zsetType, name, scoresAnew(entries), 'forget', event)
  return entries.length
}

/** Members with their scores: in turn for RESP2, nested pairs for RESP3. */
export function scoredReply(ctx: Context, names: readonly Bytes[], scores: readonly number[]): Reply[] {
  return ctx.session.resp === 2 ? inTurn(names, scores) : pairs(names, scores)
}

export function inTurn(names: readonly Bytes[], scores: readonly number[]): Reply[] {
  return names.flatMap((name, i): Reply[] => [name, double(scores[i] as number)])
}

export function pairs(names: readonly Bytes[], scores: readonly number[]): Reply[] {
  return names.map((name, i) => [name, double(scores[i] as number)])
}

/** A score as a reply; null when there is none. */
export function scoreReply(score: number | undefined): Reply {
  return score === undefined ? null : double(score)
}
