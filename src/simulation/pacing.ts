/**
 * Lets a cluster's virtual time follow real time: it is brought up to date before every call, and by a timer when the next event is due.
 */
import type { Cluster } from './cluster.ts'

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
  /** After commands: wakes in time for what they set off. Cheap enough to be called for each. */
  settle(): void
  stop(): void
}

/** `longestStepMs`: of one step no more real time counts. */
export function pace(
  cluster: Cluster,
  time: RealTime,
  onFailure: (problem: unknown) => void,
  longestStepMs = LONGEST_STEP_MS,
): Pacer {
  let last = time.now()
  let wakesAt = Infinity
  let cancel = () => {}
  let stopped = false

  function catchUp(): void {
    const now = time.now()
    const elapsedMs = Math.min(now - last, longestStepMs)
    last = now
    if (!cluster.passRealTime(elapsedMs)) cluster.advanceRealTime(elapsedMs).then(plan, onFailure)
  }

  function plan(): void {
    cancel()
    if (stopped) return
    const waitMs = delayMs(cluster)
    wakesAt = last + waitMs
    cancel = time.after(waitMs, wake)
  }

  function wake(): void {
    wakesAt = Infinity
    catchUp()
    // When catching up takes its turn, this is done again at its end.
    plan()
  }

  function settle(): void {
    const next = cluster.nextEventAt()
    if (next !== undefined && last + (next - cluster.now) / cluster.speed < wakesAt - 1) plan()
  }

  plan()
  return {
    catchUp,
    settle,
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
