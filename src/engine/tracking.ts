/**
 * Client-side caching: clients that track are told when a key changes that they have read (or, with BCAST, that begins with a prefix of theirs). What is to
 * be told is collected while a command runs and sent after its reply.
 */
import { assert, type Bytes, type Random } from '../lib/index.ts'
import type { Reply } from './reply.ts'
import type { Session } from './session.ts'

export interface TrackingOptions {
  readonly bcast: boolean
  readonly optIn: boolean
  readonly optOut: boolean
  readonly noLoop: boolean
  /** The session that is told instead; 0: the client itself. */
  readonly redirect: number
  /** With BCAST; [''] for all keys. */
  readonly prefixes: readonly Bytes[]
}

type Sessions = ReadonlyMap<number, Session>
/** What someone has read and is no longer so. */
interface Invalid {
  readonly key: Bytes
  readonly by: number
  readonly readers: ReadonlySet<number>
}
type Push = (session: Session, items: readonly Reply[]) => void

const INVALIDATE_CHANNEL = '__redis__:invalidate'

export class Tracking {
  /** Sessions that have read a key. */
  readonly #readers = new Map<Bytes, Set<number>>()
  readonly #tracking = new Set<Session>()
  /** Keys changed, with the session that changed them (0: none of this region), since the last `tell`. */
  #changed = new Map<Bytes, number>()
  /** Those of them that had been read before they changed, with their readers. */
  #invalid: Invalid[] = []
  #flushed = false
  /** The setting `tracking-table-max-keys`; 0: no limit. */
  mostKeys = 1_000_000

  get clients(): number {
    return this.#tracking.size
  }

  get keys(): number {
    return this.#readers.size
  }

  get items(): number {
    let items = 0
    for (const readers of this.#readers.values()) items += readers.size
    return items
  }

  get prefixes(): number {
    return new Set([...this.#tracking].flatMap(({ tracking }) => (tracking?.bcast ? tracking.prefixes : []))).size
  }

  on(session: Session, options: TrackingOptions): void {
    session.tracking = options
    session.trackNext = null
    this.#tracking.add(session)
  }

  off(session: Session): void {
    session.tracking = null
    session.trackNext = null
    this.#tracking.delete(session)
  }

  /** A session read keys. */
  read(session: Session, keys: readonly Bytes[], random: Random): void {
    const options = session.tracking
    if (options === null || options.bcast) return
    if (options.optIn ? session.trackNext !== true : options.optOut && session.trackNext === false) return
    for (const key of keys) {
      let readers = this.#readers.get(key)
      if (readers === undefined) this.#readers.set(key, (readers = new Set()))
      readers.add(session.id)
    }
    this.forgetExcess(random)
  }

  /** When more than `mostKeys` are known, some are forgotten, and their readers told so. */
  forgetExcess(random: Random): void {
    if (this.mostKeys === 0 || this.#readers.size <= this.mostKeys) return
    const known = [...this.#readers.keys()]
    while (this.#readers.size > this.mostKeys) {
      const at = random.below(known.length)
      this.#invalidate(known[at] as Bytes, 0)
      known[at] = known.at(-1) as Bytes
      known.pop()
    }
  }

  /** `by`: the session that changed it, 0 for another region. */
  changed(key: Bytes, by: number): void {
    if (this.#tracking.size === 0) return
    this.#changed.set(key, by)
    this.#invalidate(key, by)
  }

  /** Who reads it again hereafter has read what it is now. */
  #invalidate(key: Bytes, by: number): void {
    const readers = this.#readers.get(key)
    if (readers === undefined) return
    this.#readers.delete(key)
    this.#invalid.push({ key, by, readers })
  }

  /** Everything was removed at once. */
  flushed(): void {
    this.#flushed = true
  }

  /** Sends what has been collected. */
  tell(sessions: Sessions, push: Push): void {
    if (this.#flushed) {
      this.#flushed = false
      this.#readers.clear()
      this.#changed.clear()
      this.#invalid = []
      for (const session of this.#tracking) tellOne(sessions, session, null, push)
    }
    if (this.#changed.size === 0 && this.#invalid.length === 0) return
    const changed = this.#changed
    const invalid = this.#invalid
    this.#changed = new Map()
    this.#invalid = []
    for (const one of invalid) tellReaders(one, sessions, push)
    for (const session of this.#tracking) {
      if (session.tracking?.bcast) tellPrefixes(session, session.tracking, changed, sessions, push)
    }
  }
}

function tellReaders({ key, by, readers }: Invalid, sessions: Sessions, push: Push): void {
  for (const id of readers) {
    const session = sessions.get(id)
    if (session === undefined || session.tracking === null || session.tracking.bcast) continue
    if (session.tracking.noLoop && id === by) continue
    tellOne(sessions, session, [key], push)
  }
}

function tellPrefixes(
  session: Session,
  options: TrackingOptions,
  changed: ReadonlyMap<Bytes, number>,
  sessions: Sessions,
  push: Push,
): void {
  for (const prefix of options.prefixes) {
    const keys: Bytes[] = []
    for (const [key, by] of changed) {
      if (key.startsWith(prefix) && !(options.noLoop && by === session.id)) keys.push(key)
    }
    if (keys.length > 0) tellOne(sessions, session, keys, push)
  }
}

/** RESP2 has no pushes: a client of it is told by a message on a channel, if it listens there. */
function tellOne(sessions: Sessions, session: Session, keys: readonly Bytes[] | null, push: Push): void {
  const options = session.tracking
  assert(options !== null, 'only those that track are told')
  const target = options.redirect === 0 ? session : sessions.get(options.redirect)
  if (target === undefined) {
    if (session.resp === 3) push(session, ['tracking-redir-broken', options.redirect])
    return
  }
  if (target.resp === 3) push(target, ['invalidate', keys])
  else if (target.subscriptions.channel.has(INVALIDATE_CHANNEL)) push(target, ['message', INVALIDATE_CHANNEL, keys])
}
