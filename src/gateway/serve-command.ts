/** `crdb-playground serve`: opens the gateway, says where, and closes it when told to. */
import { bytesOfText } from '../lib/index.ts'
import { Cluster, type LiveOptions, openLocalCluster, type SessionSettings } from '../simulation/index.ts'
import type { ServeRequest } from './serve-arguments.ts'
import { Gateway } from './serve/gateway.ts'

export interface ServeTools {
  out(text: string): void
  err(text: string): void
  /** Resolves when the gateway shall end. */
  readonly ended: Promise<void>
}

/** Gives the exit status: 0, or 1 when it could not serve. */
export async function serve(request: ServeRequest, tools: ServeTools): Promise<0 | 1> {
  const { host, port, controlPort, password } = request
  let gateway: Gateway
  try {
    gateway = await Gateway.open({
      host,
      port,
      controlPort,
      password: password === undefined ? undefined : bytesOfText(password),
      openCluster: (live) => openCluster(request, live),
      note: (text) => tools.err(`crdb-playground: ${text}\n`),
    })
  } catch (problem) {
    tools.err(`crdb-playground: ${problem instanceof Error ? problem.message : String(problem)}\n`)
    return 1
  }
  const { regions } = await gateway.cluster.status()
  tools.out(regions.map(({ name }, i) => `${name.padEnd(12)} redis://${host}:${gateway.ports[i]}\n`).join(''))
  tools.out(`${'control'.padEnd(12)} redis-cli -p ${gateway.controlPort} help\n`)
  await tools.ended
  await gateway.close()
  return 0
}

async function openCluster(request: ServeRequest, live: LiveOptions): Promise<Cluster> {
  const cluster = await openLocalCluster(settingsOf(request), live)
  await setUp(cluster, request)
  return cluster
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

async function setUp(cluster: Cluster, { xaddId }: ServeRequest): Promise<void> {
  if (xaddId !== 'strict') await cluster.control(`xadd-id ${xaddId}`)
}
