import { expect, test } from '@playwright/test'
import { ask, event, openPlayground } from './support/page.ts'

test('strings: the last write wins, and the timeline says why (S1)', async ({ page }) => {
  await openPlayground(page)
  await page.getByRole('button', { name: 'Pause sync' }).first().click()
  await expect(page.getByRole('button', { name: 'Resume sync' }).first()).toBeVisible()
  await ask(page, 1, 'SET key1 "a"', 'OK')
  await page.waitForTimeout(20) // the second write must carry a later timestamp
  await ask(page, 2, 'SET key1 "b"', 'OK')
  await ask(page, 1, 'GET key1', '"a"')
  await page.getByRole('button', { name: 'Sync now' }).click()
  await expect(event(page, /Region 1, .*conflict decided by S1/)).toHaveCount(1)
  await ask(page, 1, 'GET key1', '"b"')
  await ask(page, 2, 'GET key1', '"b"')

  await event(page, /Region 1, .*: SET key1 a/).click()
  const details = page.getByRole('region', { name: 'Details of the selected event' })
  await expect(details).toContainText('S1 Last write wins')
  await expect(details).toContainText('✓ KeptSET key1 b')
  await expect(details).toContainText('✕ LostSET key1 a')
  await expect(details).toContainText('Decided in Region 1 and Region 2')
  await expect(event(page, /Region 2, .*: SET key1 b, concurrent with the selected event/)).toHaveCount(1)

  await page.getByRole('button', { name: 'Close the details' }).click() // the timeline follows again

  await ask(page, 1, 'SET key1 "c"', 'OK')
  await page.getByRole('button', { name: 'Sync now' }).click()
  await expect(event(page, /Region 2, .*received SET key1 c/)).toHaveCount(1)
  await ask(page, 2, 'SET key1 "d"', 'OK')
  await page.getByRole('button', { name: 'Sync now' }).click()
  await expect(event(page, /Region 1, .*received SET key1 d/)).toHaveCount(1)
  await ask(page, 1, 'GET key1', '"d"')
  await expect(event(page, /conflict decided/)).toHaveCount(2)
})

test('counters: concurrent increments add up (C1)', async ({ page }) => {
  await openPlayground(page)
  await page.getByRole('button', { name: 'Pause sync' }).first().click()
  await ask(page, 1, 'INCRBY counter 7', '(integer) 7')
  await ask(page, 2, 'INCRBY counter 3', '(integer) 3')
  await page.getByRole('button', { name: 'Sync now' }).click()
  await expect(event(page, /conflict decided by C1/)).toHaveCount(2)
  await ask(page, 1, 'GET counter', '"10"')
  await ask(page, 2, 'GET counter', '"10"')
  await ask(page, 1, 'DECRBY counter 3', '(integer) 7')
  await ask(page, 2, 'INCRBY counter 6', '(integer) 16')
  await page.getByRole('button', { name: 'Sync now' }).click()
  await expect(event(page, /Region 1, .*received INCRBY counter 6/)).toHaveCount(1)
  await ask(page, 1, 'GET counter', '"13"')
  await ask(page, 2, 'GET counter', '"13"')
})
