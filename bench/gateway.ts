/** The gateway beside redis-server: redis-benchmark against both in turn, requests per second. Needs redis-server and redis-benchmark. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, type Figure } from './measure.ts'

const RUNS = 2
const TESTS = ['set', 'get', 'incr', 'lpush', 'zadd', 'hset', 'lrange_100'] as const
/** Commands sent before an answer is awaited, and how many in all. */
const PIPELINES = [
  { depth: 1, requests: 50_000 },
  { depth: 16, requests: 200_000 },
  { depth: 100, requests: 400_000 },
]

export async function gateway(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'))
  const started: ChildProcess[] = []
  try {
    const [redis, one, three] = [await freePort(), await freePort(), await freePort(3)]
    started.push(spawn('redis-server', ['--port', `${redis}`, '--save', '', '--dir', folder], { stdio: 'ignore' }))
    for (const [regions, port] of [
      [1, one],
      [3, three],
    ] as const)
      started.push(
        spawn(
          process.execPath,
          [
            '--import',
            'tsx',
            'src/gateway/main.ts',
            'serve',
            '--test-mode',
            '--regions',
            `${regions}`,
            '--port',
            `${port}`,
          ],
          { stdio: 'ignore' },
        ),
      )
    for (const port of [redis, one, three]) await listening(port)
    const figures: Figure[] = []
    for (const { depth, requests } of PIPELINES)
      for (const test of TESTS) {
        const rates: Record<number, number[]> = { [redis]: [], [one]: [], [three]: [] }
        // The first round warms up and is not counted.
        for (let run = 0; run <= RUNS; run++)
          for (const port of [redis, one, three]) {
            const rate = requestsPerSecond(port, test, depth, test === 'lrange_100' ? requests / 10 : requests)
            if (run > 0) rates[port]?.push(rate)
          }
        const beside = { 'redis-server': median(rates[redis] ?? []) }
        figures.push(
          {
            name: `gateway -P ${depth} ${test}: 1 region`,
            value: median(rates[one] ?? []),
            unit: 'requests/s',
            beside,
          },
          {
            name: `gateway -P ${depth} ${test}: 3 regions`,
            value: median(rates[three] ?? []),
            unit: 'requests/s',
            beside,
          },
        )
      }
    return figures
  } finally {
    for (const process of started) process.kill()
    rmSync(folder, { recursive: true })
  }
}

function requestsPerSecond(port: number, test: string, depth: number, requests: number): number {
  const empty = ['-p', `${port}`, 'FLUSHALL']
  execFileSync('redis-cli', empty, { stdio: 'ignore' })
  const words = ['-p', `${port}`, '-P', `${depth}`, '-n', `${requests}`, '-r', '100000', '-t', test, '--csv']
  const lines = execFileSync('redis-benchmark', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return Number(/^"[^"]*","([\d.]+)"/m.exec(lines.trim().split('\n').at(-1) ?? '')?.[1])
}

/** The first of so many ports in a row that nobody listens on just now. */
async function freePort(count = 1): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port + count > 65_000 ? freePort(count) : port
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const socket = connect(port, '127.0.0.1')
    const up = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (up) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`nothing listens on port ${port}`)
}
