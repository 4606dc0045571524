/** XCLAIM and XAUTOCLAIM: pending entries change hands, within a region (E6). */
import type { Bytes } from '../../../lib/index.ts'
import type { Consumer, Pending } from '../../crdt/stream/group.ts'
import { compareIds, formatId, GREATEST, LEAST, parseId, type Id } from '../../crdt/stream/id.ts'
import type { Reply } from '../../reply.ts'
import { flag, int, key, later, many, named, opt, str, type Arg, type Reader } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { parseIndex } from '../numbers.ts'
import { consumerIn, findGroup, noGroup, type Place } from './consumers.ts'
import { bound, entryReply, readId } from './ids.ts'

interface ClaimOptions {
  /** When the entry counts as delivered, ms since 1970; absent: now. */
  deliveredAt: number | undefined
  retryCount: number | undefined
  force: boolean
  justId: boolean
  lastId: Id
}

/** Words as long as they are IDs; the rest are options. */
const ids: Arg<Id[]> = {
  ...(many(str('id')) as unknown as Arg<Id[]>),
  read(reader) {
    const out: Id[] = []
    for (; reader.at < reader.argv.length; reader.at++) {
      const id = parseId(reader.argv[reader.at] as Bytes, 0)
      if (id === undefined) break
      out.push(id)
    }
    return out
  },
}

const claimOptions: Arg<(now: number) => ClaimOptions> = {
  type: 'block',
  least: 0,
  children: {
    idle: opt(named('IDLE', int({ name: 'ms' }))),
    time: opt(named('TIME', int({ name: 'unix-time-milliseconds' }))),
    retrycount: opt(named('RETRYCOUNT', int({ name: 'count' }))),
    force: opt(flag('FORCE')),
    justid: opt(flag('JUSTID')),
    lastid: opt(named('LASTID', str('lastid'))),
  },
  read(reader) {
    const own = { ...reader }
    reader.at = reader.argv.length
    return (now) => readClaimOptions(own, now)
  },
}

function readClaimOptions(reader: Reader, now: number): ClaimOptions {
  const out: ClaimOptions = {
    deliveredAt: undefined,
    retryCount: undefined,
    force: false,
    justId: false,
    lastId: LEAST,
  }
  const { argv } = reader
  for (; reader.at < argv.length; reader.at++) {
    const word = (argv[reader.at] as Bytes).toUpperCase()
    const value = argv[reader.at + 1]
    const number = (option: string) =>
      parseIndex(value as Bytes) ?? fail(`ERR Invalid ${option} option argument for XCLAIM`)
    if (word === 'FORCE') out.force = true
    else if (word === 'JUSTID') out.justId = true
    else if (value === undefined || !/^(IDLE|TIME|RETRYCOUNT|LASTID)$/.test(word))
      fail(`ERR Unrecognized XCLAIM option '${argv[reader.at] as Bytes}'`)
    else {
      if (word === 'IDLE') out.deliveredAt = now - number(word)
      else if (word === 'TIME') out.deliveredAt = number(word)
      else if (word === 'LASTID') out.lastId = readId(value)
      else out.retryCount = number(word)
      reader.at++
    }
  }
  return out
}

function minIdle(name: string): Arg<number> {
  return int({ name: 'min-idle-time', error: `ERR Invalid min-idle-time argument for ${name}` })
}

/** What a claimed ID is answered with: every entry that has it (E7). */
function claimedReply({ state }: Place, id: Id, justId: boolean): Reply[] {
  return justId ? [formatId(id)] : state.entries.range(id, id).map(entryReply)
}

