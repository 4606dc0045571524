/** All connections of a gateway: who holds which session, and whose output waits to be sent. */
import type { Connection } from './connection.ts'

export class Hub {
  readonly #bySession = new Map<number, Connection>()
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

  add(connection: Connection): void {
    this.#bySession.set(connection.session, connection)
  }

  remove(connection: Connection): void {
    this.#bySession.delete(connection.session)
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

  closeAll(): void {
    for (const connection of this.#bySession.values()) connection.destroy()
  }
}
