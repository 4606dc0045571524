/**
 * The keys of one instance. `apply` is the only writer: local writes and remote effects go through it alike. `read` and `find` hide what has expired
 * (X2) and what is only a tombstone.
 */
import { assert, type Bytes } from '../../lib/index.ts'
import { covers, joined, raise, setComponent, type Clock } from '../causality/clock.ts'
import {
  applyAssign,
  applyRemove,
  applyRemoveAll,
  Cell,
  collectCell,
  isLive,
  mergeCell,
  observationsOf,
} from '../crdt/parts/cell.ts'
import { dropMarked, dropStableSiblings, expiryOf, expiryOwner } from '../crdt/parts/expiry.ts'
import { NameIndex } from '../crdt/parts/name-index.ts'
import type { CrdtType, RuleId, Stamp, State } from '../crdt/type.ts'
import { FORGET, typeOfCode, type KeyEffect, type ExpiryChange, type KeyRemoval } from './effect.ts'
import { ExpiryQueue } from './expiry-queue.ts'
import { Garbage } from './garbage.ts'
import { isExpired, Key, settle, stateOf, statesOf } from './key.ts'

const KEY_ITSELF = -1

export class Keyspace {
  readonly self: number
  /** Observed clock (OVC): everything up to it has been applied here. */
  readonly clock: Clock = []
  /** True while there is no other member. */
  solo: boolean
  /** The effect that was applied last brought a key into being. */
  created = false
  readonly keys = new Map<Bytes, Key>()
  readonly expiries = new ExpiryQueue()
  readonly garbage = new Garbage()
  #index: NameIndex | null = null
  #lastName: Bytes | undefined
  #lastKey: Key | undefined
  readonly #at = new Writing(this)

  /** Replicas that are no more and whose expiries are carried out here (X2). */
  #inherited: ReadonlySet<number> = new Set()

  constructor(self: number, solo: boolean) {
    this.self = self
    this.solo = solo
    setComponent(this.clock, self, 0)
  }

  // Expiry

  /** Whether it is up to this replica to carry out what `owner` let expire. */
  carriesOut(owner: number): boolean {
    return owner === this.self || this.#inherited.has(owner)
  }

  /** From now on it is: these replicas are no more. */
  inherit(owners: readonly number[]): void {
    this.#inherited = new Set(owners)
    for (const key of this.keys.values()) {
      const until = key.expiry === null ? undefined : expiryOf(key.expiry)
      if (until !== undefined) this.expiries.add(until, key.name, null)
      const at = this.#at.begin(key.name, 0, 0, 0, [])
      for (const state of statesOf(key)) state.type.reschedule?.(state, at)
    }
  }

  // Reading

