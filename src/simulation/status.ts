/** What a front end is told of the world. */
import type { ReplicaId } from '../replication/index.ts'
import type { ClusterStatus, LinkStatus, RegionStatus } from './cluster-types.ts'
import type { Kernel } from './kernel.ts'
import type { Link } from './network.ts'
import type { Region } from './work.ts'

export function statusOf(kernel: Kernel, speed: number, restartsOf: (region: ReplicaId) => number): ClusterStatus {
  const { now, settings, everyRegion, network, database } = kernel
  return {
    now,
    epochMs: settings.epochMs,
    speed,
    regions: everyRegion.map((region) => regionStatus(region, restartsOf(region.id))),
    links: network.links.flatMap((link) => linkStatus(kernel, link) ?? []),
    database,
  }
}

function regionStatus(region: Region, restarts: number): RegionStatus {
  const { id, name, skewMs, phase, health, settings } = region
  return { id, name, skewMs, synced: health?.standing !== 'joining', restarts, phase, health, settings }
}

/** Undefined for a link of a region that is gone. */
function linkStatus(kernel: Kernel, link: Link): LinkStatus | undefined {
  const { from, to, up, cut, held, latencyMs, jitterMs, loss, bandwidth, inFlight } = link
  const [source, target] = [kernel.region(from), kernel.region(to)]
  if (source.phase === 'gone' || target.phase === 'gone') return undefined
  const pulling = target.health?.pulling.includes(from) === true
  const seen = target.clock[from] ?? 0
  const oldest = source.writes.values().find(({ last }) => last > seen)
  return {
    from,
    to,
    up,
    cut,
    held,
    latencyMs,
    jitterMs,
    loss,
    bandwidth: bandwidth === Number.POSITIVE_INFINITY ? null : bandwidth * 1000,
    syncer: up ? (pulling ? 'syncing' : 'in-sync') : 'out-of-sync',
    lagOps: Math.max(0, (source.clock[from] ?? 0) - seen),
    lagMs: oldest === undefined ? 0 : kernel.now - oldest.at,
    inFlight: inFlight
      .values()
      .map(({ message, what, arrivesAt, bytes }) => ({ message, what, arrivesAt, bytes: bytes.length })),
  }
}
