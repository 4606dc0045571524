/** Replay of a recorded session of 10,000 inputs in two regions, and simulated commands per second. */
import { Random } from '../src/lib/index.ts'
import { catalogue } from '../src/engine/index.ts'
import { createReplica } from '../src/replication/index.ts'
import { Cluster, inProcessHosts, openLocalCluster } from '../src/simulation/index.ts'
import { median, stopwatch, type Figure } from './measure.ts'

const INPUTS = 10_000

export async function replay(): Promise<Figure[]> {
  const random = new Random(3)
  const cluster = await openLocalCluster({ seed: 3, regions: ['one', 'two'], epochMs: 0, latencyMs: 50, held: false })
  const recorded = stopwatch()
  for (let i = 0; i < INPUTS; i += 10) {
    const batch: Promise<unknown>[] = []
    for (let k = 0; k < 10; k++)
      batch.push(cluster.command(1 + random.below(2), 1, ['INCRBY', `k${random.below(100)}`, '1']))
    await Promise.all(batch)
    await cluster.advanceTo(cluster.now + 20)
  }
  const recordMs = recorded()
  const log = await cluster.log()
  const digest = await cluster.digest()
  const times: number[] = []
  for (let run = 0; run < 3; run++) {
    const elapsed = stopwatch()
    const again = await Cluster.replay(log, inProcessHosts(createReplica, catalogue))
    times.push(elapsed())
    if ((await again.digest()) !== digest) throw new Error('the replay gave another journal: the figures mean nothing')
  }
  return [
    { name: 'replay of 10,000 inputs', value: median(times), unit: 'ms' },
    { name: 'simulated commands, two regions', value: (INPUTS / recordMs) * 1000, unit: 'commands/s' },
  ]
}
