/** What the scripting commands share. */
import type { Bytes } from '../../../lib/index.ts'
import { part } from '../../parts.ts'
import type { Call, Scripting } from '../../scripting/index.ts'
import { flag, int, key, oneOf, str, type Arg } from '../arguments.ts'
import type { Context } from '../context.ts'
import { fail, NOT_AN_INTEGER } from '../errors.ts'
import { parseIndex } from '../numbers.ts'

export const about = { group: 'scripting', part: 'lua' } as const

/** One sentence for what runs scripts. */
export const ATOMIC =
  'Runs in this region alone and atomically; what its commands wrote reaches the others as one unit, never the script itself (M2, M3).'
export const LOCAL = 'Scripts and functions are not replicated: each region has its own (G9).'

export function scriptingOf({ instance }: Context): Scripting {
  return (instance.scripting ??= part('lua').newScripting())
}

/** `numkeys [key …] [arg …]`, read when the handler asks: what comes before it is looked at first. `notANumber`: the error for a count that is none. */
export function keysAndArguments(notANumber = NOT_AN_INTEGER): Arg<() => Omit<Call, 'readonly'>> {
  return {
    type: 'block',
    least: 1,
    children: {
      numkeys: int({ name: 'numkeys' }),
      key: { ...(key() as Arg<unknown>), optional: true, multiple: true },
      arg: { ...(str() as Arg<unknown>), optional: true, multiple: true },
    },
    read(reader) {
      const words = reader.argv.slice(reader.at)
      reader.at = reader.argv.length
      const read = () => split(words, notANumber)
      if (reader.keys !== null) reader.keys.push(...read().keys)
      return read
    },
  }
}

function split(words: readonly Bytes[], notANumber: string): { readonly keys: Bytes[]; readonly args: Bytes[] } {
  const count = parseIndex(words[0] ?? '') ?? fail(notANumber)
  if (count > words.length - 1) fail("ERR Number of keys can't be greater than number of args")
  if (count < 0) fail("ERR Number of keys can't be negative")
  return { keys: words.slice(1, count + 1), args: words.slice(count + 1) }
}

/** A last word, one of several, that may be left out; the handler gets it in upper case. `error`: for any other, `tooMany` for more words. */
export function lastWord<const T extends string>(
  words: readonly T[],
  error: string,
  tooMany: string,
): Arg<T | undefined> {
  const { begins: _, ...tree } = oneOf(Object.fromEntries(words.map((one) => [one.toLowerCase(), flag(one)])))
  return {
    ...tree,
    optional: true,
    read(reader) {
      const left = reader.argv.slice(reader.at)
      reader.at = reader.argv.length
      if (left.length > 1) fail(tooMany)
      return words.find((one) => one === left[0]?.toUpperCase()) ?? fail(error)
    },
  }
}
