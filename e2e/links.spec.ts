/** Links, files and snippets: what one person did, another one has; and nothing that is opened takes away what is there. */
import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { ask, control, openPlayground, paste, screenText } from './support/page.ts'

const note = (page: Page) => page.getByRole('status', { name: 'Restored session' })
const menu = (page: Page) => page.locator('#share-menu')

async function openMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(menu(page)).toBeVisible()
}

/** A link to what is on the page, once it holds so many lines. */
async function linkOf(page: Page, lines: number): Promise<string> {
  await openMenu(page)
  await expect(menu(page)).toContainText(new RegExp(`${lines} lines? in`))
  const link = await page.getByRole('textbox', { name: 'Link to this session' }).inputValue()
  await page.keyboard.press('Escape')
  return link
}

/** Drops a file in the middle of the page. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([file, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], file, { type: 'text/plain' }))
      return transfer
    },
    [name, text] as const,
  )
  await page.locator('main').dispatchEvent('dragover', { dataTransfer: data })
  await expect(page.getByText('Drop a scenario or a session file')).toBeVisible()
  await page.locator('main').dispatchEvent('drop', { dataTransfer: data })
}

test('a link brings the session to whoever opens it; his own is kept until he types, and comes back after that too', async ({
  page,
  context,
}) => {
  await openPlayground(page)
  await control(page, 'partition 1 | 2')
  await ask(page, 1, 'SET shared one', 'OK')
  await ask(page, 2, 'SET shared two', 'OK')
  const link = await linkOf(page, 3)
  expect(link.length).toBeLessThan(300)

  // Somebody else, who has something of his own.
  const other = await context
    .browser()!
    .newContext({ baseURL: new URL('./', page.url()).href, serviceWorkers: 'block' })
  const his = await other.newPage()
  await openPlayground(his)
  await ask(his, 1, 'SET mine kept', 'OK')
  await his.waitForTimeout(1500)
  await his.goto(link)
  await expect(note(his)).toContainText('This session was shared with you.')
  await expect.poll(() => screenText(his, 1)).toContain('SET shared one')
  await ask(his, 2, 'GET shared', '"two"')
  // Now it is his; the address no longer says what is here.
  await expect(his).not.toHaveURL(/#/)
  await his.waitForTimeout(1500)
  await his.reload()
  await expect(note(his)).toContainText('Your last session goes on.')
  await ask(his, 1, 'GET shared', '"one"')
  await openMenu(his)
  await his.getByRole('button', { name: 'Take it up again' }).click()
  await expect.poll(() => screenText(his, 1)).toContain('SET mine kept')
  await ask(his, 1, 'GET mine', '"kept"')
  await other.close()
})

test('from a shared session nothing was done in, one click leads back to one’s own', async ({ page }) => {
  await openPlayground(page)
  await ask(page, 1, 'SET shared one', 'OK')
  const link = await linkOf(page, 1)
  await ask(page, 1, 'SET shared changed', 'OK')
  await page.evaluate((address) => {
    location.hash = new URL(address).hash
  }, link)
  await expect(note(page)).toContainText('Your own is kept.')
  await expect.poll(() => screenText(page, 1)).not.toContain('changed')
  await note(page).getByRole('button', { name: 'Back to my own' }).click()
  await expect(note(page)).toContainText('Your last session goes on.')
  await expect(page).not.toHaveURL(/#/)
  await ask(page, 1, 'GET shared', '"changed"')
})

test('a link that is broken, foreign or of a newer version is said to be so, and the session goes on', async ({
  page,
}) => {
  await openPlayground(page)
  await ask(page, 1, 'SET here still', 'OK')
  const link = await linkOf(page, 1)
  const fragment = new URL(link).hash
  for (const [hash, words] of [
    [fragment.slice(0, -6), 'not complete, or was changed'],
    [fragment.replace('=1.', '=9.'), 'newer version'],
    ['#session=%00<script>', 'not complete'],
    [`${fragment}AAAA`, 'not complete'],
  ] as const) {
    await page.evaluate((to) => {
      location.hash = to
    }, hash)
    await expect(page.getByRole('alert').filter({ hasText: 'The link could not be opened.' })).toContainText(words)
    await page.getByRole('button', { name: 'Close this message' }).click()
  }
  await page.evaluate(() => {
    location.hash = '#somewhere-else'
  })
  await ask(page, 1, 'GET here', '"still"')
  // The same, where the page begins with it.
  await page.waitForTimeout(1500)
  await page.goto(`./${fragment.slice(0, -6)}`)
  await page.reload()
  await expect(page.getByRole('alert').filter({ hasText: 'The link could not be opened.' })).toBeVisible()
  await expect(note(page)).toContainText('Your last session goes on.')
  await ask(page, 1, 'GET here', '"still"')
})

test('a session is saved as a scenario that plays to the same end, and as a log that opens again', async ({ page }) => {
  await openPlayground(page)
  await control(page, 'hold all')
  await ask(page, 1, 'SADD basket apple', '(integer) 1')
  await ask(page, 2, 'SADD basket pear', '(integer) 1')
  await control(page, 'sync')
  await ask(page, 1, 'SCARD basket', '(integer) 2')

  await openMenu(page)
  const [scenario] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as scenario' }).click(),
  ])
  expect(scenario.suggestedFilename()).toMatch(/^session-.*\.md$/)
  const text = await readFile(await scenario.path(), 'utf8')
  expect(text).toContain('`SADD basket apple` → `(integer) 1`')
  const [log] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save log' }).click(),
  ])
  const lines = await readFile(await log.path(), 'utf8')
  expect(lines.split('\n')).toHaveLength(7)
  await page.keyboard.press('Escape')

  await drop(page, 'mine.md', text)
  await expect(page.getByText('SADD basket pear').first()).toBeVisible()
  await page.getByRole('button', { name: 'Play all' }).click()
  await expect(page.getByText(/✓ \d+ as expected/)).toBeVisible()

  await openMenu(page)
  await page
    .getByLabel('Scenario or session file')
    .setInputFiles({ name: 'mine.jsonl', mimeType: 'text/plain', buffer: Buffer.from(lines) })
  await expect(note(page)).toContainText('This session comes from a file.')
  await ask(page, 2, 'SMEMBERS basket', '1) "pear"', '2) "apple"')
})

test('a file that is wrong is told line by line, and the session goes on', async ({ page }) => {
  await openPlayground(page)
  await ask(page, 1, 'SET here still', 'OK')
  const problem = page.getByRole('alert').filter({ hasText: 'could not be opened.' })
  await drop(
    page,
    'wrong.md',
    '| Time | Region 1 | Region 2 |\n|---|---|---|\n| t1 | — cut 1-9 — | |\n| t2 | GET "a | |\n',
  )
  await expect(problem).toContainText('wrong.md could not be opened.')
  await expect(problem).toContainText('line 3:')
  await expect(problem).toContainText('line 4:')
  await drop(page, 'wrong.jsonl', '{"format":"crdb-playground session","version":1,"until":9,"settings":{}}\n')
  await expect(problem).toContainText('line 1: regions')
  await drop(page, 'picture.png', '\u0089PNG\r\n\u001a')
  await expect(problem).toContainText('line 1: a character that cannot be shown')
  await ask(page, 1, 'GET here', '"still"')
})

test('a session too long for a link is offered as a file', async ({ page }) => {
  await openPlayground(page)
  const random = () => Math.random().toString(36).slice(2)
  await paste(
    page,
    1,
    Array.from({ length: 250 }, (_, i) => `SET key${i} ${random()}${random()}${random()}\r`).join(''),
  )
  await expect.poll(() => screenText(page, 1)).toContain('SET key249')
  await openMenu(page)
  await expect(menu(page)).toContainText('Save a file instead.')
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeDisabled()
})

test('the snippet shows the session in another page', async ({ page }) => {
  await openPlayground(page)
  await control(page, 'hold all')
  await ask(page, 1, 'SET k "<b>one</b> & two"', 'OK')
  await control(page, 'sync')
  await ask(page, 2, 'GET k', '"<b>one</b> & two"')
  await openMenu(page)
  await page.getByRole('button', { name: 'Embed this' }).click()
  const snippet = await page.getByRole('textbox', { name: 'Markup to embed this' }).inputValue()
  await page.route('**/mine.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>Mine</title><body>${snippet}</body></html>`,
    }),
  )
  await page.goto('./mine.html')
  await page.getByRole('button', { name: /^Run/ }).click()
  await expect(page.locator('crdb-playground')).toContainText(/✓ \d+ as expected|✓/)
})

test('the menu is reached from the keyboard by the palette, copies, and is accessible in both themes', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPlayground(page)
  await ask(page, 1, 'SET a b', 'OK')
  await page.keyboard.press('F1')
  await expect(page.getByRole('combobox', { name: /Search all actions/ })).toBeFocused()
  await page.keyboard.type('copy link')
  await page.keyboard.press('Enter')
  await expect(menu(page)).toContainText('The link was copied.')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/#session=1\.[\w-]+$/)
  await page.getByRole('button', { name: 'Embed this' }).click()
  await expect(page.getByRole('textbox', { name: 'Markup to embed this' })).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    // Colours change within a moment; half-way they are of neither theme.
    await page.evaluate(async () =>
      Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null))),
    )
    expect((await new AxeBuilder({ page }).include('#share-menu').analyze()).violations).toEqual([])
  }
  await page.keyboard.press('Escape')
  await expect(menu(page)).toBeHidden()
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await openMenu(page)
  await drop(page, 'wrong.md', 'nothing')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
})
