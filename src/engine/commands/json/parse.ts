/**
 * JSON text to plain data. Errors are those of the parser that RedisJSON uses, to the letter, with line and column; they carry no code word. Of a field that
 * is given twice the last value counts, at the first one's place.
 */
import { validTextOfBytes, type Bytes } from '../../../lib/index.ts'
import { FALSE, MAX_DEPTH, NULL, stringCode, TRUE, type Json } from '../../crdt/json/value.ts'
import { doubleCode } from '../../crdt/json/number.ts'
import { fail } from '../errors.ts'

const UINT64_MAX = 2n ** 64n - 1n
const INT64_MIN = -(2n ** 63n)

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Ends the command when the text is not JSON. */
export function parseJson(text: Bytes): Json {
  if (validTextOfBytes(text) === undefined) fail("ERR Couldn't parse as UTF-8 string")
  const parser = new Parser(text)
  const value = parser.value(0)
  if (parser.skipSpace() !== '') parser.fail('trailing characters', 1)
  return value
}

class Parser {
  readonly #text: Bytes
  #at = 0

  constructor(text: Bytes) {
    this.#text = text
  }

  /** `ahead`: 1 when the character that stands next is the wrong one, 0 when the last one read was. */
  fail(what: string, ahead: 0 | 1): never {
    const before = this.#text.slice(0, Math.min(this.#at + ahead, this.#text.length))
    const line = before.split('\n').length
    return fail(`${what} at line ${line} column ${before.length - (before.lastIndexOf('\n') + 1)}`)
  }

  /** The next character that is no space; '' at the end. */
  skipSpace(): string {
    for (;;) {
      const next = this.#text.charAt(this.#at)
      if (next !== ' ' && next !== '\n' && next !== '\t' && next !== '\r') return next
      this.#at++
    }
  }

  value(depth: number): Json {
    const next = this.skipSpace()
    switch (next) {
      case '':
        return this.fail('EOF while parsing a value', 1)
      case 'n':
        return this.#word('null', NULL)
      case 't':
        return this.#word('true', TRUE)
      case 'f':
        return this.#word('false', FALSE)
      case '"':
        this.#at++
        return stringCode(this.#string())
      case '[':
        return this.#list(depth)
      case '{':
        return this.#map(depth)
      default:
        return next === '-' || isDigit(next) ? this.#number() : this.fail('expected value', 1)
    }
  }

  #word(word: string, code: Bytes): Bytes {
    for (const expected of word) {
      const next = this.#text.charAt(this.#at)
      if (next === '') this.fail('EOF while parsing a value', 0)
      this.#at++
      if (next !== expected) this.fail('expected ident', 0)
    }
    return code
  }

