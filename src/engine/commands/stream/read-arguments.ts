import type { Bytes } from '../../../lib/index.ts'
import { block, flag, int, key, many, named, opt, str, type Arg, type Reader } from '../arguments.ts'
import { fail, NOT_AN_INTEGER, SYNTAX_ERROR } from '../errors.ts'
import { parseIndex } from '../numbers.ts'

export interface StreamAt {
  readonly key: Bytes
  readonly id: Bytes
}

export interface ReadOptions {
  /** Absent: no limit. */
  readonly count: number | undefined
  /** 0: for ever; absent: do not wait. */
  readonly blockMs: number | undefined
  readonly group: { readonly name: Bytes; readonly consumer: Bytes } | null
  /** Deliver without pending lists. */
  readonly noack: boolean
  /** First those pending entries that have waited that long, ms. */
  readonly claimIdleMs: number | undefined
  readonly streams: readonly StreamAt[]
}

const COUNT = opt(named('COUNT', int({ name: 'count' })))
const BLOCK = opt(named('BLOCK', int({ name: 'milliseconds' })))
const STREAMS = named('STREAMS', block({ key: many(key()), id: many(str()) }))

/** Options in any order, then the streams: all keys, then an ID for each. */
export function readArguments(command: 'XREAD' | 'XREADGROUP'): Arg<ReadOptions> {
  const grouped = command === 'XREADGROUP'
  return {
    type: 'block',
    children: grouped
      ? {
          group: named('GROUP', block({ group: str(), consumer: str() })),
          count: COUNT,
          block: BLOCK,
          claim: opt(named('CLAIM', int({ name: 'min-idle-time' }))),
          noack: opt(flag('NOACK')),
          streams: STREAMS,
        }
      : { count: COUNT, block: BLOCK, streams: STREAMS },
    least: grouped ? 6 : 3,
    read: (reader) => readOptions(reader, grouped),
  }
}

function onlyInGroups(option: string): never {
  return fail(`ERR The ${option} option is only supported by XREADGROUP. You called XREAD instead.`)
}

function readOptions(reader: Reader, grouped: boolean): ReadOptions {
  const { argv } = reader
  const out = {
    count: undefined as number | undefined,
    blockMs: undefined as number | undefined,
    group: null as ReadOptions['group'],
    noack: false,
    claimIdleMs: undefined as number | undefined,
  }
  for (;;) {
    const word = argv[reader.at]?.toUpperCase()
    const more = argv.length - reader.at - 1
    const next = argv[reader.at + 1] as Bytes
    if (word === 'BLOCK' && more > 0) out.blockMs = timeout(next)
    else if (word === 'COUNT' && more > 0) {
      const count = parseIndex(next) ?? fail(NOT_AN_INTEGER)
      out.count = count > 0 ? count : undefined
    } else if (word === 'STREAMS' && more > 0) break
    else if (word === 'GROUP' && more > 1) {
      if (!grouped) onlyInGroups('GROUP')
      out.group = { name: next, consumer: argv[reader.at + 2] as Bytes }
      reader.at++
    } else if (word === 'CLAIM' && more > 0) {
      if (!grouped) onlyInGroups('CLAIM')
      out.claimIdleMs = parseIndex(next) ?? fail('ERR min-idle-time is not an integer')
      if (out.claimIdleMs < 0) fail('ERR min-idle-time must be a positive integer')
    } else if (word === 'NOACK') {
      if (!grouped) onlyInGroups('NOACK')
      out.noack = true
      reader.at--
    } else fail(SYNTAX_ERROR)
    reader.at += 2
  }
  reader.at++
  const streams = streamsOf(reader, grouped)
  if (grouped && out.group === null) fail('ERR Missing GROUP option for XREADGROUP')
  return { ...out, streams }
}

function timeout(text: Bytes): number {
  const ms = parseIndex(text) ?? fail('ERR timeout is not an integer or out of range')
  return ms < 0 ? fail('ERR timeout is negative') : ms
}

function streamsOf(reader: Reader, grouped: boolean): StreamAt[] {
  const words = reader.argv.slice(reader.at)
  reader.at = reader.argv.length
  if (words.length % 2 !== 0) {
    fail(
      grouped
        ? "ERR Unbalanced 'xreadgroup' list of streams: for each stream key an ID or '>' must be specified."
        : "ERR Unbalanced 'xread' list of streams: for each stream key an ID, '+', or '$' must be specified.",
    )
  }
  const half = words.length / 2
  const keys = words.slice(0, half)
  if (reader.keys !== null) reader.keys.push(...keys)
  return keys.map((name, i) => ({ key: name, id: words[half + i] as Bytes }))
}
