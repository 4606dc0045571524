import type { Cluster } from '../../simulation/index.ts'

/**
 * Brings virtual time to the clock on the wall, by which clients name times, to the next whole millisecond. Getting there takes time too. A line such as
 * `wait 1h` may have put it ahead; there it stays.
 */
export async function catchUp(cluster: Cluster, epochMs: number): Promise<void> {
  for (;;) {
    const target = Date.now() + 1 - epochMs
    if (cluster.now >= target - 1) return
    await cluster.advanceTo(target)
  }
}