  #enter(depth: number): void {
    if (depth >= MAX_DEPTH) this.fail('recursion limit exceeded', 1)
    this.#at++
  }

  #list(depth: number): Json {
    this.#enter(depth)
    const list: Json[] = []
    for (;;) {
      const next = this.skipSpace()
      if (next === ']') {
        this.#at++
        return list
      }
      if (next === '') this.fail('EOF while parsing a list', 1)
      if (list.length > 0) {
        if (next !== ',') this.fail('expected `,` or `]`', 1)
        this.#at++
        if (this.skipSpace() === ']') this.fail('trailing comma', 1)
      }
      list.push(this.value(depth + 1))
    }
  }

  #map(depth: number): Json {
    this.#enter(depth)
    const map = new Map<Bytes, Json>()
    for (let first = true; ; first = false) {
      let next = this.skipSpace()
      if (next === '}') {
        this.#at++
        return map
      }
      if (next === '') this.fail('EOF while parsing an object', 1)
      if (!first) {
        if (next !== ',') this.fail('expected `,` or `}`', 1)
        this.#at++
        next = this.skipSpace()
        if (next === '}') this.fail('trailing comma', 1)
        if (next === '') this.fail('EOF while parsing a value', 1)
      }
      if (next !== '"') this.fail('key must be a string', 1)
      this.#at++
      const field = this.#string()
      next = this.skipSpace()
      if (next === '') this.fail('EOF while parsing an object', 1)
      if (next !== ':') this.fail('expected `:`', 1)
      this.#at++
      map.set(field, this.value(depth + 1))
    }
  }

  /** The rest of a string after its opening quote, as UTF-8. */
  #string(): Bytes {
    const text = this.#text
    let out = ''
    let from = this.#at
    for (;;) {
      const code = text.charCodeAt(this.#at)
      if (code === 34) {
        out += text.slice(from, this.#at++)
        return out
      }
      if (Number.isNaN(code)) this.fail('EOF while parsing a string', 0)
      if (code < 32) {
        this.#at++
        this.fail('control character (\\u0000-\\u001F) found while parsing a string', 0)
      }
      this.#at++
      if (code === 92) {
        out += text.slice(from, this.#at - 1) + this.#escape()
        from = this.#at
      }
    }
  }

  #escape(): Bytes {
    const letter = this.#text.charAt(this.#at)
    if (letter === '') this.fail('EOF while parsing a string', 0)
    this.#at++
    if (letter !== 'u') return ESCAPES[letter] ?? this.fail('invalid escape', 0)
    const unit = this.#hex()
    if (unit >= 0xdc00 && unit <= 0xdfff) this.fail('lone leading surrogate in hex escape', 0)
    if (unit < 0xd800 || unit > 0xdbff) return utf8(unit)
    for (const expected of '\\u') {
      const next = this.#text.charAt(this.#at)
      if (next === '') this.fail('EOF while parsing a string', 0)
      this.#at++
      if (next !== expected) this.fail('unexpected end of hex escape', 0)
    }
    const low = this.#hex()
    if (low < 0xdc00 || low > 0xdfff) this.fail('lone leading surrogate in hex escape', 0)
    return utf8(0x10000 + (unit - 0xd800) * 1024 + (low - 0xdc00))
  }

  #hex(): number {
    if (this.#at + 4 > this.#text.length) {
      this.#at = this.#text.length
      this.fail('EOF while parsing a string', 0)
    }
    const digits = this.#text.slice(this.#at, this.#at + 4)
    this.#at += 4
    return /^[0-9a-fA-F]{4}$/.test(digits) ? parseInt(digits, 16) : this.fail('invalid escape', 0)
  }

  #number(): Bytes {
    const from = this.#at
    if (this.#text.charAt(from) === '-') this.#at++
    if (this.#text.charAt(this.#at) === '0') {
      this.#at++
      if (isDigit(this.#text.charAt(this.#at))) this.fail('invalid number', 1)
    } else this.#digits()
    let whole = true
    if (this.#text.charAt(this.#at) === '.') {
      whole = false
      this.#at++
      this.#digits()
    }
    if (/[eE]/.test(this.#text.charAt(this.#at))) {
      whole = false
      this.#at++
      if (/[+-]/.test(this.#text.charAt(this.#at))) this.#at++
      this.#digits()
    }
    const digits = this.#text.slice(from, this.#at)
    if (whole && digits !== '-0') {
      if (digits.length < 16) return digits
      const value = digits.length > 21 ? UINT64_MAX + 1n : BigInt(digits)
      if (value >= INT64_MIN && value <= UINT64_MAX) return digits
    }
    const value = Number(digits)
    return Number.isFinite(value) ? doubleCode(value) : this.fail('number out of range', 0)
  }

  #digits(): void {
    const from = this.#at
    while (isDigit(this.#text.charAt(this.#at))) this.#at++
    if (this.#at > from) return
    if (this.#at >= this.#text.length) this.fail('EOF while parsing a value', 1)
    this.fail('invalid number', 1)
  }
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9'
}

/** A code point as UTF-8. */
function utf8(point: number): Bytes {
  if (point < 0x80) return String.fromCharCode(point)
  const tail = (shift: number) => 0x80 | ((point >> shift) & 0x3f)
  if (point < 0x800) return String.fromCharCode(0xc0 | (point >> 6), tail(0))
  if (point < 0x10000) return String.fromCharCode(0xe0 | (point >> 12), tail(6), tail(0))
  return String.fromCharCode(0xf0 | (point >> 18), tail(12), tail(6), tail(0))
}
