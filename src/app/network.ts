/** The network as the page shows it: regions in their places, and both directions of a link as one. */
import type { ClusterStatus, LinkStatus, RegionStatus } from '../simulation/index.ts'
import type { ReplicaId } from '../replication/index.ts'

/**
 * The regions that are there, each in its place: one that came back under a new id takes the place of the one that is gone.
 */
export function regionsInPlace(regions: readonly RegionStatus[]): readonly RegionStatus[] {
  const place = ({ name }: RegionStatus) => regions.findIndex((first) => first.name === name)
  return regions.filter(({ phase }) => phase !== 'gone').sort((a, b) => place(a) - place(b))
}

/** How a region is, in the order of what matters most. */
export type RegionState = 'stopped' | 'expelled' | 'inconsistent' | 'joining' | 'stale' | 'cut-off' | 'serving'

const STATE_WORDS: Record<RegionState, string> = {
  stopped: 'stopped: no power',
  expelled: 'removed by force',
  inconsistent: 'inconsistent: out of memory, does not serve',
  joining: 'waiting for its first sync, read-only until then',
  stale: 'stale: restarted, not re-synced yet',
  'cut-off': 'cut off',
  serving: 'serving',
}

export function regionState({ id, phase, health, synced }: RegionStatus, links: readonly Link[]): RegionState {
  const own = links.filter((link) => link.a === id || link.b === id)
  if (phase === 'stopped') return 'stopped'
  if (phase === 'expelled' || health?.standing === 'expelled') return 'expelled'
  if (health?.standing === 'inconsistent') return 'inconsistent'
  if (!synced) return 'joining'
  if (health?.stale) return 'stale'
  return own.length > 0 && own.every((link) => !link.up) ? 'cut-off' : 'serving'
}

export const regionStateText = (state: RegionState): string => STATE_WORDS[state]

export type LinkState = 'removed' | 'cut' | 'off' | 'held' | 'syncing' | 'flowing'

/** Both directions of the link between two regions, as one. */
export interface Link {
  readonly a: ReplicaId
  readonly b: ReplicaId
  readonly up: boolean
  /** Cut by hand; a link that is down without it has an end that does not run. */
  readonly cut: boolean
  readonly held: boolean
  /** One end was removed from the database by force. */
  readonly removed: boolean
  readonly latencyMs: number
  /** Messages under way that carry writes. */
  readonly waiting: number
  readonly directions: readonly LinkStatus[]
}

/** One entry per pair of regions, in order. */
export function linksOf(directions: readonly LinkStatus[], regions: readonly RegionStatus[] = []): Link[] {
  const removed = new Set(regions.filter(({ phase }) => phase === 'expelled').map(({ id }) => id))
  const links: Link[] = []
  for (const there of directions) {
    if (there.from > there.to) continue
    const back = directions.find((other) => other.from === there.to && other.to === there.from)
    const both = back ? [there, back] : [there]
    links.push({
      a: there.from,
      b: there.to,
      up: both.every((direction) => direction.up),
      cut: both.some((direction) => direction.cut),
      removed: removed.has(there.from) || removed.has(there.to),
      held: both.some((direction) => direction.held),
      latencyMs: there.latencyMs,
      waiting: both
        .flatMap((direction) => direction.inFlight)
        .filter(({ what }) => what === 'effects' || what === 'snapshot').length,
      directions: both,
    })
  }
  return links.sort((x, y) => x.a - y.a || x.b - y.b)
}

export function linkState({ up, cut, held, removed, directions }: Link): LinkState {
  if (removed) return 'removed'
  if (cut) return 'cut'
  if (!up) return 'off'
  if (held) return 'held'
  return directions.some(({ syncer }) => syncer === 'syncing') ? 'syncing' : 'flowing'
}

/** When each message under way will arrive, by its id: virtual ms, null while it is held. */
export function arrivalsOf(status: ClusterStatus | null): ReadonlyMap<number, number | null> {
  const links = status?.links ?? []
  return new Map(links.flatMap((link) => link.inFlight.map(({ message, arrivesAt }) => [message, arrivesAt] as const)))
}
