/** WATCH: who watches which keys, and whose transaction must not run because one of them was touched (M3). */
import type { Bytes } from '../lib/index.ts'
import type { Keyspace } from './keyspace/keyspace.ts'
import type { Session } from './session.ts'

export class Watching {
  readonly #keyspace: Keyspace
  readonly #watchers = new Map<Bytes, Set<Session>>()

  constructor(keyspace: Keyspace) {
    this.#keyspace = keyspace
  }

  watch(session: Session, key: Bytes, now: number): void {
    if (session.watched.has(key)) return
    session.watched.set(key, this.#keyspace.find(key, now) !== undefined)
    let watchers = this.#watchers.get(key)
    if (watchers === undefined) this.#watchers.set(key, (watchers = new Set()))
    watchers.add(session)
  }

  unwatch(session: Session): void {
    for (const key of session.watched.keys()) {
      const watchers = this.#watchers.get(key)
      watchers?.delete(session)
      if (watchers?.size === 0) this.#watchers.delete(key)
    }
    session.watched.clear()
    session.dirty = false
  }

  /** A key was written. Who watched it when nothing could be seen of it is not disturbed by the removal of what was hidden: an expired key's late DEL (X2). */
  touched(key: Bytes): void {
    if (this.#watchers.size === 0) return
    const gone = (this.#keyspace.keys.get(key)?.value ?? null) === null
    for (const session of this.#watchers.get(key) ?? []) {
      if (!gone || session.watched.get(key) === true) session.dirty = true
    }
  }

  /** True when EXEC must not run: a watched key was touched, or it expired meanwhile (a replica that does not own the expiry sees no DEL). */
  isDirty(session: Session, now: number): boolean {
    if (session.dirty) return true
    for (const [key, seen] of session.watched) if (seen && this.#keyspace.find(key, now) === undefined) return true
    return false
  }
}
