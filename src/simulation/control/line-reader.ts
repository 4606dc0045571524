/**
 * Reads a control line word by word. Every reading method either returns what it is asked for or throws a `Refusal` that names the word at fault, its
 * column (from 1) and what was expected; `parseControlLine` turns that into a value.
 */
import type { Bytes } from '../../lib/index.ts'
import type { ReplicaId } from '../../replication/index.ts'
import { tokenize } from '../../terminal/index.ts'

export class Refusal extends Error {
  override name = 'Refusal'
}

export interface Word {
  readonly text: string
  /** From 1. */
  readonly column: number
  /** Offset just behind the word. */
  readonly end: number
}

/** Regions as a line may name them: by number or by name (any case; quoted if the name has spaces). */
export type KnownRegions = readonly { readonly id: ReplicaId; readonly name: string }[]

const DURATION = 'a duration such as 80ms, 10s, 5m or 2h'
const UNIT_BYTES = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 }
const UNIT_BITS = { bps: 1, kbps: 1e3, mbps: 1e6, gbps: 1e9 }
const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
/** 30 days: more virtual time than anybody waits for, and far from any number's limits. */
const LONGEST_MS = 30 * 24 * 3_600_000

export class LineReader {
  readonly regions: KnownRegions
  readonly #line: string
  readonly #words: readonly Word[]
  #index = 0

  constructor(line: string, regions: KnownRegions) {
    this.#line = line
    this.#words = splitWords(line)
    this.regions = regions
  }

  peek(): Word | undefined {
    return this.#words[this.#index]
  }

  next(expected: string): Word {
    const word = this.#words[this.#index]
    if (word === undefined) {
      throw new Refusal(`the line ends at column ${this.#line.trimEnd().length + 1}: expected ${expected}`)
    }
    this.#index++
    return word
  }

  /** Takes the next word if it is this one. */
  skip(text: string): boolean {
    if (this.peek()?.text.toLowerCase() !== text) return false
    this.#index++
    return true
  }

  /** All that follows, as it was typed. */
  rest(): string {
    const start = this.#words[this.#index - 1]?.end ?? 0
    this.#index = this.#words.length
    return this.#line.slice(start).trim()
  }

  end(): void {
    const extra = this.peek()
    if (extra !== undefined) refuse(extra, 'the end of the line')
  }

  oneOf<T extends string>(choices: readonly T[]): T {
    const expected = choices.join(', ')
    const word = this.next(expected)
    return choices.find((choice) => choice === word.text.toLowerCase()) ?? refuse(word, expected)
  }

