/** Embeds in other people's pages: what they show, cost, tell and are allowed. */
import { gzipSync } from 'node:zlib'
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { serveSite, type Site } from './support/site.ts'
import { documented, RENDERED_TABLE, renderComponent, renderShortcode } from './support/snippets.ts'

const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'"

const sites: Site[] = []
async function open(options: Parameters<typeof serveSite>[0] = {}): Promise<Site> {
  const site = await serveSite(options)
  sites.push(site)
  return site
}
test.afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.close()))
})

function html(body: string, script = '/docs/playground/embed.js'): string {
  return `<!doctype html><html lang="en"><head><title>t</title><script type="module" src="${script}"></script></head><body>${body}</body></html>`
}

const TABLE = `<table><tr><th>Time</th><th>Region 1</th><th>Region 2</th></tr>
  <tr><td>t1</td><td>INCR n</td><td>INCR n</td></tr>
  <tr><td>t2</td><td>— Sync —</td><td>— Sync —</td></tr>
  <tr><td>t3</td><td>GET n → "2"</td><td>GET n → "3"</td></tr></table>`

async function play(embed: Locator): Promise<void> {
  await embed.getByRole('button', { name: 'Run' }).click()
}

/** Keeps what an embed tells in `window.told`. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const told: [string, unknown][] = []
    Object.assign(window, { told })
    for (const name of ['ready', 'run', 'result', 'check', 'error', 'resize'])
      document
        .querySelector('crdb-playground')
        ?.addEventListener(name, (event) => told.push([name, (event as CustomEvent).detail]))
  })
}
const toldBy = (page: Page, name: string) =>
  page.evaluate(
    (wanted) =>
      (window as unknown as { told: [string, unknown][] }).told
        .filter(([each]) => each === wanted)
        .map(([, detail]) => detail),
    name,
  )

test('without scripts the reader sees the table', async ({ browser }) => {
  const site = await open()
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${site.playground}embeds.html`)
  await expect(page.getByText('SET colour blue')).toBeVisible()
  await expect(page.getByRole('button')).toHaveCount(0)
  await context.close()
})

test('a page with ten embeds: less than 50 kB of script and no worker until one is used', async ({ page }) => {
  const site = await open()
  const scripts: Promise<Buffer>[] = []
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.body())
  })
  await page.goto(`${site.playground}embeds.html`)
  const embeds = page.locator('crdb-playground')
  await expect(embeds).toHaveCount(10)
  const size = async () => (await Promise.all(scripts)).reduce((sum, body) => sum + gzipSync(body).length, 0) / 1000
  expect(scripts.length).toBeGreaterThan(0)
  const untouched = await size()
  expect(untouched).toBeLessThan(10)
  for (const embed of await embeds.all()) await embed.scrollIntoViewIfNeeded()
  await expect(embeds.nth(8).getByText('0 of 12 rows')).toBeVisible()
  const reached = await size()
  expect(reached).toBeLessThan(50)
  expect(page.workers()).toHaveLength(0)
  console.log(`embeds: ${untouched.toFixed(1)} kB gz untouched, ${reached.toFixed(1)} kB when all were reached`)
  await embeds.nth(0).getByRole('button', { name: 'Step' }).click()
  await expect(embeds.nth(0).getByText('1 of 4 rows')).toBeVisible()
  expect(page.workers().length).toBeGreaterThan(0)
})

test('the whole demo page plays, under its content security policy, with nothing refused and nothing fetched elsewhere', async ({
  page,
}) => {
  const site = await open({ headers: { 'content-security-policy': `${PAGE_POLICY}; frame-src 'self'` } })
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${site.playground}embeds.html`)
  for (const embed of (await page.locator('crdb-playground').all()).slice(0, 9)) {
    await play(embed)
    await expect(embed.getByText(/^(\d+) of \1 rows · ✓ \d+ as expected/)).toBeVisible()
  }
  expect(complaints).toEqual([])
  expect(requests.filter((url) => !url.startsWith(site.origin))).toEqual([])
  // Of nine that were used four still run; the first was ended and begins again.
  const first = page.locator('crdb-playground').first()
  await expect(first.getByText(/ended to make room/)).toBeVisible()
  await first.getByRole('button', { name: 'Step' }).click()
  await expect(first.getByText(/^1 of 4 rows$/)).toBeVisible()
})

test('the policy has teeth: an inline script of the page is refused', async ({ page }) => {
  const site = await open({
    headers: { 'content-security-policy': PAGE_POLICY },
    pages: { '/p': html('<script>document.title = "ran"</script>') },
  })
  await page.goto(`${site.origin}/p`)
  await expect(page).toHaveTitle('t')
})

test('events tell what happens, methods do what buttons do', async ({ page }) => {
  const site = await open({ pages: { '/p': html(`<crdb-playground>${TABLE}</crdb-playground>`) } })
  await page.goto(`${site.origin}/p`)
  await listen(page)
  const embed = page.locator('crdb-playground')
  await embed.evaluate((element) => (element as unknown as { run(): Promise<void> }).run())
  expect(await toldBy(page, 'ready')).toEqual([{ title: 'table', regions: ['Region 1', 'Region 2'] }])
  expect(await toldBy(page, 'run')).toMatchObject([
    { row: 1, rows: 3, time: 't1' },
    { row: 2, rows: 3, time: 't2' },
    { row: 3, rows: 3, time: 't3' },
  ])
  expect(await toldBy(page, 'result')).toContainEqual({
    region: 1,
    name: 'Region 1',
    command: 'INCR n',
    reply: '(integer) 1',
  })
  expect(await toldBy(page, 'check')).toMatchObject([
    { region: 1, command: 'GET n', passed: true },
    { region: 2, command: 'GET n', expected: '"3"', actual: '"2"', passed: false },
  ])
  await expect.poll(async () => (await toldBy(page, 'resize')).length).toBeGreaterThan(0)
  await expect(embed.getByText('✕ 1 not as expected')).toBeVisible()
  await embed.evaluate((element) => (element as unknown as { reset(): Promise<void> }).reset())
  await expect(embed.getByText('0 of 3 rows')).toBeVisible()
  await embed.evaluate((element) =>
    (element as unknown as { load(text: string): Promise<void> }).load(
      '| Time | A | B |\n|---|---|---|\n| t1 | PING | |',
    ),
  )
  await expect(embed.getByText('0 of 1 rows')).toBeVisible()
  await embed.evaluate((element) => (element as unknown as { load(text: string): Promise<void> }).load('no table'))
  await expect(embed.getByRole('alert')).toContainText('expected a table with a column for each region')
  expect(await toldBy(page, 'error')).toHaveLength(1)
})

test('attributes: regions, given, step, loading, readonly, height, theme', async ({ page }) => {
  const attributes = `given="1: SET n 5" regions="3" step="1" loading="visible" readonly height="80px" theme="dark" heading="Three"`
  const site = await open({ pages: { '/p': html(`<crdb-playground ${attributes}>${TABLE}</crdb-playground>`) } })
  await page.goto(`${site.origin}/p`)
  const embed = page.locator('crdb-playground')
  await expect(embed.getByText('1 of 3 rows')).toBeVisible()
  await expect(embed.getByText('Three')).toBeVisible()
  await expect(embed.getByText('(integer) 6').first()).toBeVisible()
  await expect(embed.getByLabel('Command')).toHaveCount(0)
  const { height, scheme } = await embed.evaluate((element) => ({
    height: element.shadowRoot?.querySelector('.body')?.getBoundingClientRect().height,
    scheme: getComputedStyle(element).colorScheme,
  }))
  expect(height).toBe(80)
  expect(scheme).toBe('dark')
})

test('a reader sends commands of his own, by keyboard, and syncs', async ({ page }) => {
  const site = await open({ pages: { '/p': html(`<crdb-playground>${TABLE}</crdb-playground>`) } })
  await page.goto(`${site.origin}/p`)
  const embed = page.locator('crdb-playground')
  await embed.getByRole('button', { name: 'Step' }).focus()
  await page.keyboard.press('Enter')
  await expect(embed.getByText('1 of 3 rows')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(embed.getByText('2 of 3 rows')).toBeVisible()
  await embed.getByLabel('Region', { exact: true }).selectOption('Region 2')
  await embed.getByLabel('Command').fill('SET k "a b"')
  await page.keyboard.press('Enter')
  await expect(embed.getByRole('log')).toContainText('OK')
  await embed.getByRole('button', { name: 'Sync' }).click()
  await expect(embed.getByRole('log')).toContainText('everything under way has arrived')
  await embed.getByLabel('Region', { exact: true }).selectOption('Region 1')
  await embed.getByLabel('Command').fill('GET k')
  await page.keyboard.press('Enter')
  await expect(embed.getByRole('log')).toContainText('"a b"')
})

test('a script from another origin shows a frame, in which the same happens', async ({ page }) => {
  const playground = await open({ headers: { 'access-control-allow-origin': '*' } })
  const policy = `default-src 'none'; script-src ${playground.origin}; frame-src ${playground.origin}; style-src 'unsafe-inline'`
  const site = await open({
    headers: { 'content-security-policy': policy },
    pages: { '/p': html(`<crdb-playground>${TABLE}</crdb-playground>`, `${playground.playground}embed.js`) },
  })
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon')) complaints.push(message.text())
  })
  await page.goto(`${site.origin}/p`)
  await listen(page)
  await page.locator('crdb-playground').getByRole('button', { name: 'Run' }).click()
  const inside = page.frameLocator('crdb-playground iframe')
  await expect(inside.getByText(/^3 of 3 rows/)).toBeVisible()
  expect(await toldBy(page, 'check')).toMatchObject([{ passed: true }, { passed: false }])
  const fits = () => page.locator('crdb-playground iframe').evaluate((frame) => frame.getBoundingClientRect().height)
  await expect
    .poll(fits)
    .toBe(await inside.locator('crdb-playground').evaluate((element) => (element as HTMLElement).offsetHeight))
  expect(complaints).toEqual([])
})

test('a frame speaks with the origin that its address names, and with no other', async ({ page }) => {
  const playground = await open()
  const site = await open({ pages: { '/p': html('<iframe title="f"></iframe>', '/none.js') } })
  const load = async (origin: string) => {
    await page.goto(`${site.origin}/p`)
    await page.evaluate((src) => {
      const told: unknown[] = []
      Object.assign(window, { told })
      window.addEventListener('message', ({ data }) => told.push((data as { event: string }).event))
      const frame = document.querySelector('iframe') as HTMLIFrameElement
      frame.addEventListener('load', () =>
        frame.contentWindow?.postMessage({ to: 'crdb-playground', action: 'step' }, '*'),
      )
      frame.src = src
    }, `${playground.playground}embed.html?scenario=counters${origin}`)
  }
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told)
  await load(`&origin=${site.origin}`)
  await expect(page.frameLocator('iframe').getByText(/^1 of \d+ rows/)).toBeVisible()
  await expect.poll(told).toEqual(expect.arrayContaining(['open', 'ready', 'run', 'result', 'resize']))
  for (const other of ['', '&origin=https://other.example', '&origin=*']) {
    await load(other)
    await expect(page.frameLocator('iframe').getByText(/^0 of \d+ rows/)).toBeVisible()
    await page.waitForTimeout(300)
    await expect(page.frameLocator('iframe').getByText(/^0 of \d+ rows/)).toBeVisible()
    expect(await told()).toEqual([])
  }
})

test('the documented snippets: plain HTML, Hugo’s shortcode, the MDX component', async ({ page }) => {
  const plain = documented('html', '<crdb-playground').replaceAll('/playground/', '/docs/playground/')
  const params = { given: '1: SADD basket apple' }
  const hugo = renderShortcode(params, RENDERED_TABLE)
  const mdx = await renderComponent(params, RENDERED_TABLE)
  const site = await open({ pages: { '/plain': plain, '/hugo': hugo + hugo, '/mdx': html(mdx) } })
  for (const [path, count] of [
    ['/plain', 1],
    ['/hugo', 2],
    ['/mdx', 1],
  ] as const) {
    await page.goto(site.origin + path)
    const embeds = page.locator('crdb-playground')
    await expect(embeds).toHaveCount(count)
    for (const embed of await embeds.all()) {
      await play(embed)
      await expect(embed.getByText(/^3 of 3 rows · ✓ 2 as expected/)).toBeVisible()
    }
  }
})

test('storage that is denied, as in a sandboxed frame, is fine', async ({ page }) => {
  const playground = await open({ headers: { 'access-control-allow-origin': '*' } })
  const site = await open({
    pages: {
      '/p': html(
        `<iframe title="f" sandbox="allow-scripts allow-same-origin" src="${playground.playground}embed.html?scenario=counters"></iframe>`,
        '/none.js',
      ),
    },
  })
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('denied', 'SecurityError')
        },
      })
    }
  })
  await page.goto(`${site.origin}/p`)
  await play(page.locator('html').page().frameLocator('iframe').locator('crdb-playground'))
  await expect(page.frameLocator('iframe').getByText(/rows · ✓ \d+ as expected/)).toBeVisible()
})

test('styles of the page do not leak in, nor those of the element out', async ({ page }) => {
  const style = '<link rel="stylesheet" href="/hostile">'
  const site = await open({
    pages: {
      '/p': html(
        `<style>* { color: rgb(1, 2, 3); } button { font-size: 40px !important; display: none }</style>${style}<button id="own">x</button><table id="mine"><tr><td>x</td></tr></table><crdb-playground>${TABLE}</crdb-playground>`,
      ),
    },
  })
  await page.goto(`${site.origin}/p`)
  const embed = page.locator('crdb-playground')
  const step = embed.getByRole('button', { name: 'Step' })
  await expect(step).toBeVisible()
  expect(await step.evaluate((element) => getComputedStyle(element).fontSize)).toBe('14px')
  expect(await page.locator('#mine td').evaluate((element) => getComputedStyle(element).padding)).toBe('1px')
  expect(await page.evaluate(() => Object.keys(window).filter((name) => /crdb|playground/i.test(name)))).toEqual([])
})

for (const theme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test(`axe finds nothing in the demo page, ${theme}, ${width} px, and it fits`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme })
      await page.setViewportSize({ width, height: 900 })
      const site = await open()
      await page.goto(`${site.playground}embeds.html`)
      for (const embed of (await page.locator('crdb-playground').all()).slice(0, 9))
        await embed.scrollIntoViewIfNeeded()
      await play(page.locator('crdb-playground').nth(1))
      await expect(
        page
          .locator('crdb-playground')
          .nth(1)
          .getByText(/4 of 4 rows/),
      ).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' · ')}`)).toEqual([])
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0)
    })
  }
}

test('mode="terminal" opens the whole playground in a frame, when asked', async ({ page }) => {
  const site = await open({
    pages: { '/p': html('<crdb-playground mode="terminal" scenario="counters"></crdb-playground>') },
  })
  await page.goto(`${site.origin}/p`)
  await expect(page.locator('iframe')).toHaveCount(0)
  await page.getByRole('button', { name: 'Open the terminals' }).click()
  await expect(page.frameLocator('crdb-playground iframe').getByLabel(/^Terminal of Region 1/)).toBeVisible()
})
