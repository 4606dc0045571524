import { expect, test } from 'vitest'
import { assert } from '../lib/index.ts'
import { parseScenario, runScenario } from '../scenarios/index.ts'
import { openLocalCluster } from '../simulation/index.ts'
import { loadCatalogue } from './catalogue-files.ts'

test.each(loadCatalogue())('$id gives the documented replies', async ({ id, text }) => {
  const parsed = parseScenario(text, `${id}.md`)
  assert(parsed.ok, `${id}.md has no problems`)
  const { results } = await runScenario(parsed.scenario, openLocalCluster)
  expect(results.length).toBeGreaterThan(0)
  expect(results.filter((result) => !result.passed)).toEqual([])
})
