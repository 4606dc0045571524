/**
 * Regular expressions for path filters (`=~`), without backtracking: the time is the text's length times the pattern's size, whatever the pattern, because a
 * pattern comes from a client and a region must not hang. The usual syntax, without back-references and look-around.
 */
export interface Regex {
  /** Whether it matches somewhere in the text. */
  test(text: string): boolean
}

type Test = (point: number) => boolean
type Assertion = 'start' | 'end' | 'word' | 'notWord'

/** The pattern as a tree. */
type Tree =
  | { readonly kind: 'point'; readonly test: Test }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly Tree[] }
  | { readonly kind: 'choice'; readonly parts: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly part: Tree; readonly min: number; readonly max: number }

/** One step of the machine; it goes on with the next one unless it says otherwise. */
type Instruction =
  | { readonly kind: 'point'; readonly test: Test }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'fork'; to: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'match' }

const MAX_INSTRUCTIONS = 2000
const MAX_NESTING = 50

class BadPattern extends Error {}

/** Null when it is no regular expression, or too large a one. */
export function compileRegex(pattern: string): Regex | null {
  try {
    const program = new Program()
    program.add(new PatternReader(pattern).read())
    program.instructions.push({ kind: 'match' })
    return { test: (text) => run(program.instructions, text) }
  } catch (error) {
    if (error instanceof BadPattern) return null
    throw error
  }
}

const isDigit: Test = (p) => p >= 48 && p <= 57
const isWord: Test = (p) =>
  isDigit(p) || p === 95 || ((p | 32) - 97) >>> 0 < 26 || (p > 127 && /[\p{L}\p{N}]/u.test(String.fromCodePoint(p)))
const isSpace: Test = (p) => p === 32 || (p >= 9 && p <= 13) || (p > 127 && /\s/u.test(String.fromCodePoint(p)))
const not =
  (test: Test): Test =>
  (p) =>
    !test(p)
const CLASSES: Readonly<Record<string, Test>> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
}
const CONTROL: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, a: 7 }

class PatternReader {
  readonly #points: readonly string[]
  #at = 0
  #ignoreCase = false
  #dotAll = false
  #nesting = 0

  constructor(pattern: string) {
    this.#points = Array.from(pattern)
  }

  read(): Tree {
    const tree = this.#choice()
    if (this.#at < this.#points.length) throw new BadPattern()
    return tree
  }

  #peek(): string {
    return this.#points[this.#at] ?? ''
  }

