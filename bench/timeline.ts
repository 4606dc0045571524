/**
 * The timeline with 10,000 events while it is panned by wheel and zoomed: between how many ms the browser asked for the next frame, and how long its main
 * thread was busy for each, by the browser's own trace.
 */
import { execFileSync } from 'node:child_process'
import { chromium, type Browser } from '@playwright/test'
import { preview } from 'vite'
import { BROWSER_FLAGS, findBrowser } from '../scripts/browser.mjs'
import type { Figure } from './measure.ts'

const EVENTS = 10_000
const STEPS = 120
/** As far as a hand turns the wheel in a second: 3,600 px. */
const PAN_PX = 60

export async function timeline(): Promise<Figure[]> {
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn'], { stdio: 'inherit' })
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no Chrome or Chromium found')
  const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' })
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS })
  const figures: Figure[] = []
  for (const regions of [2, 5]) figures.push(...(await framesOf(browser, server.resolvedUrls?.local[0] ?? '', regions)))
  await browser.close()
  await new Promise<void>((resolve) => server.httpServer.close(() => resolve()))
  return figures
}

async function framesOf(browser: Browser, url: string, regions: number): Promise<Figure[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`${url}?regions=${regions}`)
  await page.locator('.xterm-rows', { hasText: `region-${regions}>` }).waitFor()
  // Each write is an event in its region and an arrival in every other.
  const each = EVENTS / regions / regions
  for (let region = 1; region <= regions; region++) {
    const lines = Array.from({ length: each }, (_, i) => `SET k${i % 50} ${region}-${i}\n`).join('')
    await page.getByLabel(new RegExp(`^Terminal of Region ${region}\\.`)).evaluate((element, text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, lines)
  }
  const box = page.getByRole('listbox', { name: /Timeline/ })
  const heights = async () => box.evaluate((element) => element.scrollHeight)
  // Filled when nothing has come for two seconds.
  for (let before = -1, now = await heights(); now !== before || now < EVENTS;) {
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
  const pan = await frames((step) => ({ deltaY: step < STEPS / 2 ? -PAN_PX : PAN_PX, ctrlKey: false }))
  const zoom = await frames((step) => ({ deltaY: step % 40 < 20 ? -30 : 30, ctrlKey: true }))
  await page.close()
  const name = `timeline, ${regions} regions`
  return [
    { name: `${name}: events in the session`, value: events, unit: 'events' },
    ...figuresOf(`${name}: panning`, pan, still),
    ...figuresOf(`${name}: zooming`, zoom, still),
  ]

  /** One wheel event a frame; gives the frames' lengths, and the main thread's work for each, in ms. */
  async function frames(wheel: (step: number) => { deltaY: number; ctrlKey: boolean }): Promise<Frames> {
    const wheels = Array.from({ length: STEPS }, (_, step) => wheel(step))
    await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] })
    const lengths = await box.evaluate(async (element, given) => {
      const found: number[] = []
      let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
      for (const { deltaY, ctrlKey } of given) {
        const clientY = element.getBoundingClientRect().top + 200
        // A wheel event from a script does not scroll by itself.
        if (!ctrlKey) element.scrollTop += deltaY
        element.dispatchEvent(new WheelEvent('wheel', { deltaY, ctrlKey, clientY, bubbles: true, cancelable: true }))
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
        found.push(now - last)
        last = now
      }
      return found
    }, wheels)
    return { lengths, busy: busiest(JSON.parse((await browser.stopTracing()).toString()).traceEvents) / STEPS }
  }
}

interface Frames {
  readonly lengths: readonly number[]
  /** Of the main thread, per frame. */
  readonly busy: number
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Processor time in µs. */
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/** Processor time in ms of the tasks of a page's main thread; of several pages' the busiest. */
function busiest(trace: readonly TraceEvent[]): number {
  const mains = trace.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  const totals = mains.map(({ pid, tid }) =>
    trace
      .filter((event) => event.pid === pid && event.tid === tid && event.name === 'RunTask')
      .reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0),
  )
  return Math.max(...totals)
}

function figuresOf(name: string, { lengths, busy }: Frames, still: Frames): Figure[] {
  const beside = (value: number) => ({ beside: { 'page at rest': value } })
  return [
    { name: `${name}, median frame`, value: at(lengths, 0.5), unit: 'ms', ...beside(at(still.lengths, 0.5)) },
    {
      name: `${name}, 95 % of frames within`,
      value: at(lengths, 0.95),
      unit: 'ms',
      ...beside(at(still.lengths, 0.95)),
    },
    { name: `${name}, main thread busy per frame`, value: busy, unit: 'ms', ...beside(still.busy) },
  ]
}

function at(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] as number
}
