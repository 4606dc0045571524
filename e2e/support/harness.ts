/** Clusters in real workers, driven by tests through `window.harness`. Only tests build this page; the product does not know it. */
import type { SessionLog, SessionSettings } from '../../src/simulation/index.ts'
import { playSession, type SessionStep } from '../../src/simulation/testing/random-session.ts'
import { openCluster } from '../../src/worker/index.ts'

export interface Played {
  readonly log: SessionLog
  readonly digest: string
}

export interface Harness {
  /** Plays a session while real time passes, and gives what it came to. */
  play(settings: SessionSettings, steps: readonly SessionStep[]): Promise<Played>
  /** Runs a recorded session again, in fresh workers. */
  replay(log: SessionLog): Promise<Played>
}

declare global {
  interface Window {
    harness: Harness
  }
}

window.harness = {
  async play(settings, steps) {
    const cluster = await openCluster(settings)
    await playSession(cluster.api, steps)
    // Nothing may happen between asking for the log and for the digest.
    await cluster.api.control('pause')
    const played = { log: await cluster.api.log(), digest: await cluster.api.digest() }
    cluster.close()
    return played
  },
  async replay(log) {
    const cluster = await openCluster(log)
    const played = { log: await cluster.api.log(), digest: await cluster.api.digest() }
    cluster.close()
    return played
  },
}
