/** Numbers as C reads and prints them. */
import type { Bytes } from '../../lib/index.ts'

/** A number in a string, as `strtod` with Lua's rules reads it: spaces around, decimal, hexadecimal, `inf`, `nan`; undefined for anything else. */
export function parseNumber(text: Bytes): number | undefined {
  const trimmed = text.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '')
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed)) return Number(trimmed)
  const hex = /^([+-]?)0[xX](?:([0-9a-fA-F]*)\.?([0-9a-fA-F]*))(?:[pP]([+-]?\d+))?$/.exec(trimmed)
  if (hex !== null) {
    const [, sign, whole = '', fraction = '', exponent = '0'] = hex
    if (whole + fraction === '') return undefined
    let value = 0
    for (const digit of whole + fraction) value = value * 16 + parseInt(digit, 16)
    value *= 2 ** (Number(exponent) - 4 * fraction.length)
    return sign === '-' ? -value : value
  }
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(trimmed)
  if (special === null) return undefined
  const value = special[2]?.toLowerCase() === 'nan' ? NaN : Infinity
  return special[1] === '-' ? -value : value
}

/** As `%.14g` prints it. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e14) return Object.is(value, -0) ? '-0' : String(value)
  return formatGeneral(value, 14, false)
}

/** `inf`, `-inf`, `nan`, `-nan`; undefined for finite numbers. C prints the sign of a NaN, and x86 makes negative ones. */
export function formatSpecial(value: number): string | undefined {
  if (Number.isNaN(value)) return '-nan'
  if (Number.isFinite(value)) return undefined
  return value > 0 ? 'inf' : '-inf'
}

/** As `%.{precision}g` prints it; `alternate` keeps trailing zeros (`#`). */
export function formatGeneral(value: number, precision: number, alternate: boolean): string {
  const special = formatSpecial(value)
  if (special !== undefined) return special
  const digits = precision === 0 ? 1 : precision
  const scientific = exactExponential(Math.abs(value), digits - 1)
  const exponent = Number(scientific.slice(scientific.indexOf('e') + 1))
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  if (exponent < -4 || exponent >= digits) {
    const [mantissa = '', tail = ''] = scientific.split('e')
    return `${sign}${alternate ? mantissa : withoutZeros(mantissa)}e${padExponent(tail)}`
  }
  const fixed = exactFixed(Math.abs(value), digits - 1 - exponent)
  return sign + (alternate ? fixed : withoutZeros(fixed))
}

/** As `%.{precision}e` prints it. */
export function formatExponential(value: number, precision: number): string {
  const special = formatSpecial(value)
  if (special !== undefined) return special
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const [mantissa = '', tail = ''] = exactExponential(Math.abs(value), precision).split('e')
  return `${sign}${mantissa}e${padExponent(tail)}`
}

/** As `%.{precision}f` prints it. */
export function formatFixed(value: number, precision: number): string {
  const special = formatSpecial(value)
  if (special !== undefined) return special
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  return sign + exactFixed(Math.abs(value), precision)
}

function exactExponential(value: number, digits: number): string {
  return digits <= 100 ? roundedExponential(value, digits) : padded(roundedExponential(value, 100), digits - 100)
}

/** JavaScript rounds halves up where C rounds the exact binary value half to even: they differ only where the decimal expansion ends just there. */
function roundedExponential(value: number, digits: number): string {
  const text = value.toExponential(digits)
  if (value === 0) return text
  const longer = value.toExponential(Math.min(100, digits + 30))
  const [mantissa = ''] = longer.split('e')
  const rest = mantissa.replace('.', '').slice(digits + 1)
  if (!/^50*$/.test(rest) || digits + 30 > 100) return text
  const kept = mantissa.replace('.', '').slice(0, digits + 1)
  if (Number(kept.at(-1)) % 2 === 1) return text
  const point = digits === 0 ? kept : `${kept[0]}.${kept.slice(1)}`
  return `${point}e${longer.split('e')[1]}`
}

function padded(text: string, zeros: number): string {
  const [mantissa = '', exponent = ''] = text.split('e')
  return `${mantissa}${'0'.repeat(zeros)}e${exponent}`
}

function exactFixed(value: number, digits: number): string {
  const places = Math.min(100, digits)
  const text = fixedOf(value, places)
  return digits > places ? text + '0'.repeat(digits - places) : text
}

/** Exact, also beyond 10^21 where `toFixed` gives up, and with halves to even as in C. */
function fixedOf(value: number, places: number): string {
  // value = mantissa × 2^shift, exactly.
  let shift = 0
  let mantissa = value
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2
    shift--
  }
  let scaled = BigInt(mantissa) * 10n ** BigInt(places)
  if (shift < 0) {
    const divisor = 1n << BigInt(-shift)
    const rest = scaled % divisor
    scaled /= divisor
    if (rest * 2n > divisor || (rest * 2n === divisor && scaled % 2n === 1n)) scaled++
  }
  const digits = scaled.toString().padStart(places + 1, '0')
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function padExponent(exponent: string): string {
  const sign = exponent.startsWith('-') ? '-' : '+'
  return sign + exponent.replace(/^[+-]/, '').padStart(2, '0')
}

export type Arithmetic = '__add' | '__sub' | '__mul' | '__div' | '__mod' | '__pow' | '__unm'

/** Of numbers. */
export function compute(event: Arithmetic, a: number, b: number): number {
  switch (event) {
    case '__add':
      return a + b
    case '__sub':
      return a - b
    case '__mul':
      return a * b
    case '__div':
      return a / b
    case '__mod':
      return a - Math.floor(a / b) * b
    case '__pow':
      return power(a, b)
    case '__unm':
      return -a
  }
}

/** C's `pow` finds 1 where JavaScript finds no number. */
function power(a: number, b: number): number {
  if (a === 1 || (a === -1 && Math.abs(b) === Infinity)) return 1
  return a ** b
}
