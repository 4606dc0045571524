/** What is searched for places: a circle or a box, and the squares of the grid that cover it. */
import {
  areaOf,
  around,
  distance,
  latitudeDistance,
  MOST_STEPS,
  neighbour,
  squareOf,
  type Place,
  type Square,
} from './geohash.ts'
import type { Box, Circle } from './search-options.ts'

/** Metres from the centre; undefined outside. */
export function distanceWithin(shape: Circle | Box, centre: Place, place: Place): number | undefined {
  if ('sides' in shape) {
    const { width, height } = shape.sides
    if (latitudeDistance(place.latitude, centre.latitude) > (height * shape.unit) / 2) return undefined
    const alongside = { longitude: centre.longitude, latitude: place.latitude }
    if (distance(place, alongside) > (width * shape.unit) / 2) return undefined
    return distance(centre, place)
  }
  const metres = distance(centre, place)
  return metres > shape.radius * shape.unit ? undefined : metres
}

/** Half of the equator in Mercator's projection, metres. */
const MERCATOR_MAX = 20037726.37

/** How fine a grid may be so that nine of its squares still cover the radius. */
function stepsFor(metres: number, latitude: number): number {
  if (metres === 0) return MOST_STEPS
  let steps = 1
  while (metres < MERCATOR_MAX) {
    metres *= 2
    steps++
  }
  steps -= 2
  // Squares are narrower towards the poles.
  if (Math.abs(latitude) > 66) steps--
  if (Math.abs(latitude) > 80) steps--
  return Math.max(1, Math.min(MOST_STEPS, steps))
}

/** East and north of the middle square, in the order in which Redis searches: results without an order come like that. */
const DIRECTIONS = [
  [0, 0],
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
] as const

/** Squares that cover the shape, none twice. */
export function covering(shape: Circle | Box, centre: Place): Square[] {
  const isBox = 'sides' in shape
  const [east, north] = isBox ? [shape.sides.width / 2, shape.sides.height / 2] : [shape.radius, shape.radius]
  const bounds = around(centre, east * shape.unit, north * shape.unit)
  const reach = isBox ? Math.sqrt(east * east + north * north) : shape.radius
  let steps = stepsFor(reach * shape.unit, centre.latitude)
  const middle = squareOf(centre, steps)
  if (
    steps > 1 &&
    (areaOf(neighbour(middle, 0, 1)).latitude.max < bounds.latitude.max ||
      areaOf(neighbour(middle, 0, -1)).latitude.min > bounds.latitude.min ||
      areaOf(neighbour(middle, 1, 0)).longitude.max < bounds.longitude.max ||
      areaOf(neighbour(middle, -1, 0)).longitude.min > bounds.longitude.min)
  ) {
    steps--
  }
  const square = squareOf(centre, steps)
  const { longitude, latitude } = areaOf(square)
  /** Not beyond an edge of the middle square that the bounds do not reach. */
  const needed = ([x, y]: readonly [number, number]): boolean =>
    steps < 2 ||
    !(
      (y < 0 && latitude.min < bounds.latitude.min) ||
      (y > 0 && latitude.max > bounds.latitude.max) ||
      (x < 0 && longitude.min < bounds.longitude.min) ||
      (x > 0 && longitude.max > bounds.longitude.max)
    )
  const squares = new Map<string, Square>()
  for (const direction of DIRECTIONS.filter(needed)) {
    const one = neighbour(square, direction[0], direction[1])
    const name = `${one.column} ${one.row}`
    if (!squares.has(name)) squares.set(name, one)
  }
  return [...squares.values()]
}
