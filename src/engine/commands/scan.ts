/** What the SCAN family shares: cursor, options, and one step over a name index. */
import type { Bytes } from '../../lib/index.ts'
import type { NameIndex } from '../crdt/parts/name-index.ts'
import { int, named, opt, pattern, type Arg } from './arguments.ts'
import { fail, SYNTAX_ERROR } from './errors.ts'
import { matchesGlob } from '../glob.ts'

const CURSOR = /^[+-]?\d{0,20}$/
const MAX_CURSOR = 2n ** 64n - 1n
const DEFAULT_COUNT = 10

/** A cursor: any unsigned 64-bit number, those beyond the index meaning its end; an empty word counts as 0. A minus sign wraps, as in C: also the end. */
export function cursor(): Arg<number> {
  return {
    type: 'integer',
    name: 'cursor',
    least: 1,
    read(reader) {
      const text = reader.argv[reader.at++]
      if (text === undefined || !CURSOR.test(text)) return fail('ERR invalid cursor')
      const digits = BigInt(text.replace(/^[+-]/, ''))
      if (digits > MAX_CURSOR) return fail('ERR invalid cursor')
      return text.startsWith('-') && digits > 0n ? Number(MAX_CURSOR) : Number(digits)
    },
  }
}

export const SCAN_OPTIONS = {
  match: opt(named('MATCH', pattern('pattern'))),
  count: opt(named('COUNT', int({ name: 'count', min: 1, rangeError: SYNTAX_ERROR }))),
}

/** One step: the cursor to go on with, as text, and the names that match. Elements present throughout a scan are returned exactly once. */
export function scanNames(
  index: NameIndex,
  from: number,
  options: { readonly match: Bytes | undefined; readonly count: number | undefined },
): { next: Bytes; names: Bytes[] } {
  const { match, count = DEFAULT_COUNT } = options
  const { next, names } = index.scan(from, count)
  return {
    next: String(next),
    names: match === undefined || match === '*' ? names : names.filter((name) => matchesGlob(match, name)),
  }
}
