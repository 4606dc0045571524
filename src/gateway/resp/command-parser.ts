/**
 * Reads commands from the bytes of a connection, as they come: arrays of bulk strings, or inline lines. What must always hold: how the bytes were cut
 * into chunks makes no difference; every byte is looked at a bounded number of times; and once the bytes break the protocol nothing after them is a
 * command. Which bytes are accepted, and the words of the errors, are Redis's.
 */
import type { Bytes } from '../../lib/index.ts'
import { tokenizeBytes } from '../../terminal/index.ts'

/** Longest line: an inline command, or the length in front of an array or a bulk string. */
const LONGEST_LINE = 64 * 1024
/** Most words of one command. */
export const MOST_WORDS = 1024 * 1024
/** Redis's `proto-max-bulk-len`, less what a JavaScript string cannot hold of it. */
export const LONGEST_BULK = 512 * 1024 * 1024 - 24
/** All words of one command together; more would not fit into the memory of one process anyway. */
const LONGEST_COMMAND = 1024 * 1024 * 1024
/** Before a client has said who it is. */
const STRANGER = { words: 10, bulk: 16384 }
/** Commands of so many words get their array at once; by pushing, the shortest would have room for seventeen. */
const SHORT = 16
/** Bulk strings from this length on are gathered chunk by chunk; shorter ones are cut from one piece of text. */
const BIG = 16 * 1024
/** V8 copies shorter parts of a string; a longer one would keep the whole chunk in memory. */
const SHORTEST_SLICE = 13

const CR = 13
const ZERO = 48

export interface ParserLimits {
  /** Bytes of one word: `proto-max-bulk-len`. */
  longestBulk: number
}

export class CommandParser {
  /** What broke the protocol, as the error reply that the client gets; nothing is read afterwards. */
  problem: string | undefined
  /** Whether the client has yet to say who it is: it gets little room until then. */
  stranger: boolean
  readonly #limits: ParserLimits
  #chunk: Buffer = Buffer.alloc(0)
  /** The same bytes as text. */
  #text = ''
  #at = 0
  /** The words of an array that is being read, how many have come, and how many are still to come. */
  #words: Bytes[] = []
  #read = 0
  #missing = 0
  /** Length of the bulk string that is being read; -1 when its length is yet to come. */
  #bulk = -1
  #commandLength = 0
  /** The chunks of a big bulk string, and their length together. */
  #parts: Buffer[] = []
  #gathered = 0

  /** `limits` may change while it reads. */
  constructor(stranger = false, limits: ParserLimits = { longestBulk: LONGEST_BULK }) {
    this.stranger = stranger
    this.#limits = limits
  }

  /** Adds bytes; afterwards `next` gives the commands that they complete. The chunk must not be changed any more. */
  feed(chunk: Buffer): void {
    if (this.problem !== undefined) return
    if (this.#parts.length > 0) {
      this.#gather(chunk, 0)
      return
    }
    this.#look(this.#at < this.#chunk.length ? Buffer.concat([this.#chunk.subarray(this.#at), chunk]) : chunk)
  }

