/** What the state of a whole region forbids, whatever the command says. */
import { MAX_KEYS } from './commands/capacity.ts'
import type { Bytes } from '../lib/index.ts'
import type { Command } from './commands/command.ts'
import { fail } from './commands/errors.ts'
import { OUT_OF_MEMORY } from './eviction.ts'
import type { Instance } from './instance.ts'
import { slotOf } from './slots.ts'

/** How a region stands in its database. `expelled`: it was removed by force. `inconsistent`: effects that found no memory are missing (R8). */
export type Standing = 'member' | 'joining' | 'expelled' | 'inconsistent'

const CROSSSLOT = "CROSSSLOT Keys in request don't hash to the same slot"
const JOINING = 'READONLY This region is joining the database: it refuses writes until its first sync'
const EXPELLED = 'READONLY This region was removed from the database: it can only come back as a new region'
const INCONSISTENT =
  'OOM This region is inconsistent: what others wrote found no memory. It serves again after a full sync, once its memory limit is raised'

/** Ends the command where the region does not take it: by its standing (R6, R8), or because it holds as many keys as it can. */
export function checkRegion(instance: Instance, command: Command, argv: readonly Bytes[]): void {
  const { standing, keyspace, outOfMemory, sharding } = instance
  const { writes, flags, doc } = command
  if (standing !== 'member') {
    if (writes && standing === 'joining') fail(JOINING)
    if (writes && standing === 'expelled') fail(EXPELLED)
    if (standing === 'inconsistent' && doc.group !== 'connection' && doc.group !== 'server') fail(INCONSISTENT)
  }
  if (sharding && new Set(command.keysOf(argv).map(slotOf)).size > 1) fail(CROSSSLOT)
  // A script that a client's command runs: the command itself was let through.
  if (outOfMemory && flags.includes('denyoom')) fail(OUT_OF_MEMORY)
  if (keyspace.size >= MAX_KEYS && flags.includes('denyoom')) fail(`ERR a region holds at most ${MAX_KEYS} keys`)
}
