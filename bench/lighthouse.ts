/** What Lighthouse says of the built page: a phone on a slow network, as it simulates one. Medians of a few runs, each on a fresh profile. */
import { execFileSync } from 'node:child_process'
import { createServer } from 'node:net'
import { chromium } from '@playwright/test'
import lighthouse from 'lighthouse'
import { preview } from 'vite'
import { BROWSER_FLAGS, findBrowser } from '../scripts/browser.mjs'
import { median, type Figure } from './measure.ts'

const RUNS = 3
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo']
const PAGES = { playground: '', 'a page of embeds': 'embeds.html', 'the rules': 'rules.html' }

export async function lighthouseScores(): Promise<Figure[]> {
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn'], { stdio: 'inherit' })
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no Chrome or Chromium found')
  const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' })
  const home = server.resolvedUrls?.local[0] as string
  const figures: Figure[] = []
  for (const [name, path] of Object.entries(PAGES)) {
    const runs: Record<string, number[]> = Object.fromEntries(CATEGORIES.map((category) => [category, []]))
    for (let run = 0; run < RUNS; run++) {
      const scores = await scoresOf(home + path, executablePath)
      for (const category of CATEGORIES) runs[category]?.push(scores[category] ?? 0)
    }
    for (const category of CATEGORIES)
      figures.push({ name: `lighthouse: ${name}, ${category}`, value: median(runs[category] ?? []), unit: 'of 100' })
  }
  await new Promise<void>((resolve) => server.httpServer.close(() => resolve()))
  return figures
}

/** Scores from 0 to 100, by category. What costs points is told on the console. */
async function scoresOf(url: string, executablePath: string): Promise<Record<string, number>> {
  const port = await freePort()
  const browser = await chromium.launch({ executablePath, args: [...BROWSER_FLAGS, `--remote-debugging-port=${port}`] })
  try {
    const result = await lighthouse(url, { port, logLevel: 'error', output: 'json', onlyCategories: CATEGORIES })
    if (!result) throw new Error('Lighthouse gave no result')
    const { audits, categories } = result.lhr
    const failed = Object.values(categories).flatMap(({ title, auditRefs }) =>
      auditRefs
        .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
        .map(({ id }) => `${title}: ${audits[id]?.title} ${audits[id]?.displayValue ?? ''}`.trim()),
    )
    for (const line of failed) console.log(`  ${line}`)
    return Object.fromEntries(Object.values(categories).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]))
  } finally {
    await browser.close()
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
