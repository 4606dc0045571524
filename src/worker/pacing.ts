/**
 * Lets a cluster's virtual time follow real time: it is brought up to date before every call, and by a timer when the next event is due.
 */
import type { Cluster } from '../simulation/index.ts'

export interface RealTime {
  /** Milliseconds that never jump back. */
  now(): number
  after(delayMs: number, action: () => void): () => void
}

/** Without events the clock still moves this often, so that watchers see time pass. */
const IDLE_MS = 250
/** A machine that slept has not lived through that time. */
const LONGEST_STEP_MS = 1000

export interface Pacer {
  /** Brings virtual time up to now; calls made on the cluster right afterwards run at that instant. */
  catchUp(): void
  stop(): void
}

export function pace(cluster: Cluster, time: RealTime, onFailure: (problem: unknown) => void): Pacer {
  let last = time.now()
  let cancel = () => {}
  let stopped = false

  function catchUp(): void {
    const now = time.now()
    const elapsedMs = Math.min(now - last, LONGEST_STEP_MS)
    last = now
    cluster.advanceRealTime(elapsedMs).then(plan, onFailure)
  }

  function plan(): void {
    cancel()
    if (!stopped) cancel = time.after(delayMs(cluster), catchUp)
  }

  plan()
  return {
    catchUp,
    stop() {
      stopped = true
      cancel()
    },
  }
}

function delayMs(cluster: Cluster): number {
  const next = cluster.nextEventAt()
  if (next === undefined || cluster.speed === 0) return IDLE_MS
  return Math.min(IDLE_MS, Math.max(1, Math.ceil((next - cluster.now) / cluster.speed)))
}
