/**
 * Connections break and come back; regions join, leave, lose their power and come back (R6, R7). Both ends that run are always told, in the order of the pairs.
 */
import { error } from '../engine/index.ts'
import type { Membership, ReplicaId, ReplicaSettings } from '../replication/index.ts'
import type { RegionEvent } from './journal-types.ts'
import type { Kernel } from './kernel.ts'
import { isMember, isRunning, newRegion, type Notice, type Pair, type Region } from './work.ts'

/** Generated sequences of stream entries carry the region's id modulo this (E3). */
const ID_REMAINDERS = 16

/** Every pair of regions that are linked. */
export function allPairs({ regions, network }: Kernel): readonly Pair[] {
  return regions.flatMap(({ id: a }, index) =>
    regions.slice(index + 1).flatMap(({ id: b }): Pair[] => (network.areLinked(a, b) ? [[a, b]] : [])),
  )
}

/** Cuts connections by hand; what is in flight is lost. Pairs that are cut already are left alone. Returns how many were cut. */
export async function cutPairs(kernel: Kernel, pairs: readonly Pair[]): Promise<number> {
  const { network } = kernel
  const cut = pairs.filter(([a, b]) => !network.link(a, b).cut)
  for (const [a, b] of cut) network.link(a, b).cut = network.link(b, a).cut = true
  await disconnect(kernel, cut)
  return cut.length
}

/** Mends connections that were cut; both ends then ask each other for what they missed, if both run. Returns how many were healed. */
export async function healPairs(kernel: Kernel, pairs: readonly Pair[]): Promise<number> {
  const { network } = kernel
  const healed = pairs.filter(([a, b]) => network.link(a, b).cut)
  for (const [a, b] of healed) network.link(a, b).cut = network.link(b, a).cut = false
  await connect(kernel, healed)
  return healed.length
}

async function disconnect(kernel: Kernel, pairs: readonly Pair[]): Promise<void> {
  const { network, journal, now: at } = kernel
  const broken = pairs.filter(([a, b]) => network.link(a, b).up)
  for (const [a, b] of broken) {
    journal.add({ at, kind: 'link', a, b, up: false })
    for (const link of [network.link(a, b), network.link(b, a)]) {
      const { from, to } = link
      for (const { message } of network.breakOff(link)) journal.add({ at, kind: 'lost', message, from, to })
    }
  }
  await tellBoth(kernel, 'disconnect', broken)
}

async function connect(kernel: Kernel, pairs: readonly Pair[]): Promise<void> {
  const { network, journal, now: at } = kernel
  const made = pairs.filter(([a, b]) => {
    const { cut, up } = network.link(a, b)
    return !cut && !up && isRunning(kernel.region(a)) && isRunning(kernel.region(b))
  })
  for (const [a, b] of made) {
    network.link(a, b).up = network.link(b, a).up = true
    journal.add({ at, kind: 'link', a, b, up: true })
  }
  await tellBoth(kernel, 'connect', made)
}

/** Adds a region and connects it to all others, from which it then syncs. */
export async function joinRegion(kernel: Kernel, name: string): Promise<Region> {
  const others = kernel.members
  const region = await kernel.openRegion(nextId(kernel), name)
  note(kernel, region, 'added')
  await tell(
    kernel,
    others.map(({ id }) => ({ kind: 'add-member', region: id, peer: region.id })),
  )
  await tellBoth(
    kernel,
    'connect',
    pairsOf(kernel, region).filter(([a, b]) => kernel.network.link(a, b).up),
  )
  return region
}

/**
 * Takes a region out of the database for good. `expelled`: it runs on and does not know (by force); otherwise it ends. The others go on with what any of them has
 * of it.
 */
export async function removeRegion(kernel: Kernel, region: Region, becomes: 'expelled' | 'gone'): Promise<void> {
  await cutPairs(kernel, pairsOf(kernel, region))
  const stopped = region.phase === 'stopped'
  region.phase = becomes
  note(kernel, region, 'removed')
  if (stopped || becomes === 'gone') await endRegion(kernel, region)
  await tell(
    kernel,
    kernel.members.map(({ id }) => ({ kind: 'remove-member', region: id, peer: region.id })),
  )
}

/** What is left of a removed region is deleted. */
export async function endRegion(kernel: Kernel, region: Region): Promise<void> {
  await disconnect(kernel, pairsOf(kernel, region))
  endSessions(kernel, region)
  region.phase = 'gone'
  note(kernel, region, 'purged')
  region.host.close()
}

