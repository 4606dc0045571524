/**
 * The documented cases once more, each under many schedules: where a row says Sync, messages arrive in any order that links allow, connections break and come
 * back, and some messages arrive twice. Nothing travels but by the Sync rows, so the documented replies must be the same.
 */
import { expect, test } from 'vitest'
import { assert, Random } from '../lib/index.ts'
import { parseScenario, runScenario } from '../scenarios/index.ts'
import { loadCatalogue } from '../gateway/catalogue-files.ts'
import { openLocalCluster, type Cluster, type ClusterApi } from '../simulation/index.ts'

const SCHEDULES = 6
/** These groups show what becomes of data; the others show the network itself. */
const OF_DATA = new Set([
  'Strings',
  'Counters',
  'Sets',
  'Hashes',
  'Lists',
  'Sorted sets',
  'Streams',
  'HyperLogLogs',
  'JSON',
])

const cases = loadCatalogue().filter(({ group }) => OF_DATA.has(group))

/** The cluster, but for how a sync comes about. */
function disturbed(cluster: Cluster, random: Random): ClusterApi {
  return {
    command: (region, session, argv) => cluster.command(region, session, argv),
    closeSession: (region, session) => cluster.closeSession(region, session),
    status: () => cluster.status(),
    catalogue: () => cluster.catalogue(),
    log: () => cluster.log(),
    digest: () => cluster.digest(),
    inspect: (region) => cluster.inspect(region),
    look: (region, question) => cluster.look(region, question),
    async control(line) {
      const [verb, ...only] = line.split(' ')
      if (verb === 'sync') await disturb(cluster, random, only)
      return cluster.control(line)
    },
  }
}

async function disturb(cluster: Cluster, random: Random, only: readonly string[]): Promise<void> {
  const taking = ({ from, to, up }: { from: number; to: number; up: boolean }) =>
    up && (only.length === 0 || (only.includes(String(from)) && only.includes(String(to))))
  for (let steps = random.below(30); steps > 0; steps--) {
    const links = (await cluster.status()).links.filter(taking)
    if (links.length === 0) return
    const { from, to } = random.pick(links)
    const x = random.unit()
    if (x < 0.7) await cluster.control(`deliver ${from}>${to}`)
    else if (x < 0.8) await cluster.control(`resend ${from}>${to}`)
    else if (x < 0.85) await cluster.control(`backlog ${from} ${random.pick(['0b', '60b', '1mb'])}`)
    else if (x < 0.9) for (const line of [`cut ${from}-${to}`, `heal ${from}-${to}`]) await cluster.control(line)
  }
}

test.each(cases)('$id under any schedule', async ({ id, text }) => {
  const parsed = parseScenario(text, `${id}.md`)
  assert(parsed.ok, `${id}.md has no problems`)
  for (let seed = 1; seed <= SCHEDULES; seed++) {
    const random = new Random(seed)
    const { results } = await runScenario(parsed.scenario, async (settings) =>
      disturbed(await openLocalCluster(settings), random),
    )
    expect(
      results.filter((result) => !result.passed),
      `schedule ${seed}`,
    ).toEqual([])
  }
})
