/** Reading a stream by ID. */
import { streamType } from '../../crdt/stream/stream.ts'
import { NULL_ARRAY, type Reply } from '../../reply.ts'
import { int, key, named, opt } from '../arguments.ts'
import { command, type Command } from '../command.ts'
import { entryReply, interval } from './ids.ts'

const about = { group: 'stream', since: '5.0.0' }

/** XLEN key → how many entries there are. */
export const xlen = command({
  ...about,
  name: 'XLEN',
  summary: 'Counts the entries of a stream.',
  complexity: 'O(1)',
  flags: ['readonly', 'fast'],
  args: { key: key() },
  activeActive: 'Counts the entries that this region has observed, of all regions (E1).',
  run: (ctx, args) => ctx.read(streamType, args.key)?.entries.size ?? 0,
})

function ranging(name: string, first: 'start' | 'end', summary: string): Command {
  return command({
    ...about,
    name,
    summary,
    complexity: 'O(log N) and O(M) for M entries given',
    flags: ['readonly'],
    args: { key: key(), interval: interval(first), count: opt(named('COUNT', int({ name: 'count' }))) },
    activeActive: 'The regions’ logs merged by entry ID (E1).',
    run(ctx, { key: key_, interval: { start, end }, count }): Reply {
      const state = ctx.read(streamType, key_)
      if (state === undefined) return []
      if (count !== undefined && count <= 0) return NULL_ARRAY
      return state.entries.range(start, end, count, first === 'end').map(entryReply)
    },
  })
}

/** XRANGE key start end [COUNT count] → array of [ID, fields]; nil with a count of 0. */
export const xrange = ranging('XRANGE', 'start', 'Gives the entries between two IDs.')

/** XREVRANGE key end start [COUNT count] → as XRANGE, the last entry first. */
export const xrevrange = ranging('XREVRANGE', 'end', 'Gives the entries between two IDs, the last first.')
