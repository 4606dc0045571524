/** Lua values to JSON text, as lua-cjson does it. */
import type { Bytes } from '../../lib/index.ts'
import { raise } from '../machine/errors.ts'
import type { Machine } from '../machine/machine.ts'
import { formatGeneral, formatSpecial } from '../machine/numbers.ts'
import { Table } from '../machine/table.ts'
import { LightUserdata, typeName, type Value } from '../machine/value.ts'

export interface EncodeSettings {
  sparseConvert: boolean
  sparseRatio: number
  sparseSafe: number
  maxDepth: number
  invalidNumbers: 'off' | 'on' | 'null'
  precision: number
  /** The metatable of tables that are arrays even when they are empty. */
  readonly arrayMeta: Table
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '/': '\\/',
  '\\': '\\\\',
}

export class Encoder {
  readonly #machine: Machine
  readonly #settings: EncodeSettings
  #out = ''

  constructor(machine: Machine, settings: EncodeSettings) {
    this.#machine = machine
    this.#settings = settings
  }

  encode(value: Value): Bytes {
    this.#value(value, 0)
    return this.#machine.text(this.#out)
  }

  #fail(value: Value, reason: string): never {
    return raise(`Cannot serialise ${typeName(value)}: ${reason}`)
  }

  #value(value: Value, depth: number): void {
    this.#machine.spend(1)
    this.#machine.checkLength(this.#out.length)
    if (typeof value === 'string') this.#out += quoted(value)
    else if (typeof value === 'number') this.#out += this.#number(value)
    else if (typeof value === 'boolean') this.#out += String(value)
    else if (value === undefined || value instanceof LightUserdata) this.#out += 'null'
    else if (value instanceof Table) this.#table(value, depth + 1)
    else this.#fail(value, 'type not supported')
  }

  #number(value: number): string {
    const { invalidNumbers, precision } = this.#settings
    if (!Number.isFinite(value)) {
      if (invalidNumbers === 'off') this.#fail(value, 'must not be NaN or Inf')
      if (invalidNumbers === 'null') return 'null'
      return Number.isNaN(value) ? 'nan' : (formatSpecial(value) as string)
    }
    return formatGeneral(value, precision, false)
  }

  #table(table: Table, depth: number): void {
    if (depth > this.#settings.maxDepth) raise(`Cannot serialise, excessive nesting (${depth})`)
    const length = this.#arrayLength(table)
    const isArray = length > 0 || (length === 0 && table.meta === this.#settings.arrayMeta)
    this.#out += isArray ? '[' : '{'
    if (isArray) {
      for (let i = 1; i <= length; i++) {
        if (i > 1) this.#out += ','
        this.#value(table.get(i), depth)
      }
    } else {
      let isFirst = true
      for (const [key, value] of table.entries()) {
        if (!isFirst) this.#out += ','
        isFirst = false
        if (typeof key === 'number') this.#out += `"${this.#number(key)}":`
        else if (typeof key === 'string') this.#out += `${quoted(key)}:`
        else this.#fail(key, 'table key must be a number or string')
        this.#value(value, depth)
      }
    }
    this.#out += isArray ? ']' : '}'
  }

  /** The largest index of a table whose keys are all whole numbers; -1 for any other, and for one with too many holes. */
  #arrayLength(table: Table): number {
    const { sparseConvert, sparseRatio, sparseSafe } = this.#settings
    let most = 0
    let items = 0
    for (const [key] of table.entries()) {
      this.#machine.spend(1)
      if (typeof key !== 'number' || !Number.isInteger(key) || key < 1) return -1
      most = Math.max(most, key)
      items++
    }
    if (sparseRatio > 0 && most > items * sparseRatio && most > sparseSafe) {
      if (!sparseConvert) this.#fail(table, 'excessively sparse array')
      return -1
    }
    return most
  }
}

function quoted(text: Bytes): string {
  const inner = text.replace(
    /[\0-\x1f"/\\\x7f]/g,
    (char) => ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `"${inner}"`
}
