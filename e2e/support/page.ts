/** The page as a visitor uses it: terminals typed into and read, events on the timeline. */
import { expect, type Locator, type Page } from '@playwright/test'

/** Opens the page with an empty session of two regions and waits until both answer. Nothing may be logged as an error from then on. */
export async function openPlayground(page: Page): Promise<void> {
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto('./?regions=2')
  await expect(page.getByRole('button', { name: 'Pause sync' }).first()).toBeEnabled()
  await expect.poll(() => screenText(page, 1)).toContain('region-1>')
}

export function terminalInput(page: Page, region: number): Locator {
  return page.getByLabel(new RegExp(`^Terminal of Region ${region}\\.`))
}

/** Types a line and Enter, as a person would. */
export async function typeLine(page: Page, region: number, line: string): Promise<void> {
  await terminalInput(page, region).focus()
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
}

/** What is on a terminal's screen, wrapped rows apart, trailing blanks cut. */
export async function screenText(page: Page, region: number): Promise<string> {
  const rows = page.locator(`[data-region="${region}"] .xterm-rows > div`)
  const lines = await rows.allTextContents()
  return lines
    .map((line) => line.replaceAll('\u00a0', ' ').trimEnd())
    .join('\n')
    .trimEnd()
}

/** The terminal's screen ends with these lines above the waiting prompt. */
export async function expectLines(page: Page, region: number, ...lines: string[]): Promise<void> {
  const name = `region-${region}`
  await expect
    .poll(async () => (await screenText(page, region)).split('\n').slice(-lines.length - 1))
    .toEqual([...lines, `${name}>`])
}

/** Types a command and expects its reply. */
export async function ask(page: Page, region: number, line: string, ...reply: string[]): Promise<void> {
  await typeLine(page, region, line)
  await expectLines(page, region, `region-${region}> ${line}`, ...reply)
}

/** Pastes text as the clipboard would. */
export async function paste(page: Page, region: number, text: string): Promise<void> {
  await terminalInput(page, region).evaluate((element, pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
}

export function event(page: Page, words: RegExp): Locator {
  return page.getByRole('option', { name: words })
}

/** Runs a line in the control console. */
export async function control(page: Page, line: string): Promise<void> {
  await page.getByRole('tab', { name: 'Console' }).click()
  await page.getByLabel('Control line', { exact: true }).fill(line)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('log')).toContainText(`› ${line}`)
}
