/**
 * Observed clocks: for each replica the highest n up to which all of its effects were applied. A plain array indexed by replica id (1 … 255);
 * index 0 is unused and a hole means 0. Links are FIFO per source, so a vector is enough.
 */
import type { ByteReader, ByteWriter } from '../../lib/index.ts'

export type Clock = number[]

export const MAX_REPLICA_ID = 255

export function covers(clock: Clock, replica: number, n: number): boolean {
  return n <= (clock[replica] ?? 0)
}

/** True when `clock` covers everything that `other` covers. */
export function coversAll(clock: Clock, other: Clock): boolean {
  for (let r = 1; r < other.length; r++) if ((other[r] ?? 0) > (clock[r] ?? 0)) return false
  return true
}

/** Raises `into` to the least clock that covers both. */
export function raise(into: Clock, from: Clock): void {
  for (let r = 1; r < from.length; r++) {
    const n = from[r] ?? 0
    if (n > (into[r] ?? 0)) setComponent(into, r, n)
  }
}

/** Sets one component; fills holes with 0 so that the array stays packed. */
export function setComponent(clock: Clock, replica: number, n: number): void {
  while (clock.length <= replica) clock.push(0)
  clock[replica] = n
}

export function joined(a: Clock, b: Clock): Clock {
  const out = a.slice()
  raise(out, b)
  return out
}

/** Non-zero components only. */
export function encodeClock(writer: ByteWriter, clock: Clock): void {
  let count = 0
  for (let r = 1; r < clock.length; r++) if ((clock[r] ?? 0) > 0) count++
  writer.uint(count)
  for (let r = 1; r < clock.length; r++) {
    const n = clock[r] ?? 0
    if (n === 0) continue
    writer.byte(r)
    writer.uint(n)
  }
}

export function decodeClock(reader: ByteReader): Clock {
  const clock: Clock = []
  for (let count = reader.uint(); count > 0; count--) {
    const replica = reader.byte()
    setComponent(clock, replica, reader.uint())
  }
  return clock
}

/**
 * A dot packed into one number, n × 256 + replica: what an element of a set keeps. Exact up to n = 2^45.
 */
export type PackedDot = number

export const packDot = (replica: number, n: number): PackedDot => n * 256 + replica
export const replicaOf = (dot: PackedDot): number => dot % 256
export const numberOf = (dot: PackedDot): number => Math.floor(dot / 256)
