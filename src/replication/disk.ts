/**
 * What a region has on its disk: an append-only log of what it wrote and received, as messages (R7). It survives the end of the replica, apart from what had
 * not been synced by then. Now and then a whole state takes the place of all before it.
 */
import type { Clock } from '../engine/index.ts'
import type { Persistence } from './settings.ts'

/** A log is written anew when it has doubled since it was last, and is at least this long. */
const LEAST_REWRITE_BYTES = 64 * 1024 * 1024

export class Disk {
  #persistence: Persistence
  #records: Uint8Array[] = []
  #bytes = 0
  #bytesOfWhole = 0
  /** With `everysec`: so many records were synced, when the present second began. */
  #synced = 0
  #second = 0
  #syncedClock: Clock = []
  /** Something was written or received that the log does not hold. */
  #hasGap = false

  constructor(persistence: Persistence) {
    this.#persistence = persistence
  }

  get persistence(): Persistence {
    return this.#persistence
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Nothing is missing that the region ever wrote or received. */
  get isComplete(): boolean {
    return !this.#hasGap
  }

  /** The messages on the disk, oldest first. */
  get messages(): readonly Uint8Array[] {
    return this.#records
  }

  /** Whether a whole state should be written (`rewrite`). */
  get wantsRewrite(): boolean {
    return this.#bytes > LEAST_REWRITE_BYTES && this.#bytes > 2 * this.#bytesOfWhole
  }

  /** Something is not written, because nothing is. */
  skip(): void {
    this.#hasGap = true
  }

  /** What is on no disk yet may be lost, and the region come back without it. */
  get mayLose(): boolean {
    return this.#persistence === 'everysec'
  }

  /** As much of an observed clock as will be there after a crash: the region must not say that it knows more (R4). */
  safe(clock: Clock): Clock {
    return this.mayLose ? this.#syncedClock : clock
  }

  /** All that it holds has been taken in. A new region (`isNew`) never wrote or received more. */
  begin(clock: Clock, isNew: boolean): void {
    this.sync(clock)
    if (isNew) this.#hasGap = false
  }

  /** All that was written is safe from now on. `clock`: what the region has observed. */
  sync(clock: Clock): void {
    this.#synced = this.#records.length
    this.#syncedClock = clock.slice()
  }

  append(message: () => Uint8Array): void {
    if (this.#persistence === 'none') {
      this.skip()
      return
    }
    const bytes = message()
    this.#records.push(bytes)
    this.#bytes += bytes.length
  }

  /** With `everysec` what was written in earlier seconds of the region's clock is synced now. `clock`: what the region has observed so far. */
  pass(now: number, clock: Clock): void {
    if (!this.mayLose) return
    const second = Math.floor(now / 1000)
    if (second === this.#second) return
    this.#second = second
    this.sync(clock)
  }

  rewrite(whole: Uint8Array): void {
    this.#records = [whole]
    this.#synced = 1
    this.#bytes = this.#bytesOfWhole = whole.length
    this.#hasGap = false
  }

  /** `whole`: the state at this moment. A log that is begun late begins with it; one that is given up is gone. */
  setPersistence(persistence: Persistence, clock: Clock, whole: () => Uint8Array): void {
    if (persistence === this.#persistence) return
    if (persistence === 'none' && this.#persistence !== 'none') this.lose()
    else if (this.#persistence === 'none' && persistence !== 'none' && this.#hasGap) this.rewrite(whole())
    this.#persistence = persistence
    this.sync(clock)
  }

  /** The power goes: what had not been synced is gone. `everysec` syncs at the end of each second of the region's clock. */
  crash(now: number): void {
    if (this.#persistence !== 'everysec') return
    this.pass(now, [])
    if (this.#synced === this.#records.length) return
    for (const bytes of this.#records.splice(this.#synced)) this.#bytes -= bytes.length
    this.#hasGap = true
  }

  lose(): void {
    if (this.#records.length > 0) this.#hasGap = true
    this.#records = []
    this.#synced = 0
    this.#bytes = this.#bytesOfWhole = 0
  }
}
