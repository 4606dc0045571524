/**
 * Delays between real places, for `latency preset`. Average round trips between AWS regions in ms, as measured and published in 2017
 * (https://acomputerscientistlearnsaws.blogspot.com/2017/04/aws-regions.html repeats the table); where the two directions differ, their mean. A message
 * takes half of a round trip.
 */

interface Place {
  readonly id: string
  readonly city: string
  /** Words in a region's name that mean this place. */
  readonly means: RegExp
}

/** In the order in which regions without a telling name take them: first one on each continent. */
const PLACES: readonly Place[] = [
  { id: 'us-east-1', city: 'N. Virginia', means: /us-?east|virginia|new york|washington/i },
  { id: 'eu-west-1', city: 'Ireland', means: /eu-?west|ireland|dublin|london/i },
  { id: 'ap-southeast-1', city: 'Singapore', means: /ap-?southeast-?1|singapore/i },
  { id: 'us-west-2', city: 'Oregon', means: /us-?west(?!-?1)|oregon|seattle/i },
  { id: 'eu-central-1', city: 'Frankfurt', means: /eu-?central|frankfurt|germany/i },
  { id: 'ap-northeast-1', city: 'Tokyo', means: /ap-?northeast-?1|tokyo|japan/i },
  { id: 'sa-east-1', city: 'São Paulo', means: /sa-?east|s[aã]o paulo|brazil/i },
  { id: 'ap-southeast-2', city: 'Sydney', means: /ap-?southeast-?2|sydney|australia/i },
  { id: 'us-west-1', city: 'N. California', means: /us-?west-?1|california|san francisco/i },
  { id: 'ap-northeast-2', city: 'Seoul', means: /ap-?northeast-?2|seoul|korea/i },
]

/** Row by row as in `PLACES`: to each place that comes before. */
const ROUND_TRIPS_MS: readonly (readonly number[])[] = [
  [],
  [80.5],
  [216.7, 238.5],
  [87.8, 137, 161.4],
  [88.6, 19.6, 325.9, 159.5],
  [145.3, 212.4, 73.8, 89.1, 236.6],
  [119.5, 191.3, 328.1, 182.7, 194.9, 256.8],
  [229.9, 309.6, 175.4, 162.1, 323.4, 103.9, 322.5],
  [72.2, 153.2, 174, 19.3, 166.6, 102.5, 192.7, 157.7],
  [177.5, 242.4, 71.6, 118.3, 265.8, 31.4, 286.3, 134, 132.1],
]

export interface PlacedRegion<T> {
  readonly region: T
  readonly place: string
  readonly index: number
}

/** Where each region stands: where its name says, otherwise at the next place that is free. At most ten regions. */
export function placeRegions<T extends { readonly name: string }>(regions: readonly T[]): readonly PlacedRegion<T>[] {
  const taken = new Set<number>()
  const take = (index: number) => (taken.add(index), index)
  const named = regions.map(({ name }) => {
    const index = PLACES.findIndex(({ means }, at) => means.test(name) && !taken.has(at))
    return index === -1 ? undefined : take(index)
  })
  return regions.map((region, at) => {
    const index = named[at] ?? take(PLACES.findIndex((_, free) => !taken.has(free)))
    const { id = '', city = '' } = PLACES[index] ?? {}
    return { region, place: `${id} (${city})`, index }
  })
}

/** One way, in whole ms. */
export function delayBetween(a: number, b: number): number {
  return Math.round((ROUND_TRIPS_MS[Math.max(a, b)]?.[Math.min(a, b)] ?? 0) / 2)
}
