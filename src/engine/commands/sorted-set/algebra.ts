/** Intersections, unions and differences of sorted sets and sets; the STORE forms replace their destination by what this region sees (T3). */
import type { Bytes } from '../../../lib/index.ts'
import { SetState } from '../../crdt/set/set.ts'
import { inOrder, type Entry } from '../../crdt/zset/score-tree.ts'
import { ZSetState } from '../../crdt/zset/zset.ts'
import type { Reply } from '../../reply.ts'
import { counted, key, type Arg } from '../arguments.ts'
import { MAX_ELEMENTS, tooMany } from '../capacity.ts'
import { command, type Command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, NOT_AN_INTEGER, WRONG_TYPE } from '../errors.ts'
import { combineOptions, type Aggregate, type CombineOptions } from './combine-options.ts'
import { scoredReply, storeEntries } from './members.ts'

/** What is combined: members with scores; those of a set have 1. */
interface Source {
  readonly size: number
  scoreOf(member: Bytes): number | undefined
  members(): Iterable<Bytes>
  readonly weight: number
}

const EMPTY: ReadonlyMap<Bytes, unknown> = new Map()

function sourcesOf(ctx: Context, keys: readonly Bytes[]): (weights: readonly number[] | undefined) => Source[] {
  const states = keys.map((name) => {
    const state = ctx.find(name)?.value
    if (state === undefined || state === null) return undefined
    return state instanceof ZSetState || state instanceof SetState ? state : fail(WRONG_TYPE)
  })
  return (weights) =>
    states.map((state, i) => {
      const weight = weights?.[i] ?? 1
      if (state instanceof SetState) {
        const { members } = state
        return {
          size: members.size,
          scoreOf: (member) => (members.has(member) ? 1 : undefined),
          members: () => members.keys(),
          weight,
        }
      }
      const cells = state?.cells ?? EMPTY
      return {
        size: cells.size,
        scoreOf: (member) => state?.scoreOf(member),
        members: () => cells.keys(),
        weight,
      }
    })
}

const numberOr0 = (score: number): number => (Number.isNaN(score) ? 0 : score)

function aggregated(sum: number, score: number, aggregate: Aggregate): number {
  if (aggregate === 'sum') return numberOr0(sum + score)
  if (aggregate === 'min') return score < sum ? score : sum
  return score > sum ? score : sum
}

type Combine = (sources: readonly Source[], aggregate: Aggregate, limit: number) => Entry[]

/** Scores are added from the smallest source to the largest, as Redis does: the order shows in the last digit. */
const bySize = (sources: readonly Source[]): Source[] => [...sources].sort((a, b) => a.size - b.size)

function intersection(sources: readonly Source[], aggregate: Aggregate, limit: number): Entry[] {
  const [least, ...others] = bySize(sources)
  const out: Entry[] = []
  if (least === undefined) return out
  next: for (const name of least.members()) {
    let score = numberOr0(least.weight * (least.scoreOf(name) as number))
    for (const other of others) {
      const found = other.scoreOf(name)
      if (found === undefined) continue next
      score = aggregated(score, found * other.weight, aggregate)
    }
    out.push({ name, score })
    if (out.length >= limit) break
  }
  return out
}

function union(sources: readonly Source[], aggregate: Aggregate): Entry[] {
  const scores = new Map<Bytes, number>()
  for (const source of bySize(sources)) {
    for (const name of source.members()) {
      const score = numberOr0(source.weight * (source.scoreOf(name) as number))
      const known = scores.get(name)
      scores.set(name, known === undefined ? score : aggregated(known, score, aggregate))
      if (scores.size > MAX_ELEMENTS) tooMany('sorted set')
    }
  }
  return Array.from(scores, ([name, score]) => ({ name, score }))
}

function difference([first, ...others]: readonly Source[]): Entry[] {
  const out: Entry[] = []
  for (const name of first?.members() ?? []) {
    if (others.every((other) => other.scoreOf(name) === undefined)) {
      out.push({ name, score: first?.scoreOf(name) as number })
    }
  }
  return out
}

