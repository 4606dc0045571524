import { expect, test } from 'vitest'
import { openLocalCluster } from '../local-cluster.ts'
import { delayBetween, placeRegions } from './latency-presets.ts'

test('a region stands where its name says; the others take the places that are free, in order', () => {
  const places = placeRegions([
    { name: 'Region 1' },
    { name: 'Frankfurt' },
    { name: 'us-east-1' },
    { name: 'Region 4' },
  ])
  expect(places.map(({ place }) => place)).toEqual([
    'eu-west-1 (Ireland)',
    'eu-central-1 (Frankfurt)',
    'us-east-1 (N. Virginia)',
    'ap-southeast-1 (Singapore)',
  ])
})

test('ten regions have ten places, and every two of them a delay, the same both ways', () => {
  const placed = placeRegions(Array.from({ length: 10 }, (_, i) => ({ name: `Region ${i + 1}` })))
  const indexes = placed.map(({ index }) => index)
  expect(new Set(indexes).size).toBe(10)
  for (const a of indexes)
    for (const b of indexes) {
      if (a === b) continue
      expect(delayBetween(a, b)).toBe(delayBetween(b, a))
      expect(delayBetween(a, b)).toBeGreaterThan(5)
    }
})

test('latency preset aws sets every link, and says who stands where', async () => {
  const settings = { seed: 1, regions: ['Virginia', 'Dublin', 'Tokyo'], epochMs: 1e12, latencyMs: 1000, held: false }
  const cluster = await openLocalCluster(settings)
  const { ok, text } = await cluster.control('latency preset aws')
  expect({ ok, text }).toEqual({
    ok: true,
    text: 'Virginia is us-east-1 (N. Virginia)\nDublin is eu-west-1 (Ireland)\nTokyo is ap-northeast-1 (Tokyo)',
  })
  const { links } = await cluster.status()
  expect(links.map(({ from, to, latencyMs }) => [from, to, latencyMs])).toEqual([
    [1, 2, 40],
    [1, 3, 73],
    [2, 1, 40],
    [2, 3, 106],
    [3, 1, 73],
    [3, 2, 106],
  ])
})
