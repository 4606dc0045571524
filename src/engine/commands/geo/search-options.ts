/**
 * The arguments of the commands that search for places. Redis reads them after it has looked at the key, one by one, and some only if there is a key: so they are read
 * when the handler calls.
 */
import type { Bytes } from '../../../lib/index.ts'
import type { ZSetState } from '../../crdt/zset/zset.ts'
import { block, checked, double, flag, int, key, named, oneOf, opt, str, type Arg, type Reader } from '../arguments.ts'
import { fail, SYNTAX_ERROR } from '../errors.ts'
import { isPlace, placeOfScore, type Place } from './geohash.ts'
import { sixDecimals } from './numbers.ts'

/** What a search command is: where its centre stands, and whether it stores what it finds. */
export interface SearchKind {
  readonly centre: 'place' | 'member' | 'option'
  readonly stores: 'option' | 'always' | 'never'
}

export interface Circle {
  readonly radius: number
  readonly unit: number
}

export interface Box {
  readonly sides: { readonly width: number; readonly height: number }
  readonly unit: number
}

export interface Search {
  /** Undefined when there is no key to look into. */
  centre?: Place
  shape?: Circle | Box
  withcoord?: true
  withdist?: true
  withhash?: true
  /** Absent: all. */
  count?: number
  any?: true
  order?: 'asc' | 'desc'
  /** STORE or STOREDIST. */
  store?: Bytes
  distances?: true
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['m', 1],
  ['km', 1000],
  ['ft', 0.3048],
  ['mi', 1609.34],
])

/** Metres in a unit. */
export const unit: Arg<number> = {
  type: 'oneof',
  name: 'unit',
  children: { m: flag('M'), km: flag('KM'), ft: flag('FT'), mi: flag('MI') },
  least: 1,
  read: (reader) =>
    UNITS.get(str().read(reader).toLowerCase()) ?? fail('ERR unsupported unit provided. please use M, KM, FT, MI'),
}

/** A longitude and a latitude that a score can stand for. */
export const place: Arg<Place> = checked(block({ longitude: double(), latitude: double() }), (read) => {
  if (isPlace(read)) return
  fail(`ERR invalid longitude,latitude pair ${sixDecimals(read.longitude)},${sixDecimals(read.latitude)}`)
})

const circle: Arg<Circle> = block({
  radius: checked(double('radius', 'ERR need numeric radius'), (radius) => {
    if (radius < 0) fail('ERR radius cannot be negative')
  }),
  unit,
})

const sides = block({
  width: double('width', 'ERR need numeric width'),
  height: double('height', 'ERR need numeric height'),
})
const box: Arg<Box> = block({
  sides: checked(sides, ({ width, height }) => {
    if (width < 0 || height < 0) fail('ERR height or width cannot be negative')
  }),
  unit,
})

const count = checked(named('COUNT', int({ name: 'count' })), (value) => {
  if (value <= 0) fail('ERR COUNT must be > 0')
})

const FROM_MEMBER = named('FROMMEMBER', str('member'))
const FROM_PLACE = named('FROMLONLAT', place)
const BY_RADIUS = named('BYRADIUS', circle)
const BY_BOX = named('BYBOX', box)
const WITH = { withcoord: flag('WITHCOORD'), withdist: flag('WITHDIST'), withhash: flag('WITHHASH') }
const STORE = named('STORE', key())
const STOREDIST = named('STOREDIST', key())
const DISTANCES = flag('STOREDIST')

/** For the help: the shape of what `read` takes. */
function childrenOf({ centre, stores }: SearchKind): Readonly<Record<string, Arg<unknown>>> {
  const found = {
    countBlock: opt(block({ count: named('COUNT', int({ name: 'count' })), any: opt(flag('ANY')) })),
    order: opt(oneOf({ asc: flag('ASC'), desc: flag('DESC') })),
  }
  const shown = { withcoord: opt(WITH.withcoord), withdist: opt(WITH.withdist), withhash: opt(WITH.withhash) }
  if (centre === 'option') {
    return {
      from: oneOf({ fromMember: FROM_MEMBER, fromLonLat: FROM_PLACE }),
      by: oneOf({ circle: BY_RADIUS, box: BY_BOX }),
      order: found.order,
      countBlock: found.countBlock,
      ...(stores === 'always' ? { storedist: opt(DISTANCES) } : shown),
    }
  }
  return {
    ...(centre === 'place' ? { place } : { member: str() }),
    circle,
    ...shown,
    ...found,
    ...(stores === 'option' ? { store: opt(oneOf({ storekey: STORE, storedistkey: STOREDIST })) } : {}),
  }
}

