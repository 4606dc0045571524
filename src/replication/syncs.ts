/** Which peers were asked for what was missed (R2), and which members a restarted region has yet to hear from (R7). */
import { NONE } from '../lib/index.ts'
import type { Counters } from './counters.ts'
import type { ReplicaId } from './types.ts'

export class Syncs {
  readonly #asked = new Set<ReplicaId>()
  /** Those of them that were asked for their whole state: what they send before it must wait for it. */
  readonly #wholes = new Set<ReplicaId>()
  readonly #missing = new Set<ReplicaId>()

  /** Peers that have not answered yet, by id. */
  get asked(): readonly ReplicaId[] {
    return this.#asked.size === 0 ? NONE : [...this.#asked].sort((a, b) => a - b)
  }

  /** What the region has may be out of date: it was restarted, and not all have told what was missed. */
  get isStale(): boolean {
    return this.#missing.size > 0
  }

  ask(peer: ReplicaId, whole: boolean): void {
    this.#asked.add(peer)
    if (whole) this.#wholes.add(peer)
  }

  awaitsWhole(peer: ReplicaId): boolean {
    return this.#wholes.has(peer)
  }

  isAsked(peer: ReplicaId): boolean {
    return this.#asked.has(peer)
  }

  restarted(others: readonly ReplicaId[]): void {
    for (const member of others) this.#missing.add(member)
  }

  /** The connection broke: the peer will be asked anew. */
  disconnected(peer: ReplicaId): void {
    this.#asked.delete(peer)
    this.#wholes.delete(peer)
  }

  removed(member: ReplicaId): void {
    this.disconnected(member)
    this.#missing.delete(member)
  }

  /** Data came. `isFirst`: the region had nothing before, so that nobody could have sent less than all. */
  answered(from: ReplicaId, what: 'effects' | 'snapshot', isFirst: boolean, counters: Counters): void {
    if (!this.#asked.delete(from)) return
    this.#wholes.delete(from)
    if (what === 'effects') counters.partialSyncs++
    else if (!isFirst) counters.partialErrors++
    if (this.#missing.delete(from) && this.#missing.size === 0 && what === 'snapshot') counters.staleReleasedWithMerge++
  }
}
