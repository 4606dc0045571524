import { expect, test } from 'vitest'
import { explainInfoField, INFO_FIELDS } from './info-fields.ts'
import { createReplica } from './replica.ts'

const replica = createReplica({ id: 1, name: 'one', members: [1, 2, 3], joining: false, seed: 1 })
const fields = () => (replica.inspect()?.info ?? []).map(([field]) => field)

test('R5: every field of the crdt section is explained', () => {
  expect(fields().length).toBeGreaterThan(25)
  expect(fields().filter((field) => explainInfoField(field) === undefined)).toEqual([])
})

test('nothing is explained that INFO does not give, and every explanation is one sentence or two on one line', () => {
  const given = new Set(fields().map((field) => (field in INFO_FIELDS ? field : field.replace(/\d+$/, ''))))
  expect(Object.keys(INFO_FIELDS).filter((field) => !given.has(field))).toEqual([])
  for (const text of Object.values(INFO_FIELDS)) expect(text).toMatch(/^[^\n]{20,150}$/)
})
