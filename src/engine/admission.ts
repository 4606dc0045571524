/** What the state of a whole region forbids, whatever the command says. */
import { MAX_KEYS } from './commands/capacity.ts'
import type { Command } from './commands/command.ts'
import { fail } from './commands/errors.ts'
import { OUT_OF_MEMORY } from './eviction.ts'
import type { Instance } from './instance.ts'

const JOINING = 'READONLY This region is joining the database: it refuses writes until its first sync'

/** Ends the command where the region does not take it: it has yet to sync (R6), or it holds as many keys as it can. */
export function checkRegion({ acceptsWrites, keyspace, outOfMemory }: Instance, { writes, flags }: Command): void {
  if (writes && !acceptsWrites) fail(JOINING)
  // A script that a client's command runs: the command itself was let through.
  if (outOfMemory && flags.includes('denyoom')) fail(OUT_OF_MEMORY)
  if (keyspace.size >= MAX_KEYS && flags.includes('denyoom')) fail(`ERR a region holds at most ${MAX_KEYS} keys`)
}
