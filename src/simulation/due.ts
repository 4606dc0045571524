/** What waits in the queue of events for its time. */
import type { Link } from './network.ts'
import type { Region } from './work.ts'

export type Due = { readonly kind: 'arrival'; readonly link: Link } | { readonly kind: 'tick'; readonly region: Region }

/** Events are not taken back from the queue: one whose cause is gone, or moved to another time, is passed over. */
export function isLive(due: Due, at: number): boolean {
  if (due.kind === 'tick') return due.region.wake === at
  const arrivesAt = due.link.inFlight.first?.arrivesAt
  return arrivesAt !== undefined && arrivesAt !== null && arrivesAt <= at
}
