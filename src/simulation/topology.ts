/** Connections break and come back, and regions join. Both ends are always told, in the order of the pairs. */
import type { Kernel } from './kernel.ts'
import type { Pair, Region } from './work.ts'

/** Every pair of regions. */
export function allPairs({ regions }: Kernel): readonly Pair[] {
  return regions.flatMap(({ id: a }, index) => regions.slice(index + 1).map(({ id: b }): Pair => [a, b]))
}

/** Breaks connections; what is in flight is lost. Pairs that are cut already are left alone. Returns how many were cut. */
export async function cutPairs(kernel: Kernel, pairs: readonly Pair[]): Promise<number> {
  const { network, journal, now: at } = kernel
  const broken = pairs.filter(([a, b]) => network.link(a, b).up)
  for (const [a, b] of broken) {
    journal.add({ at, kind: 'link', a, b, up: false })
    for (const link of [network.link(a, b), network.link(b, a)]) {
      const { from, to } = link
      for (const { message } of network.breakOff(link)) journal.add({ at, kind: 'lost', message, from, to })
    }
  }
  await kernel.tellBoth('disconnect', broken)
  return broken.length
}

/** Makes broken connections again; both ends then ask each other for what they missed. Returns how many were healed. */
export async function healPairs(kernel: Kernel, pairs: readonly Pair[]): Promise<number> {
  const { network, journal, now: at } = kernel
  const healed = pairs.filter(([a, b]) => !network.link(a, b).up)
  for (const [a, b] of healed) {
    network.link(a, b).up = true
    network.link(b, a).up = true
    journal.add({ at, kind: 'link', a, b, up: true })
  }
  await kernel.tellBoth('connect', healed)
  return healed.length
}

/** Adds a region and connects it to all others, from which it then syncs. */
export async function joinRegion(kernel: Kernel, name: string): Promise<Region> {
  const others = kernel.regions.map(({ id }) => id)
  const region = await kernel.addRegion(name)
  await kernel.tellBoth(
    'connect',
    others.map((other): Pair => [other, region.id]),
  )
  return region
}
