import { expect, test } from 'vitest'
import { openLocalCluster } from '../local-cluster.ts'

test('R6: two regions never bear one name; a name is free again once its region is gone', async () => {
  const settings = { seed: 1, regions: ['us', 'eu'], epochMs: 1e12, latencyMs: 20, held: false }
  const cluster = await openLocalCluster(settings)
  expect(await cluster.control('add-region EU')).toEqual({
    ok: false,
    text: '"EU": expected a name that no region has',
  })
  expect((await cluster.status()).regions).toHaveLength(2)
  await cluster.control('remove-region eu')
  expect(await cluster.control('add-region EU')).toMatchObject({ ok: true, text: 'region 3 (EU) added' })
})
