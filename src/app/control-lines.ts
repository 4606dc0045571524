/** The control lines behind the page's buttons, so that whatever a button does can be read, typed, recorded and replayed. */
import type { LinkStatus } from '../simulation/index.ts'
import type { ReplicaId } from '../replication/index.ts'

export const syncNow = () => 'sync'
export const pauseSync = () => 'hold all'
export const resumeSync = () => 'release all'
export const cutLink = (a: ReplicaId, b: ReplicaId) => `cut ${a}-${b}`
export const healLink = (a: ReplicaId, b: ReplicaId) => `heal ${a}-${b}`
export const latency = (a: ReplicaId, b: ReplicaId, ms: number) => `latency ${a}-${b} ${ms}ms`
export const addRegion = (name: string) => `add-region ${name}`

/** `speed` in virtual seconds per real second; 0 pauses. */
export function setSpeed(speed: number): string {
  if (speed === 0) return 'pause'
  return speed === Infinity ? 'speed max' : `speed ${speed}x`
}

/** Cuts a region off from all others. */
export function isolate(region: ReplicaId, all: readonly ReplicaId[]): string {
  return `partition ${region} | ${all.filter((other) => other !== region).join(' ')}`
}

/** Both directions of the link between two regions, as one. */
export interface Link {
  readonly a: ReplicaId
  readonly b: ReplicaId
  readonly up: boolean
  readonly held: boolean
  readonly latencyMs: number
  /** Messages under way that carry writes. */
  readonly waiting: number
}

/** One entry per pair of regions, in order. */
export function linksOf(directions: readonly LinkStatus[]): Link[] {
  const links: Link[] = []
  for (const there of directions) {
    if (there.from > there.to) continue
    const back = directions.find((other) => other.from === there.to && other.to === there.from)
    const both = back ? [there, back] : [there]
    links.push({
      a: there.from,
      b: there.to,
      up: both.every((direction) => direction.up),
      held: both.some((direction) => direction.held),
      latencyMs: there.latencyMs,
      waiting: both
        .flatMap((direction) => direction.inFlight)
        .filter(({ what }) => what === 'effects' || what === 'snapshot').length,
    })
  }
  return links.sort((x, y) => x.a - y.a || x.b - y.b)
}
