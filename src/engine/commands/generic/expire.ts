/** EXPIRE and its kin. */
import type { Bytes } from '../../../lib/index.ts'
import { boundedExpiry } from '../../crdt/parts/expiry.ts'
import { keyExpiry } from '../../keyspace/key.ts'
import type { Reply } from '../../reply.ts'
import { flag, key, rest, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, NOT_AN_INTEGER } from '../errors.ts'
import { typedTime } from '../expiry-time.ts'
import { parseIndex } from '../numbers.ts'

const CONDITIONS = { nx: flag('NX'), xx: flag('XX'), gt: flag('GT'), lt: flag('LT') }

/** XX goes with GT or LT; an unknown word has an error of its own. */
const conditions: Arg<Bytes[]> = {
  type: 'oneof',
  children: CONDITIONS,
  optional: true,
  least: 0,
  read(reader) {
    const words = rest('condition')
      .read(reader)
      .map((word) => word.toLowerCase())
    words.forEach((word, i) => {
      if (!(word in CONDITIONS)) fail(`ERR Unsupported option ${reader.argv[reader.at - words.length + i] ?? ''}`)
    })
    const compares = words.includes('gt') || words.includes('lt')
    if (words.includes('nx') && (compares || words.includes('xx'))) {
      fail('ERR NX and XX, GT or LT options at the same time are not compatible')
    }
    if (words.includes('gt') && words.includes('lt')) {
      fail('ERR GT and LT options at the same time are not compatible')
    }
    return words
  },
}

/** `unitMs` 1 or 1000; a relative time counts from now. A time that has passed deletes the key, as in Redis. */
function setExpiry(
  ctx: Context,
  command: string,
  args: { key: Bytes; time: Bytes; conditions: Bytes[] },
  unitMs: number,
  relative: boolean,
): Reply {
  const { key: name, conditions: only } = args
  const time = parseIndex(args.time) ?? fail(NOT_AN_INTEGER)
  const base = relative ? ctx.now : 0
  const at = boundedExpiry(time, unitMs, base, ctx.testMode) ?? fail(`ERR invalid expire time in '${command}' command`)
  const held = ctx.find(name)
  if (held === undefined) return 0
  const present = keyExpiry(held)
  if (only.includes('nx') && present !== undefined) return 0
  if (only.includes('xx') && present === undefined) return 0
  if (only.includes('gt') && at <= (present ?? Infinity)) return 0
  if (only.includes('lt') && at >= (present ?? Infinity)) return 0
  if (at <= ctx.now) ctx.remove(name, 'del')
  else ctx.expire(name, at, 'expire')
  return 1
}

const about = {
  group: 'generic',
  complexity: 'O(1)',
  flags: ['write', 'fast'] as const,
  activeActive:
    'Of concurrent changes the longest time wins (X1); the region whose EXPIRE won deletes the key when the time comes (X2).',
}

/** EXPIRE key seconds [NX | XX | GT | LT] → 1, or 0 when there is no such key or the condition fails. */
export const expire = command({
  ...about,
  name: 'EXPIRE',
  since: '1.0.0',
  summary: 'Sets the seconds after which a key expires.',
  args: { key: key(), time: typedTime('seconds'), conditions },
  run: (ctx, args) => setExpiry(ctx, 'expire', args, 1000, true),
})

/** PEXPIRE key milliseconds [NX | XX | GT | LT] → 1 or 0. */
export const pexpire = command({
  ...about,
  name: 'PEXPIRE',
  since: '2.6.0',
  summary: 'Sets the milliseconds after which a key expires.',
  args: { key: key(), time: typedTime('milliseconds'), conditions },
  run: (ctx, args) => setExpiry(ctx, 'pexpire', args, 1, true),
})

/** EXPIREAT key unix-time-seconds [NX | XX | GT | LT] → 1 or 0. */
export const expireat = command({
  ...about,
  name: 'EXPIREAT',
  since: '1.2.0',
  summary: 'Sets the time, in seconds since 1970, at which a key expires.',
  args: { key: key(), time: typedTime('unix-time-seconds'), conditions },
  run: (ctx, args) => setExpiry(ctx, 'expireat', args, 1000, false),
})

/** PEXPIREAT key unix-time-milliseconds [NX | XX | GT | LT] → 1 or 0. */
export const pexpireat = command({
  ...about,
  name: 'PEXPIREAT',
  since: '2.6.0',
  summary: 'Sets the time, in milliseconds since 1970, at which a key expires.',
  args: { key: key(), time: typedTime('unix-time-milliseconds'), conditions },
  run: (ctx, args) => setExpiry(ctx, 'pexpireat', args, 1, false),
})

/** PERSIST key → 1 when it had an expiry, else 0; even then it is a write, because it must win over a concurrent EXPIRE (X1). */
export const persist = command({
  ...about,
  name: 'PERSIST',
  since: '2.2.0',
  summary: "Takes a key's expiry away.",
  args: { key: key() },
  activeActive: 'Counts as the longest of all times, so it wins over a concurrent EXPIRE (X1).',
  run(ctx, { key: name }) {
    const held = ctx.find(name)
    if (held === undefined) return 0
    const had = keyExpiry(held) !== undefined
    ctx.expire(name, undefined, 'persist')
    return had ? 1 : 0
  },
})
