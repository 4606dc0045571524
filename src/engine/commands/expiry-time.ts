/** Expiry options (`EX seconds`, `PXAT …`) to a time. */
import type { Bytes } from '../../lib/index.ts'
import { boundedExpiry } from '../crdt/parts/expiry.ts'
import { flag, named, str, type Arg } from './arguments.ts'
import type { Context, ExpiryPlan } from './context.ts'
import { fail, NOT_AN_INTEGER } from './errors.ts'
import { parseIndex } from './numbers.ts'

/** A time that Redis reads only once the whole line has been found to be well-formed: kept as it was typed. */
export function typedTime(name: string): Arg<Bytes> {
  return { ...str(name), type: name.startsWith('unix-time') ? 'unix-time' : 'integer' }
}

export const EXPIRY_TIMES = {
  ex: named('EX', typedTime('seconds')),
  px: named('PX', typedTime('milliseconds')),
  exat: named('EXAT', typedTime('unix-time-seconds')),
  pxat: named('PXAT', typedTime('unix-time-milliseconds')),
}

export const KEEPTTL = { keepttl: flag('KEEPTTL') }

export type ExpiryOption =
  | { readonly as: 'ex' | 'px' | 'exat' | 'pxat'; readonly value: number | Bytes }
  | { readonly as: 'keepttl'; readonly value: true }

/**
 * The plan that an expiry option means: a time in ms since 1970, `keep`, or `forget` without one. Zero, negative and too large values are
 * errors (X3). `command` in lower case, for the error text.
 */
export function expiryTime(ctx: Context, option: ExpiryOption | undefined, command: string): ExpiryPlan {
  if (option === undefined) return 'forget'
  if (option.as === 'keepttl') return 'keep'
  const value = typeof option.value === 'string' ? (parseIndex(option.value) ?? fail(NOT_AN_INTEGER)) : option.value
  const unit = option.as === 'ex' || option.as === 'exat' ? 1000 : 1
  const base = option.as === 'ex' || option.as === 'px' ? ctx.now : 0
  const kept = value <= 0 ? undefined : boundedExpiry(value, unit, base, ctx.testMode)
  return kept ?? fail(`ERR invalid expire time in '${command}' command`)
}
