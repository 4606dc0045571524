/** A real redis-server for comparison: on a free loopback port, without persistence, ended with the tests. */
import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { connectTo, type RedisClient } from './client.ts'

export interface RedisServer {
  readonly client: RedisClient
  stop(): void
}

/** Its version line, or undefined where none is installed. */
export function installedRedis(): string | undefined {
  const found = spawnSync('redis-server', ['--version'], { encoding: 'utf8' })
  return found.status === 0 ? found.stdout.trim() : undefined
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort()
  const server = spawn(
    'redis-server',
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--databases',
      '1',
      '--loglevel',
      'warning',
    ],
    // SORT ALPHA orders by the locale: here by bytes.
    { stdio: 'ignore', cwd: '/tmp', env: { ...process.env, LC_ALL: 'C' } },
  )
  for (let tries = 0; ; tries++) {
    try {
      const client = await connectTo(port)
      return {
        client,
        stop() {
          client.close()
          server.kill()
        },
      }
    } catch (problem) {
      if (tries === 100) {
        server.kill()
        throw problem
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
