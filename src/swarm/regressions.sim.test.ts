import { expect, test } from 'vitest'
import { FOUND } from './found.ts'
import { verdictOf } from './simulate.ts'

test.each(FOUND)('$what', async ({ run }) => {
  expect((await verdictOf(run)).failure).toBeUndefined()
})
