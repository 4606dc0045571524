/**
 * Argument trees. Each constructor makes plain data that says what an argument is, plus `read`, which takes it from the command line; its phantom type
 * gives the handler typed arguments. Arity, key positions, syntax errors, hints and docs all derive from these trees.
 */
import type { Amount, Bytes } from '../../lib/index.ts'
import type { ArgumentDoc } from '../catalogue-types.ts'
import { fail, NOT_A_FLOAT, NOT_AN_INTEGER, SYNTAX_ERROR, wrongArity } from './errors.ts'
import { parseFloatArgument, parseIndex, parseInt64 } from './numbers.ts'

/** The command line being read. */
export interface Reader {
  readonly name: string
  readonly argv: readonly Bytes[]
  at: number
  /** Where keys are noted when someone asks for them (COMMAND GETKEYS); null in the normal case. */
  keys: Bytes[] | null
}

export interface Arg<T> {
  readonly type: ArgumentDoc['type']
  /** Shown name; the record's own name when absent. */
  readonly name?: string
  readonly token?: string
  readonly optional?: true
  readonly multiple?: true
  readonly multipleToken?: true
  readonly children?: Readonly<Record<string, Arg<unknown>>>
  /** Error when an option is given twice; when absent, the last of several counts, and different alternatives are a syntax error. */
  readonly conflict?: string
  /** Fewest words that it takes. */
  readonly least: number
  /** Takes the argument from the line; a user's mistake ends the command with Redis's error. */
  readonly read: (reader: Reader) => T
  /** For optional arguments that begin with a word of their own: does the line go on with it? */
  readonly begins?: (reader: Reader) => boolean
}

type Args = Readonly<Record<string, Arg<unknown>>>
export type Parsed<A extends Args> = { -readonly [K in keyof A]: A[K] extends Arg<infer T> ? T : never }

function word(reader: Reader): Bytes {
  const value = reader.argv[reader.at]
  if (value === undefined) fail(SYNTAX_ERROR)
  reader.at++
  return value
}

function isToken(value: Bytes | undefined, token: string): boolean {
  return value !== undefined && value.length === token.length && value.toUpperCase() === token
}

export function key(name?: string): Arg<Bytes> {
  return {
    type: 'key',
    ...(name === undefined ? {} : { name }),
    least: 1,
    read(reader) {
      const value = word(reader)
      if (reader.keys !== null) reader.keys.push(value)
      return value
    },
  }
}

export function str(name?: string): Arg<Bytes> {
  return { type: 'string', ...(name === undefined ? {} : { name }), least: 1, read: word }
}

export function pattern(name?: string): Arg<Bytes> {
  return { ...str(name), type: 'pattern' }
}

interface IntegerOptions {
  readonly name?: string
  readonly min?: number
  readonly max?: number
  /** Error for something that is not a whole number. */
  readonly error?: string
  /** Error for a number outside min … max; `error` when absent. */
  readonly rangeError?: string
}

/** A whole number in the 64-bit range, as a `number` (rounded beyond 2^53: enough for positions, counts and times). */
export function int(options: IntegerOptions = {}): Arg<number> {
  const { name, min = -Infinity, max = Infinity, error = NOT_AN_INTEGER, rangeError = error } = options
  return {
    type: 'integer',
    ...(name === undefined ? {} : { name }),
    least: 1,
    read(reader) {
      const value = parseIndex(word(reader))
      if (value === undefined) fail(error)
      if (value < min || value > max) fail(rangeError)
      return value
    },
  }
}

/** A whole number in the 64-bit range, exact. */
export function int64(name?: string): Arg<Amount> {
  return {
    type: 'integer',
    ...(name === undefined ? {} : { name }),
    least: 1,
    read: (reader) => parseInt64(word(reader)) ?? fail(NOT_AN_INTEGER),
  }
}

/** A double as Redis reads arguments; `error` when it is none. */
export function double(name?: string, error = NOT_A_FLOAT): Arg<number> {
  return {
    type: 'double',
    ...(name === undefined ? {} : { name }),
    least: 1,
    read: (reader) => parseFloatArgument(word(reader)) ?? fail(error),
  }
}

/** A word that is the argument. */
export function flag(token: string): Arg<true> {
  return {
    type: 'pure-token',
    token,
    least: 1,
    begins: (reader) => isToken(reader.argv[reader.at], token),
    read(reader) {
      if (!isToken(word(reader), token)) fail(SYNTAX_ERROR)
      return true
    },
  }
}

