import { expect, test } from 'vitest'
import { RULES, ruleOf } from './rules.ts'

test('every rule has a title and an explanation that ends as a sentence', () => {
  for (const [id, rule] of Object.entries(RULES)) {
    expect(rule.title.length, id).toBeGreaterThan(5)
    expect(rule.explanation, id).toMatch(/\.$/)
  }
})

test('ruleOf finds S1 and knows nothing of unknown or inherited names', () => {
  expect(ruleOf('S1')?.title).toBe('Last write wins')
  expect(ruleOf('Q9')).toBeUndefined()
  expect(ruleOf('toString')).toBeUndefined()
})
