/** Random command lines from the catalogue: mostly well formed, some broken on purpose; over few keys, fields and values, so that they meet. */
import type { Bytes, Random } from '../../../lib/index.ts'
import type { ArgumentDoc, CommandDoc } from '../../catalogue-types.ts'
import { streamsToRead, streamWord } from './generate-stream.ts'

const KEYS: Readonly<Record<string, readonly Bytes[]>> = {
  string: ['s1', 's2', 's3'],
  bitmap: ['s1', 's2', 'b1'],
  hash: ['h1', 'h2'],
  set: ['t1', 't2', 't3'],
  'sorted-set': ['z1', 'z2', 'z3', 't1'],
  geo: ['g1', 'g2', 'z1'],
  list: ['l1', 'l2', 'l3'],
  stream: ['x1', 'x2'],
  hyperloglog: ['p1', 'p2', 'p3'],
}
const ALL_KEYS: readonly Bytes[] = [
  's1',
  's2',
  's3',
  'b1',
  'h1',
  'h2',
  't1',
  't2',
  't3',
  'z1',
  'z2',
  'z3',
  'g1',
  'p1',
  'p2',
  'x1',
  'l1',
  'l2',
  'l1',
  'l2',
  'none',
  'k\xff\x00',
]

const ODD_NUMBERS: readonly Bytes[] = [
  '-0',
  '007',
  '+5',
  ' 1',
  '1 ',
  '',
  'abc',
  '1e3',
  '1.5',
  '0x10',
  'nan',
  'inf',
  '9223372036854775807',
  '-9223372036854775808',
  '9223372036854775808',
  '288230376151711743',
  '-288230376151711744',
  '1e400',
]
const INTEGERS: readonly Bytes[] = ['0', '1', '2', '3', '5', '7', '10', '100', '-1', '-2', '-5', '-100']
const DOUBLES: readonly Bytes[] = ['0', '1', '-1', '0.1', '3.25', '-2.5', '10', '1e2', '5.0e-1', '100.125']
const VALUES: readonly Bytes[] = [
  'a',
  'b',
  'hello',
  'Hello World',
  '1',
  '2',
  '10',
  '-5',
  '3.5',
  '',
  '\0',
  'ÿ\0',
  'foobar',
  'ohmytext',
  'mynewtext',
  '0',
  '1.0',
  '1e2',
  '99999999999999999',
  '*',
  '[a]',
  // HyperLogLogs: one of one element, and one with too few registers.
  'HYLL\x01\0\0\0\0\0\0\0\0\0\0\x80\x5c\xb3\x90\x62\xe9',
  'HYLL\x01\0\0\0\0\0\0\0\0\0\0\x80\x5c\xb3',
]
const FIELDS: readonly Bytes[] = ['f1', 'f2', 'f3', 'a', 'b', '1', '2', '', '\xff']
/** Ends of ranges by rank, score or name. */
const ENDS: readonly Bytes[] = [
  '0',
  '1',
  '2',
  '-1',
  '-2',
  '3',
  '-inf',
  '+inf',
  '(1',
  '(2.5',
  '-5',
  '1e2',
  '-',
  '+',
  '[a',
  '(b',
  '[f2',
  '(f3',
  '[',
]
const ODD_ENDS: readonly Bytes[] = [
  '',
  ' 1',
  '(',
  '( 2',
  'nan',
  '(nan',
  '1e400',
  '0x10',
  'a',
  '+5',
  '++',
  '[\0',
  '1\0x',
  '(-inf',
]
const PATTERNS: readonly Bytes[] = [
  '*',
  's*',
  '?1',
  '[ht]1',
  '[^s]?',
  'none',
  '\\*',
  '*1*',
  'w_*',
  'h1->*',
  '#',
  'nosort',
]
/** Far enough not to pass while a comparison runs, or long past. */
const RELATIVE_TIMES: readonly Bytes[] = ['1000000', '100000', '200000', '0', '-1', '9223372036854775807', 'abc', '1.5']
const UNIT_TYPES: readonly Bytes[] = ['u8', 'i8', 'u1', 'i64', 'u63', 'i5', 'u64', 'i0', 'i65', 'x8', 'u']

export interface Generator {
  line(): Bytes[]
}

