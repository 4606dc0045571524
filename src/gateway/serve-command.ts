/** `crdb-playground serve`: opens the gateway, says where, and closes it when told to. */
import { bytesOfText } from '../lib/index.ts'
import { Cluster, type LiveOptions, openLocalCluster, type SessionSettings } from '../simulation/index.ts'
import type { ServeRequest } from './serve-arguments.ts'
import { Gateway } from './serve/gateway.ts'
import { openRecordedCluster, type RecordedCluster } from './serve/recorded-cluster.ts'

export interface ServeTools {
  out(text: string): void
  err(text: string): void
  /** Resolves when the gateway shall end. */
  readonly ended: Promise<void>
}

/** Gives the exit status: 0, or 1 when it could not serve. */
export async function serve(request: ServeRequest, tools: ServeTools): Promise<0 | 1> {
  const { host, port, controlPort, password } = request
  let closeFile = () => {}
  let gateway: Gateway
  try {
    gateway = await Gateway.open({
      host,
      port,
      controlPort,
      password: password === undefined ? undefined : bytesOfText(password),
      async openCluster(live) {
        const opened = await openCluster(request, live)
        closeFile = () => opened.close()
        if (opened.replayed !== undefined) {
          tools.out(
            `goes on with the session in ${request.persist}: its settings hold, ${opened.replayed} inputs done again\n`,
          )
        }
        return opened
      },
      note: (text) => tools.err(`crdb-playground: ${text}\n`),
    })
  } catch (problem) {
    tools.err(`crdb-playground: ${problem instanceof Error ? problem.message : String(problem)}\n`)
    closeFile()
    return 1
  }
  const { regions } = await gateway.cluster.status()
  tools.out(regions.map(({ name }, i) => `${name.padEnd(12)} redis://${host}:${gateway.ports[i]}\n`).join(''))
  tools.out(`${'control'.padEnd(12)} redis-cli -p ${gateway.controlPort} crdb help\n`)
  await tools.ended
  await gateway.close()
  closeFile()
  return 0
}

async function openCluster(request: ServeRequest, live: LiveOptions): Promise<RecordedCluster> {
  const settings = settingsOf(request)
  const opened: RecordedCluster =
    request.persist === undefined
      ? {
          cluster: await openLocalCluster(settings, live),
          epochMs: settings.epochMs,
          latestSession: 0,
          replayed: undefined,
          close: () => {},
        }
      : await openRecordedCluster(request.persist, settings, live)
  if (opened.replayed !== undefined) return opened
  const { cluster } = opened
  await setUp(cluster, request)
  return opened
}

function settingsOf({ regions, latencyMs, seed, testMode }: ServeRequest): SessionSettings {
  return {
    seed: seed ?? Math.floor(Math.random() * 2 ** 32),
    regions: Array.from({ length: regions }, (_, i) => `Region ${i + 1}`),
    epochMs: Date.now(),
    latencyMs,
    held: false,
    ...(testMode ? { testMode } : {}),
  }
}

async function setUp(cluster: Cluster, { xaddId, causal }: ServeRequest): Promise<void> {
  if (xaddId !== 'strict') await cluster.control(`xadd-id ${xaddId}`)
  if (causal) await cluster.control('causal on')
}
