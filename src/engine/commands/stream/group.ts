/** XGROUP: consumer groups. Creating and destroying replicate, and destroying wins (E5); the rest is local (E6). */
import type { Bytes } from '../../../lib/index.ts'
import { LEAST, type Id } from '../../crdt/stream/id.ts'
import { hasMark, lastIdOf, liveGroup, namesFor } from '../../crdt/stream/state.ts'
import { streamType } from '../../crdt/stream/stream.ts'
import { OK } from '../../reply.ts'
import { flag, int, key, named, opt, str, type Arg, type Reader } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, NOT_AN_INTEGER } from '../errors.ts'
import { parseIndex } from '../numbers.ts'
import { consumerIn, findGroup, type Place } from './consumers.ts'
import { createGroup } from './create-group.ts'
import { bound, readId } from './ids.ts'

const NO_KEY =
  'ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream automatically.'

interface GroupOptions {
  /** Ends the command when more words follow than its form has, however they read. */
  checkLength(most: number): void
  readonly makesStream: boolean
  readonly entriesRead: number
}

/** Redis takes anything else after the fixed words for an unknown form of the subcommand. */
export function unknownForm(reader: Reader, container: string): never {
  return fail(
    `ERR unknown subcommand or wrong number of arguments for '${(reader.argv[1] ?? '').slice(0, 128)}'. Try ${container} HELP.`,
  )
}

/** Counters of entries are exact up to 2^53. */
export function countOf(text: Bytes): number {
  const count = parseIndex(text) ?? fail(NOT_AN_INTEGER)
  return count > Number.MAX_SAFE_INTEGER ? fail('ERR entry counters end at 2^53 - 1') : count
}

function groupOptions(creates: boolean): Arg<GroupOptions> {
  const entriesRead = opt(named('ENTRIESREAD', int({ name: 'entries-read' })))
  return {
    type: 'block',
    children: creates ? { mkstream: opt(flag('MKSTREAM')), entriesRead } : { entriesRead },
    least: 0,
    read(reader) {
      const out = {
        makesStream: false,
        entriesRead: -1,
        checkLength: (most: number) => (reader.argv.length > most ? unknownForm(reader, 'XGROUP') : undefined),
      }
      while (reader.at < reader.argv.length) {
        const word = (reader.argv[reader.at] as Bytes).toUpperCase()
        const value = reader.argv[reader.at + 1]
        if (creates && word === 'MKSTREAM') {
          out.makesStream = true
          reader.at++
        } else if (word === 'ENTRIESREAD' && value !== undefined) {
          out.entriesRead = countOf(value)
          if (out.entriesRead < -1) fail('ERR value for ENTRIESREAD must be positive or -1')
          reader.at += 2
        } else unknownForm(reader, 'XGROUP')
      }
      return out
    },
  }
}

const about = { group: 'stream', since: '5.0.0', complexity: 'O(1)', flags: ['write'] as const }

function groupOf(ctx: Context, name: Bytes, group: Bytes): Place {
  if (ctx.read(streamType, name) === undefined) fail(NO_KEY)
  return findGroup(ctx, name, group) ?? fail(`NOGROUP No such consumer group '${group}' for key name '${name}'`)
}

/** XGROUP CREATE key group <id | $> [MKSTREAM] [ENTRIESREAD entries-read] → OK. */
export const xgroupCreate = command({
  ...about,
  name: 'XGROUP CREATE',
  summary: 'Makes a consumer group.',
  flags: ['write', 'denyoom'],
  args: { key: key(), group: str(), id: str(), options: groupOptions(true) },
  activeActive: 'Groups of all regions unite; a concurrent DEL or XGROUP DESTROY wins (E5).',
  run(ctx, { key: name, group, id, options }) {
    const state = ctx.read(streamType, name)
    if (state === undefined && !options.makesStream) fail(NO_KEY)
    options.checkLength(8)
    const last = state === undefined ? LEAST : lastIdOf(state)
    const at = id === '$' ? last : readId(id)
    if (state !== undefined && liveGroup(state, group) !== undefined)
      fail('BUSYGROUP Consumer Group name already exists')
    createGroup(ctx, name, group, at, options.entriesRead)
    return OK
  },
})

