/** `cmsgpack`: MessagePack. */
import { bytesOfArray, type Bytes } from '../../lib/index.ts'
import { raise } from '../machine/errors.ts'
import type { Machine } from '../machine/machine.ts'
import { index, setIndex } from '../machine/operators.ts'
import { Table } from '../machine/table.ts'
import { NONE, type Value } from '../machine/value.ts'
import { type Arguments } from './arguments.ts'
import { register } from './register.ts'

/** Tables nested deeper become nil, so that circles end. */
const DEEPEST = 16
/** Nested arrays and maps that are read. */
const DEEPEST_READ = 150
/** As many values as a C function may push. */
const MOST_VALUES = 7900

class Writer {
  readonly #machine: Machine
  #out = ''

  constructor(machine: Machine) {
    this.#machine = machine
  }

  get bytes(): Bytes {
    return this.#machine.text(this.#out)
  }

  #number(tag: number, value: bigint, size: number): void {
    let digits = ''
    let rest = BigInt.asUintN(size * 8, value)
    for (let i = 0; i < size; i++, rest >>= 8n) digits = String.fromCharCode(Number(rest & 255n)) + digits
    this.#out += String.fromCharCode(tag) + digits
  }

  /** A tag for few, then tags for counts of one, two and four bytes; 0 where there is none. */
  #count(count: number, short: number, most: number, tags: readonly [number, number, number]): void {
    if (count <= most) this.#out += String.fromCharCode(short | count)
    else if (count <= 0xff && tags[0] !== 0) this.#number(tags[0], BigInt(count), 1)
    else if (count <= 0xffff) this.#number(tags[1], BigInt(count), 2)
    else this.#number(tags[2], BigInt(count), 4)
  }

  value(value: Value, level: number): void {
    this.#machine.spend(1)
    this.#machine.checkLength(this.#out.length)
    if (typeof value === 'string') {
      this.#count(value.length, 0xa0, 31, [0xd9, 0xda, 0xdb])
      this.#out += value
    } else if (typeof value === 'number') this.#real(value)
    else if (typeof value === 'boolean') this.#out += value ? '\xc3' : '\xc2'
    else if (value instanceof Table && level < DEEPEST) this.#table(value, level)
    else this.#out += '\xc0'
  }

  #real(value: number): void {
    if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63) {
      this.#integer(BigInt(value))
      return
    }
    const view = new DataView(new ArrayBuffer(9))
    const isShort = Object.is(Math.fround(value), value) && !Number.isNaN(value)
    view.setUint8(0, isShort ? 0xca : 0xcb)
    if (isShort) view.setFloat32(1, value)
    else view.setFloat64(1, value)
    this.#out += bytesOfArray(new Uint8Array(view.buffer, 0, isShort ? 5 : 9))
  }

  #integer(n: bigint): void {
    if (n >= 0n) {
      if (n <= 127n) this.#out += String.fromCharCode(Number(n))
      else if (n <= 0xffn) this.#number(0xcc, n, 1)
      else if (n <= 0xffffn) this.#number(0xcd, n, 2)
      else if (n <= 0xffffffffn) this.#number(0xce, n, 4)
      else this.#number(0xcf, n, 8)
    } else if (n >= -32n) this.#out += String.fromCharCode(Number(n & 255n))
    else if (n >= -128n) this.#number(0xd0, n, 1)
    else if (n >= -32768n) this.#number(0xd1, n, 2)
    else if (n >= -2147483648n) this.#number(0xd2, n, 4)
    else this.#number(0xd3, n, 8)
  }

  #table(table: Table, level: number): void {
    const entries = [...table.entries()]
    this.#machine.spend(entries.length)
    let most = 0
    const isList = entries.every(([key]) => {
      if (typeof key !== 'number' || !Number.isInteger(key) || key <= 0 || key > 2147483647) return false
      most = Math.max(most, key)
      return true
    })
    if (isList && most === entries.length) {
      const length = table.length()
      this.#count(length, 0x90, 15, [0, 0xdc, 0xdd])
      for (let i = 1; i <= length; i++) this.value(index(this.#machine, table, i), level + 1)
      return
    }
    this.#count(entries.length, 0x80, 15, [0, 0xde, 0xdf])
    for (const [key, value] of entries) {
      this.value(key, level + 1)
      this.value(value, level + 1)
    }
  }
}

class Reader {
  at: number
  readonly #machine: Machine
  readonly #text: Bytes
  #depth = 0

  constructor(machine: Machine, text: Bytes, at: number) {
    this.#machine = machine
    this.#text = text
    this.at = at
  }

