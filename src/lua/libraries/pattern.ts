/** Lua's patterns: matching with backtracking, its work counted so that no pattern can hang a region. */
import type { Bytes } from '../../lib/index.ts'
import { raise } from '../machine/errors.ts'
import type { Machine } from '../machine/machine.ts'
import { part } from './part.ts'

const MOST_CAPTURES = 32
const MOST_LEVELS = 200
const OPEN = -1
const POSITION = -2
const STEPS_AT_ONCE = 64

const ESCAPE = 37 // %
const CARET = 94 // ^
const DOLLAR = 36 // $
const LEFT = 40 // (
const RIGHT = 41 // )
const OPEN_SET = 91 // [
const CLOSE_SET = 93 // ]
const DOT = 46 // .
const MINUS = 45 // -
const STAR = 42 // *
const PLUS = 43 // +
const QUESTION = 63 // ?
const BALANCE = 98 // b
const FRONTIER = 102 // f

interface Capture {
  start: number
  /** OPEN, POSITION, or how long it is. */
  length: number
}

export class Matcher {
  readonly captures: Capture[] = []
  readonly #text: Bytes
  readonly #pattern: Bytes
  readonly #machine: Machine
  #levels = 0
  #work = 0

  constructor(machine: Machine, text: Bytes, pattern: Bytes) {
    this.#machine = machine
    this.#text = text
    this.#pattern = pattern
  }

  /** Matches the pattern from its place `p` on at `s` alone: where the match ends, or -1. */
  matchAt(s: number, p: number): number {
    this.captures.length = 0
    this.#levels = 0
    return this.#match(s, p)
  }

  /** Capture `n` from 0 on as a value; the whole match when there are none. */
  value(n: number, start: number, end: number): Bytes | number {
    const capture = this.captures[n]
    if (capture === undefined) return n === 0 ? part(this.#text, start, end) : raise('invalid capture index')
    if (capture.length === POSITION) return capture.start + 1
    if (capture.length === OPEN) raise('unfinished capture')
    return part(this.#text, capture.start, capture.start + capture.length)
  }

  /** All captures, or the whole match when there are none and it is wanted. */
  values(start: number, end: number, whole: boolean): (Bytes | number)[] {
    const count = this.captures.length === 0 && whole ? 1 : this.captures.length
    return Array.from({ length: count }, (_, n) => this.value(n, start, end))
  }

  #count(): void {
    if (++this.#work < STEPS_AT_ONCE) return
    this.#work = 0
    this.#machine.spend(STEPS_AT_ONCE)
  }

  #match(from: number, at: number): number {
    if (++this.#levels > MOST_LEVELS) raise('pattern too complex')
    const result = this.#matchHere(from, at)
    this.#levels--
    return result
  }

  #matchHere(from: number, at: number): number {
    const pattern = this.#pattern
    let s = from
    let p = at
    for (;;) {
      this.#count()
      if (p === pattern.length) return s
      const char = pattern.charCodeAt(p)
      if (char === LEFT) {
        return pattern.charCodeAt(p + 1) === RIGHT ? this.#open(s, p + 2, POSITION) : this.#open(s, p + 1, OPEN)
      }
      if (char === RIGHT) return this.#close(s, p + 1)
      if (char === DOLLAR && p + 1 === pattern.length) return s === this.#text.length ? s : -1
      if (char === ESCAPE) {
        const next = pattern.charCodeAt(p + 1)
        if (next === BALANCE) {
          s = this.#balance(s, p + 2)
          if (s < 0) return -1
          p += 4
          continue
        }
        if (next === FRONTIER) {
          p += 2
          if (pattern.charCodeAt(p) !== OPEN_SET) raise("missing '[' after '%f' in pattern")
          const end = this.#itemEnd(p)
          const before = s === 0 ? 0 : this.#text.charCodeAt(s - 1)
          const after = s === this.#text.length ? 0 : this.#text.charCodeAt(s)
          if (this.#inSet(before, p, end - 1) || !this.#inSet(after, p, end - 1)) return -1
          p = end
          continue
        }
        if (next >= 48 && next <= 57) {
          s = this.#back(s, next)
          if (s < 0) return -1
          p += 2
          continue
        }
      }
      const end = this.#itemEnd(p)
      const suffix = pattern.charCodeAt(end)
      if (suffix === QUESTION) {
        if (this.#single(s, p, end)) {
          const result = this.#match(s + 1, end + 1)
          if (result >= 0) return result
        }
        p = end + 1
        continue
      }
      if (suffix === STAR) return this.#expandMost(s, p, end)
      if (suffix === PLUS) return this.#single(s, p, end) ? this.#expandMost(s + 1, p, end) : -1
      if (suffix === MINUS) return this.#expandLeast(s, p, end)
      if (!this.#single(s, p, end)) return -1
      s++
      p = end
    }
  }

  /** Where the item (a character, class or set) at `p` ends. */
  #itemEnd(p: number): number {
    const pattern = this.#pattern
    const char = pattern.charCodeAt(p)
    let end = p + 1
    if (char === ESCAPE) {
      if (end >= pattern.length) raise("malformed pattern (ends with '%')")
      return end + 1
    }
    if (char !== OPEN_SET) return end
    if (pattern.charCodeAt(end) === CARET) end++
    do {
      if (end >= pattern.length) raise("malformed pattern (missing ']')")
      if (pattern.charCodeAt(end++) === ESCAPE && end < pattern.length) end++
    } while (pattern.charCodeAt(end) !== CLOSE_SET)
    return end + 1
  }

  #single(s: number, p: number, end: number): boolean {
    if (s >= this.#text.length) return false
    const char = this.#text.charCodeAt(s)
    const item = this.#pattern.charCodeAt(p)
    if (item === DOT) return true
    if (item === ESCAPE) return inClass(char, this.#pattern.charCodeAt(p + 1))
    return item === OPEN_SET ? this.#inSet(char, p, end - 1) : item === char
  }

  /** `p` at the opening bracket, `last` at the closing one. */
  #inSet(char: number, p: number, last: number): boolean {
    const pattern = this.#pattern
    let at = p + 1
    const isNegated = pattern.charCodeAt(at) === CARET
    if (isNegated) at++
    for (; at < last; at++) {
      this.#count()
      const item = pattern.charCodeAt(at)
      if (item === ESCAPE) {
        at++
        if (inClass(char, pattern.charCodeAt(at))) return !isNegated
      } else if (pattern.charCodeAt(at + 1) === MINUS && at + 2 < last) {
        if (item <= char && char <= pattern.charCodeAt(at + 2)) return !isNegated
        at += 2
      } else if (item === char) return !isNegated
    }
    return isNegated
  }

  #expandMost(s: number, p: number, end: number): number {
    let count = 0
    while (this.#single(s + count, p, end)) {
      this.#count()
      count++
    }
    for (; count >= 0; count--) {
      const result = this.#match(s + count, end + 1)
      if (result >= 0) return result
    }
    return -1
  }

  #expandLeast(from: number, p: number, end: number): number {
    for (let s = from; ; s++) {
      const result = this.#match(s, end + 1)
      if (result >= 0) return result
      if (!this.#single(s, p, end)) return -1
    }
  }

  #open(s: number, p: number, length: number): number {
    if (this.captures.length >= MOST_CAPTURES) raise('too many captures')
    this.captures.push({ start: s, length })
    const result = this.#match(s, p)
    if (result < 0) this.captures.pop()
    return result
  }

