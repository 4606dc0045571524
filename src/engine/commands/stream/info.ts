/** XINFO: what is known of a stream, its groups and their consumers. */
import type { Bytes } from '../../../lib/index.ts'
import type { Consumer, Group } from '../../crdt/stream/group.ts'
import { compareIds, formatId, GREATEST, LEAST, type Id } from '../../crdt/stream/id.ts'
import { entriesAdded, lastIdOf, type StreamState } from '../../crdt/stream/state.ts'
import { streamType } from '../../crdt/stream/stream.ts'
import { map, type Reply } from '../../reply.ts'
import { flag, int, key, later, named, opt, str, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, NO_SUCH_KEY, NOT_AN_INTEGER } from '../errors.ts'
import { parseIndex } from '../numbers.ts'
import { findGroup } from './consumers.ts'
import { unknownForm } from './group.ts'
import { entryReply } from './ids.ts'
import { lagOf } from './progress.ts'

const about = {
  group: 'stream',
  since: '5.0.0',
  complexity: 'O(1)',
  flags: ['readonly'] as const,
}

function streamOf(ctx: Context, name: Bytes): StreamState {
  return ctx.read(streamType, name) ?? fail(NO_SUCH_KEY)
}

/** Live groups by name; consumers by name. */
function sorted<T>(items: ReadonlyMap<Bytes, T>): [Bytes, T][] {
  return [...items].sort(([a], [b]) => (a < b ? -1 : 1))
}

function groupsOf(state: StreamState): [Bytes, Group][] {
  return sorted(state.groups).filter(([, group]) => group.isLive)
}

/** Where a group stands, in a region that has not read yet too. */
function standing(state: StreamState, group: Group): { last: Id; read: number; lag: number | null } {
  let last: Id = group.reading?.last ?? group.start ?? LEAST
  let read = group.reading?.entriesRead ?? group.start?.read ?? -1
  for (const ack of group.reading === null ? group.acks : []) {
    if (compareIds(ack, last) <= 0) continue
    last = ack
    read = -1
  }
  return { last, read, lag: lagOf(state, last, read) }
}

/** XINFO GROUPS key → array of maps. */
export const xinfoGroups = command({
  ...about,
  name: 'XINFO GROUPS',
  summary: 'Lists the consumer groups of a stream.',
  args: { key: key() },
  activeActive: 'Groups replicate; where they stand and what is pending is this region’s (E6).',
  run(ctx, args) {
    const state = streamOf(ctx, args.key)
    return groupsOf(state).map(([name, group]) => {
      const { last, read, lag } = standing(state, group)
      return map([
        'name',
        name,
        'consumers',
        group.reading?.consumers.size ?? 0,
        'pending',
        group.reading?.pending.size ?? 0,
        'last-delivered-id',
        formatId(last),
        'entries-read',
        read < 0 ? null : read,
        'lag',
        lag,
      ])
    })
  },
})

/** XINFO CONSUMERS key group → array of maps. */
export const xinfoConsumers = command({
  ...about,
  name: 'XINFO CONSUMERS',
  summary: 'Lists the consumers of a consumer group.',
  args: { key: key(), group: str() },
  activeActive: 'Consumers are local to a region (E6).',
  run(ctx, { key: name, group }) {
    streamOf(ctx, name)
    const place =
      findGroup(ctx, name, group) ?? fail(`NOGROUP No such consumer group '${group}' for key name '${name}'`)
    return sorted(place.reading.consumers).map(([consumer, { pending, seenAt, activeAt }]) =>
      map([
        'name',
        consumer,
        'pending',
        pending.size,
        'idle',
        Math.max(0, ctx.now - seenAt),
        'inactive',
        activeAt < 0 ? -1 : Math.max(0, ctx.now - activeAt),
      ]),
    )
  },
})

