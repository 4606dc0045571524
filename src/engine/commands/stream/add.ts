import { compareIds, formatId, GREATEST, isZero, LEAST, type Id } from '../../crdt/stream/id.ts'
import { lastMark, type StreamState } from '../../crdt/stream/state.ts'
import { streamType } from '../../crdt/stream/stream.ts'
import type { Bytes } from '../../../lib/index.ts'
import { block, key, many, str, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, wrongArity } from '../errors.ts'
import { readWantedId, type WantedId } from './ids.ts'
import { findDuplicate, noteAddition } from './idempotence.ts'
import { nextId, withSequence } from './sequence.ts'
import { addOptions, trimStream } from './trimming.ts'

const TOO_SMALL = 'ERR The ID specified in XADD is equal or smaller than the target stream top item'
const STRICT =
  'ERR With xadd-id strict an entry ID is * or milliseconds alone: the sequence is generated, so that regions never make the same ID (E2); semi-strict and liberal take whole IDs'

const idWord = str('id')
const wantedId: Arg<WantedId> = { ...idWord, read: (reader) => readWantedId(idWord.read(reader)) }

/** Field, value, field, value … to the end of the line. */
const data: Arg<Bytes[]> = {
  ...(many(block({ field: str(), value: str() })) as unknown as Arg<Bytes[]>),
  read(reader) {
    const words = reader.argv.slice(reader.at)
    reader.at = reader.argv.length
    return words.length === 0 || words.length % 2 === 1 ? fail(wrongArity(reader.name)) : words
  },
}

/** The ID of the new entry, by the mode in force (E2, E3). */
function chooseId(ctx: Context, wanted: WantedId, last: Id): Id {
  const { xaddId } = ctx
  if (wanted.form === '*') return nextId(last, ctx.now, xaddId, ctx.self) ?? fail(TOO_SMALL)
  const { id, form } = wanted
  if (form === 'ms-*' || (form === 'ms' && xaddId !== 'liberal'))
    return withSequence(last, id.ms, xaddId, ctx.self) ?? fail(TOO_SMALL)
  if (id.ms < last.ms || (id.ms === last.ms && id.seq <= last.seq)) fail(TOO_SMALL)
  return id
}

function checkForm(ctx: Context, wanted: WantedId): void {
  const { xaddId } = ctx
  const whole = wanted.form === 'whole' || (wanted.form === 'ms' && xaddId === 'liberal')
  if (whole && isZero(wanted.id)) fail('ERR The ID specified in XADD must be greater than 0-0')
  if (whole && xaddId === 'strict') fail(STRICT)
}

function append(ctx: Context, name: Bytes, state: StreamState | undefined, wanted: WantedId, fields: Bytes[]): Id {
  const last = state === undefined ? LEAST : lastMark(state)
  if (compareIds(last, GREATEST) === 0)
    fail('ERR The stream has exhausted the last possible ID, unable to add more items')
  const id = chooseId(ctx, wanted, last)
  ctx.update(streamType, name, { kind: 'add', id, fields }, 'xadd')
  return id
}

/** XADD key [options] <* | id> field value [field value …] → the entry's ID; nil when NOMKSTREAM keeps the stream from being made. */
export const xadd = command({
  name: 'XADD',
  group: 'stream',
  since: '5.0.0',
  summary: 'Adds an entry to a stream, and trims it if asked.',
  complexity: 'O(1), and O(N) for N entries trimmed',
  flags: ['write', 'denyoom', 'fast'],
  args: {
    key: key(),
    options: addOptions('XADD'),
    id: wantedId,
    data,
  },
  activeActive: 'Entries of all regions unite; a generated sequence carries the region’s number (E1–E3).',
  run(ctx, { key: name, options, id: wanted, data: fields }) {
    checkForm(ctx, wanted)
    const state = ctx.read(streamType, name)
    if (state === undefined && options.createsNothing) return null
    if (options.idempotent !== null) {
      const known = findDuplicate(ctx, state, options.idempotent, wanted.form === '*', fields)
      if (known !== undefined) return formatId(known)
    }
    const id = append(ctx, name, state, wanted, fields)
    const made = state ?? (ctx.read(streamType, name) as StreamState)
    if (options.idempotent !== null) noteAddition(ctx, made, options.idempotent, fields, id)
    if (options.trim !== null) trimStream(ctx, name, made, options.trim, options.references)
    return formatId(id)
  },
})

/** XTRIM key <MAXLEN | MINID> [= | ~] threshold [LIMIT count] [KEEPREF | DELREF | ACKED] → how many entries went. */
export const xtrim = command({
  name: 'XTRIM',
  group: 'stream',
  since: '5.0.0',
  summary: 'Takes the oldest entries out of a stream.',
  complexity: 'O(N) for N entries trimmed',
  flags: ['write'],
  args: { key: key(), options: addOptions('XTRIM') },
  activeActive: 'Removes the entries that this region chose among those it had observed (E1, T2).',
  run(ctx, { key: name, options: { trim, references } }) {
    const state = ctx.read(streamType, name)
    return state === undefined || trim === null ? 0 : trimStream(ctx, name, state, trim, references)
  },
})
