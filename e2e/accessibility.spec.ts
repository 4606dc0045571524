import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { ask, event, openPlayground, terminalInput } from './support/page.ts'

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' · ')}`)).toEqual([])
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the ${theme} theme, panel by panel`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await openPlayground(page)
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await expectNoViolations(page)
    await page.getByRole('button', { name: 'Pause sync' }).first().click()
    await ask(page, 1, 'SET k a', 'OK')
    await ask(page, 2, 'SET k b', 'OK')
    await page.getByRole('button', { name: 'Sync now' }).click()
    await event(page, /conflict decided/)
      .first()
      .click()
    await page.getByRole('button', { name: 'Cut Region 1 – Region 2', exact: true }).click()
    await expectNoViolations(page)
    await page.getByRole('tab', { name: 'Scenarios' }).click()
    await page.getByRole('button', { name: 'Strings: the last write wins' }).click()
    await page.getByRole('button', { name: 'Play all' }).click()
    await expect(page.getByText(/as expected/).first()).toBeVisible()
    await page.getByRole('button', { name: 'Table' }).click()
    await expect(page.getByRole('table').first()).toBeVisible()
    await expectNoViolations(page)
    await page.getByRole('tab', { name: 'Console' }).click()
    await page.getByRole('button', { name: 'Session' }).click()
    await expectNoViolations(page)
  })
}

test('axe finds nothing at phone width', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await openPlayground(page)
  for (const name of ['Timeline', 'Network', 'Scenarios', 'Console', 'Terminals']) {
    await page.getByRole('tab', { name }).click()
    await expectNoViolations(page)
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `${name} is no wider than the screen`).toBe(0)
  }
})

test('the keyboard alone: into a terminal, out again with Esc and Tab, cut, heal, and along the timeline', async ({
  page,
}) => {
  await openPlayground(page)
  await page.getByRole('button', { name: 'Session' }).focus()
  for (let i = 0; i < 8; i++) {
    if (await terminalInput(page, 1).evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await expect(terminalInput(page, 1)).toBeFocused()
  await page.keyboard.type('SET k v\n')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'More for the terminal of Region 2' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(terminalInput(page, 2)).toBeFocused()
  await page.keyboard.type('SET k w\n')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(terminalInput(page, 1)).toBeFocused()

  const timeline = page.getByRole('listbox', { name: /Timeline/ })
  await timeline.focus()
  await page.keyboard.press('Home')
  await expect(event(page, /Region 1, .*SET k v, selected/)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowRight')
  await expect(event(page, /Region 2, .*selected$/)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'Details of the selected event' })).toHaveCount(0)

  await page.getByRole('button', { name: 'Cut Region 1 – Region 2', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Heal Region 1 – Region 2', exact: true }).focus()
  await page.keyboard.press('Space')
  await expect(page.getByText('Sync is flowing')).toBeVisible()
})
