/** What the entrances of the workers are made of. Only here does the real clock come in. */
import * as Comlink from 'comlink'
import { assert } from '../lib/index.ts'
import type { CommandDoc } from '../engine/index.ts'
import { prepareInputs, type ReplicaConfig } from '../replication/index.ts'
import type { HostedReplica, RealTime } from '../simulation/index.ts'
import { makeKernelService } from './kernel-service.ts'
import { type ReplicaService, regionProcess } from './region-process.ts'

const realTime: RealTime = {
  now: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs)
    return () => clearTimeout(timer)
  },
}

/** Serves one region's replica to the kernel's worker. */
export function serveReplica(
  create: (config: ReplicaConfig) => HostedReplica,
  catalogue: () => readonly CommandDoc[],
): void {
  let replica: HostedReplica | undefined
  const opened = () => {
    assert(replica !== undefined, 'a replica is opened before it is used')
    return replica
  }
  const service: ReplicaService = {
    open(config) {
      replica = create(config)
    },
    async submit(inputs) {
      await prepareInputs(inputs)
      return inputs.map((input) => opened().submit(input))
    },
    canonicalState: () => opened().canonicalState(),
    inspect: () => opened().inspect?.() ?? null,
    look: (question, now) => opened().look?.(question, now) ?? null,
    catalogue,
  }
  Comlink.expose(service)
}

/** Serves a cluster to the page, its regions in workers of their own. */
export function serveKernel(startRegion: () => Worker): void {
  Comlink.expose(makeKernelService(() => regionProcess(startRegion()), realTime))
}
