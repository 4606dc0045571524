/** Clusters in the test's own thread, as the page opens them in workers. */
import { catalogue, loadParts } from '../../engine/index.ts'
import { createReplica } from '../../replication/index.ts'
import { Cluster, inProcessHosts, openLocalCluster, type SessionLog } from '../../simulation/index.ts'
import type { OpenCluster } from '../index.ts'
import { pageSettings } from '../settings.ts'

export const openHere: OpenCluster = async (start) => {
  await loadParts()
  const hosts = inProcessHosts(createReplica, catalogue)
  const api = 'settings' in start ? await Cluster.replay(start, hosts) : await openLocalCluster(start)
  return { api, subscribe: api.subscribe.bind(api), close: () => api.close(), killWorker: () => {} }
}

/**
 * The log of a session of the page: each line is `2: GET k` or a control line, and may begin with the time that passes before it, such as `+300`
 * (ms; otherwise two seconds).
 */
export async function sessionLog(lines: readonly string[], regions = 2): Promise<SessionLog> {
  await loadParts()
  const cluster = await openLocalCluster(pageSettings(regions, Date.UTC(2026, 10, 25, 10, 0, 0, 321), 3_123_456_789))
  for (const line of lines) {
    const [, gap, rest = ''] = /^(?:\+(\d+) )?(.*)$/.exec(line) ?? []
    await cluster.advanceTo(cluster.now + Number(gap ?? 2000))
    const [, region, command] = /^(\d): (.*)$/.exec(rest) ?? []
    if (region && command) void cluster.command(Number(region), 1000, command.split(' '))
    else await cluster.control(rest)
    await cluster.status()
  }
  await cluster.advanceTo(cluster.now + 2500)
  const log = await cluster.log()
  cluster.close()
  return log
}