/** An argument introduced by a word: `EX seconds`. */
export function named<T>(token: string, arg: Arg<T>): Arg<T> {
  return {
    ...arg,
    token,
    least: arg.least + 1,
    begins: (reader) => isToken(reader.argv[reader.at], token),
    read(reader) {
      if (!isToken(word(reader), token)) fail(SYNTAX_ERROR)
      return arg.read(reader)
    },
  }
}

/** One of several; says which (`as`) and its value. Every alternative begins with a word of its own. */
export function oneOf<A extends Args>(
  alternatives: A,
  conflict?: string,
): Arg<{ [K in keyof A]: { as: K; value: Parsed<A>[K] } }[keyof A]> {
  const entries = Object.entries(alternatives)
  return {
    type: 'oneof',
    children: alternatives,
    ...(conflict === undefined ? {} : { conflict }),
    least: Math.min(...entries.map(([, arg]) => arg.least)),
    begins: (reader) => entries.some(([, arg]) => arg.begins?.(reader) === true),
    read(reader) {
      for (const [as, arg] of entries) {
        if (arg.begins?.(reader)) {
          return { as, value: arg.read(reader) } as { [K in keyof A]: { as: K; value: Parsed<A>[K] } }[keyof A]
        }
      }
      return fail(SYNTAX_ERROR)
    },
  }
}

/** An argument that is looked at as soon as it is read, before what follows it; `check` ends the command when something is wrong. */
export function checked<T>(arg: Arg<T>, check: (value: T, reader: Reader) => void): Arg<T> {
  return {
    ...arg,
    read(reader) {
      const value = arg.read(reader)
      check(value, reader)
      return value
    },
  }
}

/** Several arguments that belong together. */
export function block<A extends Args>(parts: A): Arg<Parsed<A>> {
  const entries = Object.entries(parts)
  return {
    type: 'block',
    children: parts,
    least: entries.reduce((sum, [, arg]) => sum + (arg.optional ? 0 : arg.least), 0),
    ...(entries[0]?.[1].begins === undefined ? {} : { begins: entries[0][1].begins }),
    read: (reader) => readRecord(entries, reader) as Parsed<A>,
  }
}

export function opt<T>(arg: Arg<T>): Arg<T | undefined> {
  return { ...(arg as Arg<T | undefined>), optional: true }
}

/** One or more, to the end of the line but for the `after` words that follow; an odd rest is a wrong number of arguments. */
export function many<T>(arg: Arg<T>, after = 0): Arg<T[]> {
  return {
    ...(arg as Arg<unknown>),
    multiple: true,
    read(reader) {
      const out: T[] = []
      do {
        if (reader.argv.length - reader.at < arg.least) fail(wrongArity(reader.name))
        out.push(arg.read(reader))
      } while (reader.at < reader.argv.length - after)
      return out
    },
  } as Arg<T[]>
}

/** An optional argument whose word may be repeated: `GET pattern GET pattern`. */
export function repeated<T>(arg: Arg<T>): Arg<T[] | undefined> {
  return {
    ...(arg as Arg<unknown>),
    optional: true,
    multiple: true,
    multipleToken: true,
    read(reader) {
      const out: T[] = []
      while (arg.begins?.(reader)) out.push(arg.read(reader))
      return out
    },
  } as Arg<T[] | undefined>
}

interface CountedOptions {
  readonly countName: string
  /** Error when the count is not a positive whole number. */
  readonly countError: string
  /** Error when it is no whole number at all; `countError` when absent. */
  readonly notInteger?: string
  /** Largest count. */
  readonly countMax?: number
  /** Error when fewer words follow than were announced. */
  readonly shortError?: string
}

/** A count and that many items: `numkeys key [key …]`. */
export function counted<T>(arg: Arg<T>, options: CountedOptions): Arg<T[]> {
  const { countName, countError, notInteger = countError, countMax = Infinity, shortError = SYNTAX_ERROR } = options
  return {
    type: 'block',
    children: { [countName]: int({ name: countName }), items: { ...(arg as Arg<unknown>), multiple: true } },
    least: 1 + arg.least,
    read(reader) {
      const count = parseIndex(word(reader))
      if (count === undefined) fail(notInteger)
      if (count <= 0 || count > countMax) fail(countError)
      if (count * arg.least > reader.argv.length - reader.at) fail(shortError)
      const out: T[] = []
      for (let i = 0; i < count; i++) out.push(arg.read(reader))
      return out
    },
  }
}

