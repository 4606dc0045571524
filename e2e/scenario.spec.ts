import { expect, test } from '@playwright/test'
import { openPlayground, screenText } from './support/page.ts'

test('a scenario is played to its end, step by step and then at once, and all it expects holds', async ({ page }) => {
  await openPlayground(page)
  await page.getByRole('tab', { name: 'Scenarios' }).click()
  await page.getByRole('button', { name: 'Strings: the last write wins' }).click()
  await expect(page.getByText(/^0 of \d+ rows$/)).toBeVisible()
  await page.getByRole('button', { name: 'Next step' }).click()
  await expect(page.getByText(/^1 of \d+ rows/)).toBeVisible()
  await expect.poll(() => screenText(page, 1)).toContain('region-1> SET key1 a\nOK')
  await expect(page.locator('tr[aria-current="step"]')).toContainText('t2')
  await page.getByRole('button', { name: 'Play all' }).click()
  await expect(page.getByText(/^(\d+) of \1 rows/)).toContainText(/✓ \d+ as expected/)
  await page.getByRole('button', { name: 'Reset' }).click()
  await expect(page.getByText(/^0 of \d+ rows$/)).toBeVisible()
})
