/** The built site without a network, below a folder, under a policy, installable. */
import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { ask } from './support/page.ts'
import { serveSite, type Site } from './support/site.ts'

test.use({ serviceWorkers: 'allow' })

const SITE_POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; manifest-src 'self'; frame-ancestors *"

let site: Site
test.afterEach(() => site.close())

async function visit(page: Page): Promise<void> {
  await page.goto(`${site.playground}?regions=2`)
  await expect(page.getByRole('button', { name: 'Pause sync' }).first()).toBeEnabled()
}

/** The service worker has kept the build and serves the page. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
}

test('after the first visit everything works without the server, from any folder', async ({ page, context }) => {
  site = await serveSite({ folder: '/some/where/deep/' })
  await visit(page)
  await kept(page)
  await site.close()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Pause sync' }).first()).toBeEnabled()
  await ask(page, 1, 'SET k offline', 'OK')
  // Parts that were never loaded before: scenarios, scripts in the worker.
  await ask(page, 1, "EVAL 'return 1+1' 0", '(integer) 2')
  await page.goto(`${site.playground}?scenario=counters`)
  await expect(page.getByText(/^0 of \d+ rows/)).toBeAttached()
  await page.goto(`${site.playground}embeds.html`)
  const embed = page.locator('crdb-playground[scenario="strings-delete-and-set"]')
  await embed.getByRole('button', { name: 'Run' }).click()
  await expect(embed.getByText(/rows · ✓ \d+ as expected/)).toBeVisible()
  await context.close()
})

test('a new build is kept beside the old one as long as a page of the old is open', async ({ page }) => {
  const pages: Record<string, string> = {}
  site = await serveSite({ pages })
  await visit(page)
  await kept(page)
  const names = () => page.evaluate(() => caches.keys())
  const [old] = await names()
  const worker = readFileSync('dist/sw.js', 'utf8')
  const changed = worker.replace(/"version":"\w+"/, '"version":"another"')
  expect(changed).not.toBe(worker)
  pages['/docs/playground/sw.js'] = changed
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()))
  await expect.poll(names).toHaveLength(2)
  expect(await names()).toEqual(expect.arrayContaining([old, expect.stringMatching(/:another$/)]))
})

test('the playground works under its documented policy, and asks nobody else for anything', async ({ page }) => {
  site = await serveSite({ headers: { 'content-security-policy': SITE_POLICY } })
  const complaints: string[] = []
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await visit(page)
  await ask(page, 1, 'SET k v', 'OK')
  await ask(page, 1, "EVAL 'return 2' 0", '(integer) 2')
  await ask(page, 1, 'JSON.SET j $ 1', 'OK')
  await page.getByRole('tab', { name: 'Scenarios' }).click()
  await page.getByRole('button', { name: 'Strings: the last write wins' }).click()
  await page.getByRole('button', { name: 'Play all' }).click()
  await expect(page.getByText(/✓ \d+ as expected/)).toBeVisible()
  expect(complaints).toEqual([])
  expect(requests.filter((url) => !url.startsWith(site.origin))).toEqual([])
})

test('it can be installed: a manifest with names, icons that are there, and a start inside its scope', async ({
  page,
}) => {
  site = await serveSite({})
  await visit(page)
  const href = await page.locator('link[rel="manifest"]').getAttribute('href')
  const address = new URL(href ?? '', site.playground)
  const manifest = (await (await page.request.get(address.href)).json()) as {
    name: string
    start_url: string
    icons: { src: string; sizes: string; type: string; purpose?: string }[]
  }
  expect(manifest.name).toBe('CRDB Playground')
  expect(new URL(manifest.start_url, address).href).toBe(site.playground)
  for (const { src, sizes, type } of manifest.icons) {
    const response = await page.request.get(new URL(src, address).href)
    expect(response.headers()['content-type'], src).toBe(type)
    if (type !== 'image/png') continue
    const body = await response.body()
    expect(`${body.readUInt32BE(16)}x${body.readUInt32BE(20)}`, src).toBe(sizes)
  }
  expect(manifest.icons.some(({ sizes, purpose }) => sizes === '512x512' && purpose === 'maskable')).toBe(true)
})
