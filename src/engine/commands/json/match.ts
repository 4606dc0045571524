/** Follows a path through a document. Every match is a slot, in the order in which RedisJSON finds them; a slot may be found more than once. */
import { textOfBytes } from '../../../lib/index.ts'
import { elementAt, lengthOf } from '../../crdt/json/array.ts'
import type { JsonDocument } from '../../crdt/json/document.ts'
import { eachChild, fieldSlot, kindAt, nodeAt, rootSlot, stringAt, valueAt, type Slot } from '../../crdt/json/read.ts'
import { equalJson, isFloat, isNumber, kindOf, type Json } from '../../crdt/json/value.ts'
import { fail } from '../errors.ts'
import type { Comparison, Filter, Path, Step, Term } from './steps.ts'
import { compileRegex } from './regex.ts'

/** Paths with several `..` find the same slots again and again; nobody waits longer than this takes. */
const MAX_VISITS = 5_000_000

export function matches(document: JsonDocument, path: Path): Slot[] {
  const matcher = new Matcher(document)
  matcher.follow(path.steps, 0, matcher.root)
  return matcher.found
}

class Matcher {
  found: Slot[] = []
  readonly root: Slot
  readonly #document: JsonDocument
  #visits = 0

  constructor(document: JsonDocument) {
    this.#document = document
    this.root = rootSlot(document)
  }

  follow(steps: readonly Step[], at: number, slot: Slot): void {
    if ((this.#visits += 1) > MAX_VISITS) fail('ERR the path has too many matches')
    const step = steps[at]
    if (step === undefined) {
      this.found.push(slot)
      return
    }
    switch (step.kind) {
      case 'fields':
        this.#fields(steps, at, slot, step.names)
        return
      case 'all':
        eachChild(this.#document, slot, (child) => this.follow(steps, at + 1, child))
        return
      case 'descend':
        this.follow(steps, at + 1, slot)
        this.#descend(steps, at + 1, slot)
        return
      case 'filter':
        this.#filtered(steps, at, slot, step.filter)
        return
      default:
        this.#elements(steps, at, slot, step)
    }
  }

  #descend(steps: readonly Step[], at: number, slot: Slot): void {
    eachChild(this.#document, slot, (child) => {
      this.follow(steps, at, child)
      this.#descend(steps, at, child)
    })
  }

  #fields(steps: readonly Step[], at: number, slot: Slot, names: readonly string[]): void {
    const node = nodeAt(this.#document, slot)
    if (node?.kind !== 'object') return
    for (const name of names) {
      const child = fieldSlot(node, name, slot)
      if (child !== undefined) this.follow(steps, at + 1, child)
    }
  }

  #elements(steps: readonly Step[], at: number, slot: Slot, step: Extract<Step, { kind: 'indexes' | 'slice' }>): void {
    const node = nodeAt(this.#document, slot)
    if (node?.kind !== 'array') return
    const length = lengthOf(node)
    const follow = (index: number) => {
      const element = elementAt(node, index)
      if (element === undefined) return
      const child = { place: { node: node.id, element: element.id }, cell: element.cell, parent: slot }
      this.follow(steps, at + 1, child)
    }
    if (step.kind === 'indexes') {
      for (const index of step.indexes) follow(absolute(index, length))
      return
    }
    const to = step.to === null ? length : absolute(step.to, length)
    for (let index = absolute(step.from, length); index < to; index += step.step) follow(index)
  }

  /** A filter looks at what lies in a container; at a scalar itself. */
  #filtered(steps: readonly Step[], at: number, slot: Slot, filter: Filter): void {
    const consider = (candidate: Slot) => {
      if (this.#holds(filter, candidate)) this.follow(steps, at + 1, candidate)
    }
    const kind = kindAt(slot)
    if (kind === 'array' || kind === 'object') eachChild(this.#document, slot, consider)
    else consider(slot)
  }

  #holds(filter: Filter, slot: Slot): boolean {
    switch (filter.kind) {
      case 'or':
        return filter.parts.some((part) => this.#holds(part, slot))
      case 'and':
        return filter.parts.every((part) => this.#holds(part, slot))
      case 'not':
        return !this.#holds(filter.part, slot)
      case 'exists':
        return filter.term.kind === 'value' || this.#only(filter.term, slot) !== undefined
      default:
        return this.#compares(filter.op, filter.left, filter.right, slot)
    }
  }

  /** The single slot that a path in a filter finds; with none or several it stands for nothing. */
  #only(term: Extract<Term, { kind: 'path' }>, slot: Slot): Slot | undefined {
    const outer = this.found
    this.found = []
    this.follow(term.steps, 0, term.from === '@' ? slot : this.root)
    const [first, second] = this.found
    this.found = outer
    return second === undefined ? first : undefined
  }

  #valueOf(term: Term, slot: Slot): Json | undefined {
    if (term.kind === 'value') return term.value
    const found = this.#only(term, slot)
    return found === undefined ? undefined : valueAt(this.#document, found)
  }

  #compares(op: Comparison, left: Term, right: Term, slot: Slot): boolean {
    const a = this.#valueOf(left, slot)
    if (op === '=~') return this.#matchesPattern(a, right, slot)
    const b = this.#valueOf(right, slot)
    if (op === '==' || op === '!=') return (op === '==') === equal(a, b)
    const order = orderOf(a, b)
    if (order === undefined) return false
    if (op === '<') return order < 0
    if (op === '<=') return order <= 0
    return op === '>' ? order > 0 : order >= 0
  }

  #matchesPattern(text: Json | undefined, pattern: Term, slot: Slot): boolean {
    if (!isString(text)) return false
    if (pattern.kind === 'value') return pattern.regex?.test(textOfBytes(text.slice(1))) ?? false
    const found = this.#only(pattern, slot)
    if (found === undefined || kindAt(found) !== 'string') return false
    return compileRegex(textOfBytes(stringAt(found)))?.test(textOfBytes(text.slice(1))) ?? false
  }
}

function absolute(index: number, length: number): number {
  return index >= 0 ? Math.min(index, length) : Math.max(0, index + length)
}

function isString(value: Json | undefined): value is string {
  return typeof value === 'string' && value.startsWith('"')
}

function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return false
  if (typeof a === 'string' && typeof b === 'string') return orderOf(a, b) === 0
  return equalJson(a, b)
}

/** Negative, 0 or positive; undefined for what cannot be compared. */
function orderOf(a: Json | undefined, b: Json | undefined): number | undefined {
  if (typeof a !== 'string' || typeof b !== 'string') return undefined
  const [kindA, kindB] = [kindOf(a), kindOf(b)]
  if (isNumber(kindA) && isNumber(kindB)) return orderOfNumbers(a, b)
  if (kindA !== kindB) return undefined
  // Of the two booleans' codes, that of `true` is the larger.
  return a < b ? -1 : a > b ? 1 : 0
}

function orderOfNumbers(a: string, b: string): number {
  if (isFloat(a) || isFloat(b) || Math.max(a.length, b.length) < 16) return Number(a) - Number(b)
  const [x, y] = [BigInt(a), BigInt(b)]
  return x < y ? -1 : x > y ? 1 : 0
}
