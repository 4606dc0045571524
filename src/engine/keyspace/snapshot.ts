/**
 * A whole keyspace as bytes, and its merge into another (full sync, R2). Merging is the join of one lattice, key by key: it may be done at any moment, in
 * any direction, repeatedly, and mixed with effects.
 */
import { DecodeError, type Bytes, type ByteReader, type ByteWriter } from '../../lib/index.ts'
import { decodeClock, encodeClock } from '../causality/clock.ts'
import { Cell } from '../crdt/parts/cell.ts'
import { decodeCell, encodeCell } from '../crdt/parts/cell-codec.ts'
import { typeOfCode } from './effect.ts'
import { decodePending } from './garbage.ts'
import { Key, settle, statesOf } from './key.ts'
import type { Keyspace } from './keyspace.ts'

const REMOVED = 1
const EXPIRES = 2

export function encodeKeyspace(writer: ByteWriter, keyspace: Keyspace): void {
  encodeClock(writer, keyspace.clock)
  writer.uint(keyspace.keys.size)
  for (const key of keyspace.keys.values()) encodeKey(writer, key)
  keyspace.garbage.encode(writer)
}

function encodeKey(writer: ByteWriter, key: Key): void {
  const states = statesOf(key)
  writer.uint(states.length * 4 + (key.removed === null ? 0 : REMOVED) + (key.expiry === null ? 0 : EXPIRES))
  writer.string(key.name)
  if (key.removed !== null) encodeClock(writer, key.removed)
  if (key.expiry !== null) encodeCell(writer, key.expiry)
  for (const state of states) {
    writer.byte(state.type.code)
    state.type.encode(writer, state)
  }
}

function decodeKey(reader: ByteReader): Key {
  const head = reader.uint()
  const key = new Key(reader.string())
  if (head & REMOVED) key.removed = decodeClock(reader)
  if (head & EXPIRES) decodeCell(reader, (key.expiry = new Cell()))
  for (let count = head >> 2; count > 0; count--) {
    const state = typeOfCode(reader.byte()).decode(reader)
    if (key.value === null) key.value = state
    else (key.others ??= []).push(state)
  }
  settle(key)
  return key
}

/** Joins another replica's whole state into this one. Says which keys it touched. */
export function mergeSnapshot(reader: ByteReader, keyspace: Keyspace): Bytes[] {
  const theirClock = decodeClock(reader)
  const theirs = new Map<Bytes, Key>()
  for (let count = reader.uint(); count > 0; count--) {
    const key = decodeKey(reader)
    theirs.set(key.name, key)
  }
  const pending = decodePending(reader)
  if (!reader.done) throw new DecodeError('a snapshot ends with what waits for collection')
  for (const name of keyspace.keys.keys()) if (!theirs.has(name)) keyspace.mergeKey(name, undefined, theirClock)
  for (const [name, key] of theirs) keyspace.mergeKey(name, key, theirClock)
  keyspace.garbage.merge(pending)
  keyspace.observeAll(theirClock)
  return [...theirs.keys()]
}
