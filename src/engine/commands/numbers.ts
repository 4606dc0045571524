/** Numbers as Redis reads and prints them. */
import { amountOfInteger, type Amount, type Bytes } from '../../lib/index.ts'

const INT64_MAX = 9223372036854775807n
const INT64_MIN = -9223372036854775808n

/**
 * A signed 64-bit whole number in canonical decimal form (no plus sign, no leading zeros, no spaces); undefined for anything else.
 */
export function parseInt64(text: Bytes): Amount | undefined {
  const length = text.length
  if (length === 0 || length > 20) return undefined
  if (length < 16) {
    let i = 0
    const negative = text.charCodeAt(0) === 45
    if (negative) i = 1
    const first = text.charCodeAt(i)
    if (first === 48) return length === 1 ? 0 : undefined
    let value = 0
    if (i === length) return undefined
    for (; i < length; i++) {
      const digit = text.charCodeAt(i) - 48
      if (digit < 0 || digit > 9) return undefined
      value = value * 10 + digit
    }
    return negative ? -value : value
  }
  if (!/^-?[1-9]\d*$/.test(text)) return undefined
  const value = BigInt(text)
  return value > INT64_MAX || value < INT64_MIN ? undefined : amountOfInteger(value)
}

/** Like `parseInt64`, as a number: exact within ±2^53, rounded beyond, which is enough for positions, counts and times. */
export function parseIndex(text: Bytes): number | undefined {
  const amount = parseInt64(text)
  return typeof amount === 'object' ? Number(amount.digits) : amount
}

/** A double as Redis reads it: decimal or exponent notation, `inf`, `-inf`, `+inf`, hexadecimal; undefined for `nan`, spaces and anything else. */
export function parseDouble(text: Bytes): number | undefined {
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return Number(text)
  const special = /^([+-]?)(?:(inf|infinity)|0x(?=\.?[0-9a-f])([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?)$/i.exec(
    text,
  )
  if (special === null) return undefined
  const [, sign, infinite, whole = '', fraction = '', power = '0'] = special
  const magnitude =
    infinite === undefined ? Number(`0x${whole}${fraction}`) * 2 ** (Number(power) - 4 * fraction.length) : Infinity
  return sign === '-' ? -magnitude : magnitude
}

/** Like `parseDouble`, but a number too large or too small for a double is none. */
export function parseFloatArgument(text: Bytes): number | undefined {
  const whole = parseInt64(text)
  if (typeof whole === 'number') return whole
  const value = parseDouble(text)
  if (value === undefined || Number.isFinite(value) === /inf/i.test(text)) return undefined
  return value === 0 && /^[^eEpP]*[1-9]/.test(text) ? undefined : value
}
