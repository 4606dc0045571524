/** The page: what a first visit loads (gz) and how long until the first prompt, in a real browser over a built site. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { preview } from 'vite'
import { BROWSER_FLAGS, findBrowser } from '../scripts/browser.mjs'
import { median, type Figure } from './measure.ts'

const RUNS = 5

export async function page(): Promise<Figure[]> {
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn'], { stdio: 'inherit' })
  const html = readFileSync('dist/index.html', 'utf8')
  const files = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map((match) => match[1] as string)
  const size = (ending: string) =>
    files
      .filter((file) => file.endsWith(ending))
      .reduce((sum, file) => sum + gzipSync(readFileSync(join('dist', file))).length, 0) / 1000

  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no Chrome or Chromium found')
  const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' })
  const address = server.resolvedUrls?.local[0] as string
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS })
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const context = await browser.newContext()
    const tab = await context.newPage()
    const start = performance.now()
    await tab.goto(address, { waitUntil: 'commit' })
    await tab.locator('.xterm-rows', { hasText: '>' }).first().waitFor()
    times.push(performance.now() - start)
    await context.close()
  }
  await browser.close()
  await new Promise<void>((resolve) => server.httpServer.close(() => resolve()))
  return [
    { name: 'page: initial script', value: size('.js'), unit: 'kB gz' },
    { name: 'page: initial style', value: size('.css'), unit: 'kB gz' },
    { name: 'page: first prompt (no throttling)', value: median(times), unit: 'ms' },
  ]
}