/** XGROUP SETID key group <id | $> [ENTRIESREAD entries-read] → OK. Says from where this region's clients read on. */
export const xgroupSetid = command({
  ...about,
  name: 'XGROUP SETID',
  summary: 'Sets the last delivered ID of a consumer group.',
  args: { key: key(), group: str(), id: str(), options: groupOptions(false) },
  activeActive: 'Local to the region (E6).',
  run(ctx, { key: name, group, id, options }) {
    const { state, reading } = groupOf(ctx, name, group)
    options.checkLength(7)
    reading.last = id === '$' ? lastIdOf(state) : setId(id)
    reading.late.clear()
    reading.entriesRead = options.entriesRead
    ctx.announce(name, 'xgroup-setid')
    return OK
  },
})

/** Here, unlike elsewhere, `-` and `+` are IDs. */
function setId(text: Bytes): Id {
  return text === '-' || text === '+' ? bound(text, 'start') : readId(text)
}

/** XGROUP DESTROY key group → 1, or 0 when there was no such group. */
export const xgroupDestroy = command({
  ...about,
  name: 'XGROUP DESTROY',
  summary: 'Destroys a consumer group.',
  complexity: 'O(N) for N pending entries',
  args: { key: key(), group: str() },
  activeActive:
    'Wins over a concurrent XGROUP CREATE; a stream without entries ever and without groups is gone (E5, E9).',
  run(ctx, { key: name, group }) {
    const state = ctx.read(streamType, name) ?? fail(NO_KEY)
    if (liveGroup(state, group) === undefined) return 0
    const names = namesFor(state, group, ctx.self)
    const hidden = ctx.keyspace.get(name)?.others?.some((other) => other.type.isLive(other)) ?? false
    // The last group of a stream that only MKSTREAM made: nothing is left to be seen, so its expiry and what it hid go with it (G10).
    const live = [...state.groups.values()].filter((one) => one.isLive).length
    const empties = state.entries.size === 0 && !hasMark(state) && live === 1
    ctx.update(streamType, name, { kind: 'destroy', group, names }, 'xgroup-destroy', empties)
    if (empties && hidden) ctx.remove(name, 'del')
    return 1
  },
})

/** XGROUP CREATECONSUMER key group consumer → 1, or 0 when it was there. */
export const xgroupCreateconsumer = command({
  ...about,
  name: 'XGROUP CREATECONSUMER',
  since: '6.2.0',
  summary: 'Makes a consumer in a consumer group.',
  flags: ['write', 'denyoom'],
  args: { key: key(), group: str(), consumer: str() },
  activeActive: 'Local to the region (E6).',
  run(ctx, { key: name, group, consumer }) {
    const place = groupOf(ctx, name, group)
    if (place.reading.consumers.has(consumer)) return 0
    consumerIn(ctx, place, consumer)
    return 1
  },
})

/** XGROUP DELCONSUMER key group consumer → how many entries were pending for it; they are pending no more. */
export const xgroupDelconsumer = command({
  ...about,
  name: 'XGROUP DELCONSUMER',
  summary: 'Deletes a consumer of a consumer group.',
  args: { key: key(), group: str(), consumer: str() },
  activeActive: 'Local to the region (E6).',
  run(ctx, { key: name, group, consumer }) {
    const { reading } = groupOf(ctx, name, group)
    const found = reading.consumers.get(consumer)
    if (found === undefined) return 0
    const pending = [...found.pending]
    for (const one of pending) reading.forget(one)
    reading.consumers.delete(consumer)
    ctx.announce(name, 'xgroup-delconsumer')
    return pending.length
  },
})
