/** Arguments of the commands over several fields: `FIELDS numfields …`, and the times at which fields expire. */
import type { Bytes } from '../../../lib/index.ts'
import { boundedExpiry } from '../../crdt/parts/expiry.ts'
import { counted, named, str, type Arg } from '../arguments.ts'
import type { Context } from '../context.ts'
import { fail, NOT_AN_INTEGER } from '../errors.ts'
import { parseIndex } from '../numbers.ts'

export const FIELDS_MISSING = 'ERR Mandatory argument FIELDS is missing or not at the right position'

export interface FieldsErrors {
  /** When another word, or none, stands where FIELDS should. */
  readonly missing: (word: Bytes | undefined) => string
  readonly badCount: string
  /** When the count is not that of the items that follow. */
  readonly mismatch: string
}

const USUAL: FieldsErrors = {
  missing: () => FIELDS_MISSING,
  badCount: 'ERR Number of fields must be a positive integer',
  mismatch: 'ERR The `numfields` parameter must match the number of arguments',
}

/** `FIELDS numfields item [item …]`, to the end of the line. */
export function fieldItems<T>(item: Arg<T>, errors: Partial<FieldsErrors> = {}): Arg<T[]> {
  const { missing, badCount, mismatch } = { ...USUAL, ...errors }
  return {
    ...named('FIELDS', counted(item, { countName: 'numfields', countError: badCount })),
    read(reader) {
      const { argv } = reader
      const word = argv[reader.at]
      if (word?.toUpperCase() !== 'FIELDS') fail(missing(word))
      const count = parseIndex(argv[reader.at + 1] ?? '')
      if (count === undefined || count <= 0) fail(badCount)
      reader.at += 2
      if (count * item.least !== argv.length - reader.at) fail(mismatch)
      const out: T[] = []
      while (reader.at < argv.length) out.push(item.read(reader))
      return out
    },
  }
}

export function fieldNames(errors: Partial<FieldsErrors> = {}): Arg<Bytes[]> {
  return fieldItems(str('field'), errors)
}

/** A time or a time span, not below 0 (X3). */
export function fieldTime(name: string): Arg<number> {
  return {
    ...str(name),
    type: name.startsWith('unix-time') ? 'unix-time' : 'integer',
    read(reader) {
      const text = reader.argv[reader.at++]
      if (text === undefined) return fail('ERR missing expire time')
      const value = parseIndex(text) ?? fail(NOT_AN_INTEGER)
      return value < 0 ? fail('ERR invalid expire time, must be >= 0') : value
    },
  }
}

export const FIELD_TIMES = {
  ex: named('EX', fieldTime('seconds')),
  px: named('PX', fieldTime('milliseconds')),
  exat: named('EXAT', fieldTime('unix-time-seconds')),
  pxat: named('PXAT', fieldTime('unix-time-milliseconds')),
}

/** The time in ms since 1970 that an option means; `command` in lower case, for the error text. */
export function fieldDeadline(ctx: Context, as: keyof typeof FIELD_TIMES, value: number, command: string): number {
  const unit = as === 'ex' || as === 'exat' ? 1000 : 1
  const base = as === 'ex' || as === 'px' ? ctx.now : 0
  return boundedExpiry(value, unit, base, ctx.testMode) ?? fail(`ERR invalid expire time in '${command}' command`)
}
