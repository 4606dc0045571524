/** The keys view: what differs comes first, one key opened in every region, and why it reads as it does. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { ask, event, openPlayground, terminalInput, typeLine } from './support/page.ts'

const panel = (page: Page): Locator => page.locator('[data-panel="keys"]')
const row = (page: Page, key: string): Locator => panel(page).locator(`[data-key="${key}"]`)
const show = (page: Page) => page.getByRole('tab', { name: 'Keys' }).click()

/** Of the table of the open key: the cells of a row, by its heading. */
function cells(page: Page, heading: string): Locator {
  const heads = page.getByRole('rowheader', { name: heading, exact: true })
  return panel(page).getByRole('row').filter({ has: heads }).getByRole('cell')
}

async function conflict(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pause sync' }).first().click()
  await ask(page, 1, 'SET k first', 'OK')
  await ask(page, 2, 'SET k second', 'OK')
}

test('a conflict is seen, opened and explained, before and after the sync (S1)', async ({ page }) => {
  await openPlayground(page)
  await show(page)
  await expect(panel(page)).toContainText('No keys yet')
  await ask(page, 1, 'SET settled x', 'OK')
  await expect(row(page, 'settled')).toHaveAttribute('data-verdict', 'same', { timeout: 10_000 })
  await conflict(page)
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText(['Not everywhere yet 1', 'The others'])
  await expect(row(page, 'k')).toHaveAttribute('data-verdict', 'apart')
  await expect(row(page, 'k')).toContainText('first')
  await expect(row(page, 'k')).toContainText('second')
  await row(page, 'k').click()
  await expect(cells(page, 'Reads')).toHaveText(['first', 'second'])
  await expect(panel(page)).toContainText('Region 2 has not got a write of this key yet')
  await page.getByRole('button', { name: 'Sync now' }).click()
  await expect(cells(page, 'Reads')).toHaveText(['second', 'second'])
  await expect(cells(page, 'Last sync')).toHaveText(['first→ second', 'left it as it was'])
  await expect(panel(page)).toContainText('the same in every region')
  await expect(panel(page).getByRole('heading', { name: /^S1 .*Last write wins/ })).toBeVisible()
  await expect(panel(page)).toContainText(/“second” of Region 2 \(.*\) is later than “first” of Region 1/)
  await panel(page).getByRole('button', { name: 'SET k second' }).click()
  await expect(event(page, /SET k second/).first()).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('button', { name: '← All keys' }).click()
  await expect(row(page, 'k')).toBeFocused()
  await expect(row(page, 'k')).toHaveAttribute('data-verdict', 'same')
})

test('the keyboard alone: find a key, go to it, open it, come back', async ({ page }) => {
  await openPlayground(page)
  await ask(page, 1, 'MSET user:1 a user:2 b other c', 'OK')
  await show(page)
  await page.getByRole('searchbox', { name: 'Find keys' }).focus()
  await page.keyboard.type('user:*')
  await expect(panel(page).locator('[data-key]')).toHaveCount(2)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(row(page, 'user:2')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(panel(page).getByRole('button', { name: '← All keys' })).toBeFocused()
  await expect(panel(page).getByRole('heading', { name: 'user:2' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row(page, 'user:2')).toBeFocused()
  await page.getByRole('searchbox', { name: 'Find keys' }).fill('nothing like it')
  await expect(panel(page)).toContainText('No key matches.')
})

test('every data type can be opened', async ({ page }) => {
  await openPlayground(page)
  const lines = [
    'INCR n',
    'HSET h f v',
    'SADD s a b',
    'RPUSH l a b',
    'ZADD z 1 m',
    'XADD x 5 f v',
    'PFADD p a b c',
    'JSON.SET d $ [1,{}]',
  ]
  for (const line of lines) await typeLine(page, 1, line)
  await show(page)
  for (const [key, title] of Object.entries({
    n: 'Increments',
    h: 'Fields',
    s: 'Members',
    l: 'Elements',
    z: 'Members and scores',
    x: 'Logs',
    p: 'Registers',
    d: 'Document',
  })) {
    await row(page, key).click()
    await expect(panel(page).getByRole('rowheader', { name: title }).first()).toBeVisible()
    await page.keyboard.press('Escape')
  }
})

test('a hundred thousand keys that only one region has: a page of them at once, and the page stays quick', async ({
  page,
}) => {
  await openPlayground(page)
  await page.getByRole('button', { name: 'Pause sync' }).first().click()
  await show(page)
  await terminalInput(page, 1).focus()
  await page.keyboard.insertText(`EVAL "for i=1,100000 do redis.call('SET','k'..i,i) end" 0`)
  await page.keyboard.press('Enter')
  await expect(panel(page)).toContainText('2,000 or more', { timeout: 60_000 })
  await expect(panel(page).locator('[data-key]')).toHaveCount(100)
  await page.getByRole('searchbox', { name: 'Find keys' }).fill('k99999')
  await expect(panel(page).locator('[data-key]')).toHaveText([/k99999/], { timeout: 10_000 })
  await row(page, 'k99999').click()
  await expect(cells(page, 'Reads')).toHaveText(['99999', 'nothing'])
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the ${theme} theme, and at phone width nothing is wider than the screen`, async ({
    page,
  }) => {
    const expectNoViolations = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' · ')}`)).toEqual([])
    }
    await page.emulateMedia({ colorScheme: theme })
    await openPlayground(page)
    await conflict(page)
    await ask(page, 1, 'SET lasting v EX 1000', 'OK')
    await show(page)
    await expect(row(page, 'k')).toBeVisible()
    await expectNoViolations()
    await row(page, 'k').click()
    await expect(cells(page, 'Reads')).toHaveCount(2)
    await expectNoViolations()
    await page.setViewportSize({ width: 390, height: 800 })
    await show(page)
    await expectNoViolations()
    const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    expect(await page.evaluate(overflow)).toBe(0)
  })
}
