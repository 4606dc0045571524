/**
 * Who belongs to the database, and what every member is known to have observed (R4, R6). Members acknowledge their observed clocks; the minimum over all of them is
 * stable: tombstones at or below it may go. A replica counts for itself only what it has announced, because it must have told the others before it collects.
 */
import { assert } from '../lib/index.ts'
import { covers, raise, setComponent, type Clock } from '../engine/index.ts'
import type { Acknowledgement, Membership, ReplicaId } from './types.ts'

export class Stability {
  readonly #self: ReplicaId
  readonly #members: Set<ReplicaId>
  readonly #removed: Set<ReplicaId>
  /** Acknowledged clocks of the other members, by replica id. */
  readonly #acknowledged = new Map<ReplicaId, Clock>()
  /** Acknowledgements whose sender's effects up to there have not been applied here. */
  readonly #early = new Map<ReplicaId, Acknowledgement>()
  /** Of how many removals each other member knew when it last acknowledged something. */
  readonly #informed = new Map<ReplicaId, number>()
  announced: Clock = []
  /** Grows with every change of the membership. */
  configVersion = 1

  constructor(self: ReplicaId, { members, removed }: Membership) {
    this.#self = self
    this.#members = new Set(members)
    this.#removed = new Set(removed)
  }

  get members(): readonly ReplicaId[] {
    return [...this.#members].sort((a, b) => a - b)
  }

  /** Those that were members once, by replica id. */
  get removed(): readonly ReplicaId[] {
    return [...this.#removed].sort((a, b) => a - b)
  }

  isMember(id: ReplicaId): boolean {
    return this.#members.has(id)
  }

  wasRemoved(id: ReplicaId): boolean {
    return this.#removed.has(id)
  }

  /** Whose writes are taken; those of a removed region from members. */
  isOtherAuthor(id: ReplicaId): boolean {
    return id !== this.#self && (this.#members.has(id) || this.#removed.has(id))
  }

  addMember(member: ReplicaId): void {
    assert(!this.#removed.has(member) && !this.#members.has(member), 'replica ids are unique for ever')
    this.#members.add(member)
    this.configVersion++
  }

  /** It holds nothing back for long: see `collectable`. */
  removeMember(member: ReplicaId): void {
    assert(member !== this.#self && this.#members.delete(member), 'another member is removed')
    this.#removed.add(member)
    this.#early.delete(member)
    this.configVersion++
  }

  /** The clock that a replica has acknowledged; all zeros when it has not. Its own matters when it takes its writes from its disk again. */
  knownTo(member: ReplicaId): Clock {
    if (member === this.#self) return this.announced
    let clock = this.#acknowledged.get(member)
    if (clock === undefined) this.#acknowledged.set(member, (clock = []))
    return clock
  }

  /** Those whose expiries this replica carries out: they are no more, and it is the first that is left (X2). */
  get inherited(): readonly ReplicaId[] {
    return this.#self === Math.min(...this.#members) ? this.removed : []
  }

  get saying(): Acknowledgement {
    return { clock: this.announced, removals: this.#removed.size }
  }

  /** False when it must wait: it is taken with `takeDueAcks`. `own`: what this replica has observed. */
  receiveAck(member: ReplicaId, ack: Acknowledgement, own: Clock): boolean {
    const { clock, removals } = ack
    if (!covers(own, member, clock[member] ?? 0)) {
      this.#early.set(member, ack)
      return false
    }
    this.acknowledge(member, clock)
    this.#informed.set(member, removals)
    return true
  }

  takeDueAcks(own: Clock): readonly (readonly [ReplicaId, Acknowledgement])[] {
    if (this.#early.size === 0) return []
    const due = [...this.#early].filter(([member, { clock }]) => covers(own, member, clock[member] ?? 0))
    for (const [member] of due) this.#early.delete(member)
    return due
  }

  /** An acknowledgement counts once the sender's own effects up to it have been applied here. */
  acknowledge(member: ReplicaId, clock: Clock): void {
    raise(this.knownTo(member), clock)
  }

  /** Whoever wrote (member, n) has observed it. */
  wrote(member: ReplicaId, n: number): void {
    const clock = this.knownTo(member)
    if (n > (clock[member] ?? 0)) setComponent(clock, member, n)
  }

  /**
   * What may be collected. A removed member counts on until all others are known to have the same of its writes: of those that only some have, one may be
   * concurrent with what would be collected. From then on all of them are stable: what else it wrote is lost, and nothing may wait for it.
   */
  collectable(own: Clock): Clock {
    const settled = this.#removed.size === 0 ? [] : this.removed.filter((author) => this.#isSettled(author, own))
    const out = this.#minimum([...this.#members, ...this.removed.filter((author) => !settled.includes(author))])
    for (const author of settled) setComponent(out, author, Number.MAX_SAFE_INTEGER)
    return out
  }

  #isSettled(author: ReplicaId, own: Clock): boolean {
    const n = own[author] ?? 0
    return [...this.#members].every(
      (member) =>
        (this.knownTo(member)[author] ?? 0) === n &&
        (member === this.#self || (this.#informed.get(member) ?? 0) >= this.#removed.size),
    )
  }

  get stable(): Clock {
    return this.#minimum(this.#members)
  }

  #minimum(members: Iterable<ReplicaId>): Clock {
    const out: Clock = []
    let first = true
    for (const member of members) {
      const clock = this.knownTo(member)
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
