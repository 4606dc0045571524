/** Replies to Lua values and back. */
import { LuaError, native, Table, toInteger, typeName, type Machine, type Value } from '../../lua/index.ts'
import { bigNumber, boolean, double, error, map, set, status, verbatim, type Reply } from '../reply.ts'
import { toResp2 } from '../resp2.ts'

/** Deeper tables end in an error, so that circles do too. */
const DEEPEST = 1000

/** A reply as a script sees it that speaks RESP2 or RESP3. */
export function toLua(reply: Reply, resp: 2 | 3): Value {
  return valueOf(resp === 2 ? toResp2(reply) : reply, resp)
}

function valueOf(reply: Reply, resp: 2 | 3): Value {
  if (typeof reply === 'string' || typeof reply === 'number') return reply
  if (typeof reply === 'bigint') return Number(reply)
  if (reply === null) return resp === 2 ? false : undefined
  if (!('type' in reply)) return listOf(reply.map((item) => valueOf(item, resp)))
  switch (reply.type) {
    case 'status':
      return field('ok', reply.text)
    case 'error':
      return errorTable(reply.text, true)
    case 'nullArray':
      return resp === 2 ? false : undefined
    case 'map': {
      const table = new Table()
      for (let i = 0; i < reply.entries.length; i += 2) {
        const key = valueOf(reply.entries[i] as Reply, resp)
        if (key !== undefined) table.set(key, valueOf(reply.entries[i + 1] as Reply, resp))
      }
      return field('map', table)
    }
    case 'set': {
      const table = new Table()
      for (const member of reply.members) table.set(valueOf(member, resp), true)
      return field('set', table)
    }
    case 'double':
      return field('double', reply.value)
    case 'boolean':
      return reply.value
    case 'verbatim': {
      const table = field('string', reply.text)
      table.set('format', reply.format)
      return field('verbatim_string', table)
    }
    case 'bignum':
      return field('big_number', reply.text)
    case 'wire':
      return reply.resp2
    default:
      return false
  }
}

export function listOf(values: readonly Value[]): Table {
  const table = new Table()
  table.reserve(values.length)
  values.forEach((value, i) => table.set(i + 1, value))
  return table
}

function field(name: string, value: Value): Table {
  const table = new Table()
  table.set(name, value)
  return table
}

/** `{err = …}`; `isCounted`: the statistics know of it already. */
export function errorTable(text: string, isCounted = false): Table {
  const table = field('err', text.replace(/^[\r\n]+|[\r\n]+$/g, ''))
  if (isCounted) table.set('ignore_error_stats_update', true)
  return table
}

/** The table that the API makes of a message: with a leading `-` the first word is the error's code, otherwise that is ERR. */
export function apiError(message: string): Table {
  if (!message.startsWith('-')) return errorTable(`ERR ${message}`)
  return errorTable(message.includes(' ') ? message.slice(1) : `ERR ${message.slice(1)}`)
}

export function failApi(message: string): never {
  throw new LuaError(apiError(message))
}

/** What a script returned as a reply. */
export function toReply(value: Value, resp: 2 | 3, machine: Machine, depth = 0): Reply {
  machine.spend(1)
  if (depth >= DEEPEST) return error('ERR reached lua stack limit')
  switch (typeof value) {
    case 'string':
      return value
    case 'boolean':
      if (resp === 3) return boolean(value)
      return value ? 1 : null
    case 'number': {
      const whole = toInteger(value)
      return Number.isSafeInteger(whole) ? whole : BigInt(whole)
    }
    case 'object':
      return value instanceof Table ? ofTable(value, resp, machine, depth) : null
    default:
      return null
  }
}

/** A reply's line has no line breaks in it. */
export const oneLine = (text: string): string => text.replace(/[\r\n]/g, ' ')

function ofTable(table: Table, resp: 2 | 3, machine: Machine, depth: number): Reply {
  const inner = (value: Value) => toReply(value, resp, machine, depth + 1)
  const failure = table.field('err')
  if (typeof failure === 'string') return error(oneLine(failure.replace(/^[\r\n]+|[\r\n]+$/g, '')))
  const ok = table.field('ok')
  if (typeof ok === 'string') return status(oneLine(ok))
  const real = table.field('double')
  if (typeof real === 'number') return double(real)
  const big = table.field('big_number')
  if (typeof big === 'string') return bigNumber(oneLine(big))
  const text = table.field('verbatim_string')
  if (text instanceof Table) {
    const [format, content] = [text.field('format'), text.field('string')]
    if (typeof format === 'string' && typeof content === 'string')
      return verbatim(content, format.slice(0, 3).padEnd(3))
  }
  const entries = table.field('map')
  if (entries instanceof Table) return map([...entries.entries()].flatMap(([key, item]) => [inner(key), inner(item)]))
  const members = table.field('set')
  if (members instanceof Table) return set([...members.entries()].map(([member]) => inner(member)))
  const list: Reply[] = []
  for (let i = 1; ; i++) {
    const item = table.at(i)
    if (item === undefined) return list
    list.push(inner(item))
  }
}

/** A table that refuses to be asked for what it does not have. */
export function guarded(table: Table): Table {
  table.meta = new Table()
  table.meta.set(
    '__index',
    native('', (args) => {
      const key = args.at(2)
      if (typeof key !== 'string' && typeof key !== 'number') {
        args.fail(2, `string expected, got ${typeName(key)}`)
      }
      throw new LuaError(`Script attempted to access nonexistent global variable '${args.text(2)}'`, 'library')
    }),
  )
  return table
}

/** Makes a table, and all that can be reached from it, unchangeable for scripts. */
export function lock(table: Table): void {
  if (table.readonly) return
  table.readonly = true
  for (const [, value] of table.entries()) if (value instanceof Table) lock(value)
  if (table.meta !== null) lock(table.meta)
}
