/** What the page shows of replication: held messages, power, membership, full syncs, a look inside. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { ask, control, event, openPlayground, typeLine } from './support/page.ts'

test('held messages are let through one by one, and the panel tells how far behind the other side is', async ({
  page,
}) => {
  await openPlayground(page)
  await page.getByRole('button', { name: 'Pause sync' }).first().click()
  await ask(page, 1, 'SET a 1', 'OK')
  await ask(page, 1, 'SET b 2', 'OK')
  await page.getByText(/Messages and quality/).click()
  const there = page.getByRole('region', { name: 'Region 1 to Region 2' })
  await expect(there).toContainText('2 writes')
  await expect(there.getByRole('listitem')).toHaveCount(2)
  await there.getByRole('button', { name: 'Let the next message from Region 1 to Region 2 through' }).click()
  await expect(there.getByRole('listitem')).toHaveCount(1)
  await ask(page, 2, 'MGET a b', '1) "1"', '2) (nil)')
  await there.getByRole('button', { name: 'Let the next message from Region 1 to Region 2 through' }).click()
  await expect(there).toContainText('has every write')
  await ask(page, 2, 'MGET a b', '1) "1"', '2) "2"')
})

test('R7: a region loses power and disk: it comes back as a new replica in the same place, and its INFO says so', async ({
  page,
}) => {
  await openPlayground(page)
  await ask(page, 1, 'SET k v', 'OK')
  await control(page, 'sync')
  await page.getByRole('tab', { name: 'Network' }).click()
  await page.getByText('Inside Region 2').click()
  await page.getByRole('button', { name: 'Stop, lose disk …' }).click()
  await page.getByRole('button', { name: 'Really lose its disk' }).click()
  await expect(page.getByRole('region', { name: 'Region 2, terminal' })).toContainText('stopped: no power')
  await typeLine(page, 2, 'GET k')
  await expect(page.getByRole('region', { name: 'Region 2, terminal' })).toContainText('Connection refused')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(page.getByText('replica 3')).toBeVisible()
  await control(page, 'sync')
  await expect(event(page, /Region 2 ?.*: power and disk lost/)).toHaveCount(1)
  await expect(page.getByRole('region', { name: 'Region 2, terminal' })).toBeVisible()
  await page.getByLabel(/^Terminal of Region 2\./).focus()
  await page.keyboard.type('GET k')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-region="3"] .xterm-rows')).toContainText('"v"')
  await page.getByRole('tab', { name: 'Network' }).click()
  await page.getByText('Inside Region 2').click()
  await expect(page.getByText('crdt_replid', { exact: true })).toBeVisible()
})

test('R2: a full sync stands on the timeline with its bytes; axe finds nothing with all of the panel open', async ({
  page,
}) => {
  await openPlayground(page)
  await control(page, 'backlog 40b')
  await control(page, 'cut 1-2')
  await ask(page, 1, 'SET a a-value-that-is-long-enough', 'OK')
  await ask(page, 1, 'SET b a-value-that-is-long-enough', 'OK')
  await control(page, 'heal')
  await control(page, 'sync')
  await expect(event(page, /received full sync, \d+ B/)).toHaveCount(1)
  await page.getByRole('tab', { name: 'Network' }).click()
  await page.getByText(/Messages and quality/).click()
  await page.getByText('Inside Region 1').click()
  await expect(page.getByText('crdt_sync_full', { exact: true })).toBeVisible()
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  }
})

test('R10: the console takes crdb-cli and rladmin', async ({ page }) => {
  await openPlayground(page)
  await control(page, 'crdb-cli crdb list')
  await expect(page.getByRole('log')).toContainText('region-2.redis.local')
  await control(page, 'rladmin tune db database1 crdt_xadd_id_uniqueness_mode liberal')
  await expect(page.getByRole('log')).toContainText('Finished successfully')
  await ask(page, 1, 'XADD s 1-1 a b', '"1-1"')
})