/** An argument that ends the line: that there is more is noticed before it is read. `error` makes the text from the command's name and the word here. */
export function last<T>(arg: Arg<T>, error: (name: string, word: Bytes) => string = () => SYNTAX_ERROR): Arg<T> {
  return {
    ...arg,
    read(reader) {
      if (reader.argv.length - reader.at > arg.least) fail(error(reader.name, reader.argv[reader.at] ?? ''))
      return arg.read(reader)
    },
  }
}

/** With fewer words left than it needs, or more than `most`, an argument is a syntax error, whatever those words are. */
export function whole<T>(arg: Arg<T>, most = Infinity): Arg<T> {
  return {
    ...arg,
    read(reader) {
      const left = reader.argv.length - reader.at
      return left < arg.least || left > most ? fail(SYNTAX_ERROR) : arg.read(reader)
    },
  }
}

/** The rest of the line, which Redis reads only after it has looked at the key: read when the handler calls. */
export function later<A extends Args>(parts: A): Arg<() => Parsed<A>> {
  const entries = Object.entries(parts)
  return {
    type: 'block',
    children: parts,
    least: 0,
    read(reader) {
      const own: Reader = { ...reader }
      reader.at = reader.argv.length
      return () => {
        const parsed = readRecord(entries, own) as Parsed<A>
        if (own.at < own.argv.length) fail(SYNTAX_ERROR)
        return parsed
      }
    },
  }
}

/** One argument, which Redis looks at only after those that follow: read when the handler calls. */
export function readLater<T>(arg: Arg<T>): Arg<() => T> {
  return {
    ...(arg as Arg<unknown>),
    read(reader) {
      const own: Reader = { ...reader }
      reader.at += arg.least
      return () => arg.read(own)
    },
  } as Arg<() => T>
}

/** Everything that is left, read by the handler itself. */
export function rest(name: string): Arg<Bytes[]> {
  return {
    type: 'string',
    name,
    optional: true,
    multiple: true,
    least: 0,
    read(reader) {
      const out = reader.argv.slice(reader.at)
      reader.at = reader.argv.length
      return out
    },
  }
}

/** Reads named arguments in order; a run of optional ones that begin with words may come in any order. */
export function readRecord(
  entries: readonly (readonly [string, Arg<unknown>])[],
  reader: Reader,
): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  const { length } = entries
  for (let i = 0; i < length; i++) {
    const [name, arg] = entries[i] as readonly [string, Arg<unknown>]
    if (arg.optional === undefined) {
      out[name] = arg.read(reader)
    } else if (arg.begins === undefined) {
      out[name] = reader.at < reader.argv.length ? arg.read(reader) : arg.least === 0 ? [] : undefined
    } else {
      let end = i
      while (end < length && isOption((entries[end] as readonly [string, Arg<unknown>])[1])) {
        out[(entries[end] as readonly [string, Arg<unknown>])[0]] = undefined
        end++
      }
      if (reader.at < reader.argv.length) readOptions(entries, i, end, reader, out)
      i = end - 1
    }
  }
  return out
}

function isOption(arg: Arg<unknown>): boolean {
  return arg.optional !== undefined && arg.begins !== undefined
}

function readOptions(
  entries: readonly (readonly [string, Arg<unknown>])[],
  from: number,
  to: number,
  reader: Reader,
  out: Record<string, unknown>,
): void {
  next: while (reader.at < reader.argv.length) {
    for (let i = from; i < to; i++) {
      const [name, arg] = entries[i] as readonly [string, Arg<unknown>]
      if (!arg.begins?.(reader)) continue
      const before = out[name]
      if (before !== undefined && arg.conflict !== undefined) fail(arg.conflict)
      const value = arg.read(reader)
      if (before === undefined) out[name] = value
      else if (arg.multipleToken) out[name] = (before as unknown[]).concat(value as unknown[])
      else if (arg.type === 'oneof' && (before as { as: string }).as !== (value as { as: string }).as)
        fail(SYNTAX_ERROR)
      else out[name] = value
      continue next
    }
    return
  }
}
