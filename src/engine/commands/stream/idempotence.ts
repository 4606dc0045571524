/** XCFGSET and XADD's IDMP: a producer that sends an entry again, because it did not hear of success, adds nothing. Local to a region. */
import { hexOfDigest, xxh3, type Bytes } from '../../../lib/index.ts'
import type { Id } from '../../crdt/stream/id.ts'
import { Idempotence } from '../../crdt/stream/idempotence.ts'
import type { StreamState } from '../../crdt/stream/state.ts'
import { streamType } from '../../crdt/stream/stream.ts'
import { OK } from '../../reply.ts'
import { int, key, named, opt } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, NO_SUCH_KEY, SYNTAX_ERROR } from '../errors.ts'
import type { AddOptions } from './trimming.ts'

type Producing = NonNullable<AddOptions['idempotent']>

/** The ID that the producer gave, or a digest of what it sends. */
function idempotentId({ id }: Producing, fields: readonly Bytes[]): Bytes {
  return id ?? hexOfDigest(xxh3(fields.map((word) => `${word.length}:${word}`).join('')))
}

/** The entry that the producer made with the same idempotent ID, if it is remembered. */
export function findDuplicate(
  ctx: Context,
  state: StreamState | undefined,
  producing: Producing,
  generated: boolean,
  fields: readonly Bytes[],
): Id | undefined {
  if (!generated) fail('ERR IDMP and IDMPAUTO can be used only with auto-generated IDs')
  const known = state?.idempotence?.find(producing.producer, idempotentId(producing, fields), ctx.now)
  if (known !== undefined && state?.idempotence) state.idempotence.duplicates++
  return known
}

export function noteAddition(ctx: Context, state: StreamState, producing: Producing, fields: Bytes[], id: Id): void {
  state.idempotence ??= new Idempotence()
  state.idempotence.note(producing.producer, idempotentId(producing, fields), id, ctx.now)
}

const DURATION = 'ERR IDMP-DURATION must be between 1 and 86400 seconds'
const MAX_SIZE = 'ERR IDMP-MAXSIZE must be between 1 and 10000 entries'

/** XCFGSET key [IDMP-DURATION seconds] [IDMP-MAXSIZE entries] → OK. Forgets what producers sent so far. */
export const xcfgset = command({
  name: 'XCFGSET',
  group: 'stream',
  since: '8.6.0',
  summary: 'Sets how long and how many idempotent IDs a stream remembers.',
  complexity: 'O(1)',
  flags: ['write', 'fast'],
  arity: -2,
  args: {
    key: key(),
    duration: opt(named('IDMP-DURATION', int({ name: 'idmp-duration', min: 1, max: 86400, rangeError: DURATION }))),
    maxsize: opt(named('IDMP-MAXSIZE', int({ name: 'idmp-maxsize', min: 1, max: 10000, rangeError: MAX_SIZE }))),
  },
  activeActive: 'Local to the region, as what producers sent is (G9).',
  run(ctx, { key: name, duration, maxsize }) {
    if (duration === undefined && maxsize === undefined) fail(SYNTAX_ERROR)
    const state = ctx.read(streamType, name) ?? fail(NO_SUCH_KEY)
    const { durationSeconds, maxSize } = state.idempotence ?? new Idempotence()
    state.idempotence = new Idempotence()
    state.idempotence.durationSeconds = duration ?? durationSeconds
    state.idempotence.maxSize = maxsize ?? maxSize
    return OK
  },
})
