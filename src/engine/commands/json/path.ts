/**
 * Paths: JSONPath (`$.a[?(@.b>1)]..c`), and the older notation (`.a.b`, `a[0]`), which means the same steps but replies with the first match alone (J6).
 * Reading a path gives its steps (`steps.ts`); `match.ts` follows them.
 */
import { textOfBytes, type Bytes } from '../../../lib/index.ts'
import { FALSE, NULL, stringCode, TRUE, type Json } from '../../crdt/json/value.ts'
import { doubleCode } from '../../crdt/json/number.ts'
import { fail } from '../errors.ts'
import { compileRegex } from './regex.ts'
import type { Filter, Path, Step, Term } from './steps.ts'

/** Filters within filters, and steps in all: far more than anyone types, far less than the stack holds. */
const MAX_NESTING = 64
const MAX_STEPS = 1024

/** Ends the command when it is not a path. */
export function readPath(original: Bytes): Path {
  const legacy = !/^\$($|[.[])/.test(original)
  const text = !legacy ? original : original === '.' ? '$' : original.startsWith('.') ? `$${original}` : `$.${original}`
  const reader = new PathReader(text)
  reader.expect('$', 'parsing error')
  const steps = reader.steps()
  if (!reader.done) reader.fail('parsing error')
  return { original, text, legacy, steps }
}

const NAME = /[a-zA-Z0-9\-_`~+#%$^/:\x80-\xff]/

class PathReader {
  readonly #text: Bytes
  #at = 0
  #nesting = 0
  #steps = 0

  constructor(text: Bytes) {
    this.#text = text
  }

  get done(): boolean {
    this.#space()
    return this.#at === this.#text.length
  }

  fail(what: string): never {
    const before = this.#text.slice(0, this.#at)
    const shown =
      this.#at === this.#text.length ? `"${before} <<<<----"` : `"${before} ---->>>> ${this.#text.slice(this.#at)}"`
    return fail(`Error occurred on position ${this.#at}, ${shown}, ${what}.`)
  }

  expect(token: string, what: string): void {
    if (!this.#take(token)) this.fail(what)
  }

  #space(): void {
    while (this.#text.charAt(this.#at) === ' ') this.#at++
  }

  #take(token: string): boolean {
    this.#space()
    if (!this.#text.startsWith(token, this.#at)) return false
    this.#at += token.length
    return true
  }

  steps(): Step[] {
    const steps: Step[] = []
    for (;;) {
      this.#space()
      if (this.#take('..')) {
        steps.push({ kind: 'descend' })
        steps.push(this.#afterDot())
      } else if (this.#take('.')) {
        steps.push(this.#afterDot())
      } else if (this.#take('[')) {
        steps.push(this.#bracket())
      } else {
        return steps
      }
      if ((this.#steps += 1) > MAX_STEPS) this.fail('too many steps')
    }
  }

  #afterDot(): Step {
    if (this.#take('[')) return this.#bracket()
    return this.#take('*') ? { kind: 'all' } : this.#name()
  }

  #name(): Step {
    const from = this.#at
    while (NAME.test(this.#text.charAt(this.#at))) this.#at++
    if (this.#at === from) this.fail("expected one of the following: <string>, '*', '..'")
    return { kind: 'fields', names: [this.#text.slice(from, this.#at)] }
  }

  #bracket(): Step {
    const step = this.#insideBracket()
    this.expect(']', "expected one of the following: ']'")
    return step
  }

  #insideBracket(): Step {
    if (this.#take('*')) return { kind: 'all' }
    if (this.#take('?')) return { kind: 'filter', filter: this.#filter() }
    this.#space()
    const next = this.#text.charAt(this.#at)
    if (next === '"' || next === "'") return { kind: 'fields', names: this.#list(() => this.#string()) }
    if (next === ':' || this.#looksLikeSlice()) return this.#slice()
    return { kind: 'indexes', indexes: this.#list(() => this.#integer()) }
  }

  #list<T>(one: () => T): T[] {
    const items = [one()]
    while (this.#take(',')) items.push(one())
    return items
  }

  #looksLikeSlice(): boolean {
    return /^ *-?\d+ *:/.test(this.#text.slice(this.#at, this.#at + 64))
  }

  #slice(): Step {
    const from = this.#optionalInteger() ?? 0
    this.expect(':', "expected one of the following: ':'")
    const to = this.#optionalInteger()
    const step = this.#take(':') ? (this.#optionalInteger() ?? 1) : 1
    if (step < 1) this.fail("expected one of the following: '<number>'")
    return { kind: 'slice', from, to, step }
  }

  #optionalInteger(): number | null {
    this.#space()
    return /[-\d]/.test(this.#text.charAt(this.#at)) ? this.#integer() : null
  }

  #integer(): number {
    this.#space()
    const digits = /^-?(?:[1-9]\d*|\d)/.exec(this.#text.slice(this.#at, this.#at + 32))?.[0]
    if (digits === undefined) {
      this.fail(
        "expected one of the following: '*', '<number>[,<number>,...]', '<string>[,<string>,...]', ['start:end:steps'], '[?(filter_expression)]'",
      )
    }
    this.#at += digits.length
    return Number(digits)
  }

  /** A quoted string; a backslash makes the next character ordinary. */
  #string(): Bytes {
    this.#space()
    const quote = this.#text.charAt(this.#at)
    if (quote !== '"' && quote !== "'") this.fail('expected one of the following: <string>')
    let out = ''
    for (this.#at++; ; this.#at++) {
      let next = this.#text.charAt(this.#at)
      if (next === '') this.fail(`expected one of the following: ${quote}`)
      if (next === quote) {
        this.#at++
        return out
      }
      if (next === '\\' && /["'\\]/.test(this.#text.charAt(this.#at + 1))) next = this.#text.charAt(++this.#at)
      out += next
    }
  }

  #filter(): Filter {
    if ((this.#nesting += 1) > MAX_NESTING) this.fail('filters are nested too deeply')
    const parts = [this.#conjunction()]
    while (this.#take('||')) parts.push(this.#conjunction())
    this.#nesting--
    return parts.length === 1 ? (parts[0] as Filter) : { kind: 'or', parts }
  }

  #conjunction(): Filter {
    const parts = [this.#condition()]
    while (this.#take('&&')) parts.push(this.#condition())
    return parts.length === 1 ? (parts[0] as Filter) : { kind: 'and', parts }
  }

  #condition(): Filter {
    if (this.#take('(')) {
      const filter = this.#filter()
      this.expect(')', "expected one of the following: ')'")
      return filter
    }
    if (this.#take('!')) {
      if ((this.#nesting += 1) > MAX_NESTING) this.fail('filters are nested too deeply')
      const part = this.#condition()
      this.#nesting--
      return { kind: 'not', part }
    }
    const left = this.#term()
    const op = (['==', '!=', '<=', '<', '>=', '>', '=~'] as const).find((token) => this.#take(token))
    if (op === undefined) return { kind: 'exists', term: left }
    const right = this.#term()
    return { kind: 'compare', op, left, right: op === '=~' ? withRegex(right) : right }
  }

  #term(): Term {
    this.#space()
    const next = this.#text.charAt(this.#at)
    if (next === '@' || next === '$') {
      this.#at++
      if ((this.#nesting += 1) > MAX_NESTING) this.fail('filters are nested too deeply')
      const bare = next === '@' && NAME.test(this.#text.charAt(this.#at)) ? [this.#name()] : []
      const steps = bare.concat(this.steps())
      this.#nesting--
      return { kind: 'path', from: next, steps }
    }
    if (next === '"' || next === "'") return constant(stringCode(this.#string()))
    if (this.#take('true')) return constant(TRUE)
    if (this.#take('false')) return constant(FALSE)
    if (this.#take('null')) return constant(NULL)
    const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(this.#text.slice(this.#at, this.#at + 400))?.[0]
    if (number === undefined)
      this.fail('expected one of the following: from_current, from_root, decimal, <string>, boolean, null')
    this.#at += number.length
    return constant(/^-?\d{1,18}$/.test(number) ? String(BigInt(number)) : doubleCode(Number(number)))
  }
}

function constant(value: Json): Term {
  return { kind: 'value', value, regex: null }
}

/** A pattern that is written down is read once. */
function withRegex(term: Term): Term {
  if (term.kind !== 'value' || typeof term.value !== 'string' || !term.value.startsWith('"')) return term
  return { ...term, regex: compileRegex(textOfBytes(term.value.slice(1))) }
}
