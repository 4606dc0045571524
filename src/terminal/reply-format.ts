/**
 * Replies as redis-cli shows them on a terminal, and as it writes them to a pipe (`--raw`). A reply is shown in the shape it
 * has: who wants the RESP2 view of a RESP3 value converts it first. `formatReply` never emits a control character but `\n`.
 */
import { type Bytes, unreachable } from '../lib/index.ts'
import { formatDouble, type PushReply, type Reply } from '../engine/index.ts'
import { quoteBytes, safeBytes } from './quoting.ts'

/** Lines joined by `\n`, without a final one. */
export function formatReply(reply: Reply): string {
  return format(reply, '')
}

/**
 * A reply of INFO, CLIENT LIST and the like (`showsRawText`), which redis-cli prints unquoted so that its lines stay lines.
 * Everything else unsafe in it is escaped.
 */
export function formatRawText(reply: Reply): string {
  return safeBytes(rawReply(reply).replace(/\r?\n$/, ''), 'lines')
}

/** What client-side caching tells: the keys that may have changed; none when all may. */
export function formatInvalidation({ items }: PushReply): string {
  const keys = items[1]
  const names = Array.isArray(keys) ? keys.filter((name) => typeof name === 'string') : []
  return `-> invalidate: ${names.map((name) => `'${safeBytes(name)}'`).join(', ')}`
}

/** The exact bytes that `redis-cli --raw` writes, without the final newline: for files and pipes, never for a screen. */
export function rawReply(reply: Reply): Bytes {
  if (reply === null) return ''
  if (typeof reply === 'string') return reply
  if (typeof reply === 'number' || typeof reply === 'bigint') return String(reply)
  if (isArray(reply)) return reply.map(rawReply).join('\n')
  switch (reply.type) {
    case 'status':
      return reply.text
    case 'error':
      return `${reply.text}\n`
    case 'nullArray':
      return ''
    case 'map':
      return pairs(reply.entries)
        .map(([key, value]) => `${rawReply(key)} ${rawReply(value)}`)
        .join('\n')
    case 'set':
      return reply.members.map(rawReply).join('\n')
    case 'push':
      return reply.items.map(rawReply).join('\n')
    case 'double':
      return formatDouble(reply.value)
    case 'boolean':
      return reply.value ? '(true)' : '(false)'
    case 'verbatim':
    case 'bignum':
      return reply.text
    case 'wire':
      return reply.resp2
    default:
      return unreachable(reply)
  }
}

/** Commands whose reply redis-cli prints as raw text: the words that must match and, where it matters, the exact count of arguments. */
const RAW_TEXT_COMMANDS: readonly (readonly [words: string, count?: number])[] = [
  ['INFO'],
  ['LOLWUT'],
  ['DEBUG HTSTATS'],
  ['DEBUG HTSTATS-KEY'],
  ['MEMORY MALLOC-STATS'],
  ['MEMORY DOCTOR'],
  ['CLUSTER NODES', 2],
  ['CLUSTER INFO', 2],
  ['CLIENT LIST'],
  ['CLIENT INFO'],
  ['LATENCY GRAPH', 3],
  ['LATENCY DOCTOR', 2],
  ['PROXY INFO', 2],
]

/** Whether redis-cli prints the reply to this command unquoted. */
export function showsRawText(argv: readonly Bytes[]): boolean {
  const words = argv.map((word) => word.toUpperCase())
  return RAW_TEXT_COMMANDS.some(
    ([command, count]) =>
      command.split(' ').every((word, i) => words[i] === word) && (count === undefined || count === argv.length),
  )
}

function format(reply: Reply, indent: string): string {
  if (reply === null) return '(nil)'
  if (typeof reply === 'string') return quoteBytes(reply)
  if (typeof reply === 'number' || typeof reply === 'bigint') return `(integer) ${reply}`
  if (isArray(reply)) return formatItems(reply, ')', '(empty array)', indent)
  switch (reply.type) {
    case 'status':
      return safeBytes(reply.text)
    case 'error':
      return `(error) ${safeBytes(reply.text)}`
    case 'nullArray':
      return '(nil)'
    case 'map':
      return formatMap(reply.entries, indent)
    case 'set':
      return formatItems(reply.members, '~', '(empty set)', indent)
    case 'push':
      return formatItems(reply.items, ')', '(empty push)', indent)
    case 'double':
      return `(double) ${formatDouble(reply.value)}`
    case 'boolean':
      return reply.value ? '(true)' : '(false)'
    case 'wire':
      return quoteBytes(reply.resp2)
    case 'verbatim':
    case 'bignum':
      return safeBytes(reply.text, 'lines')
    default:
      return unreachable(reply)
  }
}

function formatItems(items: readonly Reply[], mark: string, whenEmpty: string, indent: string): string {
  if (items.length === 0) return whenEmpty
  const width = String(items.length).length
  const inner = indent + ' '.repeat(width + 2)
  return items.map((item, i) => numbered(i, width, mark, indent) + format(item, inner)).join('\n')
}

function formatMap(entries: readonly Reply[], indent: string): string {
  if (entries.length === 0) return '(empty hash)'
  const width = String(entries.length >> 1).length
  const inner = indent + ' '.repeat(width + 2)
  return pairs(entries)
    .map(
      ([key, value], i) =>
        `${numbered(i, width, '#', indent)}${format(key, inner)} => ${startOfValue(value, inner)}${format(value, inner)}`,
    )
    .join('\n')
}

/** A value of several items begins on its own line, so that its numbers stand in one column. */
function startOfValue(value: Reply, inner: string): string {
  return hasSeveral(value) ? `\n${inner}` : ''
}

function hasSeveral(reply: Reply): boolean {
  if (typeof reply !== 'object' || reply === null) return false
  if (isArray(reply)) return reply.length > 1
  if (reply.type === 'map') return reply.entries.length > 2
  if (reply.type === 'set') return reply.members.length > 1
  return reply.type === 'push' && reply.items.length > 1
}

/** The first item stands on the line its parent has begun; the others start their own. */
function numbered(index: number, width: number, mark: string, indent: string): string {
  return `${index === 0 ? '' : indent}${String(index + 1).padStart(width)}${mark} `
}

function pairs(entries: readonly Reply[]): (readonly [Reply, Reply])[] {
  const out: (readonly [Reply, Reply])[] = []
  for (let i = 0; i + 1 < entries.length; i += 2) out.push([entries[i] as Reply, entries[i + 1] as Reply])
  return out
}

/** Array.isArray loses the element type of readonly arrays. */
function isArray(reply: Reply): reply is readonly Reply[] {
  return Array.isArray(reply)
}
