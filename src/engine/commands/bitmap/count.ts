import type { Bytes } from '../../../lib/index.ts'
import { block, flag, int, key, last, oneOf, opt, whole, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import { readString } from '../string/assign.ts'
import { bitAt, clampRange, POPULATION } from './bits.ts'

const about = {
  group: 'bitmap',
  complexity: 'O(N) for N bytes',
  flags: ['readonly'] as const,
  activeActive: 'Reads what this region has observed.',
}

const units = oneOf({ byte: flag('BYTE'), bit: flag('BIT') })
const unit = opt(last(units))

/** BITPOS looks at the unit, the second word, before it reads the end. */
function unitFirst<T>(arg: Arg<T>): Arg<T> {
  return {
    ...arg,
    read(reader) {
      if (reader.at + 1 < reader.argv.length) units.read({ ...reader, at: reader.at + 1 })
      return arg.read(reader)
    },
  }
}

/** BITCOUNT key [start end [BYTE | BIT]] → how many bits are set; positions are bytes unless BIT is given. */
export const bitcount = command({
  ...about,
  name: 'BITCOUNT',
  since: '2.6.0',
  summary: 'Counts the bits that are set in a string.',
  args: { key: key(), range: opt(whole(block({ start: int(), end: int(), unit }), 3)) },
  run(ctx, { key: name, range }) {
    const value = readString(ctx, name) ?? ''
    const perItem = range?.unit?.as === 'bit' ? 1 : 8
    const { start = 0, end = -1 } = range ?? {}
    const items = clampRange(start, end, (value.length * 8) / perItem)
    const backwards = start < 0 && end < 0 && start > end
    return items === undefined || backwards ? 0 : countBits(value, items.from * perItem, (items.to + 1) * perItem)
  },
})

/** Bits set from offset `from` up to, not including, `to`. */
function countBits(value: Bytes, from: number, to: number): number {
  let count = 0
  while (from < to && from % 8 !== 0) count += bitAt(value, from++)
  while (from < to && to % 8 !== 0) count += bitAt(value, --to)
  for (let at = from / 8; at < to / 8; at++) count += POPULATION[value.charCodeAt(at)] as number
  return count
}

/**
 * BITPOS key bit [start [end [BYTE | BIT]]] → position of the first such bit, −1 when there is none. A search for a zero that names no end finds
 * the place right after the string.
 */
export const bitpos = command({
  ...about,
  name: 'BITPOS',
  since: '2.8.7',
  summary: 'Finds the first bit that is set, or that is clear.',
  args: {
    key: key(),
    bit: int({ min: 0, max: 1, rangeError: 'ERR The bit argument must be 1 or 0.' }),
    range: opt(whole(block({ start: int(), limit: opt(unitFirst(block({ end: int(), unit }))) }), 3)),
  },
  run(ctx, { key: name, bit, range }) {
    const value = readString(ctx, name)
    if (value === undefined) return bit === 1 ? -1 : 0
    const perItem = range?.limit?.unit?.as === 'bit' ? 1 : 8
    const items = clampRange(range?.start ?? 0, range?.limit?.end ?? -1, (value.length * 8) / perItem)
    if (items === undefined) return -1
    const end = (items.to + 1) * perItem
    const found = findBit(value, bit, items.from * perItem, end)
    if (found === undefined) return bit === 0 && range?.limit === undefined ? end : -1
    return found
  },
})

function findBit(value: Bytes, bit: number, from: number, to: number): number | undefined {
  const skipped = bit === 1 ? 0 : 255
  while (from < to) {
    if (from % 8 === 0 && to - from >= 8 && value.charCodeAt(from / 8) === skipped) from += 8
    else if (bitAt(value, from) === bit) return from
    else from++
  }
  return undefined
}
