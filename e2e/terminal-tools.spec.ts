import AxeBuilder from '@axe-core/playwright'
import { devices, expect, test, type Page } from '@playwright/test'
import { ask, event, expectLines, openPlayground, screenText, terminalInput, typeLine } from './support/page.ts'

const composer = (page: Page) => page.getByLabel(/^A command for /)

/** When an event happened, as its name on the timeline has it. */
async function timeOf(page: Page, words: RegExp): Promise<string> {
  const name = await event(page, words).first().getAttribute('aria-label')
  return /\d[\d.]* m?s\b/.exec(name ?? (await event(page, words).first().innerText()))?.[0] ?? ''
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' · ')}`)).toEqual([])
}

test('a line typed once runs in the chosen regions at the same instant; what is half typed stays', async ({ page }) => {
  await page.goto('./?regions=3')
  await expect.poll(() => screenText(page, 3)).toContain('region-3>')
  await terminalInput(page, 2).focus()
  await page.keyboard.type('GET half')
  await composer(page).fill('INCR visits')
  await composer(page).press('Enter')
  for (const region of [1, 3]) await expectLines(page, region, `region-${region}> INCR visits`, '(integer) 1')
  await expect.poll(() => screenText(page, 2)).toBe('region-2> INCR visits\n(integer) 1\nregion-2> GET half key')
  const times = await Promise.all(
    [1, 2, 3].map((region) => timeOf(page, new RegExp(`^Region ${region}, .*INCR visits`))),
  )
  expect(times[0]).toMatch(/\d/)
  expect(new Set(times).size).toBe(1)
  await expect(composer(page)).toHaveValue('')
  await page.getByRole('button', { name: 'Region 2', exact: true }).click()
  await composer(page).press('ArrowUp')
  await expect(composer(page)).toHaveValue('INCR visits')
  await composer(page).fill('SET chosen yes')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expectLines(page, 1, 'region-1> SET chosen yes', 'OK')
  await expectLines(page, 3, 'region-3> SET chosen yes', 'OK')
  expect(await screenText(page, 2)).not.toContain('chosen')
})

test('where a region is busy a broadcast runs nowhere, and says why; Alt-Enter broadcasts from a terminal', async ({
  page,
}) => {
  await openPlayground(page)
  await typeLine(page, 2, 'BLPOP jobs 0')
  await expect.poll(() => screenText(page, 2)).toMatch(/BLPOP jobs 0$/)
  await composer(page).fill('RPUSH jobs one')
  await composer(page).press('Enter')
  await expect(page.getByText('Not run: Region 2 is busy with an earlier command.')).toBeVisible()
  await expect(composer(page)).toHaveValue('RPUSH jobs one')
  expect(await screenText(page, 1)).toBe('region-1>')
  await terminalInput(page, 2).focus()
  await page.keyboard.press('Control+c')
  await terminalInput(page, 1).focus()
  await page.keyboard.type('PING all')
  await page.keyboard.press('Alt+Enter')
  for (const region of [1, 2]) await expectLines(page, region, `region-${region}> PING all`, '"all"')
})

test('find in scrollback: counted from the newest, older with Enter, also what has scrolled away; Esc goes back', async ({
  page,
}) => {
  await openPlayground(page)
  await ask(page, 1, 'SET needle 1', 'OK')
  await typeLine(page, 1, '60 PING hay')
  await ask(page, 1, 'GET needle', '"1"')
  await page.keyboard.press('Control+Shift+F')
  const find = page.getByLabel('Find in the terminal of Region 1')
  await expect(find).toBeFocused()
  await page.keyboard.type('NEEDLE')
  const count = page.getByRole('search').locator('output')
  await expect(count).toHaveText('1 of 2')
  expect(await screenText(page, 1)).not.toContain('SET needle')
  await page.keyboard.press('Enter')
  await expect(count).toHaveText('2 of 2')
  await expect.poll(() => screenText(page, 1)).toContain('SET needle')
  await page.getByRole('button', { name: 'Newer match' }).click()
  await expect(count).toHaveText('1 of 2')
  await find.fill('no such thing')
  await expect(count).toHaveText('none')
  await find.press('Escape')
  await expect(terminalInput(page, 1)).toBeFocused()
  await expect(page.getByRole('search')).toHaveCount(0)
})

test('commands are copied without prompts and replies, and run when pasted elsewhere', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPlayground(page)
  await ask(page, 1, 'SET a "x  y"', 'OK')
  await ask(page, 1, 'GET a', '"x  y"')
  await page.getByRole('button', { name: 'More for the terminal of Region 1' }).click()
  await page.getByRole('button', { name: 'Copy commands' }).click()
  await expect(page.getByText('2 commands copied.')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('SET a "x  y"\nGET a\n')
  await page.keyboard.press('Escape')
  await terminalInput(page, 2).focus()
  await page.keyboard.press('Control+v')
  await expectLines(page, 2, 'region-2> SET a "x  y"', 'OK', 'region-2> GET a', '"x  y"')
  // A selection narrows it down: here to its own row.
  const row = await page.locator('[data-region="1"] .xterm-rows > div').first().boundingBox()
  await page.mouse.click((row?.x ?? 0) + 60, (row?.y ?? 0) + 5, { clickCount: 3 })
  await page.getByRole('button', { name: 'More for the terminal of Region 1' }).click()
  await page.getByRole('button', { name: 'Copy commands' }).click()
  await expect(page.getByText('1 command copied.')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('SET a "x  y"\n')
})

test('ten terminals: a grid, or one at a time; the palette finds both', async ({ page }) => {
  await page.goto('./?regions=10')
  await expect.poll(() => screenText(page, 10)).toContain('region-10>')
  await page.getByRole('button', { name: 'More for the terminal of Region 9' }).click()
  await page.getByRole('button', { name: 'Show only this terminal' }).click()
  await expect(terminalInput(page, 1)).toBeHidden()
  await expect(terminalInput(page, 9)).toBeVisible()
  await page.keyboard.press('F1')
  await expect(page.getByRole('combobox', { name: /Search all/ })).toBeFocused()
  await page.keyboard.type('go to terminal region 2')
  await page.keyboard.press('Enter')
  await expect(terminalInput(page, 2)).toBeFocused()
  await expect(terminalInput(page, 9)).toBeHidden()
  await ask(page, 2, 'PING', 'PONG')
  await page.getByRole('button', { name: 'All', exact: true }).click()
  await expect(terminalInput(page, 9)).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the tools of terminals, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await openPlayground(page)
    await composer(page).fill('HSET cart ')
    await page.getByRole('button', { name: 'Region 2', exact: true }).click()
    await terminalInput(page, 1).focus()
    await page.keyboard.press('Control+Shift+F')
    await expect(page.getByLabel('Find in the terminal of Region 1')).toBeFocused()
    await page.keyboard.type('region')
    await expect(page.getByRole('search').locator('output')).toHaveText('1 of 1')
    await page.getByRole('button', { name: 'More for the terminal of Region 1' }).click()
    await page.getByRole('button', { name: 'Copy commands' }).click()
    await expect(page.getByText('There is no command here yet.')).toBeVisible()
    await expectNoViolations(page)
    await page.getByRole('button', { name: 'Show only this terminal' }).click()
    await expectNoViolations(page)
  })
}

test.describe('under fingers', () => {
  const { defaultBrowserType: _, ...phone } = devices['Pixel 7']
  test.use({ ...phone, viewport: { width: 390, height: 800 } })

  test('an ordinary input with suggestions types for the terminal in front; a broadcast is a tap more', async ({
    page,
  }) => {
    await openPlayground(page)
    await expectNoViolations(page)
    await page.locator('[data-region="1"] .xterm-screen').tap()
    await expect(composer(page)).toBeFocused()
    await page.getByRole('button', { name: 'SET', exact: true }).tap()
    await expect(composer(page)).toHaveValue('SET ')
    // Quotes as a phone makes them.
    await page.keyboard.type('user \u201cAda L\u201d')
    await expect(composer(page)).toHaveValue('SET user "Ada L"')
    await page.keyboard.press('Enter')
    await expectLines(page, 1, 'region-1> SET user "Ada L"', 'OK')
    await page.getByRole('button', { name: 'Region 2', exact: true }).first().tap()
    await page.getByRole('button', { name: 'GET', exact: true }).tap()
    await expect(page.getByText('key', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'user', exact: true }).tap()
    await page.getByRole('button', { name: 'Run', exact: true }).tap()
    await expect.poll(() => screenText(page, 2)).toMatch(/region-2> GET user\s*\n("Ada L"|\(nil\))\nregion-2>$/)
    await composer(page).fill('BLPOP jobs 0')
    await page.keyboard.press('Enter')
    await expect.poll(() => screenText(page, 2)).toMatch(/BLPOP jobs 0$/)
    await page.getByRole('button', { name: 'Ctrl-C' }).tap()
    await expect.poll(() => screenText(page, 2)).toMatch(/\^C\nregion-2>$/)
    await expectNoViolations(page)
    const targets = page.getByRole('group', { name: 'Regions that run the line' })
    await targets.getByRole('button', { name: 'Region 1' }).tap()
    await composer(page).fill('INCR n')
    await page.keyboard.press('Enter')
    await expectLines(page, 2, 'region-2> INCR n', '(integer) 1')
    await page.getByRole('button', { name: 'Region 1', exact: true }).first().tap()
    await expectLines(page, 1, 'region-1> INCR n', '(integer) 1')
  })

  test('above a keyboard that lies over the page: all of it is as high as what can be seen, while one types', async ({
    page,
  }) => {
    await page.addInitScript(() => {
      const view = Object.assign(new EventTarget(), { height: 800, scale: 1 })
      Object.defineProperty(window, 'visualViewport', { value: view })
    })
    await openPlayground(page)
    const keyboard = (height: number, scale = 1) =>
      page.evaluate(
        (change) =>
          window.visualViewport?.dispatchEvent(Object.assign(window.visualViewport, change) && new Event('resize')),
        { height, scale },
      )
    const bottom = async () => {
      const box = await composer(page).boundingBox()
      return (box?.y ?? 0) + (box?.height ?? 0)
    }
    await keyboard(420)
    expect(await bottom()).toBeGreaterThan(600)
    await composer(page).focus()
    await expect.poll(bottom).toBeLessThanOrEqual(420)
    await expect(page.getByRole('tab', { name: 'Network' })).not.toBeInViewport()
    // Zooming in is no keyboard.
    await keyboard(300, 2)
    await expect.poll(bottom).toBeGreaterThan(600)
    await keyboard(420)
    await expect.poll(bottom).toBeLessThanOrEqual(420)
    await composer(page).blur()
    await expect.poll(bottom).toBeGreaterThan(600)
  })

  test('a finger that moves scrolls, and does not bring the keyboard up', async ({ page }) => {
    await openPlayground(page)
    await composer(page).fill('99 PING row')
    await page.keyboard.press('Enter')
    await expect.poll(() => screenText(page, 1)).toMatch(/"row"\nregion-1>$/)
    await composer(page).blur()
    const screen = page.locator('[data-region="1"] .xterm-screen')
    const drag = async (from: number, to: number) => {
      const touches = (y: number) => [{ identifier: 0, clientX: 100, clientY: y }]
      await screen.dispatchEvent('touchstart', { touches: touches(from), changedTouches: touches(from) })
      await screen.dispatchEvent('touchmove', { touches: touches(to), changedTouches: touches(to) })
      await screen.dispatchEvent('touchend', { touches: [], changedTouches: touches(to) })
    }
    await drag(200, 200 + 2000)
    await expect.poll(() => screenText(page, 1)).toContain('99 PING row')
    await expect(composer(page)).not.toBeFocused()
    await drag(2200, 200)
    await expect.poll(() => screenText(page, 1)).toMatch(/region-1>$/)
    await expect(terminalInput(page, 1)).toHaveAttribute('inputmode', 'none')
  })
})
