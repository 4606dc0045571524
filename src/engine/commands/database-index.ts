/** The number of a database, as SELECT and COPY … DB read it. */
import { int, type Arg } from './arguments.ts'

/** A whole number in the 32-bit range; which databases exist is the command's matter. */
export function databaseIndex(name?: string): Arg<number> {
  return int({
    ...(name === undefined ? {} : { name }),
    min: -2147483648,
    max: 2147483647,
    rangeError: 'ERR value is out of range, value must between -2147483648 and 2147483647',
  })
}

/** In test mode, numbers 0 … 15 all mean the one keyspace. */
export const TEST_DATABASES = 16

export const NO_SUCH_DATABASE = 'ERR DB index is out of range'
