/** What syncs made of keys while somebody watched: a region's reading before and after writes of other regions came in. */
import type { KeyRow } from '../../engine/index.ts'
import type { ReplicaId } from '../../replication/index.ts'
import type { Timeline } from '../timeline/index.ts'
import { readingOf, type Reading } from './lines.ts'
import { cameIn } from './unsettled.ts'

type Seen = Pick<Reading, 'state' | 'text'>

export interface Change {
  readonly before: Seen
  readonly after: Seen
}

/** Keys that are remembered; those not looked at for longest are forgotten first. */
const MOST_KEYS = 500

interface Memory {
  reading: Seen
  clock: readonly number[]
  change: Change | null
}

export class Changes {
  readonly #keys = new Map<string, Map<ReplicaId, Memory>>()

  /** `label`: the key as quoted. `clock`: what the region had observed. */
  note(timeline: Timeline, label: string, region: ReplicaId, row: KeyRow | null, clock: readonly number[]): void {
    const regions = this.#keys.get(label) ?? new Map<ReplicaId, Memory>()
    this.#keys.delete(label)
    this.#keys.set(label, regions)
    if (this.#keys.size > MOST_KEYS) this.#keys.delete(this.#keys.keys().next().value ?? '')
    const reading = readingOf(row)
    const known = regions.get(region)
    const synced = known !== undefined && cameIn(timeline, label, region, known.clock, clock)
    const change = synced ? { before: known.reading, after: reading } : (known?.change ?? null)
    regions.set(region, { reading, clock, change })
  }

  of(label: string): ReadonlyMap<ReplicaId, Change> {
    const changes = new Map<ReplicaId, Change>()
    for (const [region, { change }] of this.#keys.get(label) ?? []) if (change) changes.set(region, change)
    return changes
  }

  forget(): void {
    this.#keys.clear()
  }
}
