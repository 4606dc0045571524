/**
 * What a region has on its disk: an append-only log of what it wrote and received, as messages (R7). It survives the end of the replica, apart from what had
 * not been synced by then. Now and then a whole state takes the place of all before it.
 */
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

  /** A new region begins with what the disk holds: more it never wrote or received. */
  begin(): void {
    this.#hasGap = false
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

  /** With `everysec` what was written in earlier seconds of the region's clock is synced now. True when a second has ended. */
  pass(now: number): boolean {
    const second = Math.floor(now / 1000)
    if (this.#persistence !== 'everysec' || second === this.#second) return false
    this.#second = second
    this.#synced = this.#records.length
    return true
  }

  rewrite(whole: Uint8Array): void {
    this.#records = [whole]
    this.#synced = 1
    this.#bytes = this.#bytesOfWhole = whole.length
    this.#hasGap = false
  }

  /** `whole`: the state at this moment. A log that is begun late begins with it; one that is given up is gone. */
  setPersistence(persistence: Persistence, whole: () => Uint8Array): void {
    if (persistence === 'none' && this.#persistence !== 'none') this.lose()
    else if (this.#persistence === 'none' && persistence !== 'none' && this.#hasGap) this.rewrite(whole())
    this.#persistence = persistence
    this.#synced = this.#records.length
  }

  /** The power goes: what had not been synced is gone. `everysec` syncs at the end of each second of the region's clock. */
  crash(now: number): void {
    if (this.#persistence !== 'everysec') return
    this.pass(now)
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
