/** JSON text to Lua values, as lua-cjson does it, with its messages. */
import { bytesOfText, type Bytes } from '../../lib/index.ts'
import { raise } from '../machine/errors.ts'
import type { Machine } from '../machine/machine.ts'
import { parseNumber } from '../machine/numbers.ts'
import { Table } from '../machine/table.ts'
import type { LightUserdata, Value } from '../machine/value.ts'

export interface DecodeSettings {
  invalidNumbers: boolean
  maxDepth: number
  /** Decoded arrays get `arrayMeta`, so that empty ones are encoded as arrays again. */
  marksArrays: boolean
  readonly arrayMeta: Table
  readonly null: LightUserdata
}

/** Names as messages show them. */
type Kind =
  | 'T_OBJ_BEGIN'
  | 'T_OBJ_END'
  | 'T_ARR_BEGIN'
  | 'T_ARR_END'
  | 'T_STRING'
  | 'T_NUMBER'
  | 'T_BOOLEAN'
  | 'T_NULL'
  | 'T_COLON'
  | 'T_COMMA'
  | 'T_END'
  | 'T_ERROR'

interface Token {
  readonly kind: Kind
  readonly value: Value
  /** Where it begins, or where it goes wrong. */
  readonly at: number
}

const SYMBOLS: Readonly<Record<string, Kind>> = {
  '{': 'T_OBJ_BEGIN',
  '}': 'T_OBJ_END',
  '[': 'T_ARR_BEGIN',
  ']': 'T_ARR_END',
  ':': 'T_COLON',
  ',': 'T_COMMA',
}
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
const INVALID_NUMBER = /^(\+|-?0[xX]|-?0\d|-?(inf|nan))/i

/** Characters beyond which a keyword or number is not looked for. */
const LONGEST_NUMBER = 400

export class Decoder {
  readonly #machine: Machine
  readonly #settings: DecodeSettings
  readonly #text: Bytes
  #at = 0
  #depth = 0

  constructor(machine: Machine, settings: DecodeSettings, text: Bytes) {
    this.#machine = machine
    this.#settings = settings
    this.#text = text
  }

  decode(): Value {
    const text = this.#text
    if (text.length >= 2 && (text[0] === '\0' || text[1] === '\0'))
      raise('JSON parser does not support UTF-16 or UTF-32')
    const value = this.#value(this.#next())
    const end = this.#next()
    if (end.kind !== 'T_END') this.#fail('the end', end)
    return value
  }

