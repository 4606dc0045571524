/** ACL categories of commands, derived from their group and flags. */
import type { Command } from '../command.ts'

/** In the order in which ACL CAT lists them. */
export const CATEGORIES = [
  'keyspace',
  'read',
  'write',
  'set',
  'sortedset',
  'list',
  'hash',
  'string',
  'bitmap',
  'hyperloglog',
  'geo',
  'stream',
  'pubsub',
  'admin',
  'fast',
  'slow',
  'blocking',
  'dangerous',
  'connection',
  'transaction',
  'scripting',
  'json',
  'search',
] as const

const OF_GROUP: Readonly<Record<string, string>> = {
  generic: 'keyspace',
  'sorted-set': 'sortedset',
  transactions: 'transaction',
}

/** Where Redis's table says more than group and flags. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  command: ['connection'],
  dbsize: ['keyspace'],
  flushall: ['keyspace', 'dangerous'],
  flushdb: ['keyspace', 'dangerous'],
  info: ['dangerous'],
  keys: ['dangerous'],
  restore: ['dangerous'],
  sort: ['set', 'sortedset', 'list', 'dangerous'],
  sort_ro: ['set', 'sortedset', 'list', 'dangerous'],
}

/** Without the `@`. */
export function categoriesOf({ doc, flags, fullName }: Command): string[] {
  const found = new Set<string>()
  if (flags.includes('write')) found.add('write')
  if (flags.includes('readonly') && doc.group !== 'scripting') found.add('read')
  if (flags.includes('admin')) found.add('admin').add('dangerous')
  if (flags.includes('pubsub')) found.add('pubsub')
  if (flags.includes('blocking')) found.add('blocking')
  found.add(flags.includes('fast') ? 'fast' : 'slow')
  for (const category of MORE[fullName.split('|')[0] as string] ?? []) found.add(category)
  if (!fullName.startsWith('sort')) found.add(OF_GROUP[doc.group] ?? doc.group)
  return CATEGORIES.filter((category) => found.has(category))
}
