/** What library functions ask of their arguments, with the auxiliary library's messages. `n` counts from 1. */
import type { Bytes } from '../../lib/index.ts'
import { argumentError } from '../machine/errors.ts'
import { formatNumber, parseNumber } from '../machine/numbers.ts'
import { Table } from '../machine/table.ts'
import { typeName, type Value } from '../machine/value.ts'

/** The arguments of one call. */
export class Arguments {
  readonly values: readonly Value[]

  constructor(values: readonly Value[]) {
    this.values = values
  }

  get count(): number {
    return this.values.length
  }

  at(n: number): Value {
    return this.values[n - 1]
  }

  isMissing(n: number): boolean {
    return this.at(n) === undefined
  }

  fail(n: number, message: string): never {
    return argumentError(n, message)
  }

  failType(n: number, expected: string): never {
    const got = n > this.values.length ? 'no value' : typeName(this.at(n))
    return this.fail(n, `${expected} expected, got ${got}`)
  }

  any(n: number): Value {
    if (n > this.values.length) this.fail(n, 'value expected')
    return this.at(n)
  }

  text(n: number): Bytes {
    const value = this.at(n)
    if (typeof value === 'string') return value
    return typeof value === 'number' ? formatNumber(value) : this.failType(n, 'string')
  }

  number(n: number): number {
    const value = this.at(n)
    if (typeof value === 'number') return value
    return (typeof value === 'string' ? parseNumber(value) : undefined) ?? this.failType(n, 'number')
  }

  numberOr(n: number, otherwise: number): number {
    return this.isMissing(n) ? otherwise : this.number(n)
  }

  /** A number without its fraction, as C converts it. */
  integer(n: number): number {
    return toInteger(this.number(n))
  }

  integerOr(n: number, otherwise: number): number {
    return this.isMissing(n) ? otherwise : this.integer(n)
  }

  table(n: number): Table {
    const value = this.at(n)
    return value instanceof Table ? value : this.failType(n, 'table')
  }
}

/** A double as a 64-bit integer: what does not fit becomes the smallest, as on x86. */
export function toInteger(value: number): number {
  const whole = Math.trunc(value)
  return Math.abs(whole) < 2 ** 63 ? whole + 0 : -(2 ** 63)
}

/** A double as a 32-bit integer. */
export function toInt32(value: number): number {
  return Math.abs(value) < 2 ** 63 ? Number(BigInt.asIntN(32, BigInt(Math.trunc(value)))) : -(2 ** 31)
}