function keysOf(name: string): Arg<Bytes[]> {
  return counted(key(), {
    countName: 'numkeys',
    countError: `ERR at least 1 input key is needed for '${name.toLowerCase()}' command`,
    notInteger: NOT_AN_INTEGER,
  })
}

function combined(
  ctx: Context,
  keys: readonly Bytes[],
  combine: Combine,
  options: (keys: number) => CombineOptions,
): { entries: Entry[]; withscores: boolean } {
  const sources = sourcesOf(ctx, keys)
  const { weights, aggregate = 'sum', withscores = false, limit } = options(keys.length)
  return { entries: combine(sources(weights), aggregate, limit || Infinity), withscores }
}

const about = {
  group: 'sorted-set',
  complexity: 'O(N*log(N)) for N members in all sets',
}

function reading(name: string, summary: string, combine: Combine, weighs: boolean): Command {
  return command({
    ...about,
    name,
    since: '6.2.0',
    summary,
    flags: ['readonly', 'movablekeys'],
    args: { keys: keysOf(name), options: combineOptions({ weights: weighs, withscores: true }) },
    activeActive: 'Computed from what this region has observed.',
    run(ctx, args): Reply {
      const { entries, withscores } = combined(ctx, args.keys, combine, args.options)
      const sorted = inOrder(entries)
      const names = sorted.map((entry) => entry.name)
      return withscores ? scoredReply(ctx, names, sorted.map((entry) => entry.score)) : names // prettier-ignore
    },
  })
}

function storing(name: string, since: string, summary: string, combine: Combine, weighs: boolean): Command {
  return command({
    ...about,
    name,
    since,
    summary,
    flags: ['write', 'denyoom', 'movablekeys'],
    args: { destination: key(), keys: keysOf(name), options: combineOptions({ weights: weighs }) },
    activeActive:
      'The members and scores computed here travel, not the command; they replace what this region had observed of the destination (T3).',
    run: (ctx, { destination, keys, options }) =>
      storeEntries(ctx, destination, combined(ctx, keys, combine, options).entries, name.toLowerCase()),
  })
}

/** ZINTER numkeys key [key …] [WEIGHTS weight …] [AGGREGATE SUM | MIN | MAX] [WITHSCORES] → members that all have, in order. */
export const zinter = reading('ZINTER', 'Lists the members that all of several sorted sets have.', intersection, true)

/** ZUNION numkeys key [key …] [WEIGHTS weight …] [AGGREGATE SUM | MIN | MAX] [WITHSCORES] → members that any has, in order. */
export const zunion = reading('ZUNION', 'Lists the members that any of several sorted sets has.', union, true)

/** ZDIFF numkeys key [key …] [WITHSCORES] → members that only the first has, in order. */
export const zdiff = reading('ZDIFF', 'Lists the members of one sorted set that no other has.', difference, false)

/** ZINTERSTORE destination numkeys key [key …] [WEIGHTS …] [AGGREGATE …] → how many members were stored; with none the destination is deleted. */
export const zinterstore = storing(
  'ZINTERSTORE',
  '2.0.0',
  'Stores the members that all of several sorted sets have.',
  intersection,
  true,
)

/** ZUNIONSTORE destination numkeys key [key …] [WEIGHTS …] [AGGREGATE …] → how many members were stored. */
export const zunionstore = storing(
  'ZUNIONSTORE',
  '2.0.0',
  'Stores the members that any of several sorted sets has.',
  union,
  true,
)

/** ZDIFFSTORE destination numkeys key [key …] → how many members were stored. */
export const zdiffstore = storing(
  'ZDIFFSTORE',
  '6.2.0',
  'Stores the members of one sorted set that no other has.',
  difference,
  false,
)

/** ZINTERCARD numkeys key [key …] [LIMIT limit] → how many members all have; counting stops at a limit other than 0. */
export const zintercard = command({
  ...about,
  name: 'ZINTERCARD',
  since: '7.0.0',
  summary: 'Counts the members that all of several sorted sets have.',
  flags: ['readonly', 'movablekeys'],
  args: { keys: keysOf('ZINTERCARD'), options: combineOptions({ limit: true }) },
  activeActive: 'Computed from what this region has observed.',
  run: (ctx, args) => combined(ctx, args.keys, intersection, args.options).entries.length,
})
