/**
 * Bytes and text made safe to show. Whatever leaves this folder for a screen has passed one of these functions, so a
 * value can never move the cursor, change colours or reorder text: what is not printable is written as an escape.
 */
import { type Bytes, bytesOfText, validTextOfBytes } from '../lib/index.ts'

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\x07': '\\a',
  '\b': '\\b',
}

/** Words of these characters mean themselves when typed: printable ASCII without space and quotes, and printable text beyond ASCII. */
const PLAIN_WORD = /^[!#-&(-~\p{L}\p{M}\p{N}\p{P}\p{S}\u200d]+$/u
const PRINTABLE = /^[ -~\p{L}\p{M}\p{N}\p{P}\p{S}\u200d]$/u
const QUOTE = /["']/
const BEYOND_BYTES = /[^\x00-\xff]/
/** Control characters, lone surrogates, and the marks that change the direction of the text around them. */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** A byte string in double quotes with every unprintable byte escaped: the form in which redis-cli shows values. ASCII only. */
export function quoteBytes(bytes: Bytes): string {
  let out = '"'
  for (let i = 0; i < bytes.length; i++) out += escapeByte(bytes.charAt(i))
  return `${out}"`
}

/** An argument as one could type it: bare when that is safe, else in double quotes. `tokenize` reads it back to the same bytes. */
export function quoteArgument(bytes: Bytes): string {
  const text = validTextOfBytes(bytes)
  if (text === undefined) return quoteBytes(bytes)
  if (PLAIN_WORD.test(text) && !QUOTE.test(text)) return text
  let out = '"'
  for (const character of text) {
    if (character in NAMED_ESCAPES || !PRINTABLE.test(character)) {
      for (const byte of bytesOfText(character)) out += escapeByte(byte)
    } else out += character
  }
  return `${out}"`
}

/** A whole command as one could type it. */
export function quoteCommand(argv: readonly Bytes[]): string {
  return argv.map(quoteArgument).join(' ')
}

/** Text as typed or written by us, harmless on a screen: unsafe characters become escapes. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, escapeText)
}

/**
 * Bytes that redis-cli prints as they are (statuses, errors, INFO), as text that is harmless on a screen: UTF-8 is decoded,
 * unsafe characters become escapes. Line breaks stay only with `lines`; `\r\n` counts as one.
 */
export function safeBytes(bytes: Bytes, lines?: 'lines'): string {
  if (lines !== undefined)
    return bytes
      .split(/\r?\n/)
      .map((line) => safeBytes(line))
      .join('\n')
  // A message that is no byte string was composed as text.
  const text = BEYOND_BYTES.test(bytes) ? bytes : validTextOfBytes(bytes)
  return text === undefined ? quoteBytes(bytes).slice(1, -1) : safeText(text)
}

function escapeByte(byte: string): string {
  const named = NAMED_ESCAPES[byte]
  if (named !== undefined) return named
  return byte >= ' ' && byte <= '~' ? byte : `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`
}

function escapeText(character: string): string {
  const named = NAMED_ESCAPES[character]
  if (named !== undefined) return named
  const code = character.charCodeAt(0)
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}
