/**
 * What each region's disk must hold, as the journal tells it: everything with `always`; with `everysec` what was there when the present second of its clock began;
 * nothing with `none`. So much a region knows when it comes back (R7), and no more may it let others rely on (R4).
 */
type Clock = readonly number[]

interface Disk {
  persistence: string
  /** The second of its clock in which the region was last heard of. */
  second: number
  /** With `everysec`: so much is on the disk at least, and at most. */
  least: Clock
  most: Clock
  /** When a region has joined, all is on its disk at once; nobody sees when that is. */
  joining: boolean
  /** What a stopped region finds when it starts, at least and at most. */
  kept: Clock
  keptAtMost: Clock
}

const NOTHING: Clock = []

/** Disks stay with the names of their regions: one that lost something comes back under another id. */
export class Disks {
  readonly #disks = new Map<string, Disk>()
  #persistence = 'always'

  /** Before something happens in a region. `now`: its wall clock; `clock`: what it had observed by then. */
  before(name: string, now: number, clock: Clock): void {
    const disk = this.#disk(name)
    const second = Math.floor(now / 1000)
    if (second !== disk.second) disk.least = disk.most = clock
    disk.second = second
  }

  /** After it. `wrote`: a client's write. */
  after(name: string, clock: Clock, wrote: boolean): void {
    const disk = this.#disk(name)
    if (wrote) disk.joining = false
    if (disk.joining) disk.most = clock
  }

  /** What the region may let others rely on. */
  safe(name: string, now: number, clock: Clock): Clock {
    const { persistence, second, most } = this.#disk(name)
    return persistence !== 'everysec' || Math.floor(now / 1000) !== second ? clock : most
  }

  /** Its clock was set: a second may have ended. */
  clockSet(name: string, clock: Clock): void {
    this.#disk(name).most = clock
  }

  /** What there is gets written once, whatever it is set to, if that is new. `name` undefined: every region. */
  persistenceSet(persistence: string, name: string | undefined, clockOf: (name: string) => Clock): void {
    if (name === undefined) this.#persistence = persistence
    for (const each of name === undefined ? this.#disks.keys() : [name]) {
      const disk = this.#disk(each)
      if (disk.persistence === persistence) continue
      disk.persistence = persistence
      disk.least = disk.most = clockOf(each)
    }
  }

  stopped(name: string, isLost: boolean, now: number, clock: Clock): void {
    const disk = this.#disk(name)
    const all = disk.persistence === 'always' || Math.floor(now / 1000) !== disk.second
    const nothing = isLost || disk.persistence === 'none'
    disk.keptAtMost = nothing ? NOTHING : clock
    disk.kept = nothing ? NOTHING : all ? clock : disk.least
  }

  joins(name: string): void {
    this.#disk(name).joining = true
  }

  /** Its name is free again. */
  ended(name: string): void {
    this.#disks.delete(name)
  }

  /** What a region that starts must know again. */
  started(name: string): Clock {
    const disk = this.#disk(name)
    disk.most = disk.keptAtMost
    return (disk.least = disk.kept)
  }

  #disk(name: string): Disk {
    let disk = this.#disks.get(name)
    if (disk === undefined) {
      const base = {
        second: Number.NaN,
        least: NOTHING,
        most: NOTHING,
        joining: false,
        kept: NOTHING,
        keptAtMost: NOTHING,
      }
      this.#disks.set(name, (disk = { persistence: this.#persistence, ...base }))
    }
    return disk
  }
}