/** XCLAIM key group consumer min-idle-time id [id …] [options] → the entries claimed; with JUSTID their IDs. */
export const xclaim = command({
  name: 'XCLAIM',
  group: 'stream',
  since: '5.0.0',
  summary: 'Makes pending entries those of another consumer.',
  complexity: 'O(log N) for each entry',
  flags: ['write', 'fast'],
  arity: -6,
  args: {
    key: key(),
    group: str(),
    consumer: str(),
    rest: later({ minIdle: minIdle('XCLAIM'), ids, options: claimOptions }),
  },
  activeActive: 'Local to the region; stands for every entry with that ID (E6, E7).',
  run(ctx, { key: name, group, consumer: consumerName, rest }) {
    const place = findGroup(ctx, name, group) ?? noGroup(name, group)
    const { minIdle: minIdleMs, ids: wanted, options: read } = rest()
    const options = read(ctx.now)
    const { reading, state } = place
    if (compareIds(options.lastId, reading.last) > 0) reading.last = options.lastId
    const { deliveredAt = ctx.now } = options
    const at = deliveredAt < 0 || deliveredAt > ctx.now ? ctx.now : deliveredAt
    const out: Reply[] = []
    let consumer: Consumer | undefined
    for (const id of wanted) {
      let pending = reading.pending.get(id)
      if (state.entries.get(id) === undefined) {
        if (pending !== undefined) reading.forget(pending)
        continue
      }
      if (pending === undefined && !options.force) continue
      if (pending !== undefined && minIdleMs > 0 && ctx.now - pending.at < minIdleMs) continue
      consumer ??= consumerIn(ctx, place, consumerName)
      pending ??= reading.assign(id, consumer, at, 1)
      hand(ctx, place, pending, consumer, at, options)
      out.push(...claimedReply(place, id, options.justId))
    }
    return out
  },
})

function hand(
  ctx: Context,
  { reading }: Place,
  pending: Pending,
  consumer: Consumer,
  at: number,
  { retryCount, justId }: Pick<ClaimOptions, 'retryCount' | 'justId'>,
): void {
  reading.hand(pending, consumer)
  pending.at = at
  if (retryCount !== undefined && retryCount >= 0) pending.count = retryCount
  else if (!justId) pending.count++
  consumer.activeAt = ctx.now
}

/** Redis's own limit, as near as a number comes to it. */
const MOST = 2 ** 59

/** XAUTOCLAIM key group consumer min-idle-time start [COUNT count] [JUSTID] → where to go on, the entries claimed, and IDs that are no more. */
export const xautoclaim = command({
  name: 'XAUTOCLAIM',
  group: 'stream',
  since: '6.2.0',
  summary: 'Makes pending entries that have waited long those of another consumer.',
  complexity: 'O(1) if COUNT is small',
  flags: ['write', 'fast'],
  args: {
    key: key(),
    group: str(),
    consumer: str(),
    minIdle: minIdle('XAUTOCLAIM'),
    start: { ...str('start'), read: (reader: Reader) => bound(str().read(reader), 'start') } as Arg<Id>,
    count: opt(named('COUNT', int({ name: 'count', min: 1, max: MOST, error: 'ERR COUNT must be > 0' }))),
    justid: opt(flag('JUSTID')),
  },
  activeActive: 'Local to the region (E6).',
  run(ctx, { key: name, group, consumer: consumerName, minIdle: minIdleMs, start, count = 100, justid }) {
    const place = findGroup(ctx, name, group) ?? noGroup(name, group)
    const { reading, state } = place
    const [out, gone]: [Reply[], Reply[]] = [[], []]
    let consumer: Consumer | undefined
    let attempts = count * 10
    let left = count
    // One more than may be looked at: the next call begins there.
    const list = reading.pending.range(start, GREATEST, Math.min(attempts + 1, Number.MAX_SAFE_INTEGER))
    let i = 0
    for (; attempts-- > 0 && left > 0 && i < list.length; i++) {
      const pending = list[i] as Pending
      if (state.entries.get(pending) === undefined) {
        reading.forget(pending)
        gone.push(formatId(pending))
        left--
        continue
      }
      if (minIdleMs > 0 && ctx.now - pending.at < minIdleMs) continue
      consumer ??= consumerIn(ctx, place, consumerName)
      hand(ctx, place, pending, consumer, ctx.now, { retryCount: undefined, justId: justid === true })
      out.push(...claimedReply(place, pending, justid === true))
      left--
    }
    return [formatId(list[i] ?? LEAST), out, gone]
  },
})
