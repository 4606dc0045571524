import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { openPlayground, screenText, typeLine } from './support/page.ts'

async function openGallery(page: Page): Promise<void> {
  await openPlayground(page)
  await page.getByRole('tab', { name: 'Scenarios' }).click()
  await expect(page.getByRole('searchbox')).toBeVisible()
}

const next = (page: Page) => page.getByRole('button', { name: 'Next step' })

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('[data-panel="scenario"]').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
}

test('a search finds cases by command, rule and words, Enter opens the first, and the address follows', async ({
  page,
}) => {
  await openGallery(page)
  const search = page.getByRole('searchbox')
  await search.fill('xack')
  await expect(page.getByText('XACK x group1 110-0')).toBeVisible()
  await search.fill('R2')
  await expect(page.getByRole('button', { name: 'Partial sync, and full sync' })).toBeVisible()
  await search.fill('popped twice')
  await expect(page.getByText(/^1 of \d+ cases$/)).toBeVisible()
  await search.press('Enter')
  await expect(page.getByRole('heading', { name: 'Lists: an element may be popped twice' })).toBeVisible()
  await expect(page).toHaveURL(/\?regions=2&scenario=lists-pops$/)
  await page.getByRole('button', { name: '← All scenarios' }).click()
  await expect(page).toHaveURL(/\?regions=2$/)
  await expect(page.getByRole('button', { name: 'Lists: an element may be popped twice' })).toBeFocused()
  await expect(search).toHaveValue('popped twice')
  await search.fill('')
  await page.getByLabel('Data type').selectOption('JSON')
  await expect(page.getByText(/^11 of \d+ cases$/)).toBeVisible()
})

test('a case’s address opens it in sight; a name that no case has is told', async ({ page }) => {
  await page.goto('./?scenario=counters')
  await expect(page.getByRole('heading', { name: 'Counters: increments add up' })).toBeVisible()
  await page.getByRole('button', { name: 'Play all' }).click()
  await expect(page.getByText(/^\d+ of \d+ rows/)).toContainText(/✓ \d+ as expected/)
  await page.goto('./?scenario=nonsense')
  await expect(page.getByText('No case is called “nonsense”')).toBeVisible()
})

