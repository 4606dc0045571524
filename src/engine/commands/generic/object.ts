/** OBJECT: what a server would know of a key besides its value. */
import { status } from '../../reply.ts'
import { key } from '../arguments.ts'
import { command } from '../command.ts'
import { fail } from '../errors.ts'

const about = {
  group: 'generic',
  complexity: 'O(1)',
  flags: ['readonly'] as const,
  args: { key: key() },
}

/** OBJECT REFCOUNT key → 1, or null when there is no such key. */
export const objectRefcount = command({
  ...about,
  name: 'OBJECT REFCOUNT',
  since: '2.2.3',
  summary: 'Counts the references to a value: always one.',
  activeActive: 'Values are never shared between keys here, so it is 1.',
  run: (ctx, args) => (ctx.find(args.key) === undefined ? null : 1),
})

/** OBJECT IDLETIME key → 0, or null when there is no such key. */
export const objectIdletime = command({
  ...about,
  name: 'OBJECT IDLETIME',
  since: '2.2.3',
  summary: 'Seconds since the last access to a key: accesses are not recorded, so always zero.',
  activeActive: 'Accesses are local and are not recorded here, so it is 0.',
  run: (ctx, args) => (ctx.find(args.key) === undefined ? null : 0),
})

/** OBJECT FREQ key → an error for a key that exists (no LFU policy is ever selected), else null. */
export const objectFreq = command({
  ...about,
  name: 'OBJECT FREQ',
  since: '4.0.0',
  summary: 'Counts accesses to a key, under an LFU eviction policy only.',
  activeActive: 'The eviction policy is never an LFU one here (R8), so an existing key is an error.',
  run: (ctx, args) =>
    ctx.find(args.key) === undefined
      ? null
      : fail(
          'ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.',
        ),
})

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
