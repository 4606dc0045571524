import { expect, test } from 'vitest'
import { fakeCluster } from '../scenarios/testing/fake-cluster.ts'
import { runFiles } from './run-command.ts'

const table = (row: string) => `# Title\n\n| Time | Region 1 | Region 2 |\n|---|---|---|\n${row}`

async function run(files: Readonly<Record<string, string>>) {
  const shown = { out: '', err: '' }
  const status = await runFiles(Object.keys(files), {
    open: (settings) => Promise.resolve(fakeCluster(settings)),
    readFile: (path) =>
      files[path] === '' ? Promise.reject(new Error('no such file')) : Promise.resolve(files[path] ?? ''),
    out: (text) => void (shown.out += text),
    err: (text) => void (shown.err += text),
  })
  return { status, ...shown }
}

test('a table per file, a summary, status 0 when all is as expected', async () => {
  expect(await run({ 'good.md': table('| t1 | SET a 1 → OK | GET a → (nil) |') })).toEqual({
    status: 0,
    out: `good.md: Title
      row  region  command  expected  actual
  ok  t1   1       SET a 1  OK        OK
  ok  t1   2       GET a    (nil)     (nil)

1 scenario: 2 passed, 0 failed
`,
    err: '',
  })
})

test('a failed expectation shows what came, and the status is 1', async () => {
  const { status, out } = await run({ 'bad.md': table('| t1 | GET a → "1" | |') })
  expect(status).toBe(1)
  expect(out).toContain('  FAILED  t1   1       GET a    "1"       (nil)\n')
  expect(out).toContain('1 scenario: 0 passed, 1 failed\n')
})

test('files that cannot be read or parsed are named with line and column, and the others run', async () => {
  const { status, out, err } = await run({
    'missing.md': '',
    'broken.md': table('| t1 | GET "a | (nil) |'),
    'good.md': table('| t1 | SET a 1 → OK | |'),
  })
  expect(status).toBe(1)
  expect(err).toBe(
    'missing.md: cannot be read: no such file\n' +
      'broken.md:5:8: ‘GET "a’: Invalid argument(s)\n' +
      'broken.md:5:17: expected a command before the reply ‘(nil)’\n',
  )
  expect(out).toContain('good.md: Title\n')
  expect(out).toContain('1 scenario: 1 passed, 0 failed; 2 files not run\n')
})
