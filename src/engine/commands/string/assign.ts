/** How commands assign strings, and how large a string may be. */
import type { Bytes } from '../../../lib/index.ts'
import { hyperLogLogType, HyperLogLogState, hyllOf, raise } from '../../crdt/hyperloglog/hyperloglog.ts'
import { decodeHyll } from '../../crdt/hyperloglog/hyll.ts'
import { assign, stringType } from '../../crdt/string/string.ts'
import { valueOf } from '../../crdt/parts/cell.ts'
import type { Context, ExpiryPlan } from '../context.ts'
import { fail } from '../errors.ts'

/** proto-max-bulk-len, 512 MB, less the few bytes by which a JavaScript string falls short of it. */
export const MAX_STRING_LENGTH = 512 * 1024 * 1024 - 24

export function checkLength(length: number): void {
  if (length > MAX_STRING_LENGTH) fail('ERR string exceeds maximum allowed size (proto-max-bulk-len)')
}

/** The value of a string key, undefined when there is no such key; WRONGTYPE for another type. */
export function readString(ctx: Context, name: Bytes): Bytes | undefined {
  const state = ctx.read(stringType, name)
  return state === undefined ? undefined : valueOf(state)
}

/** Like `readString`, for the commands that also read a HyperLogLog, in its string form (P2). */
export function readStringOrHyll(ctx: Context, name: Bytes): Bytes | undefined {
  const state = ctx.find(name)?.value
  return state instanceof HyperLogLogState ? hyllOf(state) : readString(ctx, name)
}

/**
 * Makes `value` the content of a key, whatever it held: a HyperLogLog if it is one (P2), else a string. Announces `expire` too when a
 * time is set, as Redis does.
 */
export function replaceString(ctx: Context, name: Bytes, value: Bytes, expiry: ExpiryPlan, event = 'set'): void {
  const hyll = decodeHyll(value)
  if (hyll !== undefined)
    ctx.replace(hyperLogLogType, name, raise(undefined, ctx.self, hyll.packed, hyll.dense), expiry, event)
  else ctx.replace(stringType, name, assign(ctx.held(stringType, name), ctx.self, value), expiry, event)
  if (typeof expiry === 'number') ctx.announce(name, 'expire')
}

/** Assigns a value computed from the present one: the key, if it exists, keeps its expiry. */
export function changeString(ctx: Context, name: Bytes, value: Bytes, event: string): void {
  ctx.update(stringType, name, assign(ctx.held(stringType, name), ctx.self, value), event)
}
