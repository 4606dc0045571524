import { expect, test } from '@playwright/test'
import AxeBuilder from '@axe-core/playwright'
import { ask, event, openPlayground, screenText } from './support/page.ts'

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

test('a first visit begins with a conflict that one press resolves; it is not offered again', async ({ page }) => {
  await page.goto('./')
  await expect.poll(() => screenText(page, 1)).toContain('region-1> GET greeting\n"hello from region 1"')
  await expect.poll(() => screenText(page, 2)).toContain('region-2> GET greeting\n"hello from region 2"')
  const hint = page.getByRole('complementary', { name: 'First steps' })
  await expect(hint).toContainText('The regions disagree.')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await hint.getByRole('button', { name: 'Let them sync' }).click()
  await expect(hint).toContainText('The regions agree again.')
  for (const region of [1, 2]) {
    await page.getByLabel(new RegExp(`^Terminal of Region ${region}\\.`)).focus()
    await page.keyboard.type('GET greeting')
    await page.keyboard.press('Enter')
    await expect
      .poll(async () => (await screenText(page, region)).split('\n').slice(-2))
      .toEqual(['"hello from region 2"', `region-${region}>`])
  }
  await hint.getByRole('button', { name: 'Close the first steps' }).click()
  await page.getByRole('button', { name: 'Session' }).click()
  await page.getByRole('button', { name: 'Start over with 2 regions' }).click()
  await expect.poll(() => screenText(page, 1)).toBe('region-1>')
  await page.reload()
  await expect.poll(() => screenText(page, 1)).toBe('region-1>')
  await expect(hint).toHaveCount(0)
})
