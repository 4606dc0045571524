import type { Bytes } from '../../../lib/index.ts'
import { hyperLogLogType, raise } from '../../crdt/hyperloglog/hyperloglog.ts'
import { decodeHyll } from '../../crdt/hyperloglog/hyll.ts'
import { hashType, type FieldOp } from '../../crdt/hash/hash.ts'
import { createDocument, jsonType } from '../../crdt/json/json.ts'
import { content, listType } from '../../crdt/list/list.ts'
import { boundedExpiry } from '../../crdt/parts/expiry.ts'
import { add, setType } from '../../crdt/set/set.ts'
import { streamType } from '../../crdt/stream/stream.ts'
import { assign, stringType } from '../../crdt/string/string.ts'
import { scoresAnew, zsetType } from '../../crdt/zset/zset.ts'
import { OK } from '../../reply.ts'
import { key, rest, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context, ExpiryPlan } from '../context.ts'
import { fail, NOT_AN_INTEGER, SYNTAX_ERROR } from '../errors.ts'
import { parseJson } from '../json/work.ts'
import { parseIndex } from '../numbers.ts'
import { unseal } from '../rdb/dump-format.ts'
import { readValue, type LoadedValue } from '../rdb/read-value.ts'
import { restoreGroups } from '../stream/carry.ts'

interface Options {
  replace: boolean
  absolute: boolean
  idle: number
  frequency: number
}

function readOptions(words: readonly Bytes[]): Options {
  const options: Options = { replace: false, absolute: false, idle: -1, frequency: -1 }
  for (let i = 0; i < words.length; i++) {
    const word = (words[i] ?? '').toLowerCase()
    const isLast = i === words.length - 1
    if (word === 'replace') options.replace = true
    else if (word === 'absttl') options.absolute = true
    else if (word === 'idletime' && !isLast && options.frequency === -1) {
      options.idle = parseIndex(words[++i] ?? '') ?? fail(NOT_AN_INTEGER)
      if (options.idle < 0) fail('ERR Invalid IDLETIME value, must be >= 0')
    } else if (word === 'freq' && !isLast && options.idle === -1) {
      options.frequency = parseIndex(words[++i] ?? '') ?? fail(NOT_AN_INTEGER)
      if (options.frequency < 0 || options.frequency > 255) fail('ERR Invalid FREQ value, must be >= 0 and <= 255')
    } else fail(SYNTAX_ERROR)
  }
  return options
}

/** RESTORE key ttl payload [REPLACE] [ABSTTL] [IDLETIME seconds | FREQ frequency] → OK. A time that has passed leaves no key. */
export const restore = command({
  name: 'RESTORE',
  group: 'generic',
  part: 'json',
  since: '2.6.0',
  summary: 'Makes a key of what DUMP gave.',
  complexity: 'O(N) for N bytes',
  flags: ['write', 'denyoom'],
  args: { key: key(), ttl: str('ttl'), payload: str('serialized-value'), options: rest('option') },
  arity: -4,
  activeActive: 'Refused outside test mode (M4): a dump carries no causal history.',
  run(ctx, { key: name, ttl: typed, payload, options: words }) {
    const options = readOptions(words)
    if (!options.replace && ctx.find(name) !== undefined) fail('BUSYKEY Target key name already exists.')
    const ttl = parseIndex(typed) ?? fail(NOT_AN_INTEGER)
    if (ttl < 0) fail('ERR Invalid TTL value, must be >= 0')
    const body = unseal(payload) ?? fail('ERR DUMP payload version or checksum are wrong')
    const value = readValue(body) ?? fail('ERR Bad data format')
    const at = boundedExpiry(ttl, 1, options.absolute ? 0 : ctx.now, true) ?? Infinity
    if (ttl > 0 && at <= ctx.now) {
      ctx.remove(name, 'del')
      return OK
    }
    write(ctx, name, value, ttl === 0 ? 'forget' : at)
    const made = ctx.keyspace.get(name)
    if (made !== undefined && (options.idle >= 0 || options.frequency >= 0)) {
      const frequency = options.frequency < 0 ? undefined : options.frequency
      ctx.instance.usage.set(made, ctx.now, Math.max(0, options.idle) * 1000, frequency)
    }
    return OK
  },
})

function write(ctx: Context, name: Bytes, value: LoadedValue, expiry: ExpiryPlan): void {
  const event = 'restore'
  switch (value.kind) {
    case 'string': {
      const hyll = decodeHyll(value.text)
      if (hyll === undefined) {
        ctx.replace(stringType, name, assign(ctx.held(stringType, name), ctx.self, value.text), expiry, event)
      } else ctx.replace(hyperLogLogType, name, raise(undefined, ctx.self, hyll.packed, hyll.dense), expiry, event)
      return
    }
    case 'json':
      return ctx.replace(jsonType, name, createDocument(parseJson(value.text)), expiry, event)
    case 'list':
      return ctx.replace(listType, name, content(value.items), expiry, event)
    case 'set':
      return ctx.replace(setType, name, add(value.items), expiry, event)
    case 'zset':
      return ctx.replace(zsetType, name, scoresAnew(value.entries), expiry, event)
    case 'hash': {
      const fields = value.fields.flatMap(({ name: element, value: text, at }): FieldOp[] => {
        const assigned: FieldOp = { kind: 'assign', element, value: text, observed: null }
        return at === 0 ? [assigned] : [assigned, { kind: 'expire', element, at, observed: null }]
      })
      return ctx.replace(hashType, name, fields, expiry, event)
    }
    case 'stream': {
      const { entries, id, added, maxDeleted, groups } = value.stream
      ctx.replace(streamType, name, { kind: 'restore', entries, id, added, maxDeleted }, expiry, event)
      restoreGroups(ctx, name, groups)
    }
  }
}
