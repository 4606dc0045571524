/**
 * What every member is known to have observed (R4). Members acknowledge their observed clocks; the minimum over all of them is stable: tombstones at or
 * below it may go. A replica counts for itself only what it has announced, because it must have told the others before it collects.
 */
import { raise, setComponent, type Clock } from '../engine/index.ts'
import type { ReplicaId } from './types.ts'

export class Stability {
  readonly #self: ReplicaId
  /** Sorted. */
  #members: readonly ReplicaId[]
  /** Acknowledged clocks of the other members, by replica id. */
  readonly #acknowledged = new Map<ReplicaId, Clock>()
  announced: Clock = []

  constructor(self: ReplicaId, members: Iterable<ReplicaId>) {
    this.#self = self
    this.#members = sorted(members)
  }

  get members(): readonly ReplicaId[] {
    return this.#members
  }

  addMember(member: ReplicaId): void {
    this.#members = sorted([...this.#members, member])
  }

  /** The clock that a replica has acknowledged; all zeros when it has not. */
  knownTo(member: ReplicaId): Clock {
    let clock = this.#acknowledged.get(member)
    if (clock === undefined) this.#acknowledged.set(member, (clock = []))
    return clock
  }

  /** An acknowledgement counts once the sender's own effects up to it have been applied here: always so on a FIFO link. */
  acknowledge(member: ReplicaId, clock: Clock): void {
    if (member !== this.#self) raise(this.knownTo(member), clock)
  }

  /** Whoever wrote (member, n) has observed it. */
  wrote(member: ReplicaId, n: number): void {
    const clock = this.knownTo(member)
    if (n > (clock[member] ?? 0)) setComponent(clock, member, n)
  }

  get stable(): Clock {
    const out: Clock = []
    let first = true
    for (const member of this.#members) {
      const clock = member === this.#self ? this.announced : this.knownTo(member)
      if (first) {
        for (let r = 1; r < clock.length; r++) setComponent(out, r, clock[r] ?? 0)
        first = false
      } else {
        for (let r = 1; r < out.length; r++) out[r] = Math.min(out[r] ?? 0, clock[r] ?? 0)
      }
    }
    return out
  }
}

function sorted(members: Iterable<ReplicaId>): readonly ReplicaId[] {
  return [...new Set(members)].sort((a, b) => a - b)
}
