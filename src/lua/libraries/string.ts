/** `string`, also the methods of strings. */
import type { Bytes } from '../../lib/index.ts'
import { raise } from '../machine/errors.ts'
import type { Machine } from '../machine/machine.ts'
import { index, isTrue } from '../machine/operators.ts'
import { Table } from '../machine/table.ts'
import { Closure, NONE, typeName, type Value } from '../machine/value.ts'
import { type Arguments, toInt32 } from './arguments.ts'
import { format } from './format.ts'
import { part } from './part.ts'
import { Matcher } from './pattern.ts'
import { native, register } from './register.ts'

/** As many values as a C function may push. */
const MOST_VALUES = 7900
const SPECIAL = /[\^$*+?.([%-]/

/** A place counted from the end when negative. */
function place(position: number, length: number): number {
  return position >= 0 ? position : Math.max(0, length + position + 1)
}

function byte(args: Arguments): Value[] {
  const text = args.text(1)
  const from = place(args.integerOr(2, 1), text.length)
  const to = Math.min(place(args.integerOr(3, from), text.length), text.length)
  const first = Math.max(1, from)
  if (first > to) return NONE
  if (to - first + 1 > MOST_VALUES) raise('string slice too long')
  return Array.from({ length: to - first + 1 }, (_, i) => text.charCodeAt(first - 1 + i))
}

function char(args: Arguments): Bytes {
  let text = ''
  for (let n = 1; n <= args.count; n++) {
    const code = toInt32(args.number(n))
    if (code < 0 || code > 255) args.fail(n, 'invalid value')
    text += String.fromCharCode(code)
  }
  return text
}

function sub(args: Arguments): Bytes {
  const text = args.text(1)
  const from = Math.max(1, place(args.integer(2), text.length))
  const to = Math.min(place(args.integerOr(3, -1), text.length), text.length)
  return from <= to ? part(text, from - 1, to) : ''
}

function repeat(args: Arguments, machine: Machine): Bytes {
  const text = args.text(1)
  const times = toInt32(args.number(2))
  if (times <= 0 || text === '') return ''
  machine.checkLength(text.length * times)
  return machine.text(text.repeat(times))
}

/** In C a pattern ends at its first zero byte. */
const patternOf = (text: Bytes): Bytes => text.split('\0', 1)[0] as string

function find(args: Arguments, machine: Machine, wantsPlace: boolean): Value[] | undefined {
  const text = args.text(1)
  const pattern = args.text(2)
  const start = Math.min(Math.max(0, place(args.integerOr(3, 1), text.length) - 1), text.length)
  if (wantsPlace && (isTrue(args.at(4)) || !SPECIAL.test(patternOf(pattern)))) {
    machine.spend((text.length - start) >> 3)
    const at = text.indexOf(pattern, start)
    return at < 0 ? undefined : [at + 1, at + pattern.length]
  }
  const used = patternOf(pattern)
  const isAnchored = used.startsWith('^')
  const matcher = new Matcher(machine, text, used)
  for (let at = start; at <= text.length; at++) {
    const end = matcher.matchAt(at, isAnchored ? 1 : 0)
    if (end >= 0) return wantsPlace ? [at + 1, end, ...matcher.values(at, end, false)] : matcher.values(at, end, true)
    if (isAnchored) break
  }
  return undefined
}

function gmatch(args: Arguments, machine: Machine): Value {
  const text = args.text(1)
  const pattern = patternOf(args.text(2))
  let from = 0
  return native('gmatch_aux', () => {
    const matcher = new Matcher(machine, text, pattern)
    for (let at = from; at <= text.length; at++) {
      const end = matcher.matchAt(at, 0)
      if (end < 0) continue
      from = end === at ? end + 1 : end
      return matcher.values(at, end, true)
    }
    from = text.length + 1
    return undefined
  })
}

function gsub(args: Arguments, machine: Machine): Value[] {
  const text = args.text(1)
  const pattern = patternOf(args.text(2))
  const kind = typeName(args.at(3))
  const most = args.isMissing(4) ? text.length + 1 : toInt32(args.number(4))
  if (kind !== 'number' && kind !== 'string' && kind !== 'function' && kind !== 'table') {
    args.fail(3, 'string/function/table expected')
  }
  const isAnchored = pattern.startsWith('^')
  const matcher = new Matcher(machine, text, pattern)
  let out = ''
  let at = 0
  let count = 0
  while (count < most) {
    const end = matcher.matchAt(at, isAnchored ? 1 : 0)
    if (end >= 0) {
      count++
      out += replacement(args.at(3), matcher, text, at, end, machine)
      machine.checkLength(out.length)
    }
    if (end > at) at = end
    else if (at < text.length) out += text[at++]
    else break
    if (isAnchored) break
  }
  return [machine.text(out + text.slice(at)), count]
}

function replacement(by: Value, matcher: Matcher, text: Bytes, at: number, end: number, machine: Machine): Bytes {
  let value: Value
  if (by instanceof Table) value = index(machine, by, matcher.value(0, at, end))
  else if (typeof by === 'string' || typeof by === 'number') {
    return expand(machine.toText(by) as Bytes, matcher, text, at, end, machine)
  } else value = machine.callOne(by, ...matcher.values(at, end, true))
  if (!isTrue(value)) return text.slice(at, end)
  return machine.toText(value) ?? raise(`invalid replacement value (a ${typeName(value)})`)
}

/** `%0` … `%9` in a replacement. */
function expand(by: Bytes, matcher: Matcher, text: Bytes, at: number, end: number, machine: Machine): Bytes {
  if (!by.includes('%')) return by
  return by.replace(/%([\s\S]?)/g, (_, char: string) => {
    if (char === '') return '\0'
    if (char === '0') return text.slice(at, end)
    return char >= '1' && char <= '9' ? (machine.toText(matcher.value(Number(char) - 1, at, end)) as Bytes) : char
  })
}

/** Letters of ASCII only. */
function changeCase(text: Bytes, upper: boolean): Bytes {
  return upper
    ? text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())
    : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

export function reversed(text: Bytes): Bytes {
  let out = ''
  for (let i = text.length - 1; i >= 0; i--) out += text[i]
  return out
}

export function addString(machine: Machine): void {
  const table = register(new Table(), {
    byte,
    char,
    dump(args) {
      if (typeName(args.at(1)) !== 'function') args.failType(1, 'function')
      if (!(args.at(1) instanceof Closure)) raise('unable to dump given function')
      // Nothing loads it: the sandbox takes text only.
      return '\x1bLua'
    },
    find: (args) => find(args, machine, true),
    format,
    gmatch,
    gsub,
    len: (args) => args.text(1).length,
    lower: (args) => machine.text(changeCase(args.text(1), false)),
    match: (args) => find(args, machine, false),
    rep: repeat,
    reverse: (args) => machine.text(reversed(args.text(1))),
    sub,
    upper: (args) => machine.text(changeCase(args.text(1), true)),
  })
  table.set('gfind', table.get('gmatch'))
  machine.globals.set('string', table)
  machine.stringMeta = new Table()
  machine.stringMeta.set('__index', table)
}