  #fail(expected: string, { kind, value, at }: Token): never {
    const found = typeof value === 'string' && kind === 'T_ERROR' ? value : kind
    return raise(`Expected ${expected} but found ${found} at character ${at + 1}`)
  }

  #token(kind: Kind, length: number, value?: Value): Token {
    const at = this.#at
    this.#at += length
    return { kind, value, at }
  }

  #next(): Token {
    this.#machine.spend(1)
    const text = this.#text
    while (/^[ \t\n\r]$/.test(text[this.#at] ?? '')) this.#at++
    const char = text[this.#at]
    if (char === undefined || char === '\0') return this.#token('T_END', 0)
    const symbol = SYMBOLS[char]
    if (symbol !== undefined) return this.#token(symbol, 1)
    if (char === '"') return this.#string()
    const ahead = text.slice(this.#at, this.#at + 5)
    const isOdd = INVALID_NUMBER.test(ahead)
    if (char === '-' || (char >= '0' && char <= '9')) {
      return !this.#settings.invalidNumbers && isOdd ? this.#token('T_ERROR', 0, 'invalid number') : this.#number()
    }
    if (ahead.startsWith('true')) return this.#token('T_BOOLEAN', 4, true)
    if (ahead.startsWith('false')) return this.#token('T_BOOLEAN', 5, false)
    if (ahead.startsWith('null')) return this.#token('T_NULL', 4)
    if (this.#settings.invalidNumbers && isOdd) return this.#number()
    return this.#token('T_ERROR', 0, 'invalid token')
  }

  #number(): Token {
    const ahead = this.#text.slice(this.#at, this.#at + LONGEST_NUMBER)
    const found =
      /^[+-]?(0[xX]([0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)([pP][+-]?\d+)?|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|infinity|inf|nan)/i.exec(
        ahead,
      )
    if (found === null) return this.#token('T_ERROR', 0, 'invalid number')
    return this.#token('T_NUMBER', found[0].length, parseNumber(found[0]))
  }

  #string(): Token {
    const text = this.#text
    const start = this.#at
    const error = (at: number, what: string): Token => ({ kind: 'T_ERROR', value: what, at })
    let value = ''
    let at = start + 1
    for (;;) {
      const special = /["\\\0]/g
      special.lastIndex = at
      const end = special.exec(text)?.index ?? text.length
      value += text.slice(at, end)
      at = end
      const char = text[at]
      if (char === '"') break
      if (char === '\0' && at < text.length) return error(at, 'unexpected end of string')
      if (char === undefined) return error(at, 'unexpected end of string')
      const escape = text[at + 1] ?? ''
      if (escape === 'u') {
        const read = unicode(text, at)
        if (read === undefined) return error(at, 'invalid unicode escape code')
        value += read.bytes
        at += read.length
        continue
      }
      const plain = ESCAPES[escape]
      if (plain === undefined) return error(at, 'invalid escape code')
      value += plain
      at += 2
    }
    this.#at = at + 1
    return { kind: 'T_STRING', value: this.#machine.text(value), at: start }
  }

  #value(token: Token): Value {
    switch (token.kind) {
      case 'T_STRING':
      case 'T_NUMBER':
      case 'T_BOOLEAN':
        return token.value
      case 'T_OBJ_BEGIN':
        return this.#object()
      case 'T_ARR_BEGIN':
        return this.#array()
      case 'T_NULL':
        return this.#settings.null
      default:
        return this.#fail('value', token)
    }
  }

  #descend(): Table {
    this.#depth++
    if (this.#depth > this.#settings.maxDepth) {
      raise(`Found too many nested data structures (${this.#depth}) at character ${this.#at}`)
    }
    return new Table()
  }

  #object(): Table {
    const table = this.#descend()
    let token = this.#next()
    if (token.kind !== 'T_OBJ_END') {
      for (;;) {
        if (token.kind !== 'T_STRING') this.#fail('object key string', token)
        const key = token.value
        token = this.#next()
        if (token.kind !== 'T_COLON') this.#fail('colon', token)
        table.set(key, this.#value(this.#next()))
        token = this.#next()
        if (token.kind === 'T_OBJ_END') break
        if (token.kind !== 'T_COMMA') this.#fail('comma or object end', token)
        token = this.#next()
      }
    }
    this.#depth--
    return table
  }

  #array(): Table {
    const table = this.#descend()
    if (this.#settings.marksArrays) table.meta = this.#settings.arrayMeta
    let token = this.#next()
    if (token.kind !== 'T_ARR_END') {
      for (let i = 1; ; i++) {
        table.set(i, this.#value(token))
        token = this.#next()
        if (token.kind === 'T_ARR_END') break
        if (token.kind !== 'T_COMMA') this.#fail('comma or array end', token)
        token = this.#next()
      }
    }
    this.#depth--
    return table
  }
}

/** `\uXXXX` at a place, or a pair of them, as UTF-8. */
function unicode(text: Bytes, at: number): { readonly bytes: Bytes; readonly length: number } | undefined {
  const unit = hex4(text, at + 2)
  if (unit === undefined) return undefined
  if ((unit & 0xf800) !== 0xd800) return { bytes: bytesOfText(String.fromCharCode(unit)), length: 6 }
  if ((unit & 0x400) !== 0 || text[at + 6] !== '\\' || text[at + 7] !== 'u') return undefined
  const low = hex4(text, at + 8)
  if (low === undefined || (low & 0xfc00) !== 0xdc00) return undefined
  return { bytes: bytesOfText(String.fromCharCode(unit, low)), length: 12 }
}

function hex4(text: Bytes, at: number): number | undefined {
  const digits = text.slice(at, at + 4)
  return /^[0-9a-fA-F]{4}$/.test(digits) ? parseInt(digits, 16) : undefined
}
