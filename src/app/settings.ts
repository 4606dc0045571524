/** What a session of the page starts from. */
import type { SessionSettings } from '../simulation/index.ts'

export const FEWEST_REGIONS = 2
/** G7. */
export const MOST_REGIONS = 10

/** Long enough to watch a message travel. */
const VISIBLE_LATENCY_MS = 1000

/** `epochMs` and `seed` come from the entrance: nothing below it reads the clock or rolls dice. */
export function pageSettings(regionCount: number, epochMs: number, seed: number): SessionSettings {
  const regions = Array.from({ length: regionCount }, (_, i) => `Region ${i + 1}`)
  return { seed, regions, epochMs, latencyMs: VISIBLE_LATENCY_MS, held: false }
}
