/** Commands that find members near a place. */
import type { Bytes } from '../../../lib/index.ts'
import { zsetType, type ZSetState } from '../../crdt/zset/zset.ts'
import type { Reply } from '../../reply.ts'
import { key } from '../arguments.ts'
import { command, type Command } from '../command.ts'
import type { Context } from '../context.ts'
import { storeEntries } from '../sorted-set/members.ts'
import { placeOfScore, scoresIn, type Place } from './geohash.ts'
import { distanceText, placeReply } from './numbers.ts'
import { searchArguments, type Search } from './search-options.ts'
import { covering, distanceWithin } from './shape.ts'

interface Hit {
  readonly name: Bytes
  readonly score: number
  readonly place: Place
  /** In the unit of the command. */
  readonly distance: number
}

function find(state: ZSetState | undefined, { centre, shape, count, any, order }: Search): Hit[] {
  if (state === undefined || centre === undefined || shape === undefined) return []
  const hits: Hit[] = []
  const most = any ? (count as number) : Infinity
  search: for (const square of covering(shape, centre)) {
    const { min, max } = scoresIn(square)
    const from = state.order.countWhile((score) => score < min)
    const to = state.order.countWhile((score) => score < max)
    const names = state.order.names(from, to)
    for (const [i, score] of state.order.scores(from, to).entries()) {
      const place = placeOfScore(score)
      const metres = distanceWithin(shape, centre, place)
      if (metres === undefined) continue
      hits.push({ name: names[i] as Bytes, score, place, distance: metres / shape.unit })
      if (hits.length >= most) break search
    }
  }
  // A count without an order means the nearest.
  const sign = order === 'desc' ? -1 : 1
  if (order !== undefined || (count !== undefined && !any)) hits.sort((a, b) => sign * (a.distance - b.distance))
  return count === undefined ? hits : hits.slice(0, count)
}

function listed(ctx: Context, hits: readonly Hit[], { withdist, withhash, withcoord }: Search): Reply {
  if (!withdist && !withhash && !withcoord) return hits.map((hit) => hit.name)
  return hits.map(({ name, score, place, distance }) => {
    const item: Reply[] = [name]
    if (withdist) item.push(distanceText(distance))
    if (withhash) item.push(Math.trunc(score))
    if (withcoord) item.push(placeReply(ctx, place))
    return item
  })
}

function store(ctx: Context, name: Bytes, hits: readonly Hit[], distances: boolean, event: string): Reply {
  const entries = hits.map((hit) => ({ name: hit.name, score: distances ? hit.distance : hit.score }))
  return storeEntries(ctx, name, entries, event)
}

const about = {
  group: 'geo',
  complexity: 'O(N+log(M)) for N members in the squares that cover the shape',
  activeActive: 'Finds what this region has observed; places are scores of a sorted set (Z4).',
}

function radius(name: string, since: string, centre: 'place' | 'member', stores: boolean): Command {
  return command({
    ...about,
    name,
    since,
    summary: `Finds members within a distance of a ${centre}${stores ? '' : ', without storing them'}; GEOSEARCH can do the same.`,
    flags: stores ? ['write', 'denyoom', 'movablekeys'] : ['readonly'],
    args: { key: key(), search: searchArguments({ centre, stores: stores ? 'option' : 'never' }) },
    ...(stores
      ? {
          activeActive:
            'Finds what this region has observed. With STORE the members found travel, not the command; they replace what this region had observed of the destination (T3).',
        }
      : {}),
    run(ctx, args) {
      const state = ctx.read(zsetType, args.key)
      const search = args.search(state)
      const hits = find(state, search)
      if (search.store === undefined) return listed(ctx, hits, search)
      return store(ctx, search.store, hits, search.distances === true, 'georadiusstore')
    },
  })
}

/** GEORADIUS key longitude latitude radius unit [options] [STORE key | STOREDIST key] → as GEOSEARCH, or how many were stored. */
export const georadius = radius('GEORADIUS', '3.2.0', 'place', true)

/** GEORADIUS_RO key longitude latitude radius unit [options] → as GEOSEARCH. */
export const georadiusRo = radius('GEORADIUS_RO', '3.2.10', 'place', false)

/** GEORADIUSBYMEMBER key member radius unit [options] [STORE key | STOREDIST key] → as GEORADIUS. */
export const georadiusbymember = radius('GEORADIUSBYMEMBER', '3.2.0', 'member', true)

/** GEORADIUSBYMEMBER_RO key member radius unit [options] → as GEOSEARCH. */
export const georadiusbymemberRo = radius('GEORADIUSBYMEMBER_RO', '3.2.10', 'member', false)

/**
 * GEOSEARCH key FROMMEMBER member | FROMLONLAT longitude latitude BYRADIUS radius unit | BYBOX width height unit [ASC | DESC] [COUNT count [ANY]] [WITHCOORD] [WITHDIST]
 * [WITHHASH] → array of members; with a WITH option each is [member, distance, hash, [longitude, latitude]], as far as asked for.
 */
export const geosearch = command({
  ...about,
  name: 'GEOSEARCH',
  since: '6.2.0',
  summary: 'Finds members within a circle or a box.',
  flags: ['readonly'],
  args: { key: key(), search: searchArguments({ centre: 'option', stores: 'never' }) },
  run(ctx, args) {
    const state = ctx.read(zsetType, args.key)
    const search = args.search(state)
    return listed(ctx, find(state, search), search)
  },
})

/** GEOSEARCHSTORE destination source … [STOREDIST] → how many were stored, with their places as scores or with their distances. */
export const geosearchstore = command({
  ...about,
  name: 'GEOSEARCHSTORE',
  since: '6.2.0',
  summary: 'Stores members within a circle or a box.',
  flags: ['write', 'denyoom'],
  args: { destination: key(), source: key(), search: searchArguments({ centre: 'option', stores: 'always' }) },
  activeActive:
    'The members found here travel, not the command; they replace what this region had observed of the destination (T3).',
  run(ctx, { destination, source, search: read }) {
    const state = ctx.read(zsetType, source)
    const search = read(state)
    return store(ctx, destination, find(state, search), search.distances === true, 'geosearchstore')
  },
})
