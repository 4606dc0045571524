/** The package as its users get it: packed, installed into an empty folder without a network, run. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'crdb-pack-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function run(cwd: string, command: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd, encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('npm pack gives a package that needs nothing else, with the tool and the page', () => {
  expect(run(ROOT, 'npm', 'pack', '--pack-destination', folder)).toMatchObject({ status: 0 })
  const [tarball] = readdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{}')
  expect(run(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', `./${tarball}`)).toMatchObject({
    status: 0,
  })
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['crdb-playground'])
  writeFileSync(
    join(folder, 'a.md'),
    '| Time | Region 1 | Region 2 |\n|---|---|---|\n| t1 | SET k a → OK | GET k → (nil) |\n',
  )
  const played = run(folder, 'npx', 'crdb-playground', 'run', 'a.md')
  expect(played).toMatchObject({ status: 0, stdout: expect.stringContaining('2 passed, 0 failed') as string })
  const page = join(folder, 'node_modules/crdb-playground/dist')
  expect(readdirSync(page)).toContain('index.html')
  // React's production build, and nothing of its development build, although NODE_ENV is not `production` here.
  const scripts = readdirSync(join(page, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(page, 'assets', name), 'utf8'))
    .join()
  expect(scripts.includes('Minified React error')).toBe(true)
  expect(scripts.includes('Download the React DevTools')).toBe(false)
})
