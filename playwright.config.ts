/** End-to-end tests: the built site, served as it will be served, driven in one Chromium. */
import { defineConfig, devices } from '@playwright/test'
import { BROWSER_FLAGS, findBrowser } from './scripts/browser.mjs'

const PORT = Number(process.env.E2E_PORT ?? 4391)
const HARNESS_PORT = PORT + 1
const executablePath = findBrowser()

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // Generous: a machine that is busy with other things is slow, not wrong.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${PORT}/`,
    // Recording everything makes the page several times slower.
    trace: process.env.E2E_TRACE ? 'retain-on-failure' : 'off',
    // Tests of anything else shall not wait while the whole build is being kept.
    serviceWorkers: 'block',
    launchOptions: { args: BROWSER_FLAGS, ...(executablePath === null ? {} : { executablePath }) },
  },
  projects: [{ name: 'chromium', use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } } }],
  metadata: { harnessUrl: `http://127.0.0.1:${HARNESS_PORT}/harness.html` },
  webServer: [server('vite.config.ts', PORT, ''), server('e2e/support/vite.config.ts', HARNESS_PORT, 'harness.html')],
})

/** Builds a site and serves it. */
function server(config: string, port: number, page: string) {
  return {
    command: `npx vite build --config ${config} && npx vite preview --config ${config} --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}/${page}`,
    reuseExistingServer: false,
    timeout: 120_000,
  }
}
