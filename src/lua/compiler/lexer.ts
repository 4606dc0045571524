/** Text to tokens, with Lua 5.1's error messages. */
import type { Bytes } from '../../lib/index.ts'
import { parseNumber } from '../machine/numbers.ts'
import { CompileError, END_OF_SCRIPT, NAME, NUMBER, RESERVED, shortSource, STRING, type Token } from './tokens.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

const isNewline = (char: string | undefined): boolean => char === '\n' || char === '\r'
const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9'
const isWord = (char: string | undefined): boolean => char !== undefined && /^\w$/.test(char)

export class Lexer {
  readonly source: Bytes
  /** The line that is being read. */
  line = 1
  /** The line of the token before the present one. */
  lastLine = 1
  token: Token
  readonly #text: Bytes
  readonly #shown: Bytes
  #at = 0
  #ahead: Token | null = null

  constructor(text: Bytes, source: Bytes) {
    this.#text = text
    this.source = source
    this.#shown = shortSource(source)
    this.token = { kind: END_OF_SCRIPT, text: '', value: 0, line: 1 }
    this.next()
  }

  next(): void {
    this.lastLine = this.line
    if (this.#ahead === null) this.token = this.#read()
    else {
      this.token = this.#ahead
      this.#ahead = null
    }
  }

  /** The token after the present one. */
  peek(): Token {
    return (this.#ahead ??= this.#read())
  }

  /** Ends with a syntax error at the present token. */
  fail(message: string): never {
    return this.#error(message, this.#tokenText(this.token))
  }

  /** Ends with an error that names no token. */
  failHere(message: string): never {
    throw new CompileError(`${this.#shown}:${this.line}: ${message}`)
  }

  #error(message: string, near: string): never {
    return this.failHere(`${message} near '${near}'`)
  }

  #tokenText({ kind, text, shown = text }: Token): string {
    if (kind === NAME || kind === STRING || kind === NUMBER) return shown.split('\0', 1)[0] as string
    return shownKind(kind)
  }

  #newline(): void {
    const first = this.#text[this.#at++]
    const second = this.#text[this.#at]
    if (isNewline(second) && second !== first) this.#at++
    this.line++
  }

  #make(kind: string, text: Bytes = '', value = 0): Token {
    return { kind, text, value, line: this.line }
  }

  #read(): Token {
    const text = this.#text
    for (;;) {
      const char = text[this.#at]
      if (char === undefined) return this.#make(END_OF_SCRIPT)
      if (isNewline(char)) {
        this.#newline()
        continue
      }
      if (char === ' ' || char === '\t' || char === '\v' || char === '\f') {
        this.#at++
        continue
      }
      if (char === '-' && text[this.#at + 1] === '-') {
        this.#comment()
        continue
      }
      if (/[A-Za-z_]/.test(char)) return this.#word()
      if (isDigit(char) || (char === '.' && isDigit(text[this.#at + 1]))) return this.#number()
      if (char === '"' || char === "'") return this.#string(char)
      if (char === '[') {
        const level = this.#bracketLevel()
        if (level >= 0) return this.#longString(level, true)
        if (level === -2) this.#error('invalid long string delimiter', text.slice(this.#at).match(/^\[=*/)?.[0] ?? '[')
      }
      return this.#symbol(char)
    }
  }

  #symbol(char: string): Token {
    const rest = this.#text.slice(this.#at, this.#at + 3)
    for (const symbol of ['...', '..', '==', '~=', '<=', '>=']) {
      if (!rest.startsWith(symbol)) continue
      this.#at += symbol.length
      return this.#make(symbol)
    }
    this.#at++
    return this.#make(char)
  }

  #comment(): void {
    this.#at += 2
    if (this.#text[this.#at] === '[') {
      const level = this.#bracketLevel()
      if (level >= 0) {
        this.#longString(level, false)
        return
      }
    }
    while (this.#at < this.#text.length && !isNewline(this.#text[this.#at])) this.#at++
  }

  /** Of `[`, `=` … `[` here: how many `=`; -1 for a plain bracket, -2 for `[=` without a second bracket. */
  #bracketLevel(): number {
    let end = this.#at + 1
    while (this.#text[end] === '=') end++
    const level = end - this.#at - 1
    if (this.#text[end] === '[') return level
    return level === 0 ? -1 : -2
  }

  #longString(level: number, isString: boolean): Token {
    const text = this.#text
    this.#at += level + 2
    if (isNewline(text[this.#at])) this.#newline()
    const close = `]${'='.repeat(level)}]`
    const open = `[${'='.repeat(level)}[`
    let value = ''
    for (;;) {
      const char = text[this.#at]
      if (char === undefined) {
        this.#error(isString ? 'unfinished long string' : 'unfinished long comment', END_OF_SCRIPT)
      }
      if (char === ']' && text.startsWith(close, this.#at)) break
      if (char === '[' && level === 0 && text.startsWith(open, this.#at)) {
        this.#error('nesting of [[...]] is deprecated', '[')
      }
      if (isNewline(char)) {
        this.#newline()
        value += '\n'
        continue
      }
      const end = this.#nextOf(/[\][\n\r]/g)
      value += text.slice(this.#at, end)
      this.#at = end
    }
    this.#at += level + 2
    return { ...this.#make(STRING, value), shown: open + value + close }
  }

  /** Where the next character of a kind is, after the present one. */
  #nextOf(kind: RegExp): number {
    kind.lastIndex = this.#at + 1
    return kind.exec(this.#text)?.index ?? this.#text.length
  }

  #word(): Token {
    const from = this.#at
    while (isWord(this.#text[this.#at])) this.#at++
    const word = this.#text.slice(from, this.#at)
    return RESERVED.has(word) ? this.#make(word) : this.#make(NAME, word)
  }

  #number(): Token {
    const text = this.#text
    const from = this.#at
    while (isDigit(text[this.#at]) || text[this.#at] === '.') this.#at++
    if (/[eE]/.test(text[this.#at] ?? '')) {
      this.#at++
      if (/[+-]/.test(text[this.#at] ?? '')) this.#at++
    }
    while (isWord(text[this.#at])) this.#at++
    const word = text.slice(from, this.#at)
    const value = parseNumber(word)
    if (value === undefined) this.#error('malformed number', word)
    return this.#make(NUMBER, word, value)
  }

  #string(quote: string): Token {
    const text = this.#text
    this.#at++
    let value = ''
    for (;;) {
      const char = text[this.#at]
      if (char === quote) break
      if (char === undefined) this.#error('unfinished string', END_OF_SCRIPT)
      if (isNewline(char)) this.#error('unfinished string', `${quote}${value}`)
      if (char === '\\') value += this.#escape(quote, value)
      else {
        value += char
        this.#at++
      }
    }
    this.#at++
    return { ...this.#make(STRING, value), shown: quote + value + quote }
  }

  #escape(quote: string, before: Bytes): Bytes {
    const char = this.#text[++this.#at]
    if (char === undefined) return ''
    if (isNewline(char)) {
      this.#newline()
      return '\n'
    }
    if (!isDigit(char)) {
      this.#at++
      return ESCAPES[char] ?? char
    }
    const digits = /^\d{1,3}/.exec(this.#text.slice(this.#at, this.#at + 3))?.[0] as string
    this.#at += digits.length
    if (Number(digits) > 255) this.#error('escape sequence too large', `${quote}${before}`)
    return String.fromCharCode(Number(digits))
  }
}

/** A token's kind as messages show it. */
export function shownKind(kind: string): string {
  const code = kind.charCodeAt(0)
  return kind.length === 1 && (code < 32 || code === 127) ? `char(${code})` : kind
}
