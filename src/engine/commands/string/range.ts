/** Parts of strings: GETRANGE, SETRANGE, APPEND, STRLEN. */
import { int, key, str } from '../arguments.ts'
import { command } from '../command.ts'
import { fail } from '../errors.ts'
import { changeString, checkLength, readString } from './assign.ts'

const about = { group: 'string' }
const WHOLE = 'Assigns the whole resulting value: of concurrent changes the latest wins and the others are lost (S1).'

/** GETRANGE key start end → the bytes from start to end, both included; negative positions count from the end. */
export const getrange = command({
  ...about,
  name: 'GETRANGE',
  since: '2.4.0',
  summary: 'Reads part of a string.',
  complexity: 'O(N) for N bytes read',
  flags: ['readonly'],
  args: { key: key(), start: int(), end: int() },
  activeActive: 'Reads what this region has observed.',
  run(ctx, { key: name, start, end }) {
    const value = readString(ctx, name) ?? ''
    const from = start < 0 ? Math.max(0, value.length + start) : start
    const to = end < 0 ? Math.max(0, value.length + end) : end
    return (start < 0 && end < 0 && start > end) || from > to ? '' : value.slice(from, to + 1)
  },
})

/** STRLEN key → length in bytes, 0 when there is no such key. */
export const strlen = command({
  ...about,
  name: 'STRLEN',
  since: '2.2.0',
  summary: 'Counts the bytes of a string.',
  complexity: 'O(1)',
  flags: ['readonly', 'fast'],
  args: { key: key() },
  activeActive: 'Reads what this region has observed.',
  run: (ctx, { key: name }) => (readString(ctx, name) ?? '').length,
})

/** APPEND key value → the new length. */
export const append = command({
  ...about,
  name: 'APPEND',
  since: '2.0.0',
  summary: 'Adds bytes to the end of a string; a missing key counts as empty.',
  complexity: 'O(1)',
  flags: ['write', 'denyoom', 'fast'],
  args: { key: key(), value: str() },
  activeActive: WHOLE,
  run(ctx, { key: name, value }) {
    const before = readString(ctx, name) ?? ''
    const length = before.length + value.length
    checkLength(length)
    changeString(ctx, name, before + value, 'append')
    return length
  },
})

/** SETRANGE key offset value → the new length. Fills a gap with zero bytes; an empty value changes nothing. */
export const setrange = command({
  ...about,
  name: 'SETRANGE',
  since: '2.2.0',
  summary: 'Overwrites part of a string from an offset on.',
  complexity: 'O(N) for N bytes of the string',
  flags: ['write', 'denyoom'],
  args: { key: key(), offset: int(), value: str() },
  activeActive: WHOLE,
  run(ctx, { key: name, offset, value }) {
    if (offset < 0) fail('ERR offset is out of range')
    const before = readString(ctx, name) ?? ''
    if (value === '') return before.length
    checkLength(offset + value.length)
    const head = before.slice(0, offset)
    const after = head + '\0'.repeat(offset - head.length) + value + before.slice(offset + value.length)
    changeString(ctx, name, after, 'setrange')
    return after.length
  },
})