  #close(s: number, p: number): number {
    const capture = this.captures.findLast(({ length }) => length === OPEN)
    if (capture === undefined) return raise('invalid pattern capture')
    capture.length = s - capture.start
    const result = this.#match(s, p)
    if (result < 0) capture.length = OPEN
    return result
  }

  #balance(s: number, p: number): number {
    if (p + 1 >= this.#pattern.length) raise('unbalanced pattern')
    const [open, close] = [this.#pattern.charCodeAt(p), this.#pattern.charCodeAt(p + 1)]
    if (this.#text.charCodeAt(s) !== open) return -1
    let depth = 1
    for (let at = s + 1; at < this.#text.length; at++) {
      this.#count()
      const char = this.#text.charCodeAt(at)
      if (char === close) {
        if (--depth === 0) return at + 1
      } else if (char === open) depth++
    }
    return -1
  }

  #back(s: number, digit: number): number {
    const capture = this.captures[digit - 49]
    if (capture === undefined || capture.length === OPEN) return raise('invalid capture index')
    const text = this.#text.slice(capture.start, capture.start + Math.max(0, capture.length))
    this.#machine.spend(text.length >> 4)
    return this.#text.startsWith(text, s) ? s + text.length : -1
  }
}

/** A character class by its letter, upper case for what is not in it; other characters stand for themselves. */
function inClass(char: number, letter: number): boolean {
  const lower = letter | 32
  const member = memberOf(char, lower)
  if (member === undefined) return letter === char
  return letter === lower ? member : !member
}

function memberOf(char: number, letter: number): boolean | undefined {
  switch (letter) {
    case 97: // a
      return isLetter(char)
    case 99: // c
      return char < 32 || char === 127
    case 100: // d
      return isDigit(char)
    case 108: // l
      return char >= 97 && char <= 122
    case 112: // p
      return char > 32 && char < 127 && !isLetter(char) && !isDigit(char)
    case 115: // s
      return char === 32 || (char >= 9 && char <= 13)
    case 117: // u
      return char >= 65 && char <= 90
    case 119: // w
      return isLetter(char) || isDigit(char)
    case 120: // x
      return isDigit(char) || (char >= 65 && char <= 70) || (char >= 97 && char <= 102)
    case 122: // z
      return char === 0
    default:
      return undefined
  }
}

function isLetter(char: number): boolean {
  return (char >= 65 && char <= 90) || (char >= 97 && char <= 122)
}

function isDigit(char: number): boolean {
  return char >= 48 && char <= 57
}
