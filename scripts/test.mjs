/** `npm test`: gets what the tests need, a browser included, and runs every one of them: unit, laws, simulation, and end-to-end in a real browser. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'

const REPORTS = '.cache/reports'

await ensureBrowser()
mkdirSync(REPORTS, { recursive: true })
const unit = run('npx', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${REPORTS}/unit.json`,
])
const browser = run('npx', ['playwright', 'test', '--reporter=list,json'], {
  PLAYWRIGHT_JSON_OUTPUT_FILE: `${REPORTS}/e2e.json`,
})
summarise()
process.exit(unit || browser)

async function ensureBrowser() {
  const { findBrowser } = await import('./browser.mjs')
  const usable = () => {
    const path = findBrowser()
    return path !== null && spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0
  }
  if (usable()) return
  console.log('No Chrome or Chromium found: getting one.')
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit', timeout: 300_000 })
  if (usable()) return
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    spawnSync('apt-get', ['update'], { stdio: 'ignore' })
    spawnSync('apt-get', ['install', '-y', 'chromium'], { stdio: 'inherit' })
  }
  if (usable()) return
  console.error('No browser for the end-to-end tests: install Chrome or Chromium, or set CHROMIUM_PATH to one.')
  process.exit(1)
}

function run(command, args, env = {}) {
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1
}

function summarise() {
  const read = (name) =>
    existsSync(`${REPORTS}/${name}`) ? JSON.parse(readFileSync(`${REPORTS}/${name}`, 'utf8')) : undefined
  const vitest = read('unit.json')
  const playwright = read('e2e.json')?.stats
  const passed = (vitest?.numPassedTests ?? 0) + (playwright?.expected ?? 0) + (playwright?.flaky ?? 0)
  const failed = (vitest?.numFailedTests ?? 0) + (playwright?.unexpected ?? 0)
  const skipped = (vitest?.numPendingTests ?? 0) + (playwright?.skipped ?? 0)
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
}
