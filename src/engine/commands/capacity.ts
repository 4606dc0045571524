/** How many elements a collection may hold, and a region keys: a JavaScript map ends at 2^24 entries, before Redis's own 2^32. */
import type { Bytes } from '../../lib/index.ts'
import { fail } from './errors.ts'

export const MAX_ELEMENTS = 16_000_000
/** Refused from here on is whatever Redis would refuse when out of memory; what one command adds beyond still fits. */
export const MAX_KEYS = 16_000_000

const NAMES = { set: 'members', hash: 'fields', 'sorted set': 'members' } as const

/** Ends the command when `arriving`, added to what is held, would be too many. `nameOf` says which element an item is; `max` is for tests. */
export function checkRoom<T>(
  kind: keyof typeof NAMES,
  held: ReadonlyMap<Bytes, unknown> | undefined,
  arriving: readonly T[],
  nameOf: (item: T) => Bytes,
  max = MAX_ELEMENTS,
): void {
  const size = held === undefined ? 0 : held.size
  if (size + arriving.length <= max) return
  const fresh = new Set<Bytes>()
  for (const item of arriving) if (!held?.has(nameOf(item))) fresh.add(nameOf(item))
  if (size + fresh.size > max) tooMany(kind, max)
}

export function tooMany(kind: keyof typeof NAMES, max = MAX_ELEMENTS): never {
  return fail(`ERR a ${kind} holds at most ${max} ${NAMES[kind]}`)
}

/** The name of an item that is its own name. */
export const itself = (name: Bytes): Bytes => name
