/** Finding keys: KEYS, SCAN, RANDOMKEY. */
import type { Bytes } from '../../../lib/index.ts'
import { matchesGlob } from '../../glob.ts'
import { int, named, opt, pattern, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, SYNTAX_ERROR } from '../errors.ts'
import { cursor } from '../scan.ts'

const about = { group: 'generic', flags: ['readonly'] as const }
const OBSERVED = 'Shows the keys that this region has observed, without tombstones.'

/** KEYS pattern → array of names. */
export const keys = command({
  ...about,
  name: 'KEYS',
  since: '1.0.0',
  summary: 'Lists the keys whose names match a pattern.',
  complexity: 'O(N) for N keys',
  args: { pattern: pattern() },
  activeActive: OBSERVED,
  run: (ctx, { pattern: wanted }) => visibleKeys(ctx).filter((name) => wanted === '*' || matchesGlob(wanted, name)),
})

/**
 * SCAN cursor [MATCH pattern] [COUNT count] [TYPE type] → array of the next cursor (0: done) and an array of names. A key that is there from the first
 * call to the last comes exactly once.
 */
export const scan = command({
  ...about,
  name: 'SCAN',
  since: '2.8.0',
  summary: 'Lists keys bit by bit.',
  complexity: 'O(1) for every call',
  args: {
    cursor: cursor(),
    match: opt(named('MATCH', pattern())),
    count: opt(named('COUNT', int({ name: 'count' }))),
    type: opt(named('TYPE', str())),
  },
  activeActive: `${OBSERVED} Cursors mean the same in every region.`,
  run(ctx, { cursor: from, match, count = 10, type }) {
    if (count < 1) fail(SYNTAX_ERROR)
    const { next, names } = ctx.keyspace.index.scan(from, count)
    const wanted = type?.toLowerCase()
    const shown = names.filter((name) => {
      if (match !== undefined && match !== '*' && !matchesGlob(match, name)) return false
      const held = ctx.find(name)
      return held !== undefined && (wanted === undefined || held.value?.type.name.toLowerCase() === wanted)
    })
    return [String(next), shown]
  },
})

/** Tries before all visible keys are listed: enough unless most headers are tombstones or expired. */
const TRIES = 32

/** RANDOMKEY → a key's name, or null when there is none. */
export const randomkey = command({
  ...about,
  name: 'RANDOMKEY',
  since: '1.0.0',
  summary: 'Names a key by chance.',
  complexity: 'O(1)',
  args: {},
  activeActive: OBSERVED,
  run(ctx) {
    for (let tries = 0; tries < TRIES; tries++) {
      const name = ctx.keyspace.index.random(ctx.random)
      if (name === undefined) return null
      if (ctx.find(name) !== undefined) return name
    }
    const visible = visibleKeys(ctx)
    return visible.length === 0 ? null : ctx.random.pick(visible)
  },
})

function visibleKeys(ctx: Context): Bytes[] {
  return [...ctx.keyspace.keys.keys()].filter((name) => ctx.find(name) !== undefined)
}
