/** A payload of DUMP, of this database or of a Redis from 7.0 on, to plain content. The older forms with ziplists are not known here. */
import type { Bytes } from '../../../lib/index.ts'
import { parseDouble } from '../numbers.ts'
import { JSON_MODULE } from './json-module.ts'
import { decodeListpack, integerOf } from './listpack.ts'
import { Malformed } from './malformed.ts'
import { PayloadReader } from './payload-reader.ts'
import { readStream, type LoadedStream } from './read-stream.ts'

export type LoadedValue =
  | { readonly kind: 'string' | 'json'; readonly text: Bytes }
  | { readonly kind: 'list' | 'set'; readonly items: readonly Bytes[] }
  /** `at`: when the field expires, ms since 1970; 0: never. */
  | {
      readonly kind: 'hash'
      readonly fields: readonly { readonly name: Bytes; readonly value: Bytes; readonly at: number }[]
    }
  | { readonly kind: 'zset'; readonly entries: readonly { readonly name: Bytes; readonly score: number }[] }
  | { readonly kind: 'stream'; readonly stream: LoadedStream }

/** `body`: type and content, without version and checksum. Undefined when it is malformed. */
export function readValue(body: Bytes): LoadedValue | undefined {
  try {
    const value = read(new PayloadReader(body))
    check(value)
    return value
  } catch (thrown) {
    if (thrown instanceof Malformed) return undefined
    throw thrown
  }
}

function read(reader: PayloadReader): LoadedValue {
  const type = reader.byte()
  switch (type) {
    case 0:
      return { kind: 'string', text: reader.string() }
    case 1:
      return { kind: 'list', items: times(reader, () => reader.string()) }
    case 2:
      return { kind: 'set', items: times(reader, () => reader.string()) }
    case 3:
      return { kind: 'zset', entries: times(reader, () => ({ name: reader.string(), score: typedScore(reader) })) }
    case 4:
      return { kind: 'hash', fields: times(reader, () => ({ name: reader.string(), value: reader.string(), at: 0 })) }
    case 5:
      return { kind: 'zset', entries: times(reader, () => ({ name: reader.string(), score: reader.double() })) }
    case 7:
      return { kind: 'json', text: readJson(reader) }
    case 11:
      return { kind: 'set', items: readIntset(reader.string()) }
    case 15:
      return { kind: 'stream', stream: readStream(reader, 1) }
    case 16:
      return { kind: 'hash', fields: groups(reader, 2).map(([name = '', value = '']) => ({ name, value, at: 0 })) }
    case 17:
      return {
        kind: 'zset',
        entries: groups(reader, 2).map(([name = '', score = '']) => ({ name, score: scoreOf(score) })),
      }
    case 18:
      return { kind: 'list', items: times(reader, () => readQuicklistNode(reader)).flat() }
    case 19:
      return { kind: 'stream', stream: readStream(reader, 2) }
    case 20:
      return { kind: 'set', items: decodeListpack(reader.string()) }
    case 21:
      return { kind: 'stream', stream: readStream(reader, 3) }
    case 24:
      return { kind: 'hash', fields: readExpiringFields(reader) }
    case 25:
      reader.signed(8)
      return {
        kind: 'hash',
        fields: groups(reader, 3).map(([name = '', value = '', at = '']) => ({ name, value, at: Number(at) })),
      }
    default:
      throw new Malformed()
  }
}

/** Nothing is empty, nothing stands twice where it may not. */
function check(value: LoadedValue): void {
  if (value.kind === 'list' && value.items.length === 0) throw new Malformed()
  const names =
    value.kind === 'set'
      ? value.items
      : value.kind === 'hash'
        ? value.fields.map(({ name }) => name)
        : value.kind === 'zset'
          ? value.entries.map(({ name }) => name)
          : undefined
  if (names !== undefined && (names.length === 0 || new Set(names).size < names.length)) throw new Malformed()
}

function times<T>(reader: PayloadReader, one: () => T): T[] {
  return Array.from({ length: reader.count() }, one)
}

/** The elements of a listpack, so many at a time. */
function groups(reader: PayloadReader, size: number): Bytes[][] {
  const items = decodeListpack(reader.string())
  if (items.length % size !== 0) throw new Malformed()
  return Array.from({ length: items.length / size }, (_, i) => items.slice(i * size, (i + 1) * size))
}

/** 1: one large element; 2: a listpack of elements. */
function readQuicklistNode(reader: PayloadReader): Bytes[] {
  const container = reader.length()
  const content = reader.string()
  if (container !== 1 && container !== 2) throw new Malformed()
  return container === 1 ? [content] : decodeListpack(content)
}

/** The size of a number, how many there are, and the numbers, little-endian. */
function readIntset(intset: Bytes): Bytes[] {
  const size = Number(integerOf(intset.slice(0, 4)))
  const count = Number(integerOf(intset.slice(4, 8)))
  if (![2, 4, 8].includes(size) || intset.length !== 8 + size * count) throw new Malformed()
  return Array.from({ length: count }, (_, i) => String(integerOf(intset.slice(8 + i * size, 8 + (i + 1) * size))))
}

function scoreOf(text: Bytes): number {
  const score = parseDouble(text)
  if (score === undefined) throw new Malformed()
  return score
}

/** As text, after its length; the greatest lengths stand for what is not finite. */
function typedScore(reader: PayloadReader): number {
  const length = reader.byte()
  if (length === 255) return -Infinity
  if (length === 254) return Infinity
  return scoreOf(reader.raw(length))
}

function readExpiringFields(reader: PayloadReader): { name: Bytes; value: Bytes; at: number }[] {
  const least = Number(reader.signed(8))
  return times(reader, () => {
    const after = reader.length()
    return { name: reader.string(), value: reader.string(), at: after === 0 ? 0 : least + after - 1 }
  })
}

function readJson(reader: PayloadReader): Bytes {
  const isText = reader.wide() === JSON_MODULE && reader.length() === 5
  const text = isText ? reader.string() : ''
  if (!isText || reader.length() !== 0) throw new Malformed()
  return text
}