  #look(chunk: Buffer): void {
    this.#chunk = chunk
    this.#text = chunk.latin1Slice(0, chunk.length)
    this.#at = 0
  }

  /** The next command, complete and never empty; undefined when more bytes are needed, or when there is a `problem`. */
  next(): Bytes[] | undefined {
    while (this.problem === undefined) {
      if (this.#missing > 0) {
        if (!this.#readWord()) return undefined
        continue
      }
      if (this.#words.length > 0) {
        const words = this.#words
        this.#words = []
        return words
      }
      if (this.#at >= this.#text.length) return this.#rest()
      if (this.#text[this.#at] === '*') {
        if (!this.#readCount()) return undefined
        continue
      }
      const words = this.#readInline()
      if (words === undefined) return undefined
      if (words.length > 0) return words
    }
    return undefined
  }

  /** Everything was read: nothing of the chunk needs to be kept. */
  #rest(): undefined {
    if (this.#text !== '') this.#look(NOTHING)
    return undefined
  }

  #readInline(): Bytes[] | undefined {
    const end = this.#text.indexOf('\n', this.#at)
    if (end < 0) return this.#waitForLine('too big inline request')
    const last = end > this.#at && this.#text.charCodeAt(end - 1) === CR ? end - 1 : end
    const tokens = tokenizeBytes(this.#slice(this.#at, last))
    this.#at = end + 1
    return 'error' in tokens ? this.#reject('unbalanced quotes in request') : [...tokens.argv]
  }

  #readCount(): boolean {
    const count = this.#readLength('too big mbulk count string')
    if (count === undefined) return false
    if (Number.isNaN(count) || count > MOST_WORDS) this.#reject('invalid multibulk length')
    else if (this.stranger && count > STRANGER.words) this.#reject('unauthenticated multibulk length')
    else if (count > 0) {
      // No more room than that: words that are announced need not come.
      // oxlint-disable-next-line unicorn/no-new-array -- a length; `Array.from` takes thirty times as long
      this.#words = new Array<Bytes>(Math.min(count, SHORT))
      this.#read = 0
      this.#missing = count
      this.#commandLength = 0
    }
    return true
  }

  /** False when more bytes are needed or the bytes are wrong. */
  #readWord(): boolean {
    if (this.#bulk < 0 && !this.#readBulkLength()) return false
    const end = this.#at + this.#bulk
    if (end + 2 > this.#text.length) {
      if (this.#bulk >= BIG) {
        const chunk = this.#chunk
        const from = this.#at
        this.#look(NOTHING)
        this.#gather(chunk, from)
      }
      return false
    }
    this.#takeWord(this.#slice(this.#at, end))
    this.#at = end + 2
    return true
  }

  #readBulkLength(): boolean {
    const at = this.#at
    const length = this.#readLength('too big bulk count string')
    if (length === undefined) return false
    if (this.#text[at] !== '$') {
      this.#reject(`expected '$', got '${this.#text[at]}'`)
    } else if (!(length >= 0 && length <= this.#limits.longestBulk)) {
      this.#reject('invalid bulk length')
    } else if (this.stranger && length > STRANGER.bulk) {
      this.#reject('unauthenticated bulk length')
    } else {
      this.#commandLength += length
      if (this.#commandLength > LONGEST_COMMAND) this.#reject('too big command')
      else this.#bulk = length
    }
    return this.problem === undefined
  }

  /** The number after the type character, NaN if it is none, undefined if its line is not complete. As in Redis, whatever follows \r counts as \n. */
  #readLength(tooLong: string): number | undefined {
    const text = this.#text
    let at = this.#at + 1
    let value = 0
    for (;;) {
      const digit = text.charCodeAt(at) - ZERO
      if (!(digit >= 0 && digit <= 9)) break
      value = value * 10 + digit
      at++
    }
    const simple =
      at > this.#at + 1 &&
      at - this.#at < 10 &&
      (value === 0 ? at === this.#at + 2 : text.charCodeAt(this.#at + 1) !== ZERO)
    if (!simple || text.charCodeAt(at) !== CR) {
      at = text.indexOf('\r', this.#at)
      if (at < 0) return this.#waitForLine(tooLong)
      value = lengthOf(text.slice(this.#at + 1, at))
    }
    if (at + 1 >= text.length) return undefined
    this.#at = at + 2
    return value
  }

  #waitForLine(tooLong: string): undefined {
    if (this.#text.length - this.#at > LONGEST_LINE) this.#reject(tooLong)
    return undefined
  }

  /** Adds a chunk, from a place on, to the big bulk string; when that is complete, the bytes after it are looked at next. */
  #gather(chunk: Buffer, from: number): void {
    const missing = this.#bulk + 2 - this.#gathered
    const part = chunk.subarray(from, from + missing)
    this.#parts.push(part)
    this.#gathered += part.length
    if (part.length < missing) return
    const whole = Buffer.concat(this.#parts)
    this.#parts = []
    this.#gathered = 0
    this.#takeWord(whole.latin1Slice(0, this.#bulk))
    this.#look(chunk.subarray(from + missing))
  }

  #takeWord(word: Bytes): void {
    this.#words[this.#read++] = word
    this.#missing--
    this.#bulk = -1
  }

  #slice(from: number, to: number): Bytes {
    return to - from < SHORTEST_SLICE ? this.#text.slice(from, to) : this.#chunk.latin1Slice(from, to)
  }

  #reject(what: string): undefined {
    this.problem = `ERR Protocol error: ${what}`
    this.#words = []
    this.#look(NOTHING)
    return undefined
  }
}

const NOTHING = Buffer.alloc(0)

/** A whole number as Redis reads lengths: no sign but minus, no leading zeros, at most 64 bits. NaN when it is none. */
function lengthOf(text: string): number {
  return /^(?:0|-?[1-9]\d{0,18})$/.test(text) ? Number(text) : Number.NaN
}
