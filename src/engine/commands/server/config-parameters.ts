/** The settings that exist, with their defaults and what they accept. Values are kept as text, in the form in which CONFIG GET shows them. */
import type { Bytes } from '../../../lib/index.ts'
import { parseIndex } from '../numbers.ts'

export interface Parameter {
  readonly initial: string
  readonly immutable?: true
  /** The value in shown form, or what is wrong with it. */
  readonly read: (value: Bytes) => { readonly value: string } | { readonly problem: string }
}

const ok = (value: string) => ({ value })
const problem = (text: string) => ({ problem: text })

function between(value: number, min: number, max: number): { value: string } | { problem: string } {
  return value < min || value > max
    ? problem(`argument must be between ${min} and ${max} inclusive`)
    : ok(String(value))
}

export function integer(initial: number, min: number, max: number): Parameter {
  return {
    initial: String(initial),
    read(value) {
      const number = parseIndex(value)
      return number === undefined ? problem("argument couldn't be parsed into an integer") : between(number, min, max)
    },
  }
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1000,
  kb: 1024,
  m: 1000 ** 2,
  mb: 1024 ** 2,
  g: 1000 ** 3,
  gb: 1024 ** 3,
}

/** A number of bytes with its unit (`10mb`); undefined when it is none. */
export function bytesOf(value: Bytes): number | undefined {
  const match = /^(\d{1,15})([a-z]*)$/i.exec(value)
  const unit = UNITS[match?.[2]?.toLowerCase() ?? '?']
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit
}

export function memory(initial: number, min: number): Parameter {
  return {
    initial: String(initial),
    read(value) {
      const bytes = bytesOf(value)
      return bytes === undefined
        ? problem('argument must be a memory value')
        : between(bytes, min, Number.MAX_SAFE_INTEGER)
    },
  }
}

function oneOf(initial: string, words: readonly string[]): Parameter {
  return {
    initial,
    read(value) {
      const word = words.find((known) => known === value.toLowerCase())
      return word === undefined ? problem(`argument(s) must be one of the following: ${words.join(', ')}`) : ok(word)
    },
  }
}

export function yesNo(initial: 'yes' | 'no'): Parameter {
  return {
    initial,
    read: (value) => (/^(yes|no)$/i.test(value) ? ok(value.toLowerCase()) : problem("argument must be 'yes' or 'no'")),
  }
}

const EVENT_CLASSES = 'g$lshzxetd'

/** Classes of keyspace events; all of them together are shown as `A`. */
const keyspaceEvents: Parameter = {
  initial: '',
  read(value) {
    if (!/^[Ag$lshzxetdKEmn]*$/.test(value)) return problem("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.")
    const has = (letter: string) => value.includes(letter) || (value.includes('A') && EVENT_CLASSES.includes(letter))
    const shown = EVENT_CLASSES.split('').every(has) ? 'A' : EVENT_CLASSES.split('').filter(has).join('')
    return ok(shown + 'KEmn'.split('').filter(has).join(''))
  },
}

/** Pairs of seconds and changes. */
const save: Parameter = {
  initial: '',
  read: (value) => (/^(\d+ \d+( \d+ \d+)*)?$/.test(value) ? ok(value) : problem('Invalid save parameters')),
}

const POLICIES = [
  'volatile-lru',
  'volatile-lfu',
  'volatile-random',
  'volatile-ttl',
  'allkeys-lru',
  'allkeys-lfu',
  'allkeys-random',
  'noeviction',
]

const INT_MAX = 2147483647

/** In the order in which CONFIG GET lists them. */
export const PARAMETERS: ReadonlyMap<string, Parameter> = new Map<string, Parameter>([
  ['appendfsync', oneOf('everysec', ['everysec', 'always', 'no'])],
  ['appendonly', yesNo('no')],
  ['busy-reply-threshold', integer(5000, 0, 60_000)],
  ['databases', { ...integer(1, 1, INT_MAX), immutable: true }],
  ['lua-time-limit', integer(5000, 0, 60_000)],
  ['maxclients', integer(10000, 1, INT_MAX)],
  ['maxmemory', memory(0, 0)],
  ['maxmemory-policy', oneOf('noeviction', POLICIES)],
  ['maxmemory-samples', integer(5, 1, 64)],
  ['notify-keyspace-events', keyspaceEvents],
  ['proto-max-bulk-len', memory(512 * 1024 ** 2, 1024 ** 2)],
  ['save', save],
  ['slowlog-log-slower-than', integer(10000, -1, Number.MAX_SAFE_INTEGER)],
  ['slowlog-max-len', integer(128, 0, Number.MAX_SAFE_INTEGER)],
  ['timeout', integer(0, 0, INT_MAX)],
])
