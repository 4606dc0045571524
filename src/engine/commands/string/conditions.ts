/** Conditions on a string's present value: IFEQ, IFNE and, by digest, IFDEQ, IFDNE. */
import { hexOfDigest, xxh3, type Bytes } from '../../../lib/index.ts'
import { named, str } from '../arguments.ts'
import { fail } from '../errors.ts'

const DIGEST_LENGTH = 16

export const VALUE_CONDITIONS = {
  ifeq: named('IFEQ', str('ifeq-value')),
  ifne: named('IFNE', str('ifne-value')),
  ifdeq: named('IFDEQ', str('ifdeq-digest')),
  ifdne: named('IFDNE', str('ifdne-digest')),
}

export interface ValueCondition {
  readonly as: keyof typeof VALUE_CONDITIONS
  readonly value: Bytes
}

/** A digest is 16 characters; whether they are hexadecimal does not matter, other ones just never match. */
export function checkCondition({ as, value }: ValueCondition): void {
  if ((as === 'ifdeq' || as === 'ifdne') && value.length !== DIGEST_LENGTH) {
    fail('ERR must be exactly 16 hexadecimal characters')
  }
}

/** `value` undefined: no such key, which equals nothing. */
export function conditionHolds(condition: ValueCondition, value: Bytes | undefined): boolean {
  const { as } = condition
  if (value === undefined) return as === 'ifne' || as === 'ifdne'
  if (as === 'ifeq') return value === condition.value
  if (as === 'ifne') return value !== condition.value
  return (digestOf(value) === condition.value.toLowerCase()) === (as === 'ifdeq')
}

/** XXH3, 64 bits, as 16 hexadecimal digits. */
export function digestOf(value: Bytes): Bytes {
  return hexOfDigest(xxh3(value))
}
