/** How long a blocking command may wait. */
import { str, type Arg } from './arguments.ts'
import { fail } from './errors.ts'
import { parseDouble } from './numbers.ts'

const MOST_MS = 2 ** 63

/** Seconds, with fractions; read as ms, rounded up. 0: for ever. */
export function timeoutSeconds(): Arg<number> {
  const text = str('timeout')
  return {
    ...text,
    type: 'double',
    read(reader) {
      const seconds = parseDouble(text.read(reader)) ?? fail('ERR timeout is not a float or out of range')
      const ms = Math.ceil(seconds * 1000)
      if (ms < 0) fail('ERR timeout is negative')
      return ms >= MOST_MS ? fail('ERR timeout is out of range') : ms
    },
  }
}
