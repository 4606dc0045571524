import { key, int } from '../arguments.ts'
import { command } from '../command.ts'
import { changeString, readString } from '../string/assign.ts'
import { bitAt, bitOffset } from './bits.ts'

const NOT_A_BIT = 'ERR bit is not an integer or out of range'

/** GETBIT key offset → the bit; 0 beyond the end. */
export const getbit = command({
  name: 'GETBIT',
  group: 'bitmap',
  since: '2.2.0',
  summary: 'Reads one bit of a string.',
  complexity: 'O(1)',
  flags: ['readonly', 'fast'],
  args: { key: key(), offset: bitOffset() },
  activeActive: 'Reads what this region has observed.',
  run: (ctx, { key: name, offset }) => bitAt(readString(ctx, name) ?? '', offset),
})

/** SETBIT key offset value → the bit that was there. Grows the string with zero bytes as needed. */
export const setbit = command({
  name: 'SETBIT',
  group: 'bitmap',
  since: '2.2.0',
  summary: 'Sets or clears one bit of a string.',
  complexity: 'O(1), or O(N) to grow the string',
  flags: ['write', 'denyoom'],
  args: { key: key(), offset: bitOffset(), value: int({ min: 0, max: 1, error: NOT_A_BIT }) },
  activeActive:
    'Assigns the whole resulting string: bits that two regions set concurrently do not unite, the latest string wins (S1).',
  run(ctx, { key: name, offset, value }) {
    const before = readString(ctx, name) ?? ''
    const at = Math.floor(offset / 8)
    const mask = 128 >> (offset % 8)
    const old = bitAt(before, offset)
    const byte = at < before.length ? before.charCodeAt(at) : 0
    const changed = String.fromCharCode(value === 1 ? byte | mask : byte & ~mask)
    const gap = at > before.length ? '\0'.repeat(at - before.length) : ''
    changeString(ctx, name, before.slice(0, at) + gap + changed + before.slice(at + 1), 'setbit')
    return old
  },
})
