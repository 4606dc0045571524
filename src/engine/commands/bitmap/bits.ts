/** What the bitmap commands share: bit 0 is the highest bit of the first byte. */
import type { Bytes } from '../../../lib/index.ts'
import { int, type Arg } from '../arguments.ts'
import { fail } from '../errors.ts'
import { parseIndex } from '../numbers.ts'
import { MAX_STRING_LENGTH } from '../string/assign.ts'

export const BAD_OFFSET = 'ERR bit offset is not an integer or out of range'

/** The string must stay within its largest size. */
export function checkOffset(offset: number): number {
  if (offset < 0 || Math.floor(offset / 8) >= MAX_STRING_LENGTH) fail(BAD_OFFSET)
  return offset
}

export function bitOffset(): Arg<number> {
  const offset = int({ name: 'offset', error: BAD_OFFSET })
  return { ...offset, read: (reader) => checkOffset(offset.read(reader)) }
}

/** An offset of a bit field; `#n` counts in fields of `bits` bits. */
export function fieldOffset(text: Bytes, bits: number): number {
  const counted = text.startsWith('#')
  const offset = parseIndex(counted ? text.slice(1) : text) ?? fail(BAD_OFFSET)
  return checkOffset(counted ? offset * bits : offset)
}

/** The bit at an offset; 0 beyond the end. */
export function bitAt(value: Bytes, offset: number): number {
  const at = Math.floor(offset / 8)
  return at < value.length ? (value.charCodeAt(at) >> (7 - (offset % 8))) & 1 : 0
}

/** How many bits of each byte are set. */
export const POPULATION: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1
  return count
})

/** The range that a command names, clamped to `length` items; undefined when it is empty. Negative positions count from the end. */
export function clampRange(start: number, end: number, length: number): { from: number; to: number } | undefined {
  const from = start < 0 ? Math.max(0, length + start) : start
  const to = Math.min(end < 0 ? Math.max(0, length + end) : end, length - 1)
  return from > to ? undefined : { from, to }
}