/** `nowMs`: the wall clock to which absolute expiry times refer. */
export function newGenerator(random: Random, commands: readonly CommandDoc[], nowMs: number): Generator {
  const absolute = (unitMs: number): Bytes[] => {
    const now = Math.floor(nowMs / unitMs)
    return [
      String(now + 1000000),
      String(now + 2000000),
      String(now - 1000),
      '1',
      '0',
      '-1',
      'abc',
      '9223372036854775807',
    ]
  }
  const some = <T>(list: readonly T[]): T => random.pick(list)

  function integer(name: string): Bytes {
    if (name.startsWith('unix-time')) return some(absolute(name.endsWith('milliseconds') ? 1 : 1000))
    if (/seconds/.test(name)) return some(RELATIVE_TIMES)
    return random.chance(0.12) ? some(ODD_NUMBERS) : some(INTEGERS)
  }

  function leaf(arg: ArgumentDoc, doc: CommandDoc): Bytes {
    if (doc.group === 'stream') {
      const word = streamWord(random, arg, doc.name)
      if (word !== undefined) return word
    }
    switch (arg.type) {
      case 'key':
        return random.chance(0.85) ? some(KEYS[doc.group] ?? ALL_KEYS) : some(ALL_KEYS)
      case 'integer':
      case 'unix-time':
        return integer(arg.name)
      case 'double':
        if (arg.name === 'timeout') return '0.01'
        return random.chance(0.15) ? some(ODD_NUMBERS) : some(DOUBLES)
      case 'pattern':
        return some(PATTERNS)
      default:
        if (/encoding/.test(arg.name)) return some(UNIT_TYPES)
        if (/offset/.test(arg.name)) return random.chance(0.3) ? `#${integer('')}` : integer('')
        if (/pattern/.test(arg.name)) return some(PATTERNS)
        if (/^(min|max|start|stop)$/.test(arg.name)) return some(random.chance(0.1) ? ODD_ENDS : ENDS)
        return /field|member|element/.test(arg.name)
          ? some(FIELDS)
          : random.chance(0.05)
            ? some(ODD_NUMBERS)
            : some(VALUES)
    }
  }

  const isCounted = ({ type, arguments: inner }: ArgumentDoc) =>
    type === 'block' && inner?.length === 2 && inner[0]?.type === 'integer' && inner[1]?.multiple === true

  function once(arg: ArgumentDoc, doc: CommandDoc, out: Bytes[]): void {
    if (arg.type === 'pure-token') return
    if (arg.type === 'oneof') argument({ ...some(arg.arguments ?? []) }, doc, out)
    else if (isCounted(arg)) {
      const [, items] = arg.arguments as readonly [ArgumentDoc, ArgumentDoc]
      const count = 1 + random.below(3)
      out.push(random.chance(0.9) ? String(count) : integer(''))
      for (let i = 0; i < count; i++) once(items, doc, out)
    } else if (arg.type === 'block') sequence(arg.arguments ?? [], doc, out)
    else out.push(leaf(arg, doc))
  }

  function argument(arg: ArgumentDoc, doc: CommandDoc, out: Bytes[]): void {
    if (arg.token === 'STREAMS') {
      out.push(...streamsToRead(random, doc.name, some(KEYS['stream'] ?? [])))
      return
    }
    const times = arg.multiple ? 1 + random.below(3) : 1
    for (let i = 0; i < times; i++) {
      if (arg.token !== undefined && (i === 0 || arg.multipleToken)) {
        out.push(random.chance(0.2) ? arg.token.toLowerCase() : arg.token)
      }
      once(arg, doc, out)
    }
  }

  function sequence(args: readonly ArgumentDoc[], doc: CommandDoc, out: Bytes[]): void {
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] as ArgumentDoc
      const next = args[i + 1]
      // Options may come in any order.
      if (arg.optional && next?.optional && random.chance(0.2)) {
        if (random.chance(0.4)) argument(next, doc, out)
        if (random.chance(0.4)) argument(arg, doc, out)
        i++
      } else if (!arg.optional || random.chance(0.3)) argument(arg, doc, out)
    }
  }

  function breakLine(line: Bytes[], words: number): void {
    const at = words + random.below(Math.max(1, line.length - words))
    const kind = random.below(4)
    if (kind === 0 && line.length > words) line.pop()
    else if (kind === 1) line.push(some(VALUES))
    else if (kind === 2 && at < line.length) line[at] = some(ODD_NUMBERS)
    else if (at < line.length) line.splice(at, 0, line[at] as Bytes)
  }

  return {
    line() {
      const doc = some(commands)
      const line = doc.name.split(' ')
      const words = line.length
      sequence(doc.arguments, doc, line)
      if (random.chance(0.1)) breakLine(line, words)
      return line
    },
  }
}