function centreOfMember(state: ZSetState, member: Bytes): Place {
  return placeOfScore(state.scoreOf(member) ?? fail('ERR could not decode requested zset member'))
}

/** Takes one option if it is one that may stand here. */
function readOption(reader: Reader, kind: SearchKind, state: ZSetState | undefined, out: Search): boolean {
  const left = reader.argv.length - reader.at
  const on = (arg: Arg<unknown>): boolean => left >= arg.least && arg.begins?.(reader) === true
  for (const [name, arg] of Object.entries(WITH)) {
    if (on(arg)) {
      out[name as keyof typeof WITH] = arg.read(reader)
      return true
    }
  }
  if (on(flag('ANY'))) out.any = flag('ANY').read(reader)
  else if (on(flag('ASC')) || on(flag('DESC'))) out.order = str().read(reader).toLowerCase() as 'asc' | 'desc'
  else if (on(count)) out.count = count.read(reader)
  else if (kind.stores === 'option' && (on(STORE) || on(STOREDIST))) {
    delete out.distances
    if (on(STOREDIST)) out.distances = true
    out.store = (out.distances ? STOREDIST : STORE).read(reader)
  } else if (kind.stores === 'always' && on(DISTANCES)) out.distances = DISTANCES.read(reader)
  else return kind.centre === 'option' && readWhere(reader, on, state, out)
  return true
}

/** Where to search; a centre or shape of the other kind may not follow. */
function readWhere(
  reader: Reader,
  on: (arg: Arg<unknown>) => boolean,
  state: ZSetState | undefined,
  out: Search & { fromMember?: boolean; fromPlace?: boolean },
): boolean {
  if (on(FROM_MEMBER) && !out.fromPlace) {
    const member = FROM_MEMBER.read(reader)
    if (state !== undefined) out.centre = centreOfMember(state, member)
    out.fromMember = true
  } else if (on(FROM_PLACE) && !out.fromMember) {
    out.centre = FROM_PLACE.read(reader)
    out.fromPlace = true
  } else if (on(BY_RADIUS) && !(out.shape && 'sides' in out.shape)) out.shape = BY_RADIUS.read(reader)
  else if (on(BY_BOX) && !(out.shape && 'radius' in out.shape)) out.shape = BY_BOX.read(reader)
  else return false
  return true
}

function readSearch(reader: Reader, kind: SearchKind, state: ZSetState | undefined): Search {
  const out: Search & { fromMember?: boolean; fromPlace?: boolean } = {}
  if (kind.centre === 'place') {
    out.centre = place.read(reader)
    out.shape = circle.read(reader)
  } else if (kind.centre === 'member') {
    const member = str().read(reader)
    if (state === undefined) reader.at += circle.least
    else {
      out.centre = centreOfMember(state, member)
      out.shape = circle.read(reader)
    }
  }
  while (reader.at < reader.argv.length) if (!readOption(reader, kind, state, out)) fail(SYNTAX_ERROR)
  if ((kind.stores === 'always' || out.store !== undefined) && (out.withdist || out.withhash || out.withcoord)) {
    const what = kind.stores === 'always' ? 'GEOSEARCHSTORE' : 'STORE option in GEORADIUS'
    fail(`ERR ${what} is not compatible with WITHDIST, WITHHASH and WITHCOORD options`)
  }
  const named = reader.argv[0] ?? ''
  if (kind.centre === 'option' && !out.fromMember && !out.fromPlace) {
    fail(`ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for ${named}`)
  }
  if (kind.centre === 'option' && out.shape === undefined) {
    fail(`ERR exactly one of BYRADIUS and BYBOX can be specified for ${named}`)
  }
  if (out.any && out.count === undefined) fail('ERR the ANY argument requires COUNT argument')
  return out
}

/** Everything after the keys. */
export function searchArguments(kind: SearchKind): Arg<(state: ZSetState | undefined) => Search> {
  const children = childrenOf(kind)
  return {
    type: 'block',
    children,
    least: Object.values(children).reduce((sum, arg) => sum + (arg.optional ? 0 : arg.least), 0),
    read(reader) {
      const own: Reader = { ...reader, keys: null }
      if (reader.keys !== null && kind.stores === 'option') {
        for (; reader.at < reader.argv.length; reader.at++) {
          for (const arg of [STORE, STOREDIST]) {
            if (reader.at + 1 < reader.argv.length && arg.begins?.(reader)) arg.read(reader)
          }
        }
      }
      reader.at = reader.argv.length
      return (state) => readSearch(own, kind, state)
    },
  }
}
