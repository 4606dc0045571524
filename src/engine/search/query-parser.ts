/**
 * Reads a query in the syntax of DIALECT 2: words, "phrases", prefix*, *suffix, *infix*, %fuzzy%, intersection by juxtaposition, |, -, ~, parentheses,
 * @field:, {tags}, [numeric ranges], $parameters. A mistake ends the command with its place.
 */
import { fail } from '../commands/errors.ts'
import type { NumericRange, QueryNode, TagPattern } from './query.ts'
import { fieldNamed, type Field, type IndexDefinition, type NumericField, type TagField } from './schema.ts'
import { foldTag } from './search-index.ts'
import { readTerm, tokens } from './text.ts'
import { bytesOfText, type Bytes } from '../../lib/index.ts'

export interface QuerySettings {
  readonly verbatim: boolean
  readonly keepStopWords: boolean
  /** INFIELDS; null: all. */
  readonly fields: readonly Field[] | null
  readonly parameters: ReadonlyMap<string, string>
}

/** Deeper nesting than this is refused, before it can exhaust the stack. */
const MOST_NESTED = 200
/** Fuzzy matching allows for at most this many changes. */
const MOST_DISTANCE = 3

export function parseQuery(text: string, definition: IndexDefinition, settings: QuerySettings): QueryNode {
  return new QueryParser(text, definition, settings).parse()
}

class QueryParser {
  readonly #text: string
  readonly #definition: IndexDefinition
  readonly #settings: QuerySettings
  #at = 0
  #depth = 0

  constructor(text: string, definition: IndexDefinition, settings: QuerySettings) {
    this.#text = text
    this.#definition = definition
    this.#settings = settings
  }