  /** The key's header, whatever it holds. One command asks for its key several times, so the last answer is remembered. */
  get(name: Bytes): Key | undefined {
    if (name === this.#lastName) return this.#lastKey
    this.#lastName = name
    return (this.#lastKey = this.keys.get(name))
  }

  #make(name: Bytes): Key {
    const key = new Key(name)
    this.keys.set(name, key)
    this.#index?.added(name)
    this.#lastName = name
    return (this.#lastKey = key)
  }

  #drop(name: Bytes): void {
    this.keys.delete(name)
    if (name === this.#lastName) this.#lastKey = undefined
  }

  /** The key's header if it can be seen at `now`. */
  find(name: Bytes, now: number): Key | undefined {
    const key = this.get(name)
    if (key === undefined) return undefined
    const { value } = key
    if (value === null || (key.expiry !== null && isExpired(key, now))) return undefined
    if (value.type.visibleAt !== undefined && !value.type.visibleAt(value, now)) return undefined
    return key
  }

  /** Header count: may exceed the visible keys while tombstones or conflicts are pending (G8). */
  get size(): number {
    return this.keys.size
  }

  get index(): NameIndex {
    return (this.#index ??= new NameIndex(this.keys))
  }

  // Preparing local effects

  /** Removal of everything observed of a key; null when there is nothing to remove. */
  removalOf(key: Key): KeyRemoval {
    const clock = this.solo ? [] : key.removed === null ? this.clock.slice() : joined(this.clock, key.removed)
    if (clock.length > this.self) clock[this.self] = 0
    const residues: { type: CrdtType; of: NonNullable<ReturnType<CrdtType['residuesOf']>> }[] = []
    for (const state of statesOf(key)) {
      const of = state.type.residuesOf(state, this.self)
      if (of !== null) residues.push({ type: state.type, of })
    }
    return { clock, residues: residues.length === 0 ? null : residues }
  }

  /** A new expiry time for a key, or 0 to forget the present one. */
  expiryChange(key: Key | undefined, at: number): ExpiryChange {
    const observed = key === undefined || key.expiry === null ? null : observationsOf(key.expiry, this.self)
    return at === 0 && observed === null ? FORGET : { at, observed }
  }

  // Writing

  /** Applies one effect of write (origin, n). `known`: the author's acknowledged clock. Says which rule decided. */
  apply(effect: KeyEffect, origin: number, n: number, wall: number, known: Clock): RuleId {
    const key = this.get(effect.key) ?? this.#make(effect.key)
    const at = this.#at.begin(key.name, origin, n, wall, known)
    const shown = key.value
    let rule: RuleId = ''
    if (effect.removal !== null) rule = this.#remove(key, effect.removal, at)
    if (effect.type !== null) {
      const state = stateOf(key, effect.type)
      at.type = effect.type.code
      rule = effect.type.apply(state, effect.op, at, key.removed)
    }
    if (effect.expiry !== null && (effect.expiry !== FORGET || key.expiry !== null)) {
      const decided = this.#expire(key, effect.expiry, effect.type, at)
      if (rule === '') rule = decided
    }
    if (!settle(key)) this.#drop(key.name)
    else if (key.expiry !== null) this.#mindExpiry(key, key.expiry, at)
    this.created = shown === null && key.value !== null
    // A value that comes out of hiding may hold elements that expired meanwhile, when nobody looked at them (X2).
    if (shown !== null && key.value !== null && key.value !== shown) {
      at.type = key.value.type.code
      key.value.type.reschedule?.(key.value, at)
    }
    if (key.others !== null && key.others.some((state) => state.type.isLive(state))) rule = 'G10'
    return rule || 'G3'
  }

  #remove(key: Key, removal: KeyRemoval, at: Writing): RuleId {
    const clock = removal.clock.slice()
    setComponent(clock, at.origin, Math.max(at.n - 1, clock[at.origin] ?? 0))
    for (const { type } of removal.residues ?? []) stateOf(key, type)
    for (const state of statesOf(key)) {
      at.type = state.type.code
      const residues = removal.residues?.find((r) => r.type === state.type)?.of ?? null
      state.type.removeAll(state, clock, residues, at)
    }
    if (key.expiry !== null) {
      applyRemoveAll(key.expiry, clock, null, at)
      if (!isLive(key.expiry) && key.expiry.removals === null) key.expiry = null
    }
    if (!this.solo) {
      key.removed = key.removed === null ? clock : joined(key.removed, clock)
      at.leaveKey()
    }
    settle(key)
    return key.value === null ? 'G3' : 'S4'
  }

  #expire(key: Key, change: ExpiryChange, type: CrdtType | null, at: Writing): RuleId {
    const cell = (key.expiry ??= new Cell())
    const dead = at.lost || (key.removed !== null && covers(key.removed, at.origin, at.n))
    if (change.at === 0 || dead) applyRemove(cell, change.observed, at, false)
    else applyAssign(cell, markOf(type), change.at, change.observed, at)
    const contended = cell.siblings !== null && cell.siblings.next !== null
    if (!isLive(cell) && cell.removals === null) {
      key.expiry = null
      return 'G3'
    }
    const until = expiryOf(cell)
    if (until === undefined || cell.removals !== null) at.leaveKey()
    if (until !== undefined && this.carriesOut(expiryOwner(cell))) this.expiries.add(until, key.name, null)
    return contended ? 'X1' : 'G3'
  }

  /** Collects what every member is known to have observed (R4); `touched` hears of each key where there was something. */
  collect(stable: Clock, touched: (name: Bytes) => void): void {
    this.garbage.collect(stable, (name, type, element) => {
      touched(name)
      const key = this.keys.get(name)
      if (key === undefined) return true
      const done = type === KEY_ITSELF ? collectHeader(key, stable) : collectState(key, type, element, stable)
      if (!settle(key)) this.#drop(name)
      return done
    })
  }

  // Whole states

  /** Joins a decoded key of another replica, whose clock was `theirClock`; `theirs` undefined: it had nothing of that name. */
  mergeKey(name: Bytes, theirs: Key | undefined, theirClock: Clock): void {
    const key = this.get(name) ?? this.#make(name)
    const at = this.#at.begin(name, 0, 0, 0, [])
    at.seen = joined(this.clock, theirClock)
    for (const state of theirs === undefined ? [] : statesOf(theirs)) stateOf(key, state.type)
    if (theirs?.removed) key.removed = key.removed === null ? theirs.removed : joined(key.removed, theirs.removed)
    for (const state of statesOf(key)) {
      const other: State = (theirs && statesOf(theirs).find((s) => s.type === state.type)) ?? state.type.empty()
      if (state.type.isOutdated?.(state, this.clock, other)) dropExpiries(key, state.type)
      if (theirs !== undefined && state.type.isOutdated?.(other, theirClock, state)) dropExpiries(theirs, state.type)
      state.type.merge(state, this.clock, other, theirClock)
      at.type = state.type.code
      if (key.removed !== null) state.type.removeAll(state, key.removed, null, at)
      state.type.reschedule?.(state, at)
    }
    if (key.expiry !== null || theirs?.expiry) {
      const cell = (key.expiry ??= new Cell())
      mergeCell(cell, this.clock, theirs?.expiry ?? new Cell(), theirClock)
      if (key.removed !== null) applyRemoveAll(cell, key.removed, null, at)
      const until = expiryOf(cell)
      if (until !== undefined && this.carriesOut(expiryOwner(cell))) this.expiries.add(until, name, null)
      if (!isLive(cell) && cell.removals === null) key.expiry = null
    }
    if (!settle(key)) this.#drop(name)
    else if (key.expiry !== null) this.#mindExpiry(key, key.expiry, at)
  }

  /** An expiry without a key waits for collection; a key that came back under an overdue expiry is expired by its owner after all (X2). */
  #mindExpiry(key: Key, expiry: Cell, at: Writing): void {
    const until = expiryOf(expiry)
    if (key.value === null) at.leaveKey()
    else if (until !== undefined && this.carriesOut(expiryOwner(expiry)))
      this.expiries.addIfOverdue(until, key.name, null)
  }

