/**
 * Places as 52-bit numbers, so that a sorted set keeps near places near each other: 26 bits of latitude and 26 of longitude, in turn, longitude first. Degrees; the
 * poles beyond ±85.05112878° (Web Mercator's edge) have no number. Distances are metres on a sphere.
 */
import type { Bytes } from '../../../lib/index.ts'

export interface Place {
  readonly longitude: number
  readonly latitude: number
}

interface Interval {
  readonly min: number
  readonly max: number
}

const LONGITUDES: Interval = { min: -180, max: 180 }
const LATITUDES: Interval = { min: -85.05112878, max: 85.05112878 }
const WHOLE_LATITUDES: Interval = { min: -90, max: 90 }

export const MOST_STEPS = 26

/** One square of the grid that has 2^`steps` columns and rows. */
export interface Square {
  readonly steps: number
  readonly column: number
  readonly row: number
}

export interface Area {
  readonly longitude: Interval
  readonly latitude: Interval
}

export function isPlace({ longitude, latitude }: Place): boolean {
  return isWithin(longitude, LONGITUDES) && isWithin(latitude, LATITUDES)
}

const isWithin = (value: number, { min, max }: Interval): boolean => value >= min && value <= max

/** Bits 0 … 15 to the even bits 0 … 30. */
function spread(bits: number): number {
  bits = (bits | (bits << 8)) & 0x00ff00ff
  bits = (bits | (bits << 4)) & 0x0f0f0f0f
  bits = (bits | (bits << 2)) & 0x33333333
  return (bits | (bits << 1)) & 0x55555555
}

/** The even bits 0 … 30 to bits 0 … 15. */
function squeeze(bits: number): number {
  bits &= 0x55555555
  bits = (bits | (bits >>> 1)) & 0x33333333
  bits = (bits | (bits >>> 2)) & 0x0f0f0f0f
  bits = (bits | (bits >>> 4)) & 0x00ff00ff
  return (bits | (bits >>> 8)) & 0xffff
}

/** Two numbers of up to 27 bits as one: bits of the row are the even ones. */
function interleave(row: number, column: number): number {
  const low = spread(row & 0x1fff) + spread(column & 0x1fff) * 2
  const high = spread(row >>> 13) + spread(column >>> 13) * 2
  return high * 2 ** 26 + low
}

function squareIn({ longitude, latitude }: Place, latitudes: Interval, steps: number): Square {
  const part = (value: number, { min, max }: Interval): number => Math.floor(((value - min) / (max - min)) * 2 ** steps)
  return { steps, column: part(longitude, LONGITUDES), row: part(latitude, latitudes) }
}

export function squareOf(place: Place, steps: number): Square {
  return squareIn(place, LATITUDES, steps)
}

/** The score of a place. */
export function scoreOfPlace(place: Place): number {
  const { row, column } = squareOf(place, MOST_STEPS)
  return interleave(row, column)
}

/** Scores of the places in a square: from `min` to before `max`. */
export function scoresIn({ steps, row, column }: Square): Interval {
  const bits = interleave(row, column)
  const unit = 2 ** (2 * (MOST_STEPS - steps))
  return { min: bits * unit, max: (bits + 1) * unit }
}

/** The square so many columns to the east and rows to the north; the grid wraps round. */
export function neighbour({ steps, column, row }: Square, east: number, north: number): Square {
  const across = 2 ** steps
  const moved = (value: number, by: number): number => (by === 0 ? value : (value + by + across) % across)
  return { steps, column: moved(column, east), row: moved(row, north) }
}

export function areaOf({ steps, column, row }: Square): Area {
  return { longitude: stripe(column, steps, LONGITUDES), latitude: stripe(row, steps, LATITUDES) }
}

function stripe(at: number, steps: number, { min, max }: Interval): Interval {
  const width = max - min
  return { min: min + (at / 2 ** steps) * width, max: min + ((at + 1) / 2 ** steps) * width }
}

/** 64 bits of a score, as C converts a double to them: any sorted set may be read as places. */
function bitsOf(score: number): { high: number; low: number } {
  if (score >= 0 && score < 2 ** 64) return { high: Math.floor(score / 2 ** 32), low: (score % 2 ** 32) >>> 0 }
  if (score >= 0) return { high: 0, low: 0 }
  if (score <= -(2 ** 63)) return { high: 0x80000000, low: 0 }
  const bits = BigInt.asUintN(64, BigInt(Math.trunc(score)))
  return { high: Number(bits >> 32n), low: Number(bits & 0xffffffffn) }
}

/** The middle of the smallest square that a score stands for. */
export function placeOfScore(score: number): Place {
  const { high, low } = bitsOf(score)
  const row = squeeze(low) + squeeze(high) * 0x10000
  const column = squeeze(low >>> 1) + squeeze(high >>> 1) * 0x10000
  const { longitude, latitude } = areaOf({ steps: MOST_STEPS, column, row })
  return { longitude: middle(longitude, LONGITUDES), latitude: middle(latitude, LATITUDES) }
}

function middle({ min, max }: Interval, within: Interval): number {
  return Math.max(within.min, Math.min(within.max, (min + max) / 2))
}

const ALPHABET = '0123456789bcdefghjkmnpqrstuvwxyz'

/** The standard geohash: 11 characters, the last of which is always 0, since 52 bits make but ten. */
export function geohashText(place: Place): Bytes {
  const { row, column } = squareIn(place, WHOLE_LATITUDES, MOST_STEPS)
  const bits = interleave(row, column)
  let text = ''
  for (let i = 1; i <= 10; i++) text += ALPHABET[Math.floor(bits / 2 ** (52 - i * 5)) % 32]
  return `${text}0`
}

/** Redis's radius of the earth, metres. */
const EARTH_RADIUS = 6372797.560856
const DEGREE = Math.PI / 180

/** Metres between two latitudes on one meridian. */
export function latitudeDistance(a: number, b: number): number {
  return EARTH_RADIUS * Math.abs(b * DEGREE - a * DEGREE)
}

/** Metres between two places (haversine). */
export function distance(a: Place, b: Place): number {
  const v = Math.sin((b.longitude * DEGREE - a.longitude * DEGREE) / 2)
  if (v === 0) return latitudeDistance(a.latitude, b.latitude)
  const [from, to] = [a.latitude * DEGREE, b.latitude * DEGREE]
  const u = Math.sin((to - from) / 2)
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(u * u + Math.cos(from) * Math.cos(to) * v * v))
}

/** Degrees on each side of a place that cover so many metres to the north and to the east; the narrower edge decides. */
export function around({ longitude, latitude }: Place, eastMetres: number, northMetres: number): Area {
  const north = northMetres / EARTH_RADIUS / DEGREE
  const edge = latitude < 0 ? latitude - north : latitude + north
  const east = eastMetres / EARTH_RADIUS / Math.cos(edge * DEGREE) / DEGREE
  return {
    longitude: { min: longitude - east, max: longitude + east },
    latitude: { min: latitude - north, max: latitude + north },
  }
}
