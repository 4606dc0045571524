/** Frames of the timeline with 10,000 events, while it is panned by wheel and zoomed: between how many ms the browser asked for the next one. */
import { execFileSync } from 'node:child_process'
import { chromium } from '@playwright/test'
import { preview } from 'vite'
import { BROWSER_FLAGS, findBrowser } from '../scripts/browser.mjs'
import type { Figure } from './measure.ts'

const WRITES_PER_REGION = 5_000
const STEPS = 120

export async function timeline(): Promise<Figure[]> {
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn'], { stdio: 'inherit' })
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no Chrome or Chromium found')
  const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' })
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(server.resolvedUrls?.local[0] as string)
  await page.locator('.xterm-rows', { hasText: 'region-2>' }).waitFor()
  for (const region of [1, 2]) {
    const lines = Array.from({ length: WRITES_PER_REGION }, (_, i) => `SET k${i % 50} ${region}-${i}\n`).join('')
    await page.getByLabel(new RegExp(`^Terminal of Region ${region}\\.`)).evaluate((element, text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, lines)
  }
  const box = page.getByRole('listbox', { name: /Timeline/ })
  const heights = async () => box.evaluate((element) => element.scrollHeight)
  // Filled when nothing has come for two seconds.
  for (let before = -1, now = await heights(); now !== before || now < WRITES_PER_REGION * 10;) {
    await page.waitForTimeout(2000)
    before = now
    now = await heights()
  }
  await page.getByRole('button', { name: 'Filter' }).first().click()
  await page.getByLabel('Text').fill('SET')
  const shown = await page.getByRole('form', { name: 'Filter the timeline' }).getByRole('status').textContent()
  const events = Number(shown?.match(/of ([\d,]+)/)?.[1]?.replaceAll(',', ''))
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByRole('button', { name: 'Filter' }).first().click()
  const still = await frames(() => ({ deltaY: 0, ctrlKey: false }))
  const pan = await frames((step) => ({ deltaY: step < STEPS / 2 ? -300 : 300, ctrlKey: false }))
  const zoom = await frames((step) => ({ deltaY: step % 40 < 20 ? -30 : 30, ctrlKey: true }))
  await browser.close()
  await new Promise<void>((resolve) => server.httpServer.close(() => resolve()))
  return [
    { name: 'timeline: events in the session', value: events, unit: 'events' },
    {
      name: 'timeline: panning, median frame',
      value: at(pan, 0.5),
      unit: 'ms',
      beside: { 'page at rest': at(still, 0.5) },
    },
    {
      name: 'timeline: panning, 95 % of frames within',
      value: at(pan, 0.95),
      unit: 'ms',
      beside: { 'page at rest': at(still, 0.95) },
    },
    { name: 'timeline: zooming, median frame', value: at(zoom, 0.5), unit: 'ms' },
    { name: 'timeline: zooming, 95 % of frames within', value: at(zoom, 0.95), unit: 'ms' },
  ]

  /** One wheel event a frame; gives the frames' lengths. */
  async function frames(wheel: (step: number) => { deltaY: number; ctrlKey: boolean }): Promise<number[]> {
    const wheels = Array.from({ length: STEPS }, (_, step) => wheel(step))
    return box.evaluate(async (element, given) => {
      const lengths: number[] = []
      let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
      for (const { deltaY, ctrlKey } of given) {
        const clientY = element.getBoundingClientRect().top + 200
        // A wheel event from a script does not scroll by itself.
        if (!ctrlKey) element.scrollTop += deltaY
        element.dispatchEvent(new WheelEvent('wheel', { deltaY, ctrlKey, clientY, bubbles: true, cancelable: true }))
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
        lengths.push(now - last)
        last = now
      }
      return lengths
    }, wheels)
  }
}

function at(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] as number
}
