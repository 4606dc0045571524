/**
 * Does a reply meet an expectation as documentation authors write it? An expectation is redis-cli's text, exact; or a summary: a bare value, a list
 * in brackets or separated by blanks (in any order where Redis promises none), the entry IDs of a stream reply, `error`. `<ms>` stands for any
 * number (a millisecond part), `about 10` for 8 … 12 (of PTTL and the like: within 2000),
 * because a scenario reads a time to live two rows, that is two seconds, after it was set: a sync lies between.
 */
import { type Bytes, bytesOfText } from '../lib/index.ts'
import { type Reply, isError } from '../engine/index.ts'
import { formatReply } from '../terminal/index.ts'

/** Replies whose order Redis leaves open. */
const UNORDERED = new Set(
  [
    'SMEMBERS',
    'SINTER',
    'SUNION',
    'SDIFF',
    'SPOP',
    'SRANDMEMBER',
    'HKEYS',
    'HVALS',
    'HGETALL',
    'KEYS',
    'SCAN',
    'SSCAN',
    'HSCAN',
  ].concat(['PUBSUB', 'HRANDFIELD']),
)
const STREAM_READS = new Set(['XRANGE', 'XREVRANGE', 'XREAD', 'XREADGROUP', 'XCLAIM', 'XAUTOCLAIM'])
const MILLISECOND_TIMES = new Set(['PTTL', 'PEXPIRETIME', 'HPTTL', 'HPEXPIRETIME'])
const NIL = '(nil)'

export function matchesExpectation(reply: Reply, expected: string, argv: readonly Bytes[]): boolean {
  const wanted = plainQuotes(expected).trim()
  if (sameText(formatReply(reply), wanted)) return true
  if (isError(reply)) return meetsError(reply.text, wanted)
  const command = (argv[0] ?? '').toUpperCase()
  const about = /^(?:\(integer\) )?about (-?\d+)$/i.exec(wanted)?.[1]
  if (about !== undefined) return isNear(reply, Number(about), MILLISECOND_TIMES.has(command) ? 2000 : 2)
  if (command === 'INFO') return tellsAll(typeof reply === 'string' ? reply : formatReply(reply), wanted)
  const items = flatten(reply)
  if (!isAggregate(reply))
    return (typeof reply === 'string' || !isTyped(wanted)) && sameItem(items[0]!, unquoted(wanted))
  const wantedItems = itemsOf(wanted)
  if (STREAM_READS.has(command) && wantedItems.length > 0 && wantedItems.every(isEntryId)) {
    return sameItems(entryIds(reply), wantedItems)
  }
  const heads = headsOf(command, reply)
  if (heads.length > 0 && sameItems(heads, wantedItems)) return true
  if (!UNORDERED.has(command)) return sameItems(items, wantedItems)
  // Fields of HGETALL belong to their values, wherever the pair stands.
  const width = command === 'HGETALL' ? 2 : 1
  return sameItems(sortedChunks(items, width), sortedChunks(wantedItems, width))
}

/** INFO tells much: an expectation names the fields that matter, as `field:value`, separated by blanks. */
function tellsAll(actual: string, wanted: string): boolean {
  const lines = actual.split('\n').map((line) => line.trim())
  return wanted.split(/\s+/).every((field) => lines.some((line) => sameItem(line, field)))
}

/** Lines alike but for trailing blanks, `<ms>` standing for any number. */
function sameText(actual: string, wanted: string): boolean {
  const lines = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  return sameItems(lines(actual), lines(wanted))
}

function sameItems(actual: readonly string[], wanted: readonly string[]): boolean {
  return actual.length === wanted.length && actual.every((item, index) => sameItem(item, wanted[index]!))
}

