/** Numbers as RedisJSON has them: whole numbers of 64 bits, and doubles; sums are exact until they are shown (J5). */
import { addAmounts, integerOfAmount, parseAmount, type Amount, type Bytes } from '../../../lib/index.ts'
import { isFloat } from './value.ts'

const INT64_MAX = 2n ** 63n - 1n
const INT64_MIN = -(2n ** 63n)

export function withinInt64(value: bigint): boolean {
  return value >= INT64_MIN && value <= INT64_MAX
}

/**
 * A double's code: the shortest digits that read back as the same number, plainly with at least one decimal while the point lies within 16 digits, else
 * with an exponent.
 */
export function doubleCode(value: number): Bytes {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [mantissa = '', exponentText = ''] = Math.abs(value).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const exponent = Number(exponentText)
  const sign = value < 0 ? '-' : ''
  if (exponent < -5 || exponent > 15) return `${sign}${mantissa}e${exponent}`
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`
}

/** A number's code as an exact amount. */
export function amountOfCode(code: Bytes): Amount {
  return parseAmount(code) ?? 0
}

/** The code of a number that `sum` was added to. A sum that no double can show is shown as the largest one. */
export function addedCode(code: Bytes, sum: Amount): Bytes {
  const total = addAmounts(amountOfCode(code), sum)
  const whole = isFloat(code) ? undefined : integerOfAmount(total)
  if (whole !== undefined && withinInt64(whole)) return String(whole)
  const value = doubleOf(total)
  return doubleCode(Number.isFinite(value) ? value : Math.sign(value) * Number.MAX_VALUE)
}

/** The nearest double. */
export function doubleOf(amount: Amount): number {
  return typeof amount === 'number' ? amount : Number(`${amount.digits}e${-amount.scale}`)
}
