/** OBJECT: what a server would know of a key besides its value. */
import { valueOf } from '../../crdt/parts/cell.ts'
import { StringState } from '../../crdt/string/string.ts'
import type { Key } from '../../keyspace/key.ts'
import { status } from '../../reply.ts'
import { key } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'

const about = {
  group: 'generic',
  complexity: 'O(1)',
  flags: ['readonly'] as const,
  args: { key: key() },
}

const ADJUST =
  'Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.'
/** A reference to what a plain Redis shares between all keys. */
const SHARED = 2147483647

/** A plain Redis shares small numbers, unless it has to know how each key is used. */
function isShared({ testMode, instance: { limit } }: Context, key: Key): boolean {
  const own = limit.bytes > 0 && /l[rf]u$/.test(limit.policy)
  return testMode && !own && key.value instanceof StringState && /^(0|[1-9]\d{0,3})$/.test(valueOf(key.value))
}

/** OBJECT REFCOUNT key → 1, or null when there is no such key. */
export const objectRefcount = command({
  ...about,
  name: 'OBJECT REFCOUNT',
  since: '2.2.3',
  summary: 'Counts the references to a value: always one.',
  activeActive: 'Values are never shared between keys here, so it is 1.',
  run(ctx, args) {
    const key = ctx.peek(args.key)
    return key === undefined ? null : isShared(ctx, key) ? SHARED : 1
  },
})

/** OBJECT IDLETIME key → seconds, or null when there is no such key; an error under an LFU policy. */
export const objectIdletime = command({
  ...about,
  name: 'OBJECT IDLETIME',
  since: '2.2.3',
  summary:
    'Seconds since the last access to a key: zero where no memory limit is set, as accesses are not recorded then.',
  activeActive: 'Accesses are local: those in this region count.',
  run(ctx, args) {
    const key = ctx.peek(args.key)
    if (key === undefined) return null
    if (countsAccesses(ctx)) fail(`ERR An LFU maxmemory policy is selected, idle time not tracked. ${ADJUST}`)
    return Math.floor(ctx.instance.usage.idle(key, ctx.now) / 1000)
  },
})

/** OBJECT FREQ key → how often it was accessed, on a logarithmic scale from 0 to 255, or null when there is no such key; an error without an LFU policy. */
export const objectFreq = command({
  ...about,
  name: 'OBJECT FREQ',
  since: '4.0.0',
  summary: 'Counts accesses to a key, under an LFU eviction policy only.',
  activeActive: 'Accesses are local: those in this region count.',
  run(ctx, args) {
    const key = ctx.peek(args.key)
    if (key === undefined) return null
    if (!countsAccesses(ctx))
      fail(`ERR An LFU maxmemory policy is not selected, access frequency not tracked. ${ADJUST}`)
    return ctx.instance.usage.frequency(key, ctx.now)
  },
})

function countsAccesses({ instance }: Context): boolean {
  return instance.limit.policy.endsWith('-lfu')
}

/** OBJECT HELP → array of lines. */
export const objectHelp = command({
  ...about,
  name: 'OBJECT HELP',
  flags: [],
  since: '6.2.0',
  summary: 'Lists the subcommands of OBJECT.',
  args: {},
  activeActive: 'Local to the region.',
  run: () =>
    [
      'OBJECT <subcommand> <key>. Subcommands are:',
      'FREQ: how often the key was accessed; needs an LFU eviction policy.',
      'IDLETIME: seconds since the key was accessed.',
      'REFCOUNT: references to its value.',
      'HELP: these lines.',
    ].map(status),
})
