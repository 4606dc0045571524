/**
 * XADD IDMP: what each producer has added lately, so that sending it again adds nothing. Local to a region, as pending lists are: a producer that moves to
 * another region starts anew.
 */
import type { Bytes } from '../../../lib/index.ts'
import type { Id } from './id.ts'

export class Idempotence {
  durationSeconds = 100
  maxSize = 100
  added = 0
  duplicates = 0
  /** By producer: idempotent ID → entry and time, oldest first. */
  readonly producers = new Map<Bytes, Map<Bytes, { readonly id: Id; readonly at: number }>>()

  /** The entry that this producer made under `iid`, if that is remembered at `now`. */
  find(producer: Bytes, iid: Bytes, now: number): Id | undefined {
    const known = this.producers.get(producer)?.get(iid)
    return known === undefined || now - known.at > this.durationSeconds * 1000 ? undefined : known.id
  }

  note(producer: Bytes, iid: Bytes, id: Id, now: number): void {
    let made = this.producers.get(producer)
    if (made === undefined) this.producers.set(producer, (made = new Map()))
    made.delete(iid)
    made.set(iid, { id, at: now })
    this.added++
    for (const [oldest, { at }] of made) {
      if (made.size <= this.maxSize && now - at <= this.durationSeconds * 1000) break
      made.delete(oldest)
    }
  }

  get tracked(): number {
    let sum = 0
    for (const made of this.producers.values()) sum += made.size
    return sum
  }
}