  #take(count: number): Bytes {
    if (this.#text.length - this.at < count) raise('Missing bytes in input.')
    const from = this.at
    this.at += count
    return this.#text.slice(from, this.at)
  }

  #number(size: number): bigint {
    let value = 0n
    for (const char of this.#take(size)) value = (value << 8n) | BigInt(char.charCodeAt(0))
    return value
  }

  #unsigned(size: number): number {
    return Number(this.#number(size))
  }

  #signed(size: number): number {
    return Number(BigInt.asIntN(size * 8, this.#number(size)))
  }

  #real(size: number): number {
    const view = new DataView(new ArrayBuffer(8))
    view.setBigUint64(0, this.#number(size) << BigInt(64 - size * 8))
    return size === 4 ? view.getFloat32(0) : view.getFloat64(0)
  }

  value(): Value {
    this.#machine.spend(1)
    const tag = this.#unsigned(1)
    if (tag < 0x80) return tag
    if (tag >= 0xe0) return tag - 256
    if (tag < 0x90) return this.#map(tag & 15)
    if (tag < 0xa0) return this.#list(tag & 15)
    if (tag < 0xc0) return this.#take(tag & 31)
    switch (tag) {
      case 0xc0:
        return undefined
      case 0xc2:
        return false
      case 0xc3:
        return true
      case 0xca:
        return this.#real(4)
      case 0xcb:
        return this.#real(8)
      case 0xcc:
      case 0xcd:
      case 0xce:
      case 0xcf:
        return this.#unsigned(2 ** (tag - 0xcc))
      case 0xd0:
      case 0xd1:
      case 0xd2:
      case 0xd3:
        return this.#signed(2 ** (tag - 0xd0))
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#take(this.#unsigned(2 ** (tag - 0xd9)))
      case 0xdc:
      case 0xdd:
        return this.#list(this.#unsigned(tag === 0xdc ? 2 : 4))
      case 0xde:
      case 0xdf:
        return this.#map(this.#unsigned(tag === 0xde ? 2 : 4))
      default:
        return raise('Bad data format in input.')
    }
  }

  #nested(): Table {
    if (++this.#depth > DEEPEST_READ) raise('Too many nested values in input.')
    return new Table()
  }

  #list(count: number): Table {
    const table = this.#nested()
    for (let i = 1; i <= count; i++) setIndex(this.#machine, table, i, this.value())
    this.#depth--
    return table
  }

  #map(count: number): Table {
    const table = this.#nested()
    for (let i = 0; i < count; i++) {
      const key = this.value()
      setIndex(this.#machine, table, key, this.value())
    }
    this.#depth--
    return table
  }
}

function pack(args: Arguments, machine: Machine): Bytes {
  if (args.count === 0) args.fail(0, 'MessagePack pack needs input.')
  const writer = new Writer(machine)
  for (const value of args.values) writer.value(value, 0)
  return writer.bytes
}

/** Up to `limit` values from `offset` on; with both 0 all of them, and no offset before them. */
function unpack(args: Arguments, machine: Machine, limit: number, offset: number): Value[] {
  const text = args.text(1)
  const decodesAll = limit === 0 && offset === 0
  if (offset < 0 || limit < 0) {
    raise(`Invalid request to unpack with offset of ${offset} and limit of ${text.length}.`)
  }
  if (offset > text.length) raise(`Start offset ${offset} greater than input length ${text.length}.`)
  const reader = new Reader(machine, text, offset)
  const out: Value[] = []
  while (reader.at < text.length && (decodesAll || out.length < limit)) {
    if (out.length >= MOST_VALUES) {
      raise('stack overflow (too many return values at once; use unpack_one or unpack_limit instead.)')
    }
    out.push(reader.value())
  }
  if (decodesAll) return out.length === 0 ? NONE : out
  return [reader.at >= text.length ? -1 : reader.at, ...out]
}

export function addCmsgpack(machine: Machine): void {
  const table = register(new Table(), {
    pack,
    unpack: (args) => unpack(args, machine, 0, 0),
    unpack_limit: (args) => unpack(args, machine, args.integer(2), args.integerOr(3, 0)),
    unpack_one: (args) => unpack(args, machine, 1, args.integerOr(2, 0)),
  })
  table.set('_NAME', 'cmsgpack')
  table.set('_VERSION', 'lua-cmsgpack 0.4.0')
  table.set('_COPYRIGHT', 'Copyright (C) 2012, Salvatore Sanfilippo')
  table.set('_DESCRIPTION', 'MessagePack C implementation for Lua')
  machine.globals.set('cmsgpack', table)
}
