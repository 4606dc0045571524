import { expect, test } from 'vitest'
import { recentKeys } from './recent-keys.ts'

test('the keys used last, newest first, each once, and not without end', () => {
  const of = (...lists: string[][]) => recentKeys({ events: lists.map((keys) => ({ keys })) as never })
  expect(of(['a'], ['b', 'c'], ['a'], [])).toEqual(['a', 'b', 'c'])
  expect(of(...Array.from({ length: 50 }, (_, i) => [`k${i}`]))).toEqual([
    'k49',
    'k48',
    'k47',
    'k46',
    'k45',
    'k44',
    'k43',
    'k42',
  ])
  expect(of()).toEqual([])
})
