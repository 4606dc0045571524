/** The same session in real workers and in Node: nothing may depend on the place where it runs. */
import { expect, test } from '@playwright/test'
import { catalogue } from '../src/engine/index.ts'
import { createReplica } from '../src/replication/index.ts'
import { Cluster, inProcessHosts } from '../src/simulation/index.ts'
import { databaseCommand } from '../src/simulation/testing/database-command.ts'
import { randomSession } from '../src/simulation/testing/random-session.ts'

const hosts = inProcessHosts(createReplica, catalogue)

for (const seed of [1, 2, 3, 5, 8]) {
  test(`a session played in the browser replays to the same digest there and in Node, seed ${seed}`, async ({ page }, {
    config,
  }) => {
    await page.goto(config.metadata.harnessUrl as string)
    const settings = {
      seed,
      regions: ['us', 'eu', 'asia'],
      epochMs: 1_700_000_000_000,
      latencyMs: (seed % 3) * 40,
      held: seed % 5 === 0,
    }
    const steps = randomSession(seed, { steps: 200, regions: 3, command: databaseCommand })
    const played = await page.evaluate(([of, what]) => window.harness.play(of, what), [settings, steps] as const)
    expect(played.log.inputs.filter(({ kind }) => kind === 'command').length).toBeGreaterThan(80)

    const again = await page.evaluate((log) => window.harness.replay(log), played.log)
    expect(again).toEqual(played)

    const inNode = await Cluster.replay(played.log, hosts)
    expect(await inNode.digest()).toBe(played.digest)
    expect(await inNode.log()).toEqual(played.log)
  })
}
