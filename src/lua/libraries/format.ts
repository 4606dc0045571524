/** `string.format`: C's `printf` for one argument at a time. */
import type { Bytes } from '../../lib/index.ts'
import { raise } from '../machine/errors.ts'
import type { Machine } from '../machine/machine.ts'
import { formatExponential, formatFixed, formatGeneral } from '../machine/numbers.ts'
import { type Arguments, toInt32 } from './arguments.ts'

interface Spec {
  readonly left: boolean
  readonly plus: boolean
  readonly space: boolean
  readonly alternate: boolean
  readonly zero: boolean
  readonly width: number
  /** undefined when there is no `.`. */
  readonly precision: number | undefined
}

const MOST_FLAGS = 5
/** Longer strings are taken as they are, without width. */
const LONG = 100

export function format(args: Arguments, machine: Machine): Bytes {
  const template = args.text(1)
  let out = ''
  let n = 1
  for (let at = 0; at < template.length; at++) {
    const next = template.indexOf('%', at)
    if (next < 0) {
      out += template.slice(at)
      break
    }
    out += template.slice(at, next)
    at = next + 1
    if (template[at] === '%') {
      out += '%'
      continue
    }
    if (++n > args.count) args.fail(n, 'no value')
    const [whole = '', flags = '', width = '', dot, precision = ''] =
      /^([-+ #0]*)(\d{0,2})(?:(\.)(\d{0,2}))?/.exec(template.slice(at, at + 32)) ?? []
    if (flags.length > MOST_FLAGS) raise('invalid format (repeated flags)')
    at += whole.length
    if (/\d/.test(template[at] ?? '')) raise('invalid format (width or precision too long)')
    const spec: Spec = {
      left: flags.includes('-'),
      plus: flags.includes('+'),
      space: flags.includes(' '),
      alternate: flags.includes('#'),
      zero: flags.includes('0'),
      width: Number(width),
      precision: dot === undefined ? undefined : Number(precision),
    }
    out += item(template[at] ?? '\0', spec, args, n)
    machine.checkLength(out.length)
  }
  return machine.text(out)
}

function item(conversion: string, spec: Spec, args: Arguments, n: number): Bytes {
  switch (conversion) {
    case 'c': {
      const char = toInt32(args.number(n)) & 255
      return pad(String.fromCharCode(char), { ...spec, zero: false }).split('\0', 1)[0] as string
    }
    case 'd':
    case 'i':
      return signed(toInt64(args.number(n)), spec)
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return unsigned(BigInt.asUintN(64, toInt64(args.number(n))), conversion, spec)
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
      return real(args.number(n), conversion, spec)
    case 'q':
      return quoted(args.text(n))
    case 's':
      return text(args.text(n), spec)
    default:
      return raise(`invalid option '%${conversion.split('\0', 1)[0] as string}' to 'format'`)
  }
}

/** As C converts a double: what does not fit is the smallest number. */
export function toInt64(value: number): bigint {
  if (value >= 2 ** 63 && value < 2 ** 64) return BigInt(value)
  return Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : -(2n ** 63n)
}

function pad(body: Bytes, { left, width }: Spec): Bytes {
  return left ? body.padEnd(width) : body.padStart(width)
}

function number(sign: string, digits: string, spec: Spec, zeros: boolean): string {
  const length = sign.length + digits.length
  if (zeros && spec.zero && !spec.left && length < spec.width)
    return sign + digits.padStart(spec.width - sign.length, '0')
  return pad(sign + digits, spec)
}

function signed(value: bigint, spec: Spec): string {
  const wrapped = BigInt.asIntN(64, value)
  const sign = wrapped < 0n ? '-' : spec.plus ? '+' : spec.space ? ' ' : ''
  const digits = (wrapped < 0n ? -wrapped : wrapped).toString()
  return number(sign, precise(digits, spec), spec, spec.precision === undefined)
}

function unsigned(value: bigint, conversion: string, spec: Spec): string {
  const radix = conversion === 'o' ? 8 : conversion === 'u' ? 10 : 16
  let digits = precise(value.toString(radix), spec)
  let prefix = ''
  if (spec.alternate && conversion === 'o' && !digits.startsWith('0')) digits = `0${digits}`
  if (spec.alternate && radix === 16 && value !== 0n) prefix = '0x'
  const whole = number(prefix, digits, spec, spec.precision === undefined)
  return conversion === 'X' ? whole.toUpperCase() : whole
}

/** At least `precision` digits; none of zero for precision 0. */
function precise(digits: string, { precision }: Spec): string {
  if (precision === undefined) return digits
  return precision === 0 && digits === '0' ? '' : digits.padStart(precision, '0')
}

function real(value: number, conversion: string, spec: Spec): string {
  const precision = spec.precision ?? 6
  const lower = conversion.toLowerCase()
  let body =
    lower === 'e'
      ? formatExponential(value, precision)
      : lower === 'f'
        ? formatFixed(value, precision)
        : formatGeneral(value, precision, spec.alternate)
  if (spec.alternate && precision === 0 && Number.isFinite(value) && lower !== 'g')
    body = body.replace(/^(-?\d+)/, '$1.')
  const isNegative = body.startsWith('-')
  const sign = isNegative ? '-' : spec.plus ? '+' : spec.space ? ' ' : ''
  const whole = number(sign, isNegative ? body.slice(1) : body, spec, Number.isFinite(value))
  return conversion === lower ? whole : whole.toUpperCase()
}

function text(value: Bytes, spec: Spec): Bytes {
  if (spec.precision === undefined && value.length >= LONG) return value
  const shown = value.split('\0', 1)[0] as string
  return pad(spec.precision === undefined ? shown : shown.slice(0, spec.precision), spec)
}

function quoted(value: Bytes): Bytes {
  const inner = value.replace(/["\\\n\r\0]/g, (char) => (char === '\r' ? '\\r' : char === '\0' ? '\\000' : `\\${char}`))
  return `"${inner}"`
}
