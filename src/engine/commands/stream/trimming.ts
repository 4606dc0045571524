/** What XADD and XTRIM share: their options, and taking entries out at the start of a stream. */
import type { Bytes } from '../../../lib/index.ts'
import type { Entry } from '../../crdt/stream/group.ts'
import { compareIds, type Id } from '../../crdt/stream/id.ts'
import { entriesAdded, observedOf, type StreamState } from '../../crdt/stream/state.ts'
import { streamType } from '../../crdt/stream/stream.ts'
import { block, flag, int, named, oneOf, opt, str, type Arg, type Reader } from '../arguments.ts'
import type { Context } from '../context.ts'
import { fail, NOT_AN_INTEGER, SYNTAX_ERROR } from '../errors.ts'
import { parseIndex } from '../numbers.ts'
import { readId, readWantedId } from './ids.ts'
import { isReferenced, type References } from './references.ts'

export interface TrimPlan {
  readonly by: { readonly maxLength: number } | { readonly leastId: Id }
  readonly approximate: boolean
  /** At most that many; 0: no limit; absent: as many as Redis takes at once. */
  readonly limit: number | undefined
}

export interface AddOptions {
  readonly createsNothing: boolean
  readonly references: References
  readonly idempotent: { readonly producer: Bytes; readonly id: Bytes | null } | null
  readonly trim: TrimPlan | null
}

const THRESHOLD = { operator: opt(oneOf({ equal: flag('='), approximately: flag('~') })), threshold: str() }

const TRIM = block({
  strategy: oneOf({ maxlen: named('MAXLEN', block(THRESHOLD)), minid: named('MINID', block(THRESHOLD)) }),
  limit: opt(named('LIMIT', int({ name: 'count' }))),
})

export const REFERENCES = oneOf({ keepref: flag('KEEPREF'), delref: flag('DELREF'), acked: flag('ACKED') })

/** With ~ Redis trims in whole nodes, at most a hundred of them at once. Nodes have as many entries as the setting says. */
function nodeEntries(ctx: Context): number {
  return Number(ctx.instance.config.get('stream-node-max-entries') ?? 100) || 100
}

/** The options in the order in which they come; for XADD up to the first word that is none, for XTRIM to the end of the line. */
export function addOptions(command: 'XADD' | 'XTRIM'): Arg<AddOptions> {
  const adds = command === 'XADD'
  return {
    type: 'block',
    children: adds
      ? {
          nomkstream: opt(flag('NOMKSTREAM')),
          condition: opt(REFERENCES),
          idmp: opt(
            oneOf({
              auto: named('IDMPAUTO', str('producer-id')),
              given: named('IDMP', block({ producerId: str(), idempotentId: str() })),
            }),
          ),
          trim: opt(TRIM),
        }
      : { trim: TRIM, condition: opt(REFERENCES) },
    least: adds ? 0 : 2,
    read: (reader) => readOptions(reader, adds),
  }
}

interface Collected {
  createsNothing: boolean
  references: References
  idempotent: AddOptions['idempotent']
  by: TrimPlan['by'] | null
  approximate: boolean
  limit: number | undefined
}

const NO_OPTIONS: AddOptions = { createsNothing: false, references: 'KEEPREF', idempotent: null, trim: null }

/** What an ID may begin with: then it is no option. */
const BEGINS_ID = /^[*0-9]/

function readOptions(reader: Reader, adds: boolean): AddOptions {
  if (adds && BEGINS_ID.test(reader.argv[reader.at] ?? '')) return NO_OPTIONS
  const out: Collected = {
    createsNothing: false,
    references: 'KEEPREF',
    idempotent: null,
    by: null,
    approximate: false,
    limit: undefined,
  }
  while (reader.at < reader.argv.length && readOption(reader, adds, out)) continue
  const { by, approximate, limit } = out
  const next = reader.argv[reader.at]
  // A bad ID is noticed before options that do not go together.
  if (adds && next !== undefined) readWantedId(next)
  if (limit && by === null) fail('ERR syntax error, LIMIT cannot be used without specifying a trimming strategy')
  if (!adds && by === null) fail('ERR syntax error, XTRIM must be called with a trimming strategy')
  if (limit !== undefined && !approximate) fail('ERR syntax error, LIMIT cannot be used without the special ~ option')
  return { ...out, trim: by === null ? null : { by, approximate, limit } }
}

