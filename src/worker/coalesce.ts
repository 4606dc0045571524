import type { ClusterUpdate, RealTime } from '../simulation/index.ts'

/** Passes updates on, joined so that at least `gapMs` lies between two of them. */
export function coalesceUpdates(
  listener: (update: ClusterUpdate) => void,
  gapMs: number,
  time: RealTime,
): (update: ClusterUpdate) => void {
  let waiting: ClusterUpdate[] = []
  let sentAt = Number.NEGATIVE_INFINITY

  function send(): void {
    const status = waiting.at(-1)!.status
    const entries = waiting.flatMap((update) => update.entries)
    const incidents = waiting.flatMap((update) => update.incidents)
    waiting = []
    sentAt = time.now()
    listener({ entries, status, incidents })
  }

  return (update) => {
    waiting.push(update)
    if (waiting.length > 1) return
    const remainingMs = sentAt + gapMs - time.now()
    if (remainingMs <= 0) send()
    else time.after(remainingMs, send)
  }
}
