import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { ask, event, openPlayground } from './support/page.ts'

for (const theme of ['light', 'dark'] as const) {
  test(`the timeline shows what is asked for, and folds the rest (${theme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await openPlayground(page)
    const pause = page.getByRole('button', { name: 'Pause sync' }).first()
    await pause.click()
    for (const [region, line] of [
      [1, 'SADD tags a'],
      [1, 'SADD tags b'],
      [1, 'SADD other c'],
      [2, 'SREM tags a'],
    ] as const)
      await ask(page, region, line, `(integer) ${region === 1 ? 1 : 0}`)
    await ask(page, 2, 'SADD tags b', '(integer) 1')
    const filter = page.getByRole('button', { name: /^Filter/ })
    await filter.click()
    const bar = page.getByRole('form', { name: 'Filter the timeline' })
    await bar.getByLabel('Key', { exact: true }).fill('other')
    await expect(event(page, /SADD other c/)).toBeVisible()
    await expect(event(page, /SADD tags/)).toHaveCount(0)
    await bar.getByRole('button', { name: 'Show all' }).click()
    await bar.getByLabel('Pattern').selectOption('Concurrent writes')
    await expect(event(page, /SADD tags b/)).toHaveCount(2)
    await expect(event(page, /SADD other/)).toHaveCount(0)
    await bar.getByRole('button', { name: 'Show all' }).click()
    await bar.getByLabel('Fold local runs').check()
    await event(page, /3 commands: SADD tags a … SADD other c, folded/).click()
    await expect(event(page, /SADD tags a, reply 1, selected/)).toHaveAttribute('aria-selected', 'true')
    await expect(event(page, /SADD other c/)).toBeVisible()
    await bar.getByLabel('Region 2').uncheck()
    await expect(event(page, /^Region 2/)).toHaveCount(0)
    await expect(filter).toContainText('on')
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' · ')}`)).toEqual([])
    await page.screenshot({ path: test.info().outputPath(`timeline-${theme}.png`) })
  })
}

test('zooming keeps the moment under the pointer where it is; dragging pans and selects nothing', async ({ page }) => {
  await openPlayground(page)
  for (let i = 0; i < 30; i++) await ask(page, 1, `SET k${i} v`, 'OK')
  const list = page.getByRole('listbox', { name: /Timeline/ })
  const scrollTop = () => list.evaluate((element) => element.scrollTop)
  await list.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Escape')
  for (let i = 0; i < 5; i++) await page.keyboard.press('+')
  const before = await scrollTop()
  const box = await list.boundingBox()
  if (!box) throw new Error('the timeline is not on the screen')
  await page.mouse.move(box.x + 8, box.y + box.height - 40)
  await page.mouse.down()
  await page.mouse.move(box.x + 8, box.y + box.height - 240, { steps: 4 })
  await page.mouse.up()
  await expect.poll(scrollTop).toBeGreaterThan(before + 150)
  await expect(page.getByRole('region', { name: 'Details of the selected event' })).toHaveCount(0)
})

test('a conflict says why, with what each side had seen, and leads to the rule; what is shown is taken along as table and picture', async ({
  page,
  context,
}) => {
  await openPlayground(page)
  await page.getByRole('button', { name: 'Pause sync' }).first().click()
  await ask(page, 1, 'SET greeting bonjour', 'OK')
  await ask(page, 2, 'SET greeting hola', 'OK')
  await ask(page, 2, 'SADD other x', '(integer) 1')
  await page.getByRole('button', { name: 'Sync now' }).click()
  await event(page, /conflict decided by S1/)
    .first()
    .click()
  const details = page.getByRole('region', { name: 'Details of the selected event' })
  await expect(details).toContainText('SET greeting bonjour in Region 1: select had seen nothing of the others')
  await expect(details.getByRole('link', { name: /Redis’s documentation/ })).toHaveAttribute(
    'href',
    /\/active-active\/develop\/data-types\/strings\/$/,
  )
  const [rules] = await Promise.all([
    context.waitForEvent('page'),
    details.getByRole('link', { name: /Rule S1/ }).click(),
  ])
  await expect(rules.locator('#S1')).toContainText('Last write wins')
  await expect(rules.locator('#S1 .seen a').first()).toHaveAttribute('href', /^\.\/\?scenario=strings-/)
  const { violations } = await new AxeBuilder({ page: rules }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await rules.close()

  await page.getByRole('button', { name: /^Filter/ }).click()
  await page.getByRole('form', { name: 'Filter the timeline' }).getByLabel('Key', { exact: true }).fill('greeting')
  await page.getByRole('button', { name: 'Export' }).click()
  const saved = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
    return readFileSync(await download.path(), 'utf8')
  }
  const table = await saved('Save the table')
  expect(table).toContain('| `SET greeting bonjour` |')
  expect(table).toContain('— Sync — (S1)')
  expect(table).not.toContain('SADD')
  const picture = await saved('Save the picture')
  expect(picture).not.toMatch(/class=|var\(|SADD/)
  await page.goto(`data:image/svg+xml,${encodeURIComponent(picture)}`)
  const words = await page.locator('text').allTextContents()
  expect(words).toEqual(expect.arrayContaining(['Region 1', 'Region 2', 'SET greeting bonjour', 'SET greeting hola']))
  await page.screenshot({ path: test.info().outputPath('picture.png') })
})
