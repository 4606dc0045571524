/** All connections of a gateway: who holds which session, and whose output waits to be sent. */
import type { Connection } from './connection.ts'

/** A port and the region that is served there; one that comes back as a new region keeps its port. */
export interface Place {
  region: number
  readonly name: string
  running: boolean
}

export class Hub {
  readonly #bySession = new Map<number, Connection>()
  /** Clients of regions; those of the control port have none. */
  readonly #placeOf = new Map<Connection, Place>()
  #waiting: Connection[] = []
  #flushPlanned = false
  #inBatch = false
  /** The highest session number that is taken. */
  latestSession = 0

  get size(): number {
    return this.#bySession.size
  }

  nextSession(): number {
    return ++this.latestSession
  }

  add(connection: Connection, place: Place | undefined): void {
    this.#bySession.set(connection.session, connection)
    if (place !== undefined) this.#placeOf.set(connection, place)
  }

  remove(connection: Connection): void {
    this.#bySession.delete(connection.session)
    this.#placeOf.delete(connection)
  }

  of(session: number): Connection | undefined {
    return this.#bySession.get(session)
  }

  /** Until the next flush, which is sure to come. */
  beginBatch(): void {
    this.#inBatch = true
  }

  /** A connection has something to send: it goes out at the end of the batch, or soon when there is none. */
  waits(connection: Connection): void {
    this.#waiting.push(connection)
    if (this.#inBatch || this.#flushPlanned) return
    this.#flushPlanned = true
    setImmediate(() => {
      this.#flushPlanned = false
      this.flush()
    })
  }

  flush(): void {
    this.#inBatch = false
    if (this.#waiting.length === 0) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const connection of waiting) connection.flush()
  }

  /** Hangs up on the clients of a region. */
  closeRegion(region: number): void {
    for (const [connection, place] of this.#placeOf) if (place.region === region) connection.destroy()
  }

  closeAll(): void {
    for (const connection of this.#bySession.values()) connection.destroy()
  }
}
