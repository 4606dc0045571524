/** XREAD and XREADGROUP: new entries of several streams, waiting for them if asked. */
import type { Bytes } from '../../../lib/index.ts'
import { after, before, compareIds, GREATEST, LEAST, type Id } from '../../crdt/stream/id.ts'
import { lastIdOf, type StreamState } from '../../crdt/stream/state.ts'
import { streamType } from '../../crdt/stream/stream.ts'
import { map, NULL_ARRAY, type Reply } from '../../reply.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { entryReply, readId } from './ids.ts'
import { readArguments, type StreamAt } from './read-arguments.ts'

/** What there is of each stream that has something, by key. RESP2 gets pairs, RESP3 a map. */
export function streamsReply(ctx: Context, found: readonly (readonly [key: Bytes, entries: Reply])[]): Reply {
  return ctx.session.resp === 3 ? map(found.flat()) : found
}

/** The ID after which a client wants to read. `$`: what comes from now on; `+`: the last entry there is. */
function startOf(state: StreamState | undefined, id: Bytes): Id {
  if (id === '$') return state === undefined ? LEAST : lastIdOf(state)
  if (id === '>')
    fail('ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.')
  if (id !== '+') return readId(id)
  const last = state?.entries.last
  return last === undefined ? LEAST : (before(last) ?? LEAST)
}

interface Start {
  readonly key: Bytes
  readonly from: Id
}

function readOn(ctx: Context, starts: readonly Start[], count: number | undefined): Reply | undefined {
  const found: [Bytes, Reply][] = []
  for (const { key, from } of starts) {
    const value = ctx.find(key)?.value
    if (value?.type !== streamType) continue
    const { entries } = value as StreamState
    const start = after(from)
    if (start === undefined || entries.last === undefined || compareIds(entries.last, start) < 0) continue
    found.push([key, entries.range(start, GREATEST, count).map(entryReply)])
  }
  return found.length === 0 ? undefined : streamsReply(ctx, found)
}

/** XREAD [COUNT count] [BLOCK milliseconds] STREAMS key [key …] id [id …] → entries by key; nil when there are none, or not in time. */
export const xread = command({
  name: 'XREAD',
  group: 'stream',
  since: '5.0.0',
  summary: 'Gives the entries after an ID, of one or more streams; waits for them if asked.',
  complexity: 'O(log N + M) for each stream with M entries given',
  flags: ['readonly', 'blocking', 'movablekeys'],
  arity: -4,
  args: { options: readArguments('XREAD') },
  activeActive:
    'May pass over an entry of another region that arrives later with a smaller ID; XREADGROUP does not (E4).',
  run(ctx, { options: { count, blockMs, streams } }) {
    const starts = streams.map(({ key, id }: StreamAt) => ({ key, from: startOf(ctx.read(streamType, key), id) }))
    const attempt = (now: Context) => readOn(now, starts, count)
    if (blockMs === undefined) return attempt(ctx) ?? NULL_ARRAY
    return ctx.block({ keys: streams.map(({ key }) => key), timeoutMs: blockMs, attempt, timedOut: NULL_ARRAY })
  },
})
