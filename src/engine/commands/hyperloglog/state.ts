/** How commands read and write HyperLogLogs. */
import type { Bytes } from '../../../lib/index.ts'
import { hyperLogLogType, HyperLogLogState, raise } from '../../crdt/hyperloglog/hyperloglog.ts'
import { decodeHyll, looksLikeHyll } from '../../crdt/hyperloglog/hyll.ts'
import type { PackedRegister } from '../../crdt/hyperloglog/registers.ts'
import { valueOf } from '../../crdt/parts/cell.ts'
import { StringState } from '../../crdt/string/string.ts'
import type { Context } from '../context.ts'
import { fail, WRONG_TYPE } from '../errors.ts'

/**
 * The HyperLogLog at a key, undefined when there is no such key. A plain string is refused, as Redis refuses it: even one that was pieced together to
 * be a HyperLogLog, since only an assignment makes one (P2).
 */
export function readHyperLogLog(ctx: Context, name: Bytes): HyperLogLogState | undefined {
  const state = ctx.find(name)?.value
  if (state === undefined || state === null) return undefined
  if (state instanceof HyperLogLogState) return state
  if (!(state instanceof StringState)) fail(WRONG_TYPE)
  const value = valueOf(state)
  return fail(
    looksLikeHyll(value) && decodeHyll(value) === undefined
      ? 'INVALIDOBJ Corrupted HLL object detected'
      : 'WRONGTYPE Key is not a valid HyperLogLog string value.',
  )
}

/** Raises registers of a key that holds a HyperLogLog, or nothing visible. */
export function raiseRegisters(ctx: Context, name: Bytes, packed: readonly PackedRegister[], dense: boolean): void {
  const key = ctx.keyspace.get(name)
  // What has expired is deleted first, so that the write knows this deletion.
  if (key !== undefined && ctx.find(name) === undefined) ctx.removeHeader(key, 'expired')
  ctx.update(hyperLogLogType, name, raise(ctx.held(hyperLogLogType, name), ctx.self, packed, dense), 'pfadd')
}
