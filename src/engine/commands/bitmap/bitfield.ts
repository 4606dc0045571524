import { arrayOfBytes, bytesOfArray, formatAmount } from '../../../lib/index.ts'
import type { Reply } from '../../reply.ts'
import { block, flag, int64, key, named, oneOf, repeated, str, whole, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import { fail } from '../errors.ts'
import { changeString, checkLength, readString } from '../string/assign.ts'
import { fieldOffset } from './bits.ts'
import { fit, parseEncoding, readField, writeField, type Encoding, type Overflow } from './field-value.ts'

const BAD_ENCODING = 'ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.'

interface Place {
  readonly encoding: Encoding
  readonly offset: number
}

/** An encoding and an offset, which may count in fields of that encoding. */
const place: Arg<Place> = {
  ...block({ encoding: str(), offset: str() }),
  read(reader) {
    const encoding = parseEncoding(str().read(reader)) ?? fail(BAD_ENCODING)
    return { encoding, offset: fieldOffset(str().read(reader), encoding.bits) }
  },
}

const overflowKind: Arg<Overflow> = {
  ...oneOf({ wrap: flag('WRAP'), sat: flag('SAT'), fail: flag('FAIL') }),
  read(reader) {
    const word = str().read(reader).toLowerCase()
    return word === 'wrap' || word === 'sat' || word === 'fail' ? word : fail('ERR Invalid OVERFLOW type specified')
  },
}

const get = whole(named('GET', place))
const set = whole(named('SET', block({ place, value: int64() })))
const incrby = whole(named('INCRBY', block({ place, increment: int64() })))
const overflow = whole(named('OVERFLOW', overflowKind))
const OPERATIONS = { get, set, incrby, overflow }

const about = { group: 'bitmap', complexity: 'O(1) for each subcommand' }

/**
 * BITFIELD key [GET encoding offset | [OVERFLOW WRAP | SAT | FAIL] SET encoding offset value | … INCRBY encoding offset increment] … → an array: what
 * each GET reads, what each SET replaced, what each INCRBY made; null where OVERFLOW FAIL held it back.
 */
export const bitfield = command({
  ...about,
  name: 'BITFIELD',
  since: '3.2.0',
  summary: 'Reads and changes whole numbers packed into a string.',
  flags: ['write', 'denyoom'],
  args: { key: key(), operations: repeated(oneOf(OPERATIONS)) },
  activeActive:
    'Assigns the whole resulting string (S1): concurrent INCRBY of one or of different fields do not add up, the latest string wins.',
  run(ctx, { key: name, operations = [] }) {
    const before = readString(ctx, name) ?? ''
    const length = lengthNeeded(operations)
    checkLength(length)
    const bytes = new Uint8Array(Math.max(before.length, length))
    bytes.set(arrayOfBytes(before))
    let rule: Overflow = 'wrap'
    let changed = bytes.length > before.length
    const replies: Reply[] = []
    for (const operation of operations) {
      if (operation.as === 'overflow') {
        rule = operation.value
        continue
      }
      if (operation.as === 'get') {
        replies.push(shown(readField(bytes, operation.value.offset, operation.value.encoding)))
        continue
      }
      const { encoding, offset } = operation.value.place
      const old = readField(bytes, offset, encoding)
      const next =
        operation.as === 'set'
          ? assigned(BigInt(formatAmount(operation.value.value)), encoding)
          : old + BigInt(formatAmount(operation.value.increment))
      const fitted = fit(next, encoding, rule)
      if (fitted !== undefined) {
        writeField(bytes, offset, encoding.bits, fitted)
        changed = true
      }
      replies.push(fitted === undefined ? null : shown(operation.as === 'set' ? old : fitted))
    }
    if (changed) changeString(ctx, name, bytesOfArray(bytes), 'setbit')
    return replies
  },
})

/** BITFIELD_RO key [GET encoding offset [GET encoding offset …]] → array of numbers. */
export const bitfieldRo = command({
  ...about,
  name: 'BITFIELD_RO',
  since: '6.0.0',
  summary: 'Reads whole numbers packed into a string.',
  flags: ['readonly', 'fast'],
  args: { key: key(), operations: { ...repeated(oneOf(OPERATIONS)), children: { get } } },
  activeActive: 'Reads what this region has observed.',
  run(ctx, { key: name, operations = [] }) {
    const reads: Place[] = []
    for (const { as, value } of operations) {
      if (as === 'get') reads.push(value)
      else if (as !== 'overflow') fail('ERR BITFIELD_RO only supports the GET subcommand')
    }
    const bytes = arrayOfBytes(readString(ctx, name) ?? '')
    return reads.map(({ offset, encoding }) => shown(readField(bytes, offset, encoding)))
  },
})

/** A negative number for an unsigned field is taken as its 64 bits, far too large for any. */
function assigned(value: bigint, { signed }: Encoding): bigint {
  return signed ? value : BigInt.asUintN(64, value)
}

/** Bytes that the fields to be written need. */
function lengthNeeded(operations: readonly { readonly as: string; readonly value: unknown }[]): number {
  let length = 0
  for (const { as, value } of operations) {
    if (as !== 'set' && as !== 'incrby') continue
    const { offset, encoding } = (value as { place: Place }).place
    length = Math.max(length, Math.floor((offset + encoding.bits - 1) / 8) + 1)
  }
  return length
}

function shown(value: bigint): Reply {
  const small = Number(value)
  return Number.isSafeInteger(small) ? small : value
}