/** `FULL [COUNT count]`: how many of everything to list at most, 0 for all. */
const full: Arg<number | undefined> = {
  type: 'block',
  children: { full: flag('FULL'), count: opt(named('COUNT', int({ name: 'count' }))) },
  optional: true,
  least: 1,
  read(reader) {
    const words = reader.argv.slice(reader.at)
    reader.at = reader.argv.length
    if ((words.length !== 1 && words.length !== 3) || words[0]?.toUpperCase() !== 'FULL') unknownForm(reader, 'XINFO')
    if (words.length === 1) return 10
    if (words[1]?.toUpperCase() !== 'COUNT') unknownForm(reader, 'XINFO')
    const count = parseIndex(words[2] as Bytes) ?? fail(NOT_AN_INTEGER)
    return count < 0 ? 10 : count
  },
}

/** As many entries as Redis puts in a node of its tree. */
const NODE_ENTRIES = 100

function header(state: StreamState): Reply[] {
  const nodes = Math.ceil(state.entries.size / NODE_ENTRIES)
  const out: Reply[] = [
    'length',
    state.entries.size,
    'radix-tree-keys',
    nodes,
    'radix-tree-nodes',
    nodes + 1,
    'last-generated-id',
    formatId(lastIdOf(state)),
    'max-deleted-entry-id',
    formatId(state.maxDeleted),
    'entries-added',
    entriesAdded(state),
    'recorded-first-entry-id',
    formatId(state.entries.first ?? LEAST),
  ]
  const { idempotence } = state
  if (idempotence === null) return out
  return [
    ...out,
    'idmp-duration',
    idempotence.durationSeconds,
    'idmp-maxsize',
    idempotence.maxSize,
    'pids-tracked',
    idempotence.producers.size,
    'iids-tracked',
    idempotence.tracked,
    'iids-added',
    idempotence.added,
    'iids-duplicates',
    idempotence.duplicates,
  ]
}

function fullGroup(state: StreamState, name: Bytes, group: Group, most: number): Reply {
  const { last, read, lag } = standing(state, group)
  const { reading } = group
  const pending = reading === null ? [] : reading.pending.range(LEAST, GREATEST, most)
  return map([
    'name',
    name,
    'last-delivered-id',
    formatId(last),
    'entries-read',
    read < 0 ? null : read,
    'lag',
    lag,
    'pel-count',
    reading?.pending.size ?? 0,
    'pending',
    pending.map((one) => [formatId(one), one.consumer.name, one.at, one.count]),
    'consumers',
    sorted(reading?.consumers ?? new Map<Bytes, Consumer>()).map(([consumer, of]) => fullConsumer(consumer, of, most)),
  ])
}

function fullConsumer(name: Bytes, { seenAt, activeAt, pending }: Consumer, most: number): Reply {
  return map([
    'name',
    name,
    'seen-time',
    seenAt,
    'active-time',
    activeAt,
    'pel-count',
    pending.size,
    'pending',
    pending.range(LEAST, GREATEST, most).map((one) => [formatId(one), one.at, one.count]),
  ])
}

/** XINFO STREAM key [FULL [COUNT count]] → map. */
export const xinfoStream = command({
  ...about,
  name: 'XINFO STREAM',
  summary: 'Describes a stream; with FULL its groups and entries too.',
  args: { key: key(), full: later({ full }) },
  activeActive: 'Entries and groups are those that this region has observed; pending lists are its own (E1, E6).',
  run(ctx, { key: name, full: read }) {
    const state = streamOf(ctx, name)
    const count = read().full
    if (count === undefined) {
      const { first, last } = state.entries
      return map([
        ...header(state),
        'groups',
        groupsOf(state).length,
        'first-entry',
        first === undefined ? null : entryReply(first),
        'last-entry',
        last === undefined ? null : entryReply(last),
      ])
    }
    const most = count === 0 ? Infinity : count
    return map([
      ...header(state),
      'entries',
      state.entries.range(LEAST, GREATEST, most).map(entryReply),
      'groups',
      groupsOf(state).map(([group, of]) => fullGroup(state, group, of, most)),
    ])
  },
})
