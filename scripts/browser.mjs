/** Which browser the end-to-end tests and other scripts drive. One place, so that all agree. */
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * The path of a Chromium to use: CHROMIUM_PATH if set, then Playwright's own if it is on disk, then one that the system has.
 * @returns {string | null} null when there is none.
 */
export function findBrowser() {
  const wanted = process.env.CHROMIUM_PATH
  if (wanted) return existsSync(wanted) ? wanted : null
  return [chromium.executablePath(), ...USUAL_PLACES].find((path) => path !== '' && existsSync(path)) ?? null
}

/** Flags for a browser that must not talk to anybody; as root, Chromium's sandbox cannot start. */
export const BROWSER_FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]
