/** The command line as a process: what it prints where, and how it exits. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listen, portOf } from './serve/listen.ts'
import { exchange } from './testing/served.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

/** Starting Node takes its time on a busy machine. */
vi.setConfig({ testTimeout: 60_000 })
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'crdb-run-'))
  const head = '| Time | Region 1 | Region 2 |\n|---|---|---|\n'
  writeFileSync(join(folder, 'good.md'), `${head}| t1 | SET k a | |\n| t2 | — Sync — | |\n| t3 | | GET k → "a" |\n`)
  writeFileSync(join(folder, 'wrong.md'), `${head}| t1 | SET k a | GET k → "a" |\n`)
  writeFileSync(join(folder, 'broken.md'), `${head}| t1 | SET k "a | |\n`)
})
afterAll(() => rmSync(folder, { recursive: true }))

function crdb(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', MAIN, ...words], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('run: a file that is as expected exits 0', () => {
  const { status, stdout, stderr } = crdb('run', join(folder, 'good.md'))
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('  ok  t3   2       GET k    "a"       "a"\n')
})

test('run: failures, broken and missing files are told, the rest runs, and the status is 1', () => {
  const [wrong, broken, missing] = ['wrong.md', 'broken.md', 'missing.md'].map((name) => join(folder, name))
  const { status, stdout, stderr } = crdb('run', broken ?? '', missing ?? '', wrong ?? '')
  expect(status).toBe(1)
  expect(stderr).toBe(
    `${broken}:3:8: ‘SET k "a’: Invalid argument(s)\n${missing}: cannot be read: there is no such file\n`,
  )
  expect(stdout).toContain('  FAILED  t1   2       GET k    "a"       (nil)\n')
  expect(stdout).toContain('1 scenario: 0 passed, 1 failed; 2 files not run\n')
})

test('a wrong command line exits 2 with one clear line; help and version exit 0', () => {
  expect(crdb('run')).toEqual({
    status: 2,
    stdout: '',
    stderr: 'crdb-playground: run: expected at least one scenario file (--help explains)\n',
  })
  expect(crdb('--help')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Usage: crdb-playground run [') as string,
  })
  expect(crdb('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

/** Runs until it has printed something that matches, sends the signal, and waits for the end. */
function crdbUntil(words: readonly string[], shown: RegExp, during: (match: RegExpExecArray) => Promise<void>) {
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...words])
    let stdout = ''
    let stderr = ''
    let met = false
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const match = shown.exec(stdout)
      if (match === null || met) return
      met = true
      during(match)
        .catch(reject)
        .finally(() => child.kill('SIGTERM'))
    })
    child.on('close', (status) => resolve({ status, stdout, stderr }))
  })
}

test('serve: says where, keeps what it is told to keep, ends cleanly on SIGTERM, and goes on at the next start', async () => {
  const words = ['serve', '--regions', '2', '--port', '0', '--persist', join(folder, 'kept')]
  const shown = /redis:\/\/127\.0\.0\.1:(\d+)\n.*redis:\/\/127\.0\.0\.1:(\d+)\ncontrol +redis-cli -p (\d+) crdb help\n/
  const first = await crdbUntil(words, shown, async ([, one]) => {
    expect(await exchange(Number(one), 'SET kept yes\r\n')).toBe('+OK\r\n')
  })
  expect({ status: first.status, stderr: first.stderr }).toEqual({ status: 0, stderr: '' })
  const second = await crdbUntil(words, shown, async ([, , two]) => {
    expect(await exchange(Number(two), 'GET kept\r\n')).toBe('$3\r\nyes\r\n')
  })
  expect({ status: second.status, stderr: second.stderr }).toEqual({ status: 0, stderr: '' })
  expect(second.stdout).toContain('goes on with the session in')
})

test('serve: a port that is taken is told, and the status is 1', async () => {
  const { port, close } = await taken()
  const { status, stderr } = await crdbUntil(['serve', '--port', String(port)], /never/, () => Promise.resolve())
  close()
  expect(status).toBe(1)
  expect(stderr).toBe(`crdb-playground: port ${port} on 127.0.0.1 is in use: choose another with --port\n`)
})

async function taken() {
  const server = await listen('127.0.0.1', 0, () => {})
  return { port: portOf(server), close: () => server.close() }
}
