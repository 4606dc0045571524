import { arrayOfBytes, bytesOfArray, type Bytes } from '../../../lib/index.ts'
import { flag, key, many, oneOf } from '../arguments.ts'
import { command } from '../command.ts'
import { fail } from '../errors.ts'
import { readString, replaceString } from '../string/assign.ts'

const OPERATIONS = {
  and: flag('AND'),
  or: flag('OR'),
  xor: flag('XOR'),
  not: flag('NOT'),
  diff: flag('DIFF'),
  diff1: flag('DIFF1'),
  andor: flag('ANDOR'),
  one: flag('ONE'),
}
type Operation = keyof typeof OPERATIONS

/**
 * BITOP op destkey key [key …] → length of the result, that of the longest source; shorter ones count as filled with zero bytes. With X the
 * first source and Y the union of the others: DIFF is X without Y, DIFF1 is Y without X, ANDOR is what X and Y share; ONE has the bits set in exactly one.
 */
export const bitop = command({
  name: 'BITOP',
  group: 'bitmap',
  since: '2.6.0',
  summary: 'Combines strings bit by bit into another.',
  complexity: 'O(N) for N bytes of all sources',
  flags: ['write', 'denyoom'],
  args: { operation: oneOf(OPERATIONS), destkey: key(), keys: many(key()) },
  activeActive: 'Replaces the destination with the result computed in this region; the latest assignment wins (S1).',
  run(ctx, { operation: { as: operation }, destkey, keys }) {
    if (operation === 'not' && keys.length !== 1) fail('ERR BITOP NOT must be called with a single source key.')
    if ((operation === 'diff' || operation === 'diff1' || operation === 'andor') && keys.length < 2) {
      fail(`ERR BITOP ${operation.toUpperCase()} must be called with at least two source keys.`)
    }
    const sources = keys.map((name) => readString(ctx, name) ?? '')
    const result = combine(operation, sources)
    if (result === '') ctx.remove(destkey, 'del')
    else replaceString(ctx, destkey, result, 'forget')
    return result.length
  },
})

function combine(operation: Operation, sources: readonly Bytes[]): Bytes {
  const [first = '', ...others] = sources
  const length = Math.max(...sources.map((source) => source.length))
  if (length === 0) return ''
  const out = new Uint8Array(length)
  out.set(arrayOfBytes(first))
  if (operation === 'not') return bytesOfArray(out.map((byte) => ~byte))
  if (operation === 'one') return bytesOfArray(exactlyOne(out, others))
  if (operation === 'and' || operation === 'or' || operation === 'xor') {
    for (const source of others) {
      for (let i = 0; i < length; i++) out[i] = apply(operation, out[i] as number, byteAt(source, i))
    }
    return bytesOfArray(out)
  }
  for (let i = 0; i < length; i++) {
    let union = 0
    for (const source of others) union |= byteAt(source, i)
    out[i] = apply(operation, out[i] as number, union)
  }
  return bytesOfArray(out)
}

function byteAt(source: Bytes, at: number): number {
  return at < source.length ? source.charCodeAt(at) : 0
}

function apply(operation: Exclude<Operation, 'not' | 'one'>, a: number, b: number): number {
  switch (operation) {
    case 'and':
    case 'andor':
      return a & b
    case 'or':
      return a | b
    case 'xor':
      return a ^ b
    case 'diff':
      return a & ~b
    case 'diff1':
      return ~a & b
  }
}

function exactlyOne(out: Uint8Array, others: readonly Bytes[]): Uint8Array {
  const several = new Uint8Array(out.length)
  for (const source of others) {
    for (let i = 0; i < source.length; i++) {
      const byte = source.charCodeAt(i)
      several[i] = (several[i] as number) | ((out[i] as number) & byte)
      out[i] = (out[i] as number) | byte
    }
  }
  return out.map((byte, i) => byte & ~(several[i] as number))
}
