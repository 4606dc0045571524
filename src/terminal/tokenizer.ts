/**
 * Splits a command line into arguments by redis-cli's rules. "…" knows \xHH, \n \r \t \b \a, and any other escaped character as
 * itself; '…' knows \' only; outside quotes a backslash is an ordinary character. A closing quote must be followed by a space or
 * the end; an opening quote may stand in the middle of a word.
 */
import { type Bytes, bytesOfText } from '../lib/index.ts'

export type Tokens = { readonly argv: readonly Bytes[] } | { readonly error: string }

/** redis-cli's whole message for unbalanced or badly placed quotes. */
export const INVALID_ARGUMENTS = 'Invalid argument(s)'

const SPACE = /[ \t\n\v\f\r]/
const WORD_END = /[ \t\n\r]/
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' }

/** Text as typed to arguments as bytes (what lies beyond ASCII becomes UTF-8). */
export function tokenize(line: string): Tokens {
  return tokenizeBytes(bytesOfText(line))
}

/** The same for a line that is bytes already. */
export function tokenizeBytes(input: Bytes): Tokens {
  const argv: Bytes[] = []
  let at = skipSpace(input, 0)
  while (at < input.length) {
    const word = readWord(input, at)
    if (word === undefined) return { error: INVALID_ARGUMENTS }
    argv.push(word.value)
    at = skipSpace(input, word.end)
  }
  return { argv }
}

interface Read {
  readonly value: Bytes
  readonly end: number
}

function skipSpace(input: Bytes, from: number): number {
  let at = from
  while (at < input.length && SPACE.test(input.charAt(at))) at++
  return at
}

function readWord(input: Bytes, from: number): Read | undefined {
  let value = ''
  let at = from
  while (at < input.length && !WORD_END.test(input.charAt(at))) {
    const character = input.charAt(at)
    if (character === '"' || character === "'") {
      const quoted = character === '"' ? readDoubleQuoted(input, at + 1) : readSingleQuoted(input, at + 1)
      if (quoted === undefined) return undefined
      const next = input.charAt(quoted.end)
      if (next !== '' && !SPACE.test(next)) return undefined
      return { value: value + quoted.value, end: quoted.end }
    }
    value += character
    at++
  }
  return { value, end: at }
}

function readDoubleQuoted(input: Bytes, from: number): Read | undefined {
  let value = ''
  for (let at = from; at < input.length; at++) {
    const character = input.charAt(at)
    if (character === '"') return { value, end: at + 1 }
    if (character !== '\\' || at + 1 === input.length) {
      value += character
      continue
    }
    const hex = /^x([0-9a-f]{2})/i.exec(input.slice(at + 1, at + 4))?.[1]
    if (hex !== undefined) {
      value += String.fromCharCode(parseInt(hex, 16))
      at += 3
      continue
    }
    const escaped = input.charAt(at + 1)
    value += ESCAPED[escaped] ?? escaped
    at++
  }
  return undefined
}

function readSingleQuoted(input: Bytes, from: number): Read | undefined {
  let value = ''
  for (let at = from; at < input.length; at++) {
    const character = input.charAt(at)
    if (character === "'") return { value, end: at + 1 }
    if (character === '\\' && input.charAt(at + 1) === "'") {
      value += "'"
      at++
    } else value += character
  }
  return undefined
}
