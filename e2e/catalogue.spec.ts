import { expect, test } from '@playwright/test'
import { loadCatalogue } from '../src/gateway/catalogue-files.ts'
import { parseScenario } from '../src/scenarios/index.ts'
import { openPlayground } from './support/page.ts'

test('every scenario of the gallery holds in the page, row for row', async ({ page }) => {
  // Each opens a database of its own.
  test.setTimeout(900_000)
  await openPlayground(page)
  await page.getByRole('tab', { name: 'Scenarios' }).click()
  const entries = loadCatalogue()
  for (const { id, title, text } of entries) {
    await test.step(id, async () => {
      const parsed = parseScenario(text, `${id}.md`)
      if (!parsed.ok) throw new Error(`${id}.md does not parse`)
      const rows = parsed.scenario.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])).length
      await page.getByRole('button', { name: title, exact: true }).click()
      const play = page.getByRole('button', { name: 'Play all' })
      await play.click()
      await expect.soft(page.getByText(new RegExp(`^${rows} of ${rows} rows`)), id).toContainText(/✓ \d+ as expected/)
      await page.getByRole('button', { name: '← All scenarios' }).click()
    })
  }
})
