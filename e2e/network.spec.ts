import { expect, test } from '@playwright/test'
import { ask, control, event, expectLines, openPlayground, screenText, typeLine } from './support/page.ts'

test('a partition: both regions go on (G1), and agree after the heal (G2)', async ({ page }) => {
  await openPlayground(page)
  await page.getByRole('button', { name: 'Cut the link Region 1 – Region 2' }).click()
  await expect(page.getByRole('region', { name: 'Region 1, terminal' })).toContainText('cut off')
  await ask(page, 1, 'INCRBY sold 30', '(integer) 30')
  await ask(page, 2, 'INCRBY sold 12', '(integer) 12')
  await ask(page, 1, 'GET sold', '"30"')
  await page.getByRole('button', { name: 'Heal Region 1 – Region 2', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Region 1, terminal' })).not.toContainText('cut off')
  await expect(event(page, /received INCRBY/)).toHaveCount(2, { timeout: 15_000 })
  for (const region of [1, 2]) await ask(page, region, 'GET sold', '"42"')
  await control(page, 'expect converged')
  await expect(page.getByRole('log')).not.toContainText('Refused')
})

test("a region's worker is killed: it is restarted from its log, the page says so, the others go on", async ({
  page,
}) => {
  await openPlayground(page)
  await ask(page, 1, 'SET before kill', 'OK')
  await ask(page, 2, 'SET other region', 'OK')
  await page.getByText('Inside Region 1').click()
  await page.getByRole('button', { name: 'Kill the worker …' }).click()
  await page.getByRole('button', { name: 'Really kill the worker of Region 1' }).click()
  await ask(page, 2, 'GET other', '"region"')
  await ask(page, 1, 'GET before', '"kill"')
  await expect(page.getByRole('status', { name: 'Incidents' })).toContainText(/Region 1:.*restarted/)
  await page.getByRole('button', { name: 'Close this message' }).click()
  await expect(page.getByRole('status', { name: 'Incidents' })).toBeEmpty()
})

test('a worker that hangs is restarted from its log; no region loses anything', async ({ page }) => {
  await openPlayground(page)
  await ask(page, 1, 'SET before hang', 'OK')
  await ask(page, 2, 'INCRBY sum 5', '(integer) 5')
  const [hanging] = page.workers().filter((worker) => worker.url().includes('replica.worker'))
  // Ended by the restart, which rejects the call.
  hanging
    ?.evaluate(() => {
      for (;;);
    })
    .catch(() => {})
  await typeLine(page, 1, 'INCRBY sum 2')
  await typeLine(page, 2, 'INCRBY sum 4')
  await expect(page.getByRole('status', { name: 'Incidents' })).toContainText(
    /Region \d's worker stopped answering and was restarted from its log/,
    { timeout: 20_000 },
  )
  for (const region of [1, 2]) {
    await expect.poll(() => screenText(page, region)).toMatch(/\(integer\) \d+\n\n?region-\d>$/)
  }
  await control(page, 'sync')
  for (const region of [1, 2]) {
    await ask(page, region, 'GET before', '"hang"')
    await ask(page, region, 'GET sum', '"11"')
  }
  await control(page, 'expect converged')
  await expect(page.getByRole('log')).not.toContainText('Refused')
})

test('a region is added, waits for its first sync, and then takes part', async ({ page }) => {
  await openPlayground(page)
  await ask(page, 1, 'SET k early', 'OK')
  await page.getByRole('button', { name: 'Add a region' }).click()
  await expect(page.getByRole('region', { name: 'Region 3, terminal' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Region 3, terminal' })).not.toContainText('first sync', {
    timeout: 15_000,
  })
  await typeLine(page, 3, 'GET k')
  await expectLines(page, 3, 'region-3> GET k', '"early"')
})

test('a refused control line names the word at fault and changes nothing', async ({ page }) => {
  await openPlayground(page)
  await control(page, 'cut 1-9')
  await expect(page.getByRole('log')).toContainText(/Refused:.*9/)
  await expect(page.getByText('Sync is flowing')).toBeVisible()
})
