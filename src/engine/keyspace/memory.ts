/**
 * How much memory a key takes, in bytes: an estimate that grows with the content and with what conflict resolution keeps beside it (siblings,
 * increments, removals, tombstones). Constants are round figures for the objects of a JavaScript engine.
 */
import { ByteWriter, type Bytes } from '../../lib/index.ts'
import type { Clock } from '../causality/clock.ts'
import { HashState } from '../crdt/hash/hash.ts'
import { HyperLogLogState } from '../crdt/hyperloglog/hyperloglog.ts'
import { JsonState } from '../crdt/json/json.ts'
import { bytesOfDocument } from '../crdt/json/size.ts'
import { ListState } from '../crdt/list/list.ts'
import { Cell } from '../crdt/parts/cell.ts'
import { SetState } from '../crdt/set/set.ts'
import type { Group } from '../crdt/stream/group.ts'
import { StreamState } from '../crdt/stream/state.ts'
import type { State } from '../crdt/type.ts'
import { ZSetState } from '../crdt/zset/zset.ts'
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

/** How many parts are gone through when a key is measured. Takes no time. */
export function elementsOfKey(key: Key): number {
  let sum = 0
  for (const state of statesOf(key)) sum += elementsOfState(state)
  return sum
}

function elementsOfState(state: State): number {
  if (state instanceof SetState) return state.members.size + (state.tombstones?.size ?? 0)
  if (state instanceof StreamState) return state.entries.size
  if (state instanceof ListState) return state.sequence.order.length
  if (state instanceof HashState || state instanceof ZSetState) return state.cells.size + (state.tombstones?.size ?? 0)
  return 1
}

/** Takes time with the number of elements. */
function memoryOfState(state: State): number {
  if (state instanceof Cell) return memoryOfCell(state)
  if (state instanceof SetState) return memoryOfSet(state)
  if (state instanceof HyperLogLogState)
    return 3 * OBJECT + state.registers.memory + memoryOfClock(state.writers) + memoryOfClock(state.deletes)
  if (state instanceof StreamState) return memoryOfStream(state)
  if (state instanceof JsonState) return bytesOfDocument(state)
  if (state instanceof HashState) {
    return OBJECT + memoryOfCells(state.cells) + memoryOfCells(state.tombstones) + memoryOfCells(state.expiries)
  }
  if (state instanceof ZSetState) {
    // A score in each member's cell, and an entry of the order for each.
    return OBJECT + memoryOfCells(state.cells) + memoryOfCells(state.tombstones) + 3 * NUMBER * state.cells.size
  }
  if (state instanceof ListState) return memoryOfList(state)
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

function memoryOfStream(state: StreamState): number {
  let sum = 2 * OBJECT + memoryOfClock(state.deletes) + OBJECT * state.marks.length
  for (const { fields } of state.entries) {
    // The entry, its dot, its list of words, and two numbers of 64 bits where they do not fit into 32.
    sum += 2 * OBJECT + 2 * ENTRY + NUMBER * (1 + fields.length)
    for (const word of fields) sum += memoryOfBytes(word)
  }
  for (const [name, group] of state.groups) sum += ENTRY + memoryOfBytes(name) + memoryOfGroup(group)
  for (const [id, clock] of state.buried) sum += ENTRY + memoryOfBytes(id) + memoryOfClock(clock)
  for (const { observed } of state.trims.values()) sum += ENTRY + OBJECT + memoryOfClock(observed)
  return sum
}

function memoryOfGroup({ deletes, creations, acks, reading }: Group): number {
  let sum = OBJECT + memoryOfClock(deletes)
  for (const place of [...creations, ...acks]) sum += OBJECT + memoryOfClock(place.clock)
  if (reading === null) return sum
  // A pending entry stands in the group's list and in its consumer's.
  sum += 2 * OBJECT + NUMBER * reading.late.size + (OBJECT + 2 * NUMBER) * reading.pending.size
  for (const name of reading.consumers.keys()) sum += ENTRY + 2 * OBJECT + memoryOfBytes(name)
  return sum
}

/** An element is an object in the order; what positions need is one object for each stretch of pushes, kept while any of its elements lives. */
function memoryOfList({ sequence, early, tombstones }: ListState): number {
  let sum = OBJECT + 3 * OBJECT * sequence.runs.size + memoryOfCells(early) + ENTRY * (tombstones?.size ?? 0)
  for (const { value } of sequence.order) {
    sum += OBJECT + NUMBER + (typeof value === 'string' ? memoryOfBytes(value) : memoryOfCell(value))
  }
  return sum
}