function sameItem(actual: string, wanted: string): boolean {
  if (!wanted.includes('<ms>')) return actual === wanted
  const pattern = wanted.split('<ms>').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${pattern.join('\\d+')}$`).test(actual)
}

/** `error`, `(error)`, `(error) WRONGTYPE`, or the whole text with or without `(error)`. */
function meetsError(text: string, wanted: string): boolean {
  const core = wanted.replace(/^\(error\)\s*/i, '')
  return core === '' || /^error$/i.test(core) || core === text || (/^[A-Z]+$/.test(core) && text.startsWith(`${core} `))
}

function isNear(reply: Reply, wanted: number, tolerance: number): boolean {
  return typeof reply === 'number' && Math.abs(reply - wanted) <= tolerance
}

function isAggregate(reply: Reply): boolean {
  if (Array.isArray(reply)) return true
  return typeof reply === 'object' && reply !== null && 'type' in reply && ['map', 'set', 'push'].includes(reply.type)
}

/** Every scalar in a reply as text, in order. */
function flatten(reply: Reply): string[] {
  if (reply === null) return [NIL]
  if (typeof reply !== 'object') return [String(reply)]
  if (!('type' in reply)) return reply.flatMap(flatten)
  switch (reply.type) {
    case 'status':
    case 'error':
    case 'verbatim':
    case 'bignum':
      return [reply.text]
    case 'wire':
      return [reply.resp2]
    case 'nullArray':
      return [NIL]
    case 'map':
      return reply.entries.flatMap(flatten)
    case 'set':
      return reply.members.flatMap(flatten)
    case 'push':
      return reply.items.flatMap(flatten)
    case 'double':
    case 'boolean':
      return [String(reply.value)]
  }
}

/** An expectation as a list: redis-cli's numbered lines, `[a, b]`, `a, b` or `a b`. */
function itemsOf(wanted: string): readonly string[] {
  if (/^\(empty [a-z ]+\)$/i.test(wanted)) return []
  const listed = /^\s*(?:\d+[)~#]\s*)+/
  if (listed.test(wanted)) {
    return wanted
      .split('\n')
      .map((line) => line.replace(listed, '').trim())
      .filter((line) => line !== '')
      .flatMap((line) => line.split(/ => (?=")/))
      .map((item) => unquoted(unlabelled(item)))
  }
  const inner = /^[[{]([\s\S]*)[\]}]$/.exec(wanted)?.[1] ?? wanted
  const separator = /,(?=(?:[^"]*"[^"]*")*[^"]*$)/.test(inner)
    ? /,(?=(?:[^"]*"[^"]*")*[^"]*$)/
    : /\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/
  return inner
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => unquoted(unlabelled(item)))
}

/** Written as redis-cli does for one type only: then a number is not a string that looks like it. */
function isTyped(wanted: string): boolean {
  return /^["']/.test(wanted)
}

/** Without redis-cli's type labels. */
function unlabelled(item: string): string {
  return item.replace(/^\((?:integer|double|true|false)\)\s*(?=\S)/, '')
}

/** The bytes that a written value means; `(nil)` and its other names stay what null is called here. */
function unquoted(item: string): Bytes {
  if (/^\(?(nil|null)\)?$/i.test(item)) return NIL
  const inside = /^"((?:[^"\\]|\\[\s\S])*)"$/.exec(item)?.[1] ?? /^'([^']*)'$/.exec(item)?.[1]
  if (inside === undefined) return bytesOfText(item)
  const names: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' }
  return bytesOfText(inside).replace(/\\(?:x([0-9a-f]{2})|([\s\S]))/gi, (_, hex: string | undefined, plain: string) =>
    hex === undefined ? (names[plain] ?? plain) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

function isEntryId(item: string): boolean {
  return /^(\d+|<ms>)-\d+$/.test(item)
}

/** IDs of all entries in a stream reply, at whatever depth: an entry is a pair of an ID and its fields. */
function entryIds(reply: Reply): string[] {
  if (typeof reply !== 'object' || reply === null) return []
  if ('type' in reply) return reply.type === 'map' ? reply.entries.flatMap(entryIds) : []
  const [id, fields] = reply
  if (reply.length === 2 && typeof id === 'string' && isEntryId(id) && typeof fields === 'object') return [id]
  return reply.flatMap(entryIds)
}

/** What the rows of a reply are about: names of groups and consumers (XINFO), IDs of pending entries (XPENDING). */
function headsOf(command: string, reply: Reply): string[] {
  if (!Array.isArray(reply) || (command !== 'XINFO' && command !== 'XPENDING')) return []
  const column = command === 'XINFO' ? 1 : 0
  return (reply as readonly Reply[]).flatMap((row) => flatten(row).slice(column, column + 1))
}

function sortedChunks(items: readonly string[], width: number): readonly string[] {
  const chunks: string[] = []
  for (let i = 0; i < items.length; i += width) chunks.push(items.slice(i, i + width).join('\0'))
  return chunks.sort()
}

/** Typographic quotes, as documents have them. */
function plainQuotes(text: string): string {
  return text.replace(/[“”]/g, '"').replace(/[‘’]/g, "'")
}