/** False at a word that is no option (XADD's ID). */
function readOption(reader: Reader, adds: boolean, out: Collected): boolean {
  const { argv } = reader
  const word = (argv[reader.at] as Bytes).toUpperCase()
  const more = argv.length - reader.at - 1
  if ((word === 'MAXLEN' || word === 'MINID') && more > 0) {
    if (out.by !== null) fail('ERR syntax error, MAXLEN and MINID options at the same time are not compatible')
    reader.at++
    const operator = argv[reader.at]
    out.approximate = more > 1 && operator === '~'
    if (more > 1 && (operator === '~' || operator === '=')) reader.at++
    out.by = threshold(word, argv[reader.at++] as Bytes)
  } else if (word === 'LIMIT' && more > 0) {
    out.limit = parseIndex(argv[reader.at + 1] as Bytes) ?? fail(NOT_AN_INTEGER)
    if (out.limit < 0) fail('ERR The LIMIT argument must be >= 0.')
    reader.at += 2
  } else if (word === 'KEEPREF' || word === 'DELREF' || word === 'ACKED') {
    out.references = word
    reader.at++
  } else if (adds && word === 'NOMKSTREAM') {
    out.createsNothing = true
    reader.at++
  } else if (adds && word === 'IDMPAUTO' && more > 0) {
    out.idempotent = { producer: named1(argv[reader.at + 1]), id: null }
    reader.at += 2
  } else if (adds && word === 'IDMP' && more > 1) {
    out.idempotent = { producer: named1(argv[reader.at + 1]), id: named1(argv[reader.at + 2]) }
    reader.at += 3
  } else if (adds) return false
  else fail(SYNTAX_ERROR)
  return true
}

function named1(word: Bytes | undefined): Bytes {
  return word === undefined || word === '' ? fail('ERR producer and idempotent IDs must not be empty') : word
}

function threshold(strategy: string, text: Bytes): TrimPlan['by'] {
  if (strategy === 'MINID') return { leastId: readId(text) }
  const maxLength = parseIndex(text) ?? fail(NOT_AN_INTEGER)
  return maxLength < 0 ? fail('ERR The MAXLEN argument must be >= 0.') : { maxLength }
}

/** Trims a stream that is there; how many entries went. The entries chosen here travel, not the plan (T2). */
export function trimStream(
  ctx: Context,
  name: Bytes,
  state: StreamState,
  plan: TrimPlan,
  references: References,
): number {
  const chosen = chosenEntries(state, plan, nodeEntries(ctx))
  const taken = references === 'ACKED' ? chosen.filter((entry) => !isReferenced(ctx, state, entry)) : chosen
  const last = taken.at(-1)
  if (last === undefined) return 0
  const observed = observedOf(taken)
  const forget = references === 'DELREF'
  const op =
    taken.length === chosen.length
      ? { kind: 'trim' as const, upTo: { ms: last.ms, seq: last.seq, dot: last.dot }, observed, forget }
      : { kind: 'remove' as const, ids: taken.map(({ ms, seq }) => ({ ms, seq })), observed, forget }
  ctx.update(streamType, name, op, 'xtrim')
  return taken.length
}

function chosenEntries(state: StreamState, { by, approximate, limit }: TrimPlan, node: number): Entry[] {
  const { entries } = state
  const surplus = 'maxLength' in by ? Math.max(0, entries.size - by.maxLength) : Infinity
  const isKept = (entry: Entry, taken: number) =>
    'leastId' in by ? compareIds(entry, by.leastId) >= 0 : taken >= surplus
  if (!approximate) return entries.head(isKept)
  const due = entries.head(isKept, (limit ?? 100 * node) || Infinity)
  // Whole nodes only: the first is short of what went before, and the last may be short.
  const gone = Math.max(0, entriesAdded(state) - entries.size)
  const rest = due.length === entries.size ? 0 : (gone + due.length) % node
  return due.slice(0, Math.max(0, due.length - rest))
}
