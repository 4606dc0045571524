/** A gateway on free ports, in this process, for tests. */
import { connect } from 'node:net'
import { openLocalCluster } from '../../simulation/index.ts'
import { Gateway } from '../serve/gateway.ts'

export interface Served {
  readonly gateway: Gateway
  /** Of region 1, 2 … */
  port(region: number): number
  /** One control line; its text, which must not be a refusal. */
  control(line: string): Promise<string>
  /** Sends bytes, as they are, and QUIT to a region; gives all that comes before QUIT's answer, or before the server hangs up. */
  raw(region: number, bytes: string): Promise<string>
  readonly notes: readonly string[]
}

export async function serveForTest(regions: number, latencyMs = 5, password?: string): Promise<Served> {
  const notes: string[] = []
  const names = Array.from({ length: regions }, (_, i) => `Region ${i + 1}`)
  const gateway = await Gateway.open({
    host: '127.0.0.1',
    port: 0,
    controlPort: 0,
    password,
    openCluster: async (live) => {
      const settings = { seed: 1, regions: names, epochMs: Date.now(), latencyMs, held: false }
      return { cluster: await openLocalCluster(settings, live), epochMs: settings.epochMs, latestSession: 0 }
    },
    note: (text) => void notes.push(text),
  })
  const port = (region: number) => gateway.ports[region - 1] ?? 0
  return {
    gateway,
    port,
    notes,
    async control(line) {
      const { ok, text } = await gateway.cluster.control(line)
      if (!ok) throw new Error(text)
      return text
    },
    raw: (region, bytes) => exchange(port(region), bytes),
  }
}

/** Sends bytes and QUIT to a port; gives all that comes before QUIT's answer, or before the server hangs up. */
export function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${bytes}QUIT\r\n`, 'latin1'))
    let answer = ''
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => (answer += text))
    socket.on('end', () => resolve(answer.replace(/\+OK\r\n$/, '')))
    socket.on('error', reject)
  })
}

/** Waits for something to become true. */
export async function until(check: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const give = performance.now() + 20_000; performance.now() < give;) {
    if (await check()) return
    await new Promise((done) => setTimeout(done, 10))
  }
  throw new Error(`did not happen: ${what}`)
}