  parse(): QueryNode {
    this.#skip()
    if (this.#at === this.#text.length) return { kind: 'none' }
    const node = this.#union(this.#settings.fields)
    if (this.#at < this.#text.length) this.#wrong()
    return this.#onlyStopWords(node)
  }

  /** A query of nothing but stop words looks for them after all. */
  #onlyStopWords(node: QueryNode): QueryNode {
    if (node.kind !== 'none') return node
    const words = tokens(this.#text).map(({ term }) => term)
    if (words.length === 0 || !words.every((word) => this.#isStopWord(word))) return node
    return both(words.map((term) => ({ kind: 'term', term, verbatim: true, fields: this.#settings.fields })))
  }

  #wrong(at = this.#at): never {
    const near = /^[\w\\]+|^./u.exec(this.#text.slice(at))?.[0] ?? ''
    return fail(bytesOfText(`Syntax error at offset ${at} near ${near}`))
  }

  #peek(): string {
    return this.#text[this.#at] ?? ''
  }

  /** White space, and punctuation that means nothing. */
  #skip(): void {
    while (this.#at < this.#text.length && /[\s\x00-\x1f,./;!#^&+'`<>?=]/.test(this.#peek())) this.#at++
  }

  #take(char: string): boolean {
    this.#skip()
    if (this.#peek() !== char) return false
    this.#at++
    return true
  }

  #union(fields: readonly Field[] | null): QueryNode {
    if (++this.#depth > MOST_NESTED) fail('ERR The query is nested too deeply')
    const nodes = [this.#intersection(fields)]
    while (this.#take('|')) nodes.push(this.#intersection(fields))
    this.#depth--
    const found = nodes.filter((node) => node.kind !== 'none')
    return found.length === 1
      ? (found[0] as QueryNode)
      : found.length === 0
        ? { kind: 'none' }
        : { kind: 'or', nodes: found }
  }

  #intersection(fields: readonly Field[] | null): QueryNode {
    const nodes: QueryNode[] = []
    for (this.#skip(); this.#at < this.#text.length && !/[|)]/.test(this.#peek()); this.#skip()) {
      nodes.push(this.#unary(fields))
    }
    if (nodes.length === 0) this.#wrong()
    return both(nodes.filter((node) => node.kind !== 'none'))
  }

  #unary(fields: readonly Field[] | null): QueryNode {
    const sign = this.#peek()
    if (sign !== '-' && sign !== '~') return this.#primary(fields)
    this.#at++
    this.#skip()
    if (++this.#depth > MOST_NESTED) fail('ERR The query is nested too deeply')
    const node = this.#unary(fields)
    this.#depth--
    if (node.kind === 'none') return node
    return { kind: sign === '-' ? 'not' : 'optional', node }
  }

  #primary(fields: readonly Field[] | null): QueryNode {
    const char = this.#peek()
    if (char === '(') {
      this.#at++
      this.#skip()
      const node = this.#union(fields)
      if (!this.#take(')')) this.#wrong()
      return this.#attributes(node)
    }
    if (char === '"') return this.#phrase(fields)
    if (char === '@') return this.#field()
    if (char === '*') return this.#star(fields)
    if (char === '%') return this.#fuzzy(fields)
    if (char === '$') return this.#word(this.#parameter(), fields)
    const start = this.#at
    const { term, end } = readTerm(this.#text, start)
    if (end === start) this.#wrong()
    this.#at = end
    if (this.#peek() === '*') {
      this.#at++
      return { kind: 'prefix', text: term, fields }
    }
    return this.#word(term, fields)
  }

  /** `=> { … }` and `=>[KNN …]` set what is not supported here: weights, slop, vectors. */
  #attributes(node: QueryNode): QueryNode {
    return this.#text.startsWith('=>', this.#at) ? fail('Query attributes (=>) are not supported') : node
  }

  #isStopWord(word: string): boolean {
    return this.#definition.stopWords.has(word)
  }

  #word(term: string, fields: readonly Field[] | null): QueryNode {
    if (!this.#settings.keepStopWords && this.#isStopWord(term)) return { kind: 'none' }
    return { kind: 'term', term, verbatim: this.#settings.verbatim, fields }
  }

  #phrase(fields: readonly Field[] | null): QueryNode {
    const start = this.#at++
    let end = this.#at
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1
    if (end >= this.#text.length) this.#wrong(start)
    const inside = this.#text.slice(this.#at, end)
    this.#at = end + 1
    const words = inside.startsWith('$') ? tokens(this.#parameters(inside.slice(1))) : tokens(inside)
    const terms = words.map(({ term }) => term)
    const kept = terms.filter((term) => !this.#isStopWord(term))
    if (kept.length === 0) return { kind: 'none' }
    const [only] = kept
    if (kept.length === 1 && only !== undefined) return { kind: 'term', term: only, verbatim: true, fields }
    return { kind: 'phrase', terms: kept, fields }
  }

  #star(fields: readonly Field[] | null): QueryNode {
    this.#at++
    const { term, end } = readTerm(this.#text, this.#at)
    if (end === this.#at) return { kind: 'all' }
    this.#at = end
    const infix = this.#peek() === '*'
    if (infix) this.#at++
    return { kind: infix ? 'infix' : 'suffix', text: term, fields }
  }

  #fuzzy(fields: readonly Field[] | null): QueryNode {
    const start = this.#at
    while (this.#peek() === '%') this.#at++
    const distance = this.#at - start
    const { term, end } = readTerm(this.#text, this.#at)
    if (distance > MOST_DISTANCE || end === this.#at || !this.#text.startsWith('%'.repeat(distance), end))
      this.#wrong(start)
    this.#at = end + distance
    return { kind: 'fuzzy', text: term, distance, fields }
  }

  #parameter(): string {
    const name = /^\$(\w+)/.exec(this.#text.slice(this.#at))
    if (name === null) this.#wrong()
    this.#at += name[0].length
    return this.#parameters(name[1] as string)
  }

  #parameters(name: string): string {
    return this.#settings.parameters.get(name) ?? fail(bytesOfText(`No such parameter \`${name}\``))
  }

  /** `@name:…` or `@one|two:…`. */
  #field(): QueryNode {
    const start = this.#at
    const names: string[] = []
    do {
      this.#at++
      if (this.#peek() === '@') this.#at++
      const { end } = readTerm(this.#text, this.#at)
      names.push(this.#text.slice(this.#at, end).replace(/\\(.)/gs, '$1'))
      this.#at = end
    } while (this.#peek() === '|')
    this.#skip()
    if (names.includes('') || this.#peek() !== ':') this.#wrong(start)
    this.#at++
    this.#skip()
    const fields = names.map(
      (name) =>
        fieldNamed(this.#definition, bytesOfText(name)) ??
        fail(bytesOfText(`Unknown field at offset ${start} near ${name}`)),
    )
    const [field] = fields
    if (this.#peek() === '{') return this.#tags(this.#expect(field, 'TAG', start))
    if (this.#peek() === '[') return this.#range(this.#expect(field, 'NUMERIC', start))
    for (const each of fields) this.#expect(each, 'TEXT', start)
    return this.#unary(fields)
  }

  #expect<T extends Field['type']>(field: Field | undefined, type: T, start: number): Extract<Field, { type: T }> {
    if (field?.type === type) return field as Extract<Field, { type: T }>
    return fail(bytesOfText(`Expected a ${type} field at offset ${start} near ${this.#peek()}`))
  }

  #tags(field: TagField): QueryNode {
    const start = this.#at++
    const tags: TagPattern[] = []
    do {
      const from = this.#at
      let raw = ''
      while (this.#at < this.#text.length && !/[|}]/.test(this.#peek())) {
        if (this.#peek() === '\\') raw += this.#text[this.#at++]
        raw += this.#text[this.#at++] ?? ''
      }
      if (this.#at >= this.#text.length) this.#wrong(start)
      const pattern = this.#tag(field, raw.trim())
      if (pattern.text === '') this.#wrong(from)
      tags.push(pattern)
    } while (this.#text[this.#at++] === '|')
    return { kind: 'tag', field, tags }
  }

  #tag(field: TagField, raw: string): TagPattern {
    const before = raw.length > 1 && raw.startsWith('*')
    const after = raw.length > 1 && raw.endsWith('*') && !raw.endsWith('\\*')
    const inner = raw.slice(before ? 1 : 0, after ? -1 : undefined)
    const plain = /^\$\w+$/.test(inner)
      ? this.#parameters(inner.slice(1))
      : inner.replace(/^"(.*)"$/s, '$1').replace(/\\(.)/gs, '$1')
    return { kind: before ? (after ? 'infix' : 'suffix') : after ? 'prefix' : 'is', text: foldTag(field, plain) }
  }

  #range(field: NumericField): QueryNode {
    const start = this.#at
    const end = this.#text.indexOf(']', start)
    if (end < 0) this.#wrong(start)
    const words = this.#text
      .slice(start + 1, end)
      .trim()
      .split(/[\s,]+/)
    if (words.length > 2) fail('Geo queries are not supported')
    const [min, max = min] = words.map((word) => this.#bound(word, start))
    this.#at = end + 1
    const range: NumericRange = {
      min: min?.value ?? 0,
      max: max?.value ?? 0,
      minExclusive: min?.exclusive ?? false,
      maxExclusive: max?.exclusive ?? false,
    }
    return { kind: 'range', field, range }
  }

  #bound(word: string, start: number): { value: number; exclusive: boolean } {
    const exclusive = word.startsWith('(')
    const rest = exclusive ? word.slice(1) : word
    const value = numericBound(rest.startsWith('$') ? this.#parameters(rest.slice(1)) : rest)
    return value === undefined ? this.#wrong(start) : { value, exclusive }
  }
}

/** A number, or `inf` with or without a sign; undefined for anything else. */
export function numericBound(text: Bytes): number | undefined {
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text)
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined
}

function both(nodes: readonly QueryNode[]): QueryNode {
  if (nodes.length === 0) return { kind: 'none' }
  return nodes.length === 1 ? (nodes[0] as QueryNode) : { kind: 'and', nodes }
}
