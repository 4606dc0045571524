/** Random choices from a name index: different names, or names with repetitions. */
import type { Bytes, Random } from '../../lib/index.ts'
import type { NameIndex } from '../crdt/parts/name-index.ts'
import { int, type Arg } from './arguments.ts'
import { MAX_ELEMENTS } from './capacity.ts'
import { fail } from './errors.ts'

const RANGE = 'ERR value is out of range'

/** Has no opposite in 64 bits. */
const LEAST_LONG = '-9223372036854775808'

/** A count that may be negative: repetitions are allowed then. */
export function signedCount(): Arg<number> {
  const count = int({ name: 'count' })
  return {
    ...count,
    read(reader) {
      if (reader.argv[reader.at] === LEAST_LONG) {
        fail(`${RANGE}, value must between -9223372036854775807 and 9223372036854775807`)
      }
      return count.read(reader)
    },
  }
}

/** Half the range of a long: with a value each, the reply has twice as many elements. */
const MOST_PAIRS = 2 ** 62

/** Ends the command when a signed count asks for more names with their values than a reply could have. */
export function checkPairCount(count: number): void {
  if (Math.abs(count) >= MOST_PAIRS) fail(RANGE)
}

/**
 * What a signed count asks for: up to `count` different names, or exactly `−count` picks that may repeat. `hidden` says which names do not count;
 * null when there are none. The map must not be empty. More repetitions than a collection can hold are refused: the reply could not be built.
 */
export function randomNames(
  index: NameIndex,
  random: Random,
  count: number,
  hidden: ((name: Bytes) => boolean) | null,
): Bytes[] {
  if (count < 0) return repeated(index, random, -count, hidden)
  if (count === 0) return []
  if (hidden === null) {
    const few = sparse(index, random, count)
    if (few !== undefined) return few
  }
  const pool = hidden === null ? [...index.all()] : index.all().filter((name) => !hidden(name))
  return count >= pool.length ? pool : drawn(pool, random, count)
}

function repeated(index: NameIndex, random: Random, count: number, hidden: ((name: Bytes) => boolean) | null): Bytes[] {
  if (count > MAX_ELEMENTS) fail(RANGE)
  const pool = hidden === null ? null : index.all().filter((name) => !hidden(name))
  const out: Bytes[] = []
  for (let i = 0; i < count; i++) out.push(pool === null ? (index.random(random) as Bytes) : random.pick(pool))
  return out
}

/** Few of many: picks until enough are different; undefined when that could take long. */
function sparse(index: NameIndex, random: Random, count: number): Bytes[] | undefined {
  if (count * 3 > index.size) return undefined
  const out = new Set<Bytes>()
  while (out.size < count) out.add(index.random(random) as Bytes)
  return [...out]
}

/** The first steps of a shuffle. */
function drawn(pool: Bytes[], random: Random, count: number): Bytes[] {
  for (let i = 0; i < count; i++) {
    const j = i + random.below(pool.length - i)
    const name = pool[j] as Bytes
    pool[j] = pool[i] as Bytes
    pool[i] = name
  }
  pool.length = count
  return pool
}
