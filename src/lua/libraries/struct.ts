/** `struct`: values as they lie in memory. */
import type { Bytes } from '../../lib/index.ts'
import { raise } from '../machine/errors.ts'
import type { Machine } from '../machine/machine.ts'
import { Table } from '../machine/table.ts'
import type { Value } from '../machine/value.ts'
import { Arguments } from './arguments.ts'
import { toInt64 } from './format.ts'
import { register } from './register.ts'
import { reversed } from './string.ts'

const MOST_BYTES = 32
const LARGEST_INT = 2147483647
const ALIGNMENT = 8

/** Reads a format string: options with their sizes, byte order and alignment. */
class Format {
  isLittle = true
  readonly #args: Arguments
  readonly #text: Bytes
  #align = 1
  #at = 0

  constructor(args: Arguments) {
    this.#args = args
    this.#text = args.text(1)
  }

  /** The next option; undefined at the end. A zero byte ends the format. */
  next(): { readonly option: string; readonly size: number } | undefined {
    const option = this.#text[this.#at]
    if (option === undefined || option === '\0') return undefined
    this.#at++
    return { option, size: this.#size(option) }
  }

  #number(otherwise: number): number {
    const digits = /^\d+/.exec(this.#text.slice(this.#at))?.[0]
    if (digits === undefined) return otherwise
    this.#at += digits.length
    if (Number(digits) > LARGEST_INT) raise('integral size overflow')
    return Number(digits)
  }

  #size(option: string): number {
    switch (option) {
      case 'B':
      case 'b':
      case 'x':
        return 1
      case 'H':
      case 'h':
        return 2
      case 'L':
      case 'l':
      case 'T':
      case 'd':
        return 8
      case 'f':
        return 4
      case 'c':
        return this.#number(1)
      case 'i':
      case 'I': {
        const size = this.#number(4)
        if (size > MOST_BYTES) raise(`integral size ${size} is larger than limit of ${MOST_BYTES}`)
        return size
      }
      default:
        return 0
    }
  }

  /** How many bytes are skipped so that an item of this size is aligned at a place. */
  padding(at: number, option: string, size: number): number {
    if (size === 0 || option === 'c') return 0
    const unit = Math.min(size, this.#align)
    return (unit - (at & (unit - 1))) & (unit - 1)
  }

  control(option: string): void {
    if (option === ' ') return
    if (option === '>') this.isLittle = false
    else if (option === '<') this.isLittle = true
    else if (option === '!') {
      const align = this.#number(ALIGNMENT)
      if (align < 1 || (align & (align - 1)) !== 0) raise(`alignment ${align} is not a power of 2`)
      this.#align = align
    } else this.#args.fail(1, `invalid format option '${option}'`)
  }
}

const isInteger = (option: string): boolean => 'bBhHlLTiI'.includes(option)

function ordered(bytes: Bytes, isLittle: boolean): Bytes {
  return isLittle ? bytes : reversed(bytes)
}

function integerBytes(value: bigint, size: number, isLittle: boolean): Bytes {
  let rest = BigInt.asUintN(64, value)
  let out = ''
  for (let i = 0; i < size; i++, rest >>= 8n) out += String.fromCharCode(Number(rest & 255n))
  return ordered(out, isLittle)
}

function realBytes(value: number, size: number, isLittle: boolean): Bytes {
  const view = new DataView(new ArrayBuffer(8))
  if (size === 4) view.setFloat32(0, value, true)
  else view.setFloat64(0, value, true)
  let out = ''
  for (let i = 0; i < size; i++) out += String.fromCharCode(view.getUint8(i))
  return ordered(out, isLittle)
}

function pack(given: Arguments, machine: Machine): Bytes {
  // What is missing reads as nil, not as no value.
  const args = new Arguments([...given.values, undefined])
  const format = new Format(args)
  let out = ''
  let n = 2
  for (let one = format.next(); one !== undefined; one = format.next()) {
    const { option, size } = one
    out += '\0'.repeat(format.padding(out.length, option, size))
    if (isInteger(option)) out += integerBytes(toInt64(args.number(n++)), size, format.isLittle)
    else if (option === 'x') out += '\0'
    else if (option === 'f' || option === 'd') out += realBytes(args.number(n++), size, format.isLittle)
    else if (option === 'c' || option === 's') {
      const text = args.text(n++)
      const wanted = size === 0 ? text.length : size
      if (text.length < wanted) args.fail(n, 'string too short')
      out += text.slice(0, wanted) + (option === 's' ? '\0' : '')
    } else format.control(option)
    machine.checkLength(out.length)
  }
  return machine.text(out)
}

function readInteger(bytes: Bytes, isSigned: boolean): number {
  let value = 0n
  for (let i = bytes.length - 1; i >= 0; i--) value = BigInt.asUintN(64, (value << 8n) | BigInt(bytes.charCodeAt(i)))
  if (!isSigned) return Number(value)
  const width = Math.min(64, bytes.length * 8)
  return width === 0 ? 0 : Number(BigInt.asIntN(width, value))
}

function readReal(bytes: Bytes): number {
  const view = new DataView(new ArrayBuffer(8))
  for (let i = 0; i < bytes.length; i++) view.setUint8(i, bytes.charCodeAt(i))
  return bytes.length === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true)
}

function unpack(args: Arguments, machine: Machine): Value[] {
  const format = new Format(args)
  const data = args.text(2)
  const start = args.integerOr(3, 1)
  if (start <= 0) args.fail(3, 'offset must be 1 or greater')
  let at = start - 1
  const out: Value[] = []
  const need = (size: number) => {
    if (size > data.length || at > data.length - size) args.fail(2, 'data string too short')
  }
  for (let one = format.next(); one !== undefined; one = format.next()) {
    const { option } = one
    let { size } = one
    at += format.padding(at, option, size)
    need(size)
    machine.spend(1)
    const bytes = () => ordered(data.slice(at, at + size), format.isLittle)
    if (isInteger(option)) out.push(readInteger(bytes(), option >= 'a'))
    else if (option === 'f' || option === 'd') out.push(readReal(bytes()))
    else if (option === 'c') {
      if (size === 0) {
        const last = out.pop()
        if (typeof last !== 'number') raise("format 'c0' needs a previous size")
        size = last
        need(size)
      }
      out.push(data.slice(at, at + size))
    } else if (option === 's') {
      const end = data.indexOf('\0', at)
      if (end < 0) raise('unfinished string in data')
      out.push(data.slice(at, end))
      size = end - at + 1
    } else if (option !== 'x') format.control(option)
    at += size
  }
  return [...out, at + 1]
}

function sizeOf(args: Arguments): number {
  const format = new Format(args)
  let at = 0
  for (let one = format.next(); one !== undefined; one = format.next()) {
    const { option, size } = one
    at += format.padding(at, option, size)
    if (option === 's') args.fail(1, "option 's' has no fixed size")
    if (option === 'c' && size === 0) args.fail(1, "option 'c0' has no fixed size")
    if (!/^[a-zA-Z0-9]$/.test(option)) format.control(option)
    at += size
  }
  return at
}

export function addStruct(machine: Machine): void {
  machine.globals.set('struct', register(new Table(), { pack, size: sizeOf, unpack }))
}
