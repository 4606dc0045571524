/** Commands that give members places, and say where they are (Z4). */
import type { Bytes } from '../../../lib/index.ts'
import { zsetType } from '../../crdt/zset/zset.ts'
import { NULL_ARRAY, type Reply } from '../../reply.ts'
import { block, checked, flag, key, last, many, oneOf, opt, str, type Reader } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, SYNTAX_ERROR } from '../errors.ts'
import { assignScores, leadingOptions } from '../sorted-set/add.ts'
import { distance, geohashText, placeOfScore, scoreOfPlace } from './geohash.ts'
import { distanceText, placeReply } from './numbers.ts'
import { place, unit } from './search-options.ts'

const OPTIONS = new Set(['NX', 'XX', 'CH'])

function checkOptions(reader: Reader): void {
  const { given, left } = leadingOptions(reader, OPTIONS)
  if (left === 0 || left % 3 !== 0 || (given.has('NX') && given.has('XX'))) fail(SYNTAX_ERROR)
}

const about = {
  group: 'geo',
  since: '3.2.0',
  flags: ['readonly'] as const,
  activeActive: 'Shows the places that this region has observed; they are scores of a sorted set (Z4).',
}

/** GEOADD key [NX | XX] [CH] longitude latitude member [longitude latitude member …] → how many were added (CH: or changed). */
export const geoadd = command({
  ...about,
  name: 'GEOADD',
  summary: 'Adds members with places, or gives members other places.',
  complexity: 'O(log(N)) for each member',
  flags: ['write', 'denyoom'],
  args: {
    key: checked(key(), (_name, reader) => checkOptions(reader)),
    condition: opt(oneOf({ nx: flag('NX'), xx: flag('XX') })),
    change: opt(flag('CH')),
    data: many(block({ place, member: str() })),
  },
  activeActive:
    'A place is the score of a sorted set’s member (Z4): of concurrent ones the latest wins (Z2), and GEOADD wins over a concurrent ZREM (Z1).',
  run(ctx, { key: name, condition, change, data }) {
    const items = data.map((item) => ({ score: scoreOfPlace(item.place), member: item.member }))
    const { added, changed } = assignScores(ctx, name, items, { exists: condition?.as }, 'zadd')
    return change ? added + changed : added
  },
})

const members = opt(many(str('member')))

function ofMembers(
  ctx: Context,
  { key: name, members: asked = [] }: { key: Bytes; members: readonly Bytes[] | undefined },
  missing: Reply,
  give: (score: number) => Reply,
): Reply[] {
  const state = ctx.read(zsetType, name)
  return asked.map((member) => {
    const score = state?.scoreOf(member)
    return score === undefined ? missing : give(score)
  })
}

/** GEOPOS key [member …] → array of [longitude, latitude] and null arrays. */
export const geopos = command({
  ...about,
  name: 'GEOPOS',
  summary: 'Gives the longitude and latitude of members.',
  complexity: 'O(N) for N members asked for',
  args: { key: key(), members },
  run: (ctx, args) => ofMembers(ctx, args, NULL_ARRAY, (score) => placeReply(ctx, placeOfScore(score))),
})

/** GEOHASH key [member …] → array of standard geohashes of 11 characters, and nulls. */
export const geohash = command({
  ...about,
  name: 'GEOHASH',
  summary: 'Gives the places of members as standard geohashes.',
  complexity: 'O(N) for N members asked for',
  args: { key: key(), members },
  run: (ctx, args) => ofMembers(ctx, args, null, (score) => geohashText(placeOfScore(score))),
})

/** GEODIST key member1 member2 [M | KM | FT | MI] → the distance as text with four decimals, or null when a member is missing. */
export const geodist = command({
  ...about,
  name: 'GEODIST',
  summary: 'Gives the distance between two members.',
  complexity: 'O(1)',
  args: { key: key(), member1: str(), member2: str(), unit: opt(last(unit)) },
  run(ctx, { key: name, member1, member2, unit: metres = 1 }) {
    const state = ctx.read(zsetType, name)
    const [a, b] = [state?.scoreOf(member1), state?.scoreOf(member2)]
    if (a === undefined || b === undefined) return null
    return distanceText(distance(placeOfScore(a), placeOfScore(b)) / metres)
  },
})
