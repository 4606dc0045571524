/** What all JSON commands share: the document behind a key, paths into it, and errors. */
import type { Bytes } from '../../../lib/index.ts'
import { jsonType, type JsonState } from '../../crdt/json/json.ts'
import { kindAt, type Slot } from '../../crdt/json/read.ts'
import type { Kind } from '../../crdt/json/value.ts'
import type { Reply } from '../../reply.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { type Path, ROOT } from './steps.ts'
import { matches, readPath } from './work.ts'

export const NO_SUCH_DOCUMENT = "ERR could not perform this operation on a key that doesn't exist"

export function noPath(path: Bytes): string {
  return `ERR Path '${path}' does not exist`
}

export function noPathOr(path: Bytes, or: string): string {
  return `${noPath(path)} or ${or}`
}

export function wrongKind(expected: string, found: string): string {
  return `WRONGTYPE wrong type of path value - expected ${expected} but found ${found}`
}

/** The document at a key; undefined when there is no such key. */
export function documentAt(ctx: Context, key: Bytes): JsonState | undefined {
  const found = ctx.find(key)
  if (found === undefined) return undefined
  if (found.value?.type !== jsonType) fail('Existing key has wrong Redis type')
  return found.value as JsonState
}

export function existingDocument(ctx: Context, key: Bytes): JsonState {
  return documentAt(ctx, key) ?? fail(NO_SUCH_DOCUMENT)
}

export function pathOr(text: Bytes | undefined): Path {
  return text === undefined ? ROOT : readPath(text)
}

/** The first match, which is what the older notation means when reading. */
export function firstMatch(document: JsonState, path: Path): Slot {
  return matches(document, path)[0] ?? fail(noPath(path.text))
}

/** Every match once, in the order of the first find. */
export function distinct(slots: readonly Slot[]): Slot[] {
  const seen = new Set<unknown>()
  return slots.filter(({ cell }) => !seen.has(cell) && seen.add(cell))
}

/** Matches that lie in none of the others. */
export function outermost(slots: readonly Slot[]): Slot[] {
  const once = distinct(slots)
  const cells = new Set(once.map(({ cell }) => cell))
  return once.filter((slot) => {
    for (let up = slot.parent; up !== null; up = up.parent) if (cells.has(up.cell)) return false
    return true
  })
}

/** The reply of a command that looks at values of one kind: per match, null for other kinds. */
export function perMatch(
  document: JsonState,
  path: Path,
  wanted: (kind: Kind) => boolean,
  one: (slot: Slot) => Reply,
): Reply[] {
  return matches(document, path).map((slot) => (wanted(kindAt(slot)) ? one(slot) : null))
}

/**
 * The reply of a command that changes values of one kind, each match once: per match, null for other kinds; in the older notation that of the last match, an
 * error when there is none.
 */
export function changeMatches(
  document: JsonState,
  path: Path,
  wanted: (kind: Kind) => boolean,
  missing: string,
  change: (slot: Slot) => Reply,
): Reply[] | Reply {
  const done = new Map<unknown, Reply>()
  const found = matches(document, path)
  const right = found.filter((slot) => wanted(kindAt(slot)))
  if (path.legacy && right.length === 0) fail(missing)
  for (const slot of distinct(right)) done.set(slot.cell, change(slot))
  if (path.legacy) return done.get((right.at(-1) as Slot).cell) ?? null
  return found.map(({ cell }) => done.get(cell) ?? null)
}

export const isArray = (kind: Kind): boolean => kind === 'array'
export const isObject = (kind: Kind): boolean => kind === 'object'
export const isString = (kind: Kind): boolean => kind === 'string'
