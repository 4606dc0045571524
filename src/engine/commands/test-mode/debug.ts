/** DEBUG: what tests of Redis lean on. */
import { hashBytes, type Bytes } from '../../../lib/index.ts'
import { matchesGlob } from '../../glob.ts'
import type { Key } from '../../keyspace/key.ts'
import { bigNumber, boolean, double, map, NULL_ARRAY, OK, set, status, verbatim, type Reply } from '../../reply.ts'
import { replaceString } from '../string/assign.ts'
import type { Context } from '../context.ts'
import { fail, NO_SUCH_KEY, wrongArity } from '../errors.ts'
import { parseIndex } from '../numbers.ts'
import { dumpPayload } from '../rdb/dump-format.ts'
import { settingOf } from '../server/config.ts'
import { objectEncoding } from './object-encoding.ts'
import { harmless } from './simple.ts'

/** Type, version and checksum around a serialized value. */
const DUMP_FRAME = 11

const DO_NOTHING = new Set([
  'jmap',
  'reload',
  'loadaof',
  'change-repl-id',
  'quicklist-packed-threshold',
  'listpack',
  'replybuffer',
  'pause-cron',
  'config-rewrite-force-all',
  'dict-resizing',
  'replicate',
  'delay-rdb-client-free-seconds',
])

/** DEBUG subcommand [argument …]. */
export const debug = harmless(
  'DEBUG',
  (ctx, [subcommand = '', ...words]) => {
    const word = subcommand.toLowerCase()
    if (DO_NOTHING.has(word)) return OK
    switch (word) {
      case 'sleep':
        return sleep(ctx, words)
      case 'set-active-expire':
        ctx.instance.expiresActively = words[0] !== '0'
        return OK
      case 'set-disable-deny-scripts':
        ctx.instance.deniesInScripts = words[0] === '0'
        return OK
      case 'object':
        return describe(ctx, words[0] ?? '')
      case 'error':
        return fail(words[0] ?? '')
      case 'stringmatch-len':
        return matchesGlob('*a'.repeat(30), 'a'.repeat(Math.min(Number(words[0] ?? 0), 1000))) ? 1 : 0
      case 'populate':
        return populate(ctx, words)
      case 'digest':
        return digest([...ctx.keyspace.keys.values()])
      case 'digest-value':
        return words.map((name) => digest([ctx.find(name)]))
      case 'htstats':
      case 'htstats-key':
        return verbatim('[Dictionary HT]\n')
      case 'protocol':
        return protocol(words[0] ?? '')
      case 'log':
        return OK
      default:
        return fail(`ERR unknown subcommand or wrong number of arguments for '${subcommand}'. Try DEBUG HELP.`)
    }
  },
  -2,
)

/** The client waits; the others do not. */
function sleep(ctx: Context, [seconds = '']: readonly Bytes[]): Reply {
  const timeoutMs = Number(seconds) * 1000
  if (!(timeoutMs > 0)) return OK
  if (ctx.atomic) {
    ctx.instance.slowlog.note(ctx.session, ctx.line, ctx.now, timeoutMs * 1000)
    return OK
  }
  return ctx.block({ keys: [], timeoutMs, attempt: () => undefined, timedOut: OK, busyMs: timeoutMs })
}

/** Of a key that expired too, as long as it is held. */
function describe(ctx: Context, name: Bytes): Reply {
  const key = ctx.keyspace.get(name)
  if (key === undefined || key.value === null) return fail(NO_SUCH_KEY)
  const encoding = objectEncoding(key.value, (name) => settingOf(ctx.instance, name))
  const length = dumpPayload(key.value, ctx.now, ctx.self).length - DUMP_FRAME
  return status(
    `Value at:0x0 refcount:1 encoding:${encoding} serializedlength:${length} lru:0 lru_seconds_idle:0 type:${key.value.type.name}`,
  )
}

/** DEBUG POPULATE count [prefix] [size]: keys that exist already stay. */
function populate(ctx: Context, [countText = '', prefix = 'key', sizeText]: readonly Bytes[]): Reply {
  const count = parseIndex(countText)
  const size = sizeText === undefined ? 0 : parseIndex(sizeText)
  if (count === undefined || size === undefined) return fail(wrongArity('DEBUG'))
  for (let i = 0; i < count; i++) {
    const name = `${prefix}:${i}`
    if (ctx.find(name) !== undefined) continue
    const value = `value:${i}`
    replaceString(ctx, name, size === 0 ? value : value.slice(0, size).padEnd(size, '\0'), 'forget')
  }
  return OK
}

/** Forty hexadecimal digits that depend on the visible content alone, in whatever order it is kept. */
function digest(keys: readonly (Key | undefined)[]): string {
  let sum = 0
  for (const key of keys) {
    if (key === undefined || key.value === null) continue
    const content = JSON.stringify(key.value.type.recreate(key.value, 0), (_name, part: unknown) =>
      Array.isArray(part) ? part.map((one) => JSON.stringify(one)).sort() : typeof part === 'bigint' ? `${part}` : part,
    )
    sum = (sum + hashBytes(`${keys.length === 1 ? '' : key.name}:${content}`)) >>> 0
  }
  return sum.toString(16).padStart(40, '0')
}

const AFTER_ATTRIBUTE = 'Some real reply following the attribute'

/** DEBUG PROTOCOL type → one reply of each type. */
function protocol(type: Bytes): Reply {
  switch (type.toLowerCase()) {
    case 'string':
      return 'Hello World'
    case 'integer':
      return 12345
    case 'double':
      return double(3.141)
    case 'null':
      return null
    case 'array':
      return [0, 1, 2]
    case 'set':
      return set([0, 1, 2])
    case 'map':
      return map([0, boolean(false), 1, boolean(true), 2, boolean(false)])
    case 'true':
      return boolean(true)
    case 'false':
      return boolean(false)
    case 'bignum':
      return bigNumber('1234567999999999999999999999999999999')
    case 'verbatim':
      return verbatim('This is a verbatim\nstring')
    case 'nullarray':
      return NULL_ARRAY
    case 'attrib':
      return {
        type: 'wire',
        resp3: `|1\r\n$14\r\nkey-popularity\r\n*2\r\n$7\r\nkey:123\r\n:90\r\n$${AFTER_ATTRIBUTE.length}\r\n${AFTER_ATTRIBUTE}\r\n`,
        resp2: AFTER_ATTRIBUTE,
      }
    case 'push':
      return { type: 'push', items: ['server-cpu-usage', 42] }
    default:
      return fail(
        'ERR Wrong protocol type name. Please use one of the following: string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false',
      )
  }
}
