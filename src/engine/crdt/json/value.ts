/**
 * A JSON value as plain data. A scalar is its code, one byte string: `n`, `t`, `f`, a number as it is printed, or `"` and the string's UTF-8 bytes
 * (unescaped, no closing quote). What a document keeps and what travels are the same codes.
 */
import { DecodeError, type Bytes, type ByteReader, type ByteWriter } from '../../../lib/index.ts'

export type Json = Bytes | readonly Json[] | ReadonlyMap<Bytes, Json>

export const NULL = 'n'
export const TRUE = 't'
export const FALSE = 'f'

/** How many containers may lie in one another, as RedisJSON has it. */
export const MAX_DEPTH = 128

export type Kind = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object'

const ARRAY = '['
const OBJECT = '{'

/** What a code stands for; containers have codes that begin with their bracket. */
export function kindOf(code: Bytes): Kind {
  switch (code.charAt(0)) {
    case '"':
      return 'string'
    case OBJECT:
      return 'object'
    case ARRAY:
      return 'array'
    case TRUE:
    case FALSE:
      return 'boolean'
    case NULL:
      return 'null'
    default:
      return isFloat(code) ? 'number' : 'integer'
  }
}

/** A number's code says whether it is a whole number or a double: `2` or `2.0`. */
export function isFloat(number: Bytes): boolean {
  return /[.e]/.test(number)
}

export function isNumber(kind: Kind): boolean {
  return kind === 'integer' || kind === 'number'
}

export function stringCode(content: Bytes): Bytes {
  return `"${content}`
}

/** How many containers lie in one another: 0 for a scalar. */
export function depthOf(value: Json): number {
  if (typeof value === 'string') return 0
  let deepest = 0
  for (const child of value.values()) deepest = Math.max(deepest, depthOf(child))
  return deepest + 1
}

/** How many containers there are, itself included. */
export function containersIn(value: Json): number {
  if (typeof value === 'string') return 0
  let count = 1
  for (const child of value.values()) count += containersIn(child)
  return count
}

export function equalJson(a: Json, b: Json): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b
  if (isList(a) !== isList(b)) return false
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, i) => equalJson(item, b[i] as Json))
  const [x, y] = [a as ReadonlyMap<Bytes, Json>, b as ReadonlyMap<Bytes, Json>]
  if (x.size !== y.size) return false
  for (const [field, child] of x) {
    const other = y.get(field)
    if (other === undefined || !equalJson(child, other)) return false
  }
  return true
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/** A scalar is its code, which is never empty; a container is an empty string, its length with its kind, and its content. */
export function encodeJson(writer: ByteWriter, value: Json): void {
  if (typeof value === 'string') {
    writer.string(value)
    return
  }
  writer.uint(0)
  if (isList(value)) {
    writer.uint(value.length * 2)
    for (const item of value) encodeJson(writer, item)
    return
  }
  writer.uint(value.size * 2 + 1)
  for (const [field, child] of value) {
    writer.name(field)
    encodeJson(writer, child)
  }
}

export function decodeJson(reader: ByteReader, depth = 0): Json {
  const code = reader.string()
  if (code !== '') return code
  if (depth >= MAX_DEPTH) throw new DecodeError('JSON is too deep')
  const head = reader.uint()
  const count = Math.floor(head / 2)
  if (head % 2 === 0) {
    const list: Json[] = []
    for (let i = 0; i < count; i++) list.push(decodeJson(reader, depth + 1))
    return list
  }
  const map = new Map<Bytes, Json>()
  for (let i = 0; i < count; i++) map.set(reader.name(), decodeJson(reader, depth + 1))
  return map
}
