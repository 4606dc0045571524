import { assert, type Bytes } from '../../../lib/index.ts'
import { stringType, type StringState } from '../../crdt/string/string.ts'
import { valueOf } from '../../crdt/parts/cell.ts'
import { map, type Reply } from '../../reply.ts'
import { flag, int, key, later, named, opt } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { MAX_STRING_LENGTH } from './assign.ts'

const BYTES_PER_CELL = 4

function stringOrEmpty(ctx: Context, name: Bytes): Bytes {
  const held = ctx.find(name)
  if (held === undefined) return ''
  if (held.value?.type !== stringType) fail('ERR The specified keys must contain string values')
  return valueOf(held.value as StringState)
}

/**
 * LCS key1 key2 [LEN] [IDX] [MINMATCHLEN n] [WITHMATCHLEN] → the longest common subsequence; its length with LEN; with IDX a map of the matching
 * ranges, last first, and the length. MINMATCHLEN and WITHMATCHLEN matter to IDX only.
 */
export const lcs = command({
  name: 'LCS',
  group: 'string',
  since: '7.0.0',
  summary: 'Finds the longest common subsequence of two strings.',
  complexity: 'O(N*M) for strings of N and M bytes',
  flags: ['readonly'],
  args: {
    key1: key(),
    key2: key(),
    options: later({
      len: opt(flag('LEN')),
      idx: opt(flag('IDX')),
      minmatchlen: opt(named('MINMATCHLEN', int({ name: 'min-match-len' }))),
      withmatchlen: opt(flag('WITHMATCHLEN')),
    }),
  },
  activeActive: 'Reads what this region has observed.',
  run(ctx, { key1, key2, options }) {
    const a = stringOrEmpty(ctx, key1)
    const b = stringOrEmpty(ctx, key2)
    const { len, idx, minmatchlen = 0, withmatchlen } = options()
    if (len && idx) fail('ERR If you want both the length and indexes, please just use IDX.')
    if ((a.length + 1) * (b.length + 1) * BYTES_PER_CELL > MAX_STRING_LENGTH) {
      fail('ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len')
    }
    const lengths = prefixLengths(a, b)
    const length = lengths[lengths.length - 1] ?? 0
    if (len) return length
    const { text, ranges } = walkBack(a, b, lengths)
    if (!idx) return text
    const matches: Reply[] = []
    for (const { inA, inB, size } of ranges) {
      if (size < minmatchlen) continue
      const range: Reply[] = [
        [inA, inA + size - 1],
        [inB, inB + size - 1],
      ]
      if (withmatchlen) range.push(size)
      matches.push(range)
    }
    return map(['matches', matches, 'len', length])
  },
})

/** Row by row, the length of the longest common subsequence of every prefix of `a` with every prefix of `b`. */
function prefixLengths(a: Bytes, b: Bytes): Uint32Array {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = 1; i <= a.length; i++) {
    const byte = a.charCodeAt(i - 1)
    for (let j = 1; j < width; j++) {
      const at = i * width + j
      const above = lengths[at - width] as number
      const left = lengths[at - 1] as number
      if (byte === b.charCodeAt(j - 1)) lengths[at] = (lengths[at - width - 1] as number) + 1
      else lengths[at] = above > left ? above : left
    }
  }
  return lengths
}

interface Range {
  readonly inA: number
  readonly inB: number
  readonly size: number
}

/** From the ends back to the beginnings; where both ways are equally long, back in `b` first, as Redis goes. */
function walkBack(a: Bytes, b: Bytes, lengths: Uint32Array): { text: Bytes; ranges: Range[] } {
  const width = b.length + 1
  const ranges: Range[] = []
  const pieces: Bytes[] = []
  let i = a.length
  let j = b.length
  while (i > 0 && j > 0) {
    let size = 0
    while (i > 0 && j > 0 && a.charCodeAt(i - 1) === b.charCodeAt(j - 1)) {
      i--
      j--
      size++
    }
    if (size > 0) {
      ranges.push({ inA: i, inB: j, size })
      pieces.push(a.slice(i, i + size))
    } else {
      const above = lengths[(i - 1) * width + j]
      const left = lengths[i * width + j - 1]
      assert(above !== undefined && left !== undefined, 'the walk stays inside the table')
      if (above > left) i--
      else j--
    }
  }
  return { text: pieces.reverse().join(''), ranges }
}