/** The power goes: connections break, clients hear no more; the disk stays unless it is lost too. */
export async function stopRegion(kernel: Kernel, region: Region, loseDisk: boolean): Promise<void> {
  note(kernel, region, loseDisk ? 'lost' : 'stopped')
  await disconnect(kernel, pairsOf(kernel, region))
  endSessions(kernel, region)
  await kernel.round([{ kind: 'stop', region: region.id, loseDisk }])
  region.phase = 'stopped'
}

/**
 * Starts a stopped region with what its disk holds. If that is not all that it ever wrote and received, it comes back as a new region, with a new id: nobody may
 * rely on what the old one had acknowledged. Returns the region as which it is back.
 */
export async function startRegion(kernel: Kernel, region: Region): Promise<Region> {
  const intact = region.health?.logIsComplete === true
  const back = intact ? region : await replace(kernel, region)
  back.phase = 'running'
  note(kernel, back, 'started')
  await kernel.round([{ kind: 'start', region: back.id, membership: membershipOf(kernel) }])
  await connect(kernel, pairsOf(kernel, back))
  return back
}

/** Puts a new region in the place of one that is lost: same name, same host, same links. */
async function replace(kernel: Kernel, old: Region): Promise<Region> {
  const id = nextId(kernel)
  old.phase = 'gone'
  note(kernel, old, 'removed')
  const { name, host, skewMs, settings } = old
  const region = kernel.adopt(Object.assign(newRegion(id, name, host, settings), { skewMs, phase: 'stopped' as const }))
  kernel.network.rename(old.id, id)
  note(kernel, region, 'added')
  const others = kernel.members.filter((member) => member !== region)
  // First added: what it brings from its disk may lack deletions that the others would otherwise collect now.
  await tell(
    kernel,
    others.map((other) => ({ kind: 'add-member', region: other.id, peer: id })),
  )
  await tell(
    kernel,
    others.map((other) => ({ kind: 'remove-member', region: other.id, peer: old.id })),
  )
  return region
}

function membershipOf(kernel: Kernel): Membership {
  return {
    members: kernel.members.map(({ id }) => id),
    removed: kernel.everyRegion.filter((region) => !isMember(region)).map(({ id }) => id),
  }
}

export function pairsOf(kernel: Kernel, { id }: Region): readonly Pair[] {
  return allPairs(kernel).filter((pair) => pair.includes(id))
}

/** Clients that wait hear that nothing will come. */
function endSessions(kernel: Kernel, region: Region): void {
  const { id, name, waiting } = region
  const reply = error(`ERR Connection lost: region ${id} (${name}) has stopped`)
  for (const commands of waiting.values()) for (const done of commands) done(reply)
  waiting.clear()
  region.wake = null
  kernel.powerOff(id)
}

function note(kernel: Kernel, { id, name }: Region, what: RegionEvent): void {
  kernel.journal.add({ at: kernel.now, kind: 'region', region: id, name, what })
}

/** Tells both ends of connections something about each other. */
async function tellBoth(kernel: Kernel, kind: Notice, pairs: readonly Pair[]): Promise<void> {
  await tell(
    kernel,
    pairs.flatMap(([a, b]) => [
      { kind, region: a, peer: b },
      { kind, region: b, peer: a },
    ]),
  )
}

/** Tells those regions that run. */
async function tell(
  kernel: Kernel,
  notices: readonly { readonly kind: Notice; readonly region: ReplicaId; readonly peer: ReplicaId }[],
): Promise<void> {
  await kernel.round(notices.filter(({ region }) => isRunning(kernel.region(region))))
}

/** Ids are unique for ever; and generated entry IDs tell regions apart by the id's remainder (E3). */
export function nextId(kernel: Kernel): ReplicaId {
  const taken = new Set(kernel.members.map(({ id }) => id % ID_REMAINDERS))
  let id = Math.max(...kernel.everyRegion.map((region) => region.id)) + 1
  while (id % ID_REMAINDERS === 0 || taken.has(id % ID_REMAINDERS)) id++
  return id
}

/** Changes settings of one region, or of the database: then of every region, and of those that will be added. */
export async function configure(kernel: Kernel, settings: Partial<ReplicaSettings>, region?: ReplicaId): Promise<void> {
  if (region === undefined) kernel.database = { ...kernel.database, ...settings }
  const regions = region === undefined ? kernel.regions : [kernel.region(region)]
  for (const each of regions) each.settings = { ...each.settings, ...settings }
  await kernel.round(regions.map(({ id }) => ({ kind: 'configure', region: id, settings })))
}