  #next(): string {
    const point = this.#points[this.#at++]
    if (point === undefined) throw new BadPattern()
    return point
  }

  #take(text: string): boolean {
    if (this.#points.slice(this.#at, this.#at + text.length).join('') !== text) return false
    this.#at += text.length
    return true
  }

  #choice(): Tree {
    if ((this.#nesting += 1) > MAX_NESTING) throw new BadPattern()
    const parts = [this.#sequence()]
    while (this.#take('|')) parts.push(this.#sequence())
    this.#nesting--
    return parts.length === 1 ? (parts[0] as Tree) : { kind: 'choice', parts }
  }

  #sequence(): Tree {
    const parts: Tree[] = []
    while (this.#at < this.#points.length && this.#peek() !== '|' && this.#peek() !== ')') {
      parts.push(this.#repeated(this.#atom()))
    }
    return { kind: 'sequence', parts }
  }

  #repeated(part: Tree): Tree {
    let tree = part
    for (let times = 0; ; times++) {
      if (times > MAX_NESTING) throw new BadPattern()
      let range: readonly [number, number]
      if (this.#take('*')) range = [0, Infinity]
      else if (this.#take('+')) range = [1, Infinity]
      else if (this.#take('?')) range = [0, 1]
      else if (this.#peek() === '{') range = this.#counts()
      else return tree
      // A lazy repetition matches the same texts.
      this.#take('?')
      tree = { kind: 'repeat', part: tree, min: range[0], max: range[1] }
    }
  }

  #counts(): readonly [number, number] {
    const text = this.#points.slice(this.#at, this.#at + 20).join('')
    const match = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(text)
    if (match === null) throw new BadPattern()
    this.#at += match[0].length
    const min = Number(match[1])
    const max = match[2] === undefined ? min : match[3] === '' ? Infinity : Number(match[3])
    if (max < min) throw new BadPattern()
    return [min, max]
  }

  #atom(): Tree {
    const next = this.#next()
    switch (next) {
      case '^':
        return { kind: 'assert', what: 'start' }
      case '$':
        return { kind: 'assert', what: 'end' }
      case '.':
        return { kind: 'point', test: this.#dotAll ? () => true : (p) => p !== 10 }
      case '(':
        return this.#group()
      case '[':
        return { kind: 'point', test: this.#cased(this.#set()) }
      case '*':
      case '+':
      case '?':
      case '{':
        throw new BadPattern()
      case '\\':
        return this.#escape()
      default:
        return { kind: 'point', test: this.#cased(only(next.codePointAt(0) as number)) }
    }
  }

  #escape(): Tree {
    const letter = this.#next()
    if (letter === 'b') return { kind: 'assert', what: 'word' }
    if (letter === 'B') return { kind: 'assert', what: 'notWord' }
    if (letter === 'A') return { kind: 'assert', what: 'start' }
    if (letter === 'z') return { kind: 'assert', what: 'end' }
    const known = CLASSES[letter]
    return { kind: 'point', test: known ?? this.#cased(only(this.#escaped(letter))) }
  }

  #escaped(letter: string): number {
    const control = CONTROL[letter]
    if (control !== undefined) return control
    if (letter === 'x' || letter === 'u') {
      const length = letter === 'x' ? 2 : 4
      const rest = this.#points.slice(this.#at, this.#at + 12).join('')
      const match = /^\{([0-9a-fA-F]{1,6})\}/.exec(rest) ?? new RegExp(`^([0-9a-fA-F]{${length}})`).exec(rest)
      if (match === null) throw new BadPattern()
      this.#at += match[0].length
      return parseInt(match[1] as string, 16)
    }
    if (/[a-zA-Z0-9]/.test(letter)) throw new BadPattern()
    return letter.codePointAt(0) as number
  }

  /** `(…)`, `(?:…)`, `(?<name>…)`, and `(?i)`, `(?s)` for what follows. */
  #group(): Tree {
    const [ignoreCase, dotAll] = [this.#ignoreCase, this.#dotAll]
    if (this.#take('?')) {
      const rest = this.#points.slice(this.#at, this.#at + 80).join('')
      const match = /^(?:P?<[a-zA-Z_]\w*>|([is]*)(?:-([is]+))?([:)]))/.exec(rest)
      if (match === null) throw new BadPattern()
      this.#at += match[0].length
      for (const flag of match[1] ?? '') this.#flag(flag, true)
      for (const flag of match[2] ?? '') this.#flag(flag, false)
      if (match[3] === ')') return { kind: 'sequence', parts: [] }
    }
    const tree = this.#choice()
    if (!this.#take(')')) throw new BadPattern()
    this.#ignoreCase = ignoreCase
    this.#dotAll = dotAll
    return tree
  }

  #flag(flag: string, on: boolean): void {
    if (flag === 'i') this.#ignoreCase = on
    else this.#dotAll = on
  }

  #set(): Test {
    const negated = this.#take('^')
    const tests: Test[] = []
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      const letter = this.#next()
      if (letter === '[') {
        const name = /^:(\^?)(alpha|digit|alnum|upper|lower|space|punct|word):\]/.exec(
          this.#points.slice(this.#at, this.#at + 12).join(''),
        )
        if (name === null) throw new BadPattern()
        this.#at += name[0].length
        const test = NAMED[name[2] as string] as Test
        tests.push(name[1] === '' ? test : not(test))
        continue
      }
      const known = letter === '\\' ? CLASSES[this.#peek()] : undefined
      if (known !== undefined) {
        this.#at++
        tests.push(known)
        continue
      }
      const from = letter === '\\' ? this.#escaped(this.#next()) : (letter.codePointAt(0) as number)
      if (this.#peek() !== '-' || this.#points[this.#at + 1] === ']') {
        tests.push(only(from))
        continue
      }
      this.#at++
      const end = this.#next()
      const to = end === '\\' ? this.#escaped(this.#next()) : (end.codePointAt(0) as number)
      if (to < from) throw new BadPattern()
      tests.push((p) => p >= from && p <= to)
    }
    this.#at++
    const any: Test = (p) => tests.some((test) => test(p))
    return negated ? not(this.#cased(any)) : any
  }

  #cased(test: Test): Test {
    if (!this.#ignoreCase) return test
    return (p) => {
      if (test(p)) return true
      const text = String.fromCodePoint(p)
      return test(text.toLowerCase().codePointAt(0) as number) || test(text.toUpperCase().codePointAt(0) as number)
    }
  }
}

const NAMED: Readonly<Record<string, Test>> = {
  alpha: (p) => ((p | 32) - 97) >>> 0 < 26,
  digit: isDigit,
  alnum: (p) => isDigit(p) || ((p | 32) - 97) >>> 0 < 26,
  upper: (p) => (p - 65) >>> 0 < 26,
  lower: (p) => (p - 97) >>> 0 < 26,
  space: (p) => p === 32 || (p >= 9 && p <= 13),
  punct: (p) => p > 32 && p < 127 && !isDigit(p) && ((p | 32) - 97) >>> 0 >= 26,
  word: (p) => isDigit(p) || p === 95 || ((p | 32) - 97) >>> 0 < 26,
}

function only(point: number): Test {
  return (p) => p === point
}

class Program {
  readonly instructions: Instruction[] = []
  /** Repeated parts count each time, also empty ones. */
  #parts = 0

  add(tree: Tree): void {
    if ((this.#parts += 1) > MAX_INSTRUCTIONS) throw new BadPattern()
    if (tree.kind === 'point' || tree.kind === 'assert') this.instructions.push(tree)
    else if (tree.kind === 'sequence') for (const part of tree.parts) this.add(part)
    else if (tree.kind === 'choice') this.#choice(tree.parts)
    else this.#repeat(tree.part, tree.min, tree.max)
  }

  #fork(): { to: number } {
    const fork: Instruction = { kind: 'fork', to: 0 }
    this.instructions.push(fork)
    return fork
  }

  #choice(parts: readonly Tree[]): void {
    const ends: { to: number }[] = []
    parts.forEach((part, i) => {
      const isLast = i === parts.length - 1
      const fork = isLast ? null : this.#fork()
      this.add(part)
      if (fork === null) return
      const end: Instruction = { kind: 'jump', to: 0 }
      this.instructions.push(end)
      ends.push(end)
      fork.to = this.instructions.length
    })
    for (const end of ends) end.to = this.instructions.length
  }

  #repeat(part: Tree, min: number, max: number): void {
    for (let i = 0; i < min; i++) this.add(part)
    const forks: { to: number }[] = []
    if (max === Infinity) {
      const start = this.instructions.length
      forks.push(this.#fork())
      this.add(part)
      this.instructions.push({ kind: 'jump', to: start })
    }
    for (let i = min; i < max && max < Infinity; i++) {
      forks.push(this.#fork())
      this.add(part)
    }
    for (const fork of forks) fork.to = this.instructions.length
  }
}

/** All ways at once: the set of instructions that the text so far can have led to. */
function run(program: readonly Instruction[], text: string): boolean {
  let now: number[] = []
  const marks = new Uint32Array(program.length)
  let round = 0
  let before = -1
  const points = Array.from(text, (character) => character.codePointAt(0) as number)
  for (let at = 0; ; at++) {
    const point = points[at] ?? -1
    round++
    const reached: number[] = []
    const pending = now
    pending.push(0)
    for (let pc = pending.pop(); pc !== undefined; pc = pending.pop()) {
      if (marks[pc] === round) continue
      marks[pc] = round
      const instruction = program[pc] as Instruction
      if (instruction.kind === 'match') return true
      if (instruction.kind === 'point') reached.push(pc)
      else if (instruction.kind === 'jump') pending.push(instruction.to)
      else if (instruction.kind === 'fork') pending.push(instruction.to, pc + 1)
      else if (holds(instruction.what, before, point)) pending.push(pc + 1)
    }
    if (point === -1) return false
    now = []
    for (const pc of reached) if ((program[pc] as { test: Test }).test(point)) now.push(pc + 1)
    before = point
  }
}

/** −1 stands for the text's ends. */
function holds(what: Assertion, before: number, after: number): boolean {
  if (what === 'start') return before === -1
  if (what === 'end') return after === -1
  const boundary = (before !== -1 && isWord(before)) !== (after !== -1 && isWord(after))
  return boundary === (what === 'word')
}
