import { expect, test } from 'vitest'
import { loadBundledCatalogue } from './load.ts'

test('a bundle holds every listed scenario', async () => {
  const catalogue = await loadBundledCatalogue()
  expect(new Set(catalogue.map((entry) => entry.group))).toEqual(
    new Set([
      'Strings',
      'Counters',
      'Sets',
      'Hashes',
      'Lists',
      'Sorted sets',
      'Streams',
      'HyperLogLogs',
      'JSON',
      'Expiry',
      'Search',
      'Whole database',
      'Replication',
    ]),
  )
  expect(catalogue.find((entry) => entry.id === 'counters')?.text).toContain('INCRBY counter 7')
})
