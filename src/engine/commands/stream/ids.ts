/** Entry IDs as arguments and in replies. */
import type { Bytes } from '../../../lib/index.ts'
import type { Entry } from '../../crdt/stream/group.ts'
import {
  after,
  before,
  formatId,
  GREATEST,
  LEAST,
  MAX_SEQ,
  parseId,
  parseU64,
  type Id,
  type U64,
} from '../../crdt/stream/id.ts'
import type { Reply } from '../../reply.ts'
import { str, type Arg } from '../arguments.ts'
import { fail } from '../errors.ts'

const INVALID_ID = 'ERR Invalid stream ID specified as stream command argument'

/** An ID without special forms; a missing sequence is 0. */
export function readId(text: Bytes): Id {
  return parseId(text, 0) ?? fail(INVALID_ID)
}

/** What XADD asks for. `whole`: both parts; `ms`: milliseconds alone; `ms-*`: the sequence to be generated; `*`: all of it. */
export type WantedId = { readonly form: '*' } | { readonly form: 'whole' | 'ms' | 'ms-*'; readonly id: Id }

const GENERATED: WantedId = { form: '*' }

export function readWantedId(text: Bytes): WantedId {
  if (text === '*') return GENERATED
  if (!text.endsWith('-*')) return { form: text.includes('-') ? 'whole' : 'ms', id: readId(text) }
  const ms = parseU64(text.slice(0, -2)) ?? fail(INVALID_ID)
  return { form: 'ms-*', id: { ms, seq: 0 } }
}

export function entryId(name = 'id'): Arg<Id> {
  const word = str(name)
  return { ...word, read: (reader) => readId(word.read(reader)) }
}

/** A bound of an interval: `-`, `+`, an ID, or `(` and an ID that is left out. */
export function bound(text: Bytes, end: 'start' | 'end'): Id {
  const missing: U64 = end === 'start' ? 0 : MAX_SEQ
  if (text === '-') return LEAST
  if (text === '+') return GREATEST
  if (text.length < 2 || text.charAt(0) !== '(') return parseId(text, missing) ?? fail(INVALID_ID)
  const id = parseId(text.slice(1), missing) ?? fail(INVALID_ID)
  return (end === 'start' ? after(id) : before(id)) ?? fail(`ERR invalid ${end} ID for the interval`)
}

/** Two bounds, the start read first whichever comes first in the line. */
export function interval(first: 'start' | 'end'): Arg<{ readonly start: Id; readonly end: Id }> {
  const second = first === 'start' ? 'end' : 'start'
  const word = str()
  return {
    type: 'block',
    children: { [first]: str(first), [second]: str(second) },
    least: 2,
    read(reader) {
      const words = [word.read(reader), word.read(reader)] as const
      const [startText, endText] = first === 'start' ? words : [words[1], words[0]]
      const start = bound(startText, 'start')
      return { start, end: bound(endText, 'end') }
    },
  }
}

export function entryReply(entry: Entry): Reply {
  return [formatId(entry), entry.fields]
}
