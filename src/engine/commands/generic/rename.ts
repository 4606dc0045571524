/** RENAME, RENAMENX and COPY: the visible content made anew under another name. */
import type { Bytes } from '../../../lib/index.ts'
import { keyExpiry, type Key } from '../../keyspace/key.ts'
import { stringType, type StringState } from '../../crdt/string/string.ts'
import { valueOf } from '../../crdt/parts/cell.ts'
import { OK } from '../../reply.ts'
import { flag, key, named, opt, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { databaseIndex, NO_SUCH_DATABASE } from '../database-index.ts'
import { fail, NO_SUCH_KEY } from '../errors.ts'
import { carryGroups } from '../stream/carry.ts'
import { replaceString } from '../string/assign.ts'

/**
 * Makes what a key shows, and its expiry, the content of another. A counter arrives as its value, an assignment: increments that were on their way
 * to the source do not follow. `takeFirst` runs between reading the source and writing.
 */
function recreate(ctx: Context, source: Key, name: Bytes, event: string, takeFirst: () => void): void {
  const state = source.value
  if (state === null) return
  const expiry = keyExpiry(source) ?? 'forget'
  if (state.type === stringType) {
    const value = valueOf(state as StringState)
    takeFirst()
    replaceString(ctx, name, value, expiry, event)
    return
  }
  const op: unknown = state.type.recreate(state, ctx.now)
  const carry = carryGroups(ctx, state)
  takeFirst()
  ctx.replace(state.type, name, op, expiry, event)
  carry(name)
}

const about = {
  group: 'generic',
  flags: ['write'] as const,
  complexity: 'O(N) for N elements',
  activeActive:
    'A removal of the source and a replacement of the target: concurrent writes to the source survive under the old name, and a counter arrives as its value.',
}

function rename(ctx: Context, source: Key, newkey: Bytes): void {
  recreate(ctx, source, newkey, 'rename_to', () => ctx.remove(source.name, 'rename_from'))
}

/** RENAME key newkey → OK. The target is replaced, its expiry too. */
export const renameCommand = command({
  ...about,
  name: 'RENAME',
  since: '1.0.0',
  summary: 'Gives a key another name, over whatever had that name.',
  args: { key: key(), newkey: key() },
  run(ctx, { key: name, newkey }) {
    const source = ctx.find(name) ?? fail(NO_SUCH_KEY)
    if (name !== newkey) rename(ctx, source, newkey)
    return OK
  },
})

/** RENAMENX key newkey → 1, or 0 when newkey exists. */
export const renamenx = command({
  ...about,
  name: 'RENAMENX',
  since: '1.0.0',
  summary: 'Gives a key another name, if that is free.',
  flags: ['write', 'fast'],
  args: { key: key(), newkey: key() },
  run(ctx, { key: name, newkey }) {
    const source = ctx.find(name) ?? fail(NO_SUCH_KEY)
    if (name === newkey || ctx.find(newkey) !== undefined) return 0
    rename(ctx, source, newkey)
    return 1
  },
})

/** Refused as soon as it is read, before what follows it. */
function databaseBelow(databases: number): Arg<number> {
  const index = databaseIndex('destination-db')
  return {
    ...index,
    read(reader) {
      const database = index.read(reader)
      return database >= 0 && database < databases ? database : fail(NO_SUCH_DATABASE)
    },
  }
}

/** COPY where there are `databases`, all of them one keyspace. */
export function copying(databases: number) {
  return command({
    ...about,
    name: 'COPY',
    since: '6.2.0',
    summary: 'Copies what a key shows to another key.',
    flags: ['write', 'denyoom'],
    args: {
      source: key(),
      destination: key(),
      db: opt(named('DB', databaseBelow(databases))),
      replace: opt(flag('REPLACE')),
    },
    activeActive: 'Replaces the target with what this region shows; a counter arrives as its value.',
    run(ctx, { source, destination, replace }) {
      if (source === destination) fail('ERR source and destination objects are the same')
      const held = ctx.find(source)
      if (held === undefined || (!replace && ctx.find(destination) !== undefined)) return 0
      recreate(ctx, held, destination, 'copy_to', () => {})
      return 1
    },
  })
}

/** COPY source destination [DB 0] [REPLACE] → 1, or 0 when there is no source, or a destination without REPLACE. The expiry is copied too. */
export const copy = copying(1)
