/** Virtual time between two reports of the cluster, so that messages glide. Stands still where motion is not wanted. */
import { useEffect, useState } from 'react'
import type { ClusterStatus } from '../../simulation/index.ts'
import { useMedia } from '../hooks.ts'

const FRAME_MS = 33
/** A report is overdue after this long; nothing is made up beyond it. */
const LONGEST_GLIDE_MS = 1000

export function useVirtualNow(status: ClusterStatus | null): number {
  const still = useMedia('(prefers-reduced-motion: reduce)')
  /** How far time has gone on since which report. */
  const [glide, setGlide] = useState<{ readonly since: ClusterStatus; readonly ms: number } | null>(null)
  const moving = !still && status !== null && isMoving(status)
  useEffect(() => {
    if (!status || !moving) return
    const start = performance.now()
    let drawn = start
    let frame = requestAnimationFrame(function step(time) {
      if (time - drawn >= FRAME_MS) {
        drawn = time
        setGlide({ since: status, ms: Math.min(LONGEST_GLIDE_MS, time - start) * status.speed })
      }
      frame = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(frame)
  }, [status, moving])
  if (!status) return 0
  return status.now + (glide?.since === status ? glide.ms : 0)
}

function isMoving({ speed, links }: ClusterStatus): boolean {
  if (speed === 0 || !Number.isFinite(speed)) return false
  return links.some(({ inFlight }) =>
    inFlight.some(({ what, arrivesAt }) => arrivesAt !== null && (what === 'effects' || what === 'snapshot')),
  )
}