test('Back takes one row back, whatever was typed in between; the keyboard stays where it is', async ({ page }) => {
  await page.goto('./?scenario=counters-set-and-increment')
  await expect(next(page)).toBeEnabled()
  await next(page).focus()
  for (const played of [1, 2, 3]) {
    await page.keyboard.press('Enter')
    await expect(page.getByText(new RegExp(`^${played} of 7 rows`))).toBeVisible()
    await expect(next(page)).toBeEnabled()
  }
  await expect(next(page)).toBeFocused()
  await typeLine(page, 1, 'SET k changed')
  await expect.poll(() => screenText(page, 1)).toContain('SET k changed\nOK')
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByText(/^2 of 7 rows/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Back' })).toBeFocused()
  await expect.poll(() => screenText(page, 1)).toBe('region-1> SET k 10\nOK\nregion-1> GET k\n"10"\nregion-1>')
})

test('predict, then sync: nothing is told before, the answers are compared, the rule is named, the score is kept', async ({
  page,
}) => {
  await openGallery(page)
  await page.getByRole('button', { name: 'Counters: an increment adds to a concurrent SET' }).click()
  await page.getByLabel('Predict, then sync').check()
  await expect(page.getByText('so both count')).toHaveCount(0)
  await expect(page.locator('tbody')).not.toContainText('15')
  await next(page).click()
  await expect(page.getByText(/^1 of 7 rows/)).toBeVisible()
  await next(page).click()
  await expect(page.getByText(/^2 of 7 rows/)).toBeVisible()
  await next(page).click()
  const form = page.getByRole('form', { name: 't3: sync. What does each region read then?' })
  await expect(form.getByLabel('Region 1 GET k')).toBeFocused()
  await page.keyboard.type('15')
  await page.keyboard.press('Enter')
  await page.keyboard.type('(integer) 10')
  await page.keyboard.press('Enter')
  const outcome = page.getByRole('region', { name: 'Your predictions' })
  await expect(outcome).toContainText('1 of 2 as you said.')
  await expect(outcome.getByRole('listitem').nth(1)).toContainText('It reads"15"You said(integer) 10')
  await expect(outcome).toContainText('C3 A base and its increments')
  await expect(next(page)).toBeFocused()
  await expect(page.locator('tr[aria-current="step"]')).toBeInViewport()
  await page.getByRole('button', { name: 'Play all' }).click()
  await page.getByRole('form').getByRole('textbox').first().fill('100')
  await page.getByRole('button', { name: 'Play and compare' }).click()
  await expect(page.getByText(/^7 of 7 rows/)).toContainText('2 of 4 predicted')
  await expect(page.getByText('so both count')).toBeVisible()
  await page.getByRole('button', { name: '← All scenarios' }).click()
  const item = page.getByRole('listitem').filter({ hasText: 'an increment adds to a concurrent SET' })
  await expect(item).toContainText('2/4')
  await page.reload()
  await page.getByRole('tab', { name: 'Scenarios' }).click()
  await expect(item).toContainText('2/4')
})

test('a case without questions says so, and plays on', async ({ page }) => {
  await page.goto('./?scenario=memory-eviction')
  await page.getByLabel('Predict, then sync').check()
  await expect(page.getByText(/nothing to predict/)).toBeVisible()
  await page.getByRole('button', { name: 'Play all' }).click()
  await expect(page.getByText(/^(\d+) of \1 rows/)).toContainText(/✓ \d+ as expected/)
})

test('a row may be looked at for long: time stands still until it is left', async ({ page }) => {
  await page.goto('./?scenario=expiry-longest-wins')
  for (const played of [1, 2]) {
    await next(page).click()
    await expect(page.getByText(new RegExp(`^${played} of 6 rows`))).toBeVisible()
  }
  const speed = page.getByLabel('Speed of time')
  await expect(speed).toHaveValue('0')
  await page.getByRole('button', { name: 'Open in playground' }).click()
  await expect(speed).toHaveValue('1')
  await expect(page.getByRole('searchbox')).toBeVisible()
  await expect(page).toHaveURL(/\/$/)
  await expect.poll(() => screenText(page, 2)).toContain('EXPIRE key1 50\n(integer) 1')
  await page.keyboard.type('PERSIST key1\n')
  await expect.poll(() => screenText(page, 1)).toContain('PERSIST key1\n(integer) 1')
})

test('looking at a case leaves the visitor’s own session as it was; going on with one makes it the visitor’s own', async ({
  page,
}) => {
  await openGallery(page)
  await typeLine(page, 1, 'SET mine 1')
  await expect.poll(() => screenText(page, 1)).toContain('SET mine 1\nOK')
  await page.waitForTimeout(1500)
  await page.getByRole('button', { name: 'Counters: increments add up' }).click()
  await next(page).click()
  await expect(page.getByText(/^1 of \d+ rows/)).toBeVisible()
  await page.getByRole('button', { name: '← All scenarios' }).click()
  await page.waitForTimeout(1500)
  await page.goto('./')
  await expect.poll(() => screenText(page, 1)).toContain('SET mine 1\nOK')

  await page.getByRole('tab', { name: 'Scenarios' }).click()
  await page.getByRole('button', { name: 'Counters: increments add up' }).click()
  await next(page).click()
  await expect(page.getByText(/^1 of \d+ rows/)).toBeVisible()
  await page.getByRole('button', { name: 'Open in playground' }).click()
  await page.waitForTimeout(1500)
  await page.goto('./')
  await expect.poll(() => screenText(page, 1)).toContain('INCRBY counter 7')
})

test('the name of a rule leads to its words', async ({ page }) => {
  await page.goto('./?scenario=lists-pops')
  const rule = page.getByRole('button', { name: 'L3', exact: true })
  await rule.click()
  await expect(rule).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByText('A pop answers from the region’s own data.')).toBeVisible()
  await rule.click()
  await expect(rule).toHaveAttribute('aria-expanded', 'false')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in list, questions and outcome, ${colorScheme}; at phone width nothing is wider than the screen`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 390, height: 800 })
    const expectFits = async () => {
      const overflow = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(await overflow()).toBe(0)
    }
    await openGallery(page)
    await page.getByRole('searchbox').fill('wins')
    await expectNoViolations(page)
    await page.getByRole('button', { name: 'Expiry: the longest time to live wins' }).click()
    await page.getByLabel('Predict, then sync').check()
    await page.getByRole('button', { name: 'Play all' }).click()
    await expect(page.getByRole('form').getByRole('textbox')).toHaveCount(3)
    await expectNoViolations(page)
    await expectFits()
    await page.getByRole('form').getByRole('textbox').first().fill('10')
    await page.getByRole('button', { name: 'Play and compare' }).click()
    await expect(page.getByText('0 of 3 as you said.')).toBeVisible()
    await expectNoViolations(page)
    await expectFits()
    await page.getByRole('button', { name: '← All scenarios' }).click()
    await page.getByRole('searchbox').fill('')
    await page.getByRole('button', { name: 'Power loss with the disk intact' }).click()
    await page.getByRole('button', { name: '← All scenarios' }).click()
    await expect(page.getByRole('button', { name: 'Power loss with the disk intact' })).toBeInViewport()
    await expect(page.getByRole('button', { name: 'Session' })).toBeInViewport()
  })
}
