/**
 * HyperLogLogs (P1–P3): registers that merge by maximum. They cannot tell elements apart, so nothing can be removed from them but all of it, and a deletion wins
 * over what did not know of it (`parts/delete-wins.ts`).
 */
import { DecodeError, hashBytes, type ByteReader, type ByteWriter } from '../../../lib/index.ts'
import {
  coversAll,
  decodeClock,
  encodeClock,
  joined,
  raise as raiseClock,
  setComponent,
  type Clock,
} from '../../causality/clock.ts'
import {
  collectDeletes,
  learn,
  mergeDeletes,
  named,
  namedBy,
  noteDelete,
  outlives,
  residueOf,
  surpasses,
} from '../parts/delete-wins.ts'
import type { CrdtType } from '../type.ts'
import { encodeHyll, isDense } from './hyll.ts'
import { packRegister, REGISTERS, Registers, type PackedRegister } from './registers.ts'

export class HyperLogLogState {
  registers = new Registers()
  /** Some write asked for the dense string form; else it follows from the registers. */
  dense = false
  /** Per replica its latest write to the present content: an empty HyperLogLog exists too. */
  writers: Clock = []
  /** Deletions known here and not collected. */
  readonly deletes: Clock = []
  /** The write whose deletion was taken up last: one write may delete, add and delete again. */
  deletedBy = { origin: 0, n: 0 }
  /** Whether its string form is the dense one, for want of room or because a write asked for it. */
  get isDense(): boolean {
    return this.dense || isDense(hyllOf(this))
  }
  get type(): CrdtType {
    return hyperLogLogType
  }
}

export type HyperLogLogOp =
  | {
      readonly kind: 'raise'
      /** Deletions that the author knew. */
      readonly names: Clock
      readonly packed: readonly PackedRegister[]
      readonly dense: boolean
    }
  /** Changes nothing: goes with an EXPIRE, so that it is known which deletions its author knew. */
  | { readonly kind: 'touch'; readonly names: Clock }

/** Raises registers. `packed`: those that the write raises, each once, by index. */
export function raise(
  held: HyperLogLogState | undefined,
  self: number,
  packed: readonly PackedRegister[],
  dense: boolean,
): HyperLogLogOp {
  return { kind: 'raise', names: named(held?.deletes ?? [], self), packed, dense }
}

/** Its string form, as GET replies with it. */
export function hyllOf(state: HyperLogLogState): string {
  return encodeHyll(state.registers.packed(), state.dense)
}

function empty(state: HyperLogLogState): void {
  state.registers = new Registers()
  state.dense = false
  state.writers = []
}

function join(state: HyperLogLogState, packed: readonly PackedRegister[], dense: boolean): void {
  state.registers.raiseAll(packed)
  if (dense) state.dense = true
}

export const hyperLogLogType: CrdtType<HyperLogLogState, HyperLogLogOp> = {
  // As in Redis, whose HyperLogLogs are strings.
  name: 'string',
  code: 6,
  empty: () => new HyperLogLogState(),
  isLive: (state) => state.writers.length > 0,
  isNeeded: (state) => state.writers.length > 0 || state.deletes.some((n) => n > 0),
  smallestWriter: (state) => (state.writers.length === 0 ? Infinity : state.writers.findIndex((n) => n > 0)),
  apply(state, op, at) {
    if (learn(state.deletes, op.names, at)) {
      empty(state)
      at.supersede()
      at.leave('')
    }
    if (!outlives(state.deletes, op.names, at)) {
      at.lose()
      return 'P1'
    }
    if (op.kind === 'touch') return ''
    join(state, op.packed, op.dense)
    setComponent(state.writers, at.origin, at.n)
    return 'P1'
  },
  eventOf: (op) => (op.kind === 'raise' ? 'pfadd' : ''),
  removeAll(state, _clock, residues, at) {
    // Whoever lists nothing held no HyperLogLog, and deleted none.
    if (residues === null) return
    const older = learn(state.deletes, namedBy(residues), at)
    const { deletedBy } = state
    if (noteDelete(state.deletes, at) || older) {
      empty(state)
      at.supersede()
      state.deletedBy = { origin: at.origin, n: at.n }
    } else if (deletedBy.origin === at.origin && deletedBy.n === at.n) empty(state)
    if (!at.solo) at.leave('')
  },
  residuesOf: (state, self) => (state.writers.length === 0 ? null : residueOf(state.deletes, self)),
  merge(into, intoSeen, from, fromSeen) {
    const theirsGo = surpasses(into.deletes, from.deletes, fromSeen)
    if (surpasses(from.deletes, into.deletes, intoSeen)) empty(into)
    mergeDeletes(into.deletes, intoSeen, from.deletes, fromSeen)
    // What was observed here and is not here any more, a deletion took, which may have been collected since.
    if (theirsGo || coversAll(intoSeen, from.writers)) return
    join(into, from.registers.packed(), from.dense)
    into.writers = joined(into.writers, from.writers)
  },
  collect: (state, _element, stable) => collectDeletes(state.deletes, stable),
  encode(writer, state) {
    encodeClock(writer, state.deletes)
    encodeClock(writer, state.writers)
    encodeRegisters(writer, state.registers.packed(), state.dense)
  },
  decode(reader) {
    const state = new HyperLogLogState()
    raiseClock(state.deletes, decodeClock(reader))
    state.writers = decodeClock(reader)
    const { packed, dense } = decodeRegisters(reader)
    join(state, packed, dense)
    return state
  },
  encodeOp(writer, op) {
    encodeClock(writer, op.names)
    writer.byte(op.kind === 'raise' ? 1 : 0)
    if (op.kind === 'raise') encodeRegisters(writer, op.packed, op.dense)
  },
  decodeOp(reader) {
    const names = decodeClock(reader)
    return reader.byte() === 0 ? { kind: 'touch', names } : { kind: 'raise', names, ...decodeRegisters(reader) }
  },
  describe: (state) => [
    `${hashBytes(hyllOf(state))} by ${state.writers.flatMap((n, r) => (n > 0 ? `${r}.${n}` : [])).join(' ')}`,
  ],
  recreate: (state) => raise(undefined, 0, state.registers.packed(), state.dense),
  touch: (state, self) => ({ kind: 'touch', names: named(state.deletes, self) }),
  replacing: (op, held, self) => ({ ...op, names: named(held.deletes, self) }),
  isOutdated: (state, seen, other) => surpasses(other.deletes, state.deletes, seen),
}

/** Indexes as differences, each with its value. */
function encodeRegisters(writer: ByteWriter, packed: readonly PackedRegister[], dense: boolean): void {
  writer.uint(packed.length * 2 + (dense ? 1 : 0))
  let before = 0
  for (const one of packed) {
    writer.uint(one - before)
    before = one
  }
}

function decodeRegisters(reader: ByteReader): { packed: PackedRegister[]; dense: boolean } {
  const head = reader.uint()
  const packed: PackedRegister[] = []
  let one = 0
  for (let count = Math.floor(head / 2); count > 0; count--) {
    one += reader.uint()
    if (one >= packRegister(REGISTERS, 0)) throw new DecodeError('no such register')
    packed.push(one)
  }
  return { packed, dense: head % 2 === 1 }
}
