/**
 * Exact numbers for counters (rules C2, C5): a safe integer is a plain `number`; anything else is a decimal, `digits` × 10^−`scale`.
 * Normal form: no trailing zeros in `digits` when `scale` > 0, never negative scale, never a decimal that a safe integer could be. So equal
 * amounts have equal forms, and addition is exact, commutative and associative: the order of arrival cannot matter.
 */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}
export type Amount = number | Decimal

/** Redis prints long doubles with at most this many decimals ("%.17Lf", trailing zeros cut). */
const SHOWN_DECIMALS = 17
/** Exponents beyond a long double's range are not numbers (to Redis either). */
const LARGEST_EXPONENT = 4932

function normal(digits: bigint, scale: number): Amount {
  while (scale > 0 && digits % 10n === 0n) {
    digits /= 10n
    scale--
  }
  if (scale === 0) {
    const small = Number(digits)
    if (Number.isSafeInteger(small)) return small
  }
  return { digits, scale }
}

function decimalOf(amount: Amount): Decimal {
  return typeof amount === 'number' ? { digits: BigInt(amount), scale: 0 } : amount
}

export function addAmounts(a: Amount, b: Amount): Amount {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  const x = decimalOf(a)
  const y = decimalOf(b)
  const scale = Math.max(x.scale, y.scale)
  return normal(x.digits * 10n ** BigInt(scale - x.scale) + y.digits * 10n ** BigInt(scale - y.scale), scale)
}

export function negateAmount(a: Amount): Amount {
  if (typeof a === 'number') return a === 0 ? 0 : -a
  return normal(-a.digits, a.scale)
}

/** A whole number, as a bigint; undefined when it has a fraction. */
export function integerOfAmount(a: Amount): bigint | undefined {
  if (typeof a === 'number') return BigInt(a)
  return a.scale === 0 ? a.digits : undefined
}

export function isWhole(a: Amount): boolean {
  return typeof a === 'number' || a.scale === 0
}

export function amountOfInteger(value: bigint): Amount {
  return normal(value, 0)
}

/**
 * Reads decimal notation with optional sign, fraction and exponent (`-1.5e3`), or hexadecimal as C has it (`0x1.8p1`); undefined for anything else, spaces
 * included.
 */
export function parseAmount(text: string): Amount | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (match === null) return parseHexadecimal(text)
  const whole = match[2] ?? ''
  const fraction = match[3] ?? ''
  if (whole === '' && fraction === '') return undefined
  const exponent = match[4] === undefined ? 0 : Number(match[4])
  if (Math.abs(exponent) > LARGEST_EXPONENT) return undefined
  let digits = BigInt(whole + fraction)
  if (match[1] === '-') digits = -digits
  const scale = fraction.length - exponent
  return scale >= 0 ? normal(digits, scale) : normal(digits * 10n ** BigInt(-scale), 0)
}

function parseHexadecimal(text: string): Amount | undefined {
  const match = /^([+-]?)0x(?=\.?[0-9a-f])([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const power = Number(exponent) - 4 * fraction.length
  if (Math.abs(power) > LARGEST_EXPONENT) return undefined
  let digits = BigInt(`0x${whole}${fraction}`)
  if (sign === '-') digits = -digits
  return power >= 0 ? normal(digits << BigInt(power), 0) : normal(digits * 5n ** BigInt(-power), -power)
}

/** As Redis prints it: plain notation, at most 17 decimals (rounded half away from zero), no trailing zeros. */
export function formatAmount(amount: Amount): string {
  if (typeof amount === 'number') return String(amount)
  let { digits, scale } = amount
  const negative = digits < 0n
  if (negative) digits = -digits
  if (scale > SHOWN_DECIMALS) {
    const unit = 10n ** BigInt(scale - SHOWN_DECIMALS)
    digits = (digits + unit / 2n) / unit
    scale = SHOWN_DECIMALS
  }
  let text = digits.toString().padStart(scale + 1, '0')
  if (scale > 0) {
    const fraction = text.slice(-scale).replace(/0+$/, '')
    text = text.slice(0, -scale) + (fraction === '' ? '' : `.${fraction}`)
  }
  return negative && text !== '0' ? `-${text}` : text
}

/** The double nearest to an amount. */
export function numberOfAmount(amount: Amount): number {
  return typeof amount === 'number' ? amount : Number(`${amount.digits}e-${amount.scale}`)
}

/** What the shortest decimal that reads back as this finite double says, exactly. */
export function amountOfNumber(value: number): Amount {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value
  return parseAmount(String(value)) ?? 0
}

/** A finite double to its last binary digit. */
export function exactAmount(value: number): Amount {
  let scale = 0
  while (!Number.isInteger(value)) {
    value *= 2
    scale++
  }
  return normal(BigInt(value) * 5n ** BigInt(scale), scale)
}

export function equalAmounts(a: Amount, b: Amount): boolean {
  if (typeof a === 'number' || typeof b === 'number') return a === b
  return a.digits === b.digits && a.scale === b.scale
}
