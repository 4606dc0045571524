/**
 * What a region has on its disk: an append-only log of what it wrote and received, as messages (R7). It survives the end of the replica, apart from what had
 * not been synced by then. Now and then a whole state takes the place of all before it.
 */
import type { Persistence } from './settings.ts'

interface RecordOnDisk {
  /** Wall clock of the region, ms. */
  readonly at: number
  readonly bytes: Uint8Array
}

/** A log is written anew when it has doubled since it was last, and is at least this long. */
const LEAST_REWRITE_BYTES = 64 * 1024 * 1024

export class Disk {
  #persistence: Persistence = 'none'
  #records: RecordOnDisk[] = []
  #bytes = 0
  #bytesOfWhole = 0
  /** Something was written or received that the log does not hold. */
  #hasGap = false

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
    return this.#records.map(({ bytes }) => bytes)
  }

  /** Whether a whole state should be written (`rewrite`). */
  get wantsRewrite(): boolean {
    return this.#bytes > LEAST_REWRITE_BYTES && this.#bytes > 2 * this.#bytesOfWhole
  }

  /** Something is not written, because nothing is. */
  skip(): void {
    this.#hasGap = true
  }

  append(message: () => Uint8Array, at: number): void {
    if (this.#persistence === 'none') {
      this.skip()
      return
    }
    const bytes = message()
    this.#records.push({ at, bytes })
    this.#bytes += bytes.length
  }

  rewrite(whole: Uint8Array): void {
    this.#records = [{ at: -Infinity, bytes: whole }]
    this.#bytes = this.#bytesOfWhole = whole.length
    this.#hasGap = false
  }

  /** `whole`: the state at this moment. A log that is begun late begins with it; one that is given up is gone. */
  setPersistence(persistence: Persistence, whole: () => Uint8Array): void {
    if (persistence === 'none' && this.#persistence !== 'none') this.lose()
    else if (this.#persistence === 'none' && persistence !== 'none' && this.#hasGap) this.rewrite(whole())
    this.#persistence = persistence
  }

  /** The power goes: what had not been synced is gone. `everysec` syncs at the end of each second of the region's clock. */
  crash(now: number): void {
    if (this.#persistence !== 'everysec') return
    const syncedAt = Math.floor(now / 1000) * 1000
    const first = this.#records.findIndex(({ at }) => at >= syncedAt)
    if (first === -1) return
    for (const { bytes } of this.#records.splice(first)) this.#bytes -= bytes.length
    this.#hasGap = true
  }

  lose(): void {
    if (this.#records.length > 0) this.#hasGap = true
    this.#records = []
    this.#bytes = this.#bytesOfWhole = 0
  }
}
