/**
 * HyperLogLogs (P1–P3): registers that merge by maximum. They cannot tell elements apart, so nothing can be removed from them but all of it, and a deletion wins
 * over what did not know of it (`parts/delete-wins.ts`).
 */
import { DecodeError, hashBytes, type ByteReader, type ByteWriter } from '../../../lib/index.ts'
import { decodeClock, encodeClock, joined, setComponent, type Clock } from '../../causality/clock.ts'
import {
  collectGeneration,
  isOutdated,
  mergeGenerations,
  namedDeletions,
  survives,
  takeUp,
  type Generational,
} from '../parts/delete-wins.ts'
import type { CrdtType, Stamp } from '../type.ts'
import { encodeHyll, isDense } from './hyll.ts'
import { packRegister, REGISTERS, Registers, type PackedRegister } from './registers.ts'

export class HyperLogLogState implements Generational {
  registers = new Registers()
  /** Some write asked for the dense string form; else it follows from the registers. */
  dense = false
  /** Per replica its latest write to the present content: an empty HyperLogLog exists too. */
  writers: Clock = []
  generation: Clock | null = null
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
      readonly named: Clock
      readonly packed: readonly PackedRegister[]
      readonly dense: boolean
    }
  /** Changes nothing: goes with an EXPIRE, so that it is known which deletions its author knew. */
  | { readonly kind: 'touch'; readonly named: Clock }

/** Raises registers. `packed`: those that the write raises, each once, by index. */
export function raise(
  held: HyperLogLogState | undefined,
  packed: readonly PackedRegister[],
  dense: boolean,
): HyperLogLogOp {
  return { kind: 'raise', named: namedDeletions(held), packed, dense }
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

/** What is new to this replica in a write's knowledge of deletions takes its content, and the expiries set without that knowledge. */
function meet(state: HyperLogLogState, named: Clock, at: Stamp): boolean {
  if (at.solo || !takeUp(state, named, at)) return false
  empty(state)
  at.supersede()
  return true
}

export const hyperLogLogType: CrdtType<HyperLogLogState, HyperLogLogOp> = {
  // As in Redis, whose HyperLogLogs are strings.
  name: 'string',
  code: 6,
  empty: () => new HyperLogLogState(),
  isLive: (state) => state.writers.length > 0,
  isNeeded: (state) => state.writers.length > 0 || state.generation !== null,
  smallestWriter: (state) => (state.writers.length === 0 ? Infinity : state.writers.findIndex((n) => n > 0)),
  apply(state, op, at) {
    meet(state, op.named, at)
    if (!survives(state, op.named, at)) {
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
    const observed = residues?.[0]?.observed
    // Whoever lists nothing held no HyperLogLog, and deleted none.
    if (observed === undefined) return
    if (at.solo) {
      empty(state)
      return
    }
    const named: Clock = []
    for (const { origin, upTo } of observed) setComponent(named, origin, upTo)
    setComponent(named, at.origin, at.n)
    const { deletedBy } = state
    const again = deletedBy.origin === at.origin && deletedBy.n === at.n
    if (meet(state, named, at)) state.deletedBy = { origin: at.origin, n: at.n }
    else if (again) empty(state)
    at.leave('')
  },
  residuesOf(state) {
    if (state.writers.length === 0) return null
    const observed = namedDeletions(state).flatMap((upTo, origin) => (upTo > 0 ? [{ origin, upTo, sum: null }] : []))
    return [{ element: '', observed }]
  },
  merge(into, intoSeen, from, fromSeen) {
    const theirsGo = isOutdated(from, fromSeen, into)
    if (isOutdated(into, intoSeen, from)) empty(into)
    mergeGenerations(into, intoSeen, from, fromSeen)
    if (theirsGo) return
    join(into, from.registers.packed(), from.dense)
    into.writers = joined(into.writers, from.writers)
  },
  collect(state, _element, stable) {
    collectGeneration(state, stable)
    return false
  },
  encode(writer, state) {
    encodeClock(writer, state.generation ?? [])
    encodeClock(writer, state.writers)
    encodeRegisters(writer, state.registers.packed(), state.dense)
  },
  decode(reader) {
    const state = new HyperLogLogState()
    const generation = decodeClock(reader)
    if (generation.length > 0) state.generation = generation
    state.writers = decodeClock(reader)
    const { packed, dense } = decodeRegisters(reader)
    join(state, packed, dense)
    return state
  },
  encodeOp(writer, op) {
    encodeClock(writer, op.named)
    writer.byte(op.kind === 'raise' ? 1 : 0)
    if (op.kind === 'raise') encodeRegisters(writer, op.packed, op.dense)
  },
  decodeOp(reader) {
    const named = decodeClock(reader)
    return reader.byte() === 0 ? { kind: 'touch', named } : { kind: 'raise', named, ...decodeRegisters(reader) }
  },
  describe: (state) => [
    `${hashBytes(hyllOf(state))} by ${state.writers.flatMap((n, r) => (n > 0 ? `${r}.${n}` : [])).join(' ')}`,
  ],
  recreate: (state) => raise(undefined, state.registers.packed(), state.dense),
  touch: (state) => ({ kind: 'touch', named: namedDeletions(state) }),
  isOutdated,
  replacing(op, held, self, n) {
    const named = namedDeletions(held).slice()
    if (held.writers.length > 0) setComponent(named, self, n)
    return { ...op, named }
  },
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
