/** Looking at keys through the cluster: at the region's own time, and without leaving a trace in the session. */
import { expect, test } from 'vitest'
import type { KeysQuestion } from '../engine/index.ts'
import { openLocalCluster } from './local-cluster.ts'

const EPOCH_MS = 1.7e12
const settings = { seed: 3, regions: ['us', 'eu'], epochMs: EPOCH_MS, latencyMs: 20, held: false }
const EVERYTHING: KeysQuestion = {
  find: { pattern: '*', after: null, most: 10, except: [] },
  rows: ['k', 's'],
  open: { key: 'k', most: 10 },
}

/** The same session, looked at after each step or not. */
async function play(look: boolean) {
  const cluster = await openLocalCluster(settings)
  const answers = []
  for (const words of ['SET k v PX 50', 'SADD s a b', 'SPOP s', 'INCR n', 'GET k']) {
    await cluster.command(1, 1, words.split(' '))
    for (const region of [1, 2]) if (look) answers.push(await cluster.look(region, EVERYTHING))
    await cluster.advanceTo(cluster.now + 15)
  }
  return { cluster, answers }
}

test('a session that was looked at is the same session', async () => {
  const [seen, unseen] = [await play(true), await play(false)]
  expect(seen.answers).toHaveLength(10)
  expect(await seen.cluster.digest()).toBe(await unseen.cluster.digest())
  expect(await seen.cluster.log()).toEqual(await unseen.cluster.log())
})

test('a look is at the time of the region, skew included; where nothing runs there is nothing to see', async () => {
  const cluster = await openLocalCluster(settings)
  await cluster.command(1, 1, ['SET', 'k', 'v', 'PX', '1000'])
  await cluster.control('sync')
  expect(await cluster.control('clock 2 +5s')).toMatchObject({ ok: true })
  const states = async () => {
    const answers = await Promise.all([1, 2].map((region) => cluster.look(region, EVERYTHING)))
    return answers.map((answer) => answer?.rows[0]?.state)
  }
  expect(await states()).toEqual(['visible', 'expired'])
  await cluster.control('stop 2')
  expect(await cluster.look(2, EVERYTHING)).toBeNull()
  expect(await cluster.look(9, EVERYTHING)).toBeNull()
})