  /** After all keys were merged: what the other had observed is observed here. */
  observeAll(clock: Clock): void {
    raise(this.clock, clock)
  }

  /** A write of (origin, n) was applied in full. */
  observe(origin: number, n: number): void {
    assert(n === (this.clock[origin] ?? 0) + 1, 'effects of one source are applied in its order, without gaps')
    setComponent(this.clock, origin, n)
  }

  /** Live content of every key, in canonical order: equal text on replicas that have seen the same. */
  describe(): string {
    const lines: string[] = []
    for (const name of [...this.keys.keys()].sort()) {
      const key = this.keys.get(name) as Key
      if (key.value === null) continue
      const until = key.expiry === null ? undefined : expiryOf(key.expiry)
      lines.push(`${name}${until === undefined ? '' : ` until ${until}`}`)
      for (const state of statesOf(key)) {
        if (!state.type.isLive(state)) continue
        lines.push(`  ${state.type.name}`)
        for (const line of state.type.describe(state)) lines.push(`    ${line}`)
      }
    }
    return lines.join('\n')
  }
}

/** Tells expiry times apart that a deletion of a value of this type voids; '' for those that none does. */
function markOf(type: CrdtType | null): Bytes {
  return type === null || type.touch === undefined ? '' : String(type.code)
}

/** Drops the expiry times set by writes to a value of this type (P1). */
function dropExpiries(key: Key, type: CrdtType): void {
  if (key.expiry === null) return
  dropMarked(key.expiry, markOf(type))
  if (!isLive(key.expiry) && key.expiry.removals === null) key.expiry = null
}

function collectHeader(key: Key, stable: Clock): boolean {
  let wait = false
  if (key.removed !== null) {
    if (key.removed.every((n, r) => covers(stable, r, n))) key.removed = null
    else wait = true
  }
  if (key.expiry !== null) {
    wait = collectCell(key.expiry, stable) || wait
    const idle = key.value === null || expiryOf(key.expiry) === undefined
    if (idle && !dropStableSiblings(key.expiry, stable)) wait = true
    if (!isLive(key.expiry) && key.expiry.removals === null) key.expiry = null
  }
  return !wait
}

function collectState(key: Key, code: number, element: Bytes, stable: Clock): boolean {
  const state = statesOf(key).find((s) => s.type.code === code)
  return state === undefined || !state.type.collect(state, element, stable)
}

/** The stamp handed to types: one object, filled anew for each effect. */
class Writing implements Stamp {
  origin = 0
  n = 0
  wall = 0
  known: Clock = []
  seen: Clock = []
  type = KEY_ITSELF
  lost = false
  #key: Bytes = ''
  readonly #keyspace: Keyspace

  constructor(keyspace: Keyspace) {
    this.#keyspace = keyspace
  }

  begin(key: Bytes, origin: number, n: number, wall: number, known: Clock): this {
    this.#key = key
    this.origin = origin
    this.n = n
    this.wall = wall
    this.known = known
    this.seen = this.#keyspace.clock
    this.type = KEY_ITSELF
    this.lost = false
    return this
  }

  get solo(): boolean {
    return this.#keyspace.solo
  }

  leave(element: Bytes): void {
    this.#leave(this.type, element)
  }

  leaveKey(): void {
    this.#leave(KEY_ITSELF, '')
  }

  /** What a merge leaves waits for this replica's own latest write, as good as any: collecting looks at the tombstone itself. */
  #leave(type: number, element: Bytes): void {
    const { garbage, self, clock } = this.#keyspace
    if (this.origin === 0) garbage.leave(self, clock[self] ?? 0, this.#key, type, element)
    else garbage.leave(this.origin, this.n, this.#key, type, element)
  }

  supersede(): void {
    const key = this.#keyspace.get(this.#key)
    if (key !== undefined) dropExpiries(key, typeOfCode(this.type))
  }

  lose(): void {
    this.lost = true
  }

  schedule(element: Bytes, owner: number, atMs: number): void {
    if (this.#keyspace.carriesOut(owner)) this.#keyspace.expiries.add(atMs, this.#key, element)
  }

  revived(element: Bytes, owner: number, atMs: number): void {
    if (this.#keyspace.carriesOut(owner)) this.#keyspace.expiries.addIfOverdue(atMs, this.#key, element)
  }
}