  region(): ReplicaId {
    return this.resolve(this.next(this.#anyRegion()))
  }

  /** The region that a word names. */
  resolve(word: Word): ReplicaId {
    return this.#find(word.text) ?? refuse(word, this.#anyRegion())
  }

  /** `1-2`: a link, both directions. */
  link(): readonly [ReplicaId, ReplicaId] {
    return this.#joined('-', 'a link such as 1-2')
  }

  /** `1>2`: one direction of a link. */
  direction(): readonly [ReplicaId, ReplicaId] {
    return this.#joined('>', 'a direction such as 1>2')
  }

  /** Whole ms. */
  duration(): number {
    const word = this.next(DURATION)
    return durationMs(word.text) ?? refuse(word, `${DURATION}, at most 720h`)
  }

  signedDuration(): number {
    const expected = 'a difference such as +5s or -200ms'
    const word = this.next(expected)
    const ms = durationMs(word.text.replace(/^[+-]/, '')) ?? refuse(word, expected)
    return word.text.startsWith('-') ? -ms : ms
  }

  /** `±10ms`, also written `+-10ms` or `+/-10ms`, or nothing. */
  jitter(): number {
    const word = this.peek()
    if (word === undefined) return 0
    this.#index++
    const amount = /^(?:±|\+-|\+\/-)(.*)$/.exec(word.text)?.[1]
    if (amount === '') return this.duration()
    return durationMs(amount ?? '') ?? refuse(word, 'a jitter such as ±10ms or +-10ms, or the end of the line')
  }

  /** `5%` as 0.05; 100 % would never get anything across. */
  percentage(): number {
    const expected = 'a percentage from 0% to 99%'
    const word = this.next(expected)
    const percent = /^(\d+(?:\.\d+)?)%$/.exec(word.text)?.[1]
    if (percent === undefined || Number(percent) > 99) refuse(word, expected)
    return Number(percent) / 100
  }

  /** The region that the next word names, if it names one and more follows. */
  optionalRegion(): ReplicaId | undefined {
    const word = this.peek()
    if (word === undefined || this.#words.length <= this.#index + 1) return undefined
    return this.region()
  }

  onOff(): boolean {
    return this.oneOf(['on', 'off']) === 'on'
  }

  /** A whole number between two. */
  whole(least: number, most: number): number {
    const expected = `a whole number from ${least} to ${most}`
    const word = this.next(expected)
    const value = /^\d{1,9}$/.test(word.text) ? Number(word.text) : Number.NaN
    return value >= least && value <= most ? value : refuse(word, expected)
  }

  /** Bytes: `64kb`, `1mb`, `0`. */
  size(): number {
    const expected = 'a size such as 64kb, 10mb or 1gb'
    const word = this.next(expected)
    const match = /^(\d{1,9}(?:\.\d{1,3})?)(b|kb|mb|gb)?$/i.exec(word.text)
    if (match === null) refuse(word, expected)
    return Math.round(Number(match[1]) * UNIT_BYTES[(match[2] ?? 'b').toLowerCase() as keyof typeof UNIT_BYTES])
  }

  /** Bits per second, as bytes per ms; Infinity for `unlimited`. */
  bandwidth(): number {
    const expected = 'a bandwidth such as 1mbps or 64kbps, or unlimited'
    const word = this.next(expected)
    if (word.text.toLowerCase() === 'unlimited') return Number.POSITIVE_INFINITY
    const match = /^(\d{1,9}(?:\.\d{1,3})?)(bps|kbps|mbps|gbps)$/i.exec(word.text)
    const bits =
      match === null ? 0 : Number(match[1]) * UNIT_BITS[(match[2] ?? '').toLowerCase() as keyof typeof UNIT_BITS]
    return bits > 0 ? bits / 8000 : refuse(word, expected)
  }

  /** A count from 1, or `all` (Infinity). */
  countOrAll(): number {
    const word = this.next('a number or all')
    if (word.text.toLowerCase() === 'all') return Number.POSITIVE_INFINITY
    return /^[1-9]\d{0,8}$/.test(word.text) ? Number(word.text) : refuse(word, 'a number from 1, or all')
  }

  /** The rest of the line as `<command> → <reply>`. */
  commandAndReply(): { readonly argv: readonly Bytes[]; readonly reply: string } {
    const start = this.#words[this.#index - 1]?.end ?? 0
    const rest = this.#line.slice(start)
    this.#index = this.#words.length
    const arrow = /^((?:[^"']|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')*?\s)(?:→|-->|=>)([\s\S]*)$/.exec(rest)
    const command = arrow?.[1]?.trim()
    if (command === undefined) {
      throw new Refusal(`no arrow after column ${start + 1}: expected <command> → <reply> (also => or -->)`)
    }
    const words = tokenize(command)
    if ('error' in words) throw new Refusal(`"${command}" at column ${start + 2}: ${words.error}`)
    if (words.argv.length === 0)
      throw new Refusal(`nothing before the arrow at column ${start + 2}: expected a command`)
    const reply = arrow?.[2]?.trim() ?? ''
    if (reply === '') throw new Refusal('nothing after the arrow: expected a reply ("" is the empty string)')
    return { argv: words.argv, reply }
  }

  #joined(separator: '-' | '>', expected: string): readonly [ReplicaId, ReplicaId] {
    const word = this.next(expected)
    const places = [...word.text.matchAll(new RegExp(separator, 'g'))].map((match) => match.index)
    if (places.length === 0) refuse(word, expected)
    // A region's name may itself have a hyphen: the split at which both sides are regions is meant.
    for (const place of places) {
      const a = this.#find(word.text.slice(0, place))
      const b = this.#find(word.text.slice(place + 1))
      if (a === undefined || b === undefined) continue
      return a === b ? refuse(word, 'two different regions') : [a, b]
    }
    const first = word.text.slice(0, places[0])
    const left = this.#find(first) === undefined
    const text = left ? first : word.text.slice((places[0] ?? 0) + 1)
    return refuse({ text, column: word.column + (left ? 0 : first.length + 1), end: word.end }, this.#anyRegion())
  }

  #find(text: string): ReplicaId | undefined {
    const wanted = text.toLowerCase()
    return this.regions.find(({ id, name }) => name.toLowerCase() === wanted || String(id) === wanted)?.id
  }

  #anyRegion(): string {
    return `a region, one of ${this.regions.map(({ id, name }) => `${id} (${name})`).join(', ')}`
  }
}

/** For words that are none of those accepted. */
export function refuse(word: Word, expected: string): never {
  throw new Refusal(`"${word.text}" at column ${word.column}: expected ${expected}`)
}

function durationMs(text: string): number | undefined {
  if (text === '0') return 0
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text)
  if (match === null) return undefined
  const ms = Math.round(Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS])
  return ms <= LONGEST_MS ? ms : undefined
}

/** Words end at blanks; a quoted stretch belongs to its word without its quotes; a bar (in Markdown tables `\|`) is a word of its own. */
function splitWords(line: string): readonly Word[] {
  return [...line.matchAll(/\\?\||(?:"[^"]*"|\\(?!\|)|[^\s|\\])+/g)].map((match) => ({
    text: match[0] === '\\|' ? '|' : match[0].replaceAll('"', ''),
    column: match.index + 1,
    end: match.index + match[0].length,
  }))
}
