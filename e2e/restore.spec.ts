/** "In the browser the log survives a reload" (R7), and whatever is stored, the page starts. */
import { expect, test, type Page } from '@playwright/test'
import { ask, control, openPlayground, screenText } from './support/page.ts'

async function stored(page: Page, write?: unknown): Promise<unknown> {
  return page.evaluate(
    (value) =>
      new Promise((done, fail) => {
        const opening = indexedDB.open('crdb-playground')
        opening.onerror = () => fail(opening.error)
        opening.onsuccess = () => {
          const store = opening.result.transaction('kept', 'readwrite').objectStore('kept')
          const request = value === undefined ? store.get('session') : store.put(value, 'session')
          request.onsuccess = () => done(request.result)
          request.onerror = () => fail(request.error)
        }
      }),
    write,
  )
}

/** The regions answer. */
async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /(Pause|Resume) sync/ }).first()).toBeEnabled()
}

async function reload(page: Page): Promise<void> {
  await page.reload()
  await ready(page)
}

const note = (page: Page) => page.getByRole('status', { name: 'Restored session' })

test('what was typed, a partition, and what each region had of it survive a reload; "Start anew" begins afresh', async ({
  page,
}) => {
  await openPlayground(page)
  await ask(page, 1, 'SET shared both', 'OK')
  await control(page, 'sync')
  await control(page, 'partition 1 | 2')
  await ask(page, 1, 'SET here one', 'OK')
  await ask(page, 2, 'SADD there two', '(integer) 1')
  await expect.poll(async () => JSON.stringify(await stored(page))).toContain('SADD')

  await reload(page)
  await expect(note(page)).toContainText('Your last session goes on.')
  await expect.poll(() => screenText(page, 1)).toContain('SET here one')
  await expect(page.getByRole('region', { name: 'Region 1, terminal' })).toContainText('cut off')
  await ask(page, 1, 'EXISTS shared here there', '(integer) 2')
  await ask(page, 2, 'EXISTS shared here there', '(integer) 2')
  await ask(page, 2, 'SMEMBERS there', '1) "two"')
  await control(page, 'heal')
  await control(page, 'sync')
  await control(page, 'expect converged')
  await expect(page.getByRole('log')).not.toContainText('Refused')

  await note(page).getByRole('button', { name: 'Start anew' }).click()
  await expect(note(page)).toBeEmpty()
  await ready(page)
  await ask(page, 1, 'DBSIZE', '(integer) 0')
  await reload(page)
  await expect.poll(() => screenText(page, 1)).toContain('region-1>')
  await expect(note(page)).toBeEmpty()
})

test('a save that cannot be used is said to be so, and a new session starts', async ({ page }) => {
  await openPlayground(page)
  await ask(page, 1, 'SET k v', 'OK')
  await expect.poll(async () => JSON.stringify(await stored(page))).toContain('SET')
  await stored(page, { version: 1, log: { settings: { regions: 'all of them' } } })
  await reload(page)
  await expect(note(page)).toContainText('could not be restored')
  await ask(page, 1, 'GET k', '(nil)')
})

test('a scenario in the address comes before the saved session, which stays as it was', async ({ page }) => {
  await openPlayground(page)
  await ask(page, 1, 'SET mine kept', 'OK')
  await expect.poll(async () => JSON.stringify(await stored(page))).toContain('mine')
  await page.goto('./?scenario=counters')
  await page.getByRole('tab', { name: 'Scenarios' }).click()
  await expect(page.getByText('INCRBY counter 7').first()).toBeVisible()
  await ready(page)
  await ask(page, 1, 'GET mine', '(nil)')
  await page.goto('./')
  await expect(note(page)).toContainText('Your last session goes on.')
  await ask(page, 1, 'GET mine', '"kept"')
})
