/**
 * How much memory a key takes, in bytes: an estimate that grows with the content and with what conflict resolution keeps beside it (siblings,
 * increments, removals, tombstones). Constants are round figures for the objects of a JavaScript engine.
 */
import { ByteWriter, type Bytes } from '../../lib/index.ts'
import type { Clock } from '../causality/clock.ts'
import { HashState } from '../crdt/hash/hash.ts'
import { HyperLogLogState } from '../crdt/hyperloglog/hyperloglog.ts'
import { Cell } from '../crdt/parts/cell.ts'
import { SetState } from '../crdt/set/set.ts'
import type { State } from '../crdt/type.ts'
import { statesOf, type Key } from './key.ts'

const OBJECT = 56
const ENTRY = 40
const NUMBER = 8

/** Header, name and all values of a key, hidden ones too. */
export function memoryOfKey(key: Key): number {
  let sum = OBJECT + ENTRY + memoryOfBytes(key.name)
  if (key.removed !== null) sum += memoryOfClock(key.removed)
  if (key.expiry !== null) sum += memoryOfCell(key.expiry)
  for (const state of statesOf(key)) sum += memoryOfState(state)
  return sum
}

/** Takes time with the number of elements. */
function memoryOfState(state: State): number {
  if (state instanceof Cell) return memoryOfCell(state)
  if (state instanceof SetState) return memoryOfSet(state)
  if (state instanceof HyperLogLogState) return OBJECT + state.registers.memory + memoryOfClock(state.writers)
  if (state instanceof HashState) {
    return OBJECT + memoryOfCells(state.fields) + memoryOfCells(state.tombstones) + memoryOfCells(state.expiries)
  }
  const writer = new ByteWriter()
  state.type.encode(writer, state)
  return OBJECT + 2 * writer.length
}

function memoryOfBytes(bytes: Bytes): number {
  return 16 + bytes.length
}

function memoryOfClock(clock: Clock): number {
  return 16 + NUMBER * clock.length
}

function memoryOfCell(cell: Cell): number {
  let sum = OBJECT
  for (let s = cell.siblings; s !== null; s = s.next) sum += OBJECT + memoryOfBytes(s.value)
  for (let i = cell.increments; i !== null; i = i.next) sum += OBJECT
  for (let r = cell.removals; r !== null; r = r.next) sum += OBJECT
  return sum
}

function memoryOfCells(cells: ReadonlyMap<Bytes, Cell> | null): number {
  let sum = 0
  for (const [name, cell] of cells ?? []) sum += ENTRY + memoryOfBytes(name) + memoryOfCell(cell)
  return sum
}

function memoryOfSet(state: SetState): number {
  let sum = OBJECT
  for (const [member, dots] of state.members) {
    sum += ENTRY + memoryOfBytes(member) + (typeof dots === 'number' ? 0 : 16 + NUMBER * dots.length)
  }
  for (const [member, clock] of state.tombstones ?? []) sum += ENTRY + memoryOfBytes(member) + memoryOfClock(clock)
  return sum
}
