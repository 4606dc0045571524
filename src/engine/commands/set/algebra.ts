/** Intersections, unions and differences; the STORE forms replace their destination by what this region sees (T3). */
import type { Bytes } from '../../../lib/index.ts'
import { add, setType } from '../../crdt/set/set.ts'
import { set as setReply } from '../../reply.ts'
import { counted, int, key, many, named, opt } from '../arguments.ts'
import { MAX_ELEMENTS, tooMany } from '../capacity.ts'
import { command, type Command } from '../command.ts'
import type { Context } from '../context.ts'

type Members = ReadonlyMap<Bytes, unknown>

const NOTHING: Members = new Map()

function operands(ctx: Context, keys: readonly Bytes[]): Members[] {
  return keys.map((name) => ctx.read(setType, name)?.members ?? NOTHING)
}

/** Members of all sets, at most `limit`: walks through the smallest. */
function intersection(sets: readonly Members[], limit = Infinity): Bytes[] {
  const [least = NOTHING, ...others] = [...sets].sort((a, b) => a.size - b.size)
  const out: Bytes[] = []
  for (const member of least.keys()) {
    if (!others.every((other) => other.has(member))) continue
    out.push(member)
    if (out.length >= limit) break
  }
  return out
}

/** Refuses more than a set may hold, also where it is only listed: the union could not be built. */
function union(sets: readonly Members[]): Bytes[] {
  const out = new Set<Bytes>()
  for (const members of sets) {
    for (const member of members.keys()) {
      out.add(member)
      if (out.size > MAX_ELEMENTS) tooMany('set')
    }
  }
  return [...out]
}

function difference([first = NOTHING, ...others]: readonly Members[]): Bytes[] {
  const out: Bytes[] = []
  for (const member of first.keys()) if (!others.some((other) => other.has(member))) out.push(member)
  return out
}

const about = { group: 'set', since: '1.0.0', complexity: 'O(N) for N members in all sets' }

function reading(name: string, summary: string, compute: (sets: readonly Members[]) => Bytes[]): Command {
  return command({
    ...about,
    name,
    summary,
    flags: ['readonly'],
    args: { keys: many(key()) },
    activeActive: 'Computed from what this region has observed.',
    run: (ctx, args) => setReply(compute(operands(ctx, args.keys))),
  })
}

function storing(name: string, summary: string, compute: (sets: readonly Members[]) => Bytes[]): Command {
  return command({
    ...about,
    name,
    summary,
    flags: ['write', 'denyoom'],
    args: { destination: key(), keys: many(key()) },
    activeActive:
      'The members computed here travel, not the command; they replace what this region had observed of the destination (T3).',
    run(ctx, { destination, keys }) {
      const members = compute(operands(ctx, keys))
      if (members.length === 0) ctx.remove(destination, 'del')
      else ctx.replace(setType, destination, add(members), 'forget', name.toLowerCase())
      return members.length
    },
  })
}

/** SINTER key [key …] → set of the members that all sets have. */
export const sinter = reading('SINTER', 'Lists the members that all of several sets have.', intersection)

/** SUNION key [key …] → set of the members that any set has. */
export const sunion = reading('SUNION', 'Lists the members that any of several sets has.', union)

/** SDIFF key [key …] → set of the members that only the first set has. */
export const sdiff = reading('SDIFF', 'Lists the members of one set that no other has.', difference)

/** SINTERSTORE destination key [key …] → how many members were stored; with none the destination is deleted. */
export const sinterstore = storing('SINTERSTORE', 'Stores the members that all of several sets have.', intersection)

/** SUNIONSTORE destination key [key …] → how many members were stored. */
export const sunionstore = storing('SUNIONSTORE', 'Stores the members that any of several sets has.', union)

/** SDIFFSTORE destination key [key …] → how many members were stored. */
export const sdiffstore = storing('SDIFFSTORE', 'Stores the members of one set that no other has.', difference)

/** SINTERCARD numkeys key [key …] [LIMIT limit] → how many members all sets have; counting stops at a limit other than 0. */
export const sintercard = command({
  ...about,
  name: 'SINTERCARD',
  since: '7.0.0',
  summary: 'Counts the members that all of several sets have.',
  flags: ['readonly', 'movablekeys'],
  args: {
    keys: counted(key(), {
      countName: 'numkeys',
      countError: 'ERR numkeys should be greater than 0',
      shortError: "ERR Number of keys can't be greater than number of args",
    }),
    limit: opt(named('LIMIT', int({ name: 'limit', min: 0, error: "ERR LIMIT can't be negative" }))),
  },
  activeActive: 'Computed from what this region has observed.',
  run: (ctx, args) => intersection(operands(ctx, args.keys), args.limit || Infinity).length,
})
